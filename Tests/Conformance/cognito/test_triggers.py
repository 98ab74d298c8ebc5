# SPDX-License-Identifier: Apache-2.0
"""Lambda triggers of user pools, answered by rules about lambda.Invoke."""

import json

import pytest

from harness import clients
from harness.identity import claims
from harness.server import FIXTURES

from .asking import attributes, refused
from .conftest import PASSWORD

ARN = "arn:aws:lambda:us-east-1:123456789012:function:"


def matching(params):
    return {"service": "lambda", "operation": "Invoke", "params": params}


def on(source, response=None, **more):
    """A rule about a trigger, which responds so or has another outcome."""
    rule = {"match": matching({"Payload.triggerSource": source})}
    if response is not None:
        rule["respond"] = {"Payload": json.dumps({"response": response})}
    return rule | more


@pytest.fixture
def shop(idp, pool, control):
    """`shop(trigger, rules)`: a pool with a trigger that these rules answer."""

    def make(trigger, *rules, version=None, settings=None):
        name = f"{trigger}Config" if version else trigger
        function = {"LambdaVersion": version, "LambdaArn": ARN + "f"} if version else ARN + "f"
        made = pool({"LambdaConfig": {name: function}} | (settings or {}))
        control.rules(*rules)
        return made

    return make


def sign_up(shop, name="ann", **more):
    return shop.idp.sign_up(
        ClientId=shop.client, Username=name, Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": f"{name}@example.com"}], **more)  # fmt: skip


def triggers(control):
    """The triggers that were asked, by the journal, in order."""
    return [each["params"]["Payload"]["triggerSource"] for each in control.requests() if each["service"] == "lambda"]


def test_custom_sign_in(idp, control):
    control.load(FIXTURES / "programs" / "cognito-custom-sign-in.yaml")
    client = control.demand("GET", "env")["CLIENT_ID"]
    asked = idp.initiate_auth(ClientId=client, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "ann"})
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert asked["ChallengeParameters"] == {"question": "3 + 4, ann?", "USERNAME": "ann"}

    def answer(text):
        return idp.respond_to_auth_challenge(
            ClientId=client, ChallengeName="CUSTOM_CHALLENGE", Session=asked["Session"],
            ChallengeResponses={"USERNAME": "ann", "ANSWER": text})  # fmt: skip

    asked = answer("8")
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    token = claims(answer("7")["AuthenticationResult"]["IdToken"])
    assert (token["plan"], token["cognito:groups"]) == ("gold", ["buyers"])
    control.assert_verified()
    asked = idp.initiate_auth(ClientId=client, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "ann"})
    asked = answer("1")
    asked = answer("2")
    refused(lambda: answer("3"), "NotAuthorizedException", "Incorrect username or password.")


def test_the_custom_flow_that_nobody_scripts(idp, pool, control):
    """Up to three challenges, and the right answer is the private parameters' `answer`."""
    functions = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]
    shop = pool({"LambdaConfig": {name: ARN + name for name in functions}},
                {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]})  # fmt: skip
    shop.user()
    control.rules(on("CreateAuthChallenge_*", {"privateChallengeParameters": {"answer": "42"}}))
    begin = lambda: shop.sign_in(flow="CUSTOM_AUTH", password=None)["Session"]  # noqa: E731
    assert "AuthenticationResult" in shop.answer("CUSTOM_CHALLENGE", begin(), ANSWER="42")
    session = begin()
    for wrong in "12":
        session = shop.answer("CUSTOM_CHALLENGE", session, ANSWER=wrong)["Session"]
    refused(lambda: shop.answer("CUSTOM_CHALLENGE", session, ANSWER="3"), "NotAuthorizedException")
    assert triggers(control)[:4] == [
        "DefineAuthChallenge_Authentication", "CreateAuthChallenge_Authentication",
        "VerifyAuthChallengeResponse_Authentication", "DefineAuthChallenge_Authentication"]  # fmt: skip


def test_before_and_after_a_sign_up(idp, shop, control):
    settings = {"LambdaConfig": {"PreSignUp": ARN + "f", "PostConfirmation": ARN + "f"}}
    made = shop("PreSignUp", on("PreSignUp_SignUp", {"autoConfirmUser": True, "autoVerifyEmail": True}),
                settings=settings)  # fmt: skip
    assert sign_up(made)["UserConfirmed"]
    user = idp.admin_get_user(UserPoolId=made.id, Username="ann")
    assert user["UserStatus"] == "CONFIRMED" and attributes(user)["email_verified"] == "true"
    assert triggers(control) == ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]
    idp.admin_create_user(UserPoolId=made.id, Username="bob")
    assert triggers(control)[-1] == "PreSignUp_AdminCreateUser"


def fail(payload, **more):
    return {"respond": {"Payload": payload} | more}


REFUSALS = [
    (fail('{"errorMessage": "No."}', FunctionError="Unhandled"), "UserLambdaValidationException",
     "PreSignUp failed with error No.."),
    (fail("{"), "InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON"),
    (fail("[]"), "InvalidLambdaResponseException", "Unrecognizable lambda output"),
    ({"error": "ResourceNotFoundException"}, "UnexpectedLambdaException",
     "PreSignUp invocation failed due to error ResourceNotFoundException."),
    ({"error": "TooManyRequestsException"}, "UnexpectedLambdaException",
     "PreSignUp invocation failed due to error TooManyRequestsException."),
    ({"delay": "6s"}, "UnexpectedLambdaException",
     "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function."),
    ({"connection": "reset"}, "UnexpectedLambdaException",
     "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function."),
]  # fmt: skip


@pytest.mark.parametrize(("outcome", "code", "message"), REFUSALS)
def test_a_function_that_fails(idp, shop, outcome, code, message):
    made = shop("PreSignUp", on("PreSignUp_SignUp") | outcome)
    refused(lambda: sign_up(made), code, message)
    refused(idp.admin_get_user, "UserNotFoundException", UserPoolId=made.id, Username="ann")


@pytest.mark.parametrize(("times", "attempts"), [(2, 3), (3, 3)])
def test_what_may_pass_is_tried_three_times(shop, control, times, attempts):
    made = shop("PreSignUp", on("PreSignUp_SignUp", error="ServiceException", times=times))
    if times < attempts:
        sign_up(made)
    else:
        refused(lambda: sign_up(made), "UnexpectedLambdaException")
    calls = [each for each in control.requests() if each["service"] == "lambda"]
    assert [each["attempt"] for each in calls] == [1, 2, 3] and len({each["call"] for each in calls}) == 1
    assert calls[0]["status"] == 500 and calls[0]["error"] == "ServiceException"


def test_around_a_sign_in(shop, control):
    settings = {"LambdaConfig": {"PreAuthentication": ARN + "f", "PostAuthentication": ARN + "f"}}
    blocked = on("PreAuthentication_Authentication", respond=fail('{"errorMessage": "Blocked"}', FunctionError="x")[
        "respond"])  # fmt: skip
    blocked["match"]["params"]["Payload.userName"] = "bob"
    made = shop("PreAuthentication", blocked, settings=settings)
    made.user()
    made.user("bob")
    made.tokens()
    assert triggers(control) == ["PreAuthentication_Authentication", "PostAuthentication_Authentication"]
    refused(made.sign_in, "UserLambdaValidationException", "PreAuthentication failed with error Blocked.", name="bob")


def test_claims_and_scopes_of_the_second_version(shop):
    change = {
        "idTokenGeneration": {"claimsToAddOrOverride": {"plan": "gold", "sub": "me"}, "claimsToSuppress": ["email"]},
        "accessTokenGeneration": {"claimsToAddOrOverride": {"tenant": {"id": 7}}, "scopesToAdd": ["shop/read"]},
        "groupOverrideDetails": {
            "groupsToOverride": ["a", "b"], "iamRolesToOverride": ["arn:aws:iam::1:role/r"],
            "preferredRole": "arn:aws:iam::1:role/r"},
    }  # fmt: skip
    made = shop("PreTokenGeneration", on("TokenGeneration_*", {"claimsAndScopeOverrideDetails": change}),
                version="V2_0")  # fmt: skip
    made.user(email="ann@example.com")
    tokens = made.tokens()
    identity, access = claims(tokens["IdToken"]), claims(tokens["AccessToken"])
    assert identity["plan"] == "gold" and "email" not in identity and identity["sub"] != "me"
    assert identity["cognito:groups"] == ["a", "b"] == access["cognito:groups"]
    assert identity["cognito:roles"] == [identity["cognito:preferred_role"]] == ["arn:aws:iam::1:role/r"]
    assert access["tenant"] == {"id": 7} and access["scope"].split()[1:] == ["shop/read"]


def test_users_are_brought_over(idp, shop, mail):
    known = {"userAttributes": {"email": "bob@example.com", "email_verified": "true"}, "finalUserStatus": "CONFIRMED"}
    made = shop("UserMigration", on("UserMigration_*", known))
    assert "AccessToken" in made.tokens("bob", "0ld-Secret")
    assert "AccessToken" in made.tokens("bob", "0ld-Secret")
    refused(made.sign_in, "NotAuthorizedException", name="bob", password="other")
    idp.forgot_password(ClientId=made.client, Username="eve")
    idp.confirm_forgot_password(ClientId=made.client, Username="eve", ConfirmationCode=mail(), Password=PASSWORD)
    assert "AccessToken" in made.tokens("eve")


def test_messages_in_a_functions_words(idp, shop, control, mail):
    words = {"emailMessage": "Use {####} now", "emailSubject": "Hello"}
    config = {"CustomMessage": ARN + "f", "KMSKeyID": "arn:aws:kms:us-east-1:123456789012:key/k",
              "CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": ARN + "send"}}  # fmt: skip
    made = shop("CustomMessage", on("CustomMessage_*", words),
                settings={"LambdaConfig": config, "AutoVerifiedAttributes": ["email"]})  # fmt: skip
    sign_up(made)
    message = control.demand("GET", "messages")["messages"][-1]
    assert message["subject"] == "Hello" and message["text"].startswith("Use ")
    idp.confirm_sign_up(ClientId=made.client, Username="ann", ConfirmationCode=mail())
    idp.forgot_password(ClientId=made.client, Username="ann")
    assert triggers(control) == [
        "CustomMessage_SignUp", "CustomEmailSender_SignUp", "CustomMessage_ForgotPassword",
        "CustomEmailSender_ForgotPassword"]  # fmt: skip


def test_the_event_keeps_its_secrets(shop, control):
    made = shop("UserMigration")
    refused(made.sign_in, "UserNotFoundException", name="bob", password="0ld-Secret")
    assert "0ld-Secret" not in json.dumps(control.requests())
    entry = next(each for each in control.requests() if each["service"] == "lambda")
    assert entry["params"]["FunctionName"] == ARN + "f"
    assert entry["params"]["Payload"]["callerContext"]["clientId"] == made.client
    assert entry["principal"] == "cognito-idp.amazonaws.com"


def test_a_function_called_by_a_client_is_matched_by_its_event(endpoint, control):
    control.rules({"match": matching({"Payload.order.id": 7}), "respond": {"Payload": "yes"}})
    invoke = clients.client(endpoint, "lambda").invoke
    assert invoke(FunctionName="f", Payload=b'{"order": {"id": 7}}')["Payload"].read() == b"yes"
    assert invoke(FunctionName="f", Payload=b'{"order": 7}')["Payload"].read() != b"yes"
