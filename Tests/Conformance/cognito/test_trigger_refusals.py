# SPDX-License-Identifier: Apache-2.0
"""Each operation that asks a Lambda function, with a function that refuses, fails, or answers nonsense."""

from .conftest import PASSWORD
from .rows import Refused, cases
from .test_sessions import CUSTOM, begin, newcomer, replaced
from .world import MAIL

ARN = "arn:aws:lambda:us-east-1:123456789012:function:shop"
TRIGGERS = ["PreSignUp", "PostConfirmation", "PreAuthentication", "PreTokenGeneration", "CustomMessage"]
POOL = {
    "AutoVerifiedAttributes": ["email"],
    "LambdaConfig": dict.fromkeys(TRIGGERS, ARN),
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
}
NEW = {"Username": "bob", "Password": PASSWORD}
OTHER = [{"Name": "email", "Value": "new@example.com"}]
CUSTOM_POOL = {"LambdaConfig": {"DefineAuthChallenge": ARN, "CreateAuthChallenge": ARN}}

# What the function answers, the error that the caller meets, and its words.
FAILURES = {
    "UserLambdaValidationException": ({"respond": {"Payload": '{"errorMessage": "No"}', "FunctionError": "Unhandled"}},
                                      "{} failed with error No."),
    "UnexpectedLambdaException": ({"error": "ResourceNotFoundException"},
                                  "{} invocation failed due to error ResourceNotFoundException."),
    "InvalidLambdaResponseException": ({"respond": {"Payload": "[]"}}, "Unrecognizable lambda output"),
}  # fmt: skip

# The operation, the function that it asks, what comes before the function fails, and the call.
ASKING = [
    ("AdminConfirmSignUp", "PostConfirmation", lambda w: w.newcomer(),
     lambda w: w.admin_confirm_sign_up(Username="bob")),
    ("AdminCreateUser", "PreSignUp", lambda w: None, lambda w: w.user("bob")),
    ("AdminInitiateAuth", "PreAuthentication", lambda w: w.ann, lambda w: begin(w, admins=True)),
    ("AdminResetUserPassword", "CustomMessage", lambda w: w.ann, lambda w: w.admin_reset_user_password()),
    ("AdminRespondToAuthChallenge", "PreTokenGeneration", lambda w: newcomer(w, True),
     lambda w: replaced(w, True, session=w.begun)),
    ("AdminUpdateUserAttributes", "CustomMessage", lambda w: w.ann,
     lambda w: w.admin_update_user_attributes(UserAttributes=OTHER)),
    ("ConfirmForgotPassword", "PostConfirmation", lambda w: w.forgot_password(),
     lambda w: w.confirm_forgot_password(ConfirmationCode=w.codes()[-1], Password="An0ther!!")),
    ("ConfirmSignUp", "PostConfirmation", lambda w: w.newcomer("bob", *MAIL[:1]),
     lambda w: w.confirm_sign_up(Username="bob", ConfirmationCode=w.codes()[-1])),
    ("ForgotPassword", "CustomMessage", lambda w: w.ann, lambda w: w.forgot_password()),
    ("GetTokensFromRefreshToken", "PreTokenGeneration", lambda w: w.tokens,
     lambda w: w.get_tokens_from_refresh_token(RefreshToken=w.tokens["RefreshToken"])),
    ("GetUserAttributeVerificationCode", "CustomMessage", lambda w: w.token,
     lambda w: w.get_user_attribute_verification_code(AttributeName="email")),
    ("InitiateAuth", "PreAuthentication", lambda w: w.ann, begin),
    ("ResendConfirmationCode", "CustomMessage", lambda w: w.newcomer("bob", *MAIL[:1]),
     lambda w: w.resend_confirmation_code(Username="bob")),
    ("RespondToAuthChallenge", "PreTokenGeneration", newcomer, lambda w: replaced(w, session=w.begun)),
    ("SignUp", "PreSignUp", lambda w: None, lambda w: w.sign_up(**NEW)),
    ("UpdateUserAttributes", "CustomMessage", lambda w: w.token,
     lambda w: w.update_user_attributes(UserAttributes=OTHER)),
]  # fmt: skip


def failing(before, call, outcome):
    """The steps: all goes well until the function is to fail."""

    def steps(world):
        world.begun = before(world)
        world.control.rules({"match": "lambda.Invoke"} | outcome)
        return call(world)

    return steps


test_functions_that_fail = cases(
    *[Refused(operation, code, failing(before, call, outcome), words.format(trigger), pool=POOL)
      for operation, trigger, before, call in ASKING for code, (outcome, words) in FAILURES.items()]
)  # fmt: skip


def without_functions(world, admins):
    """A custom challenge whose functions the pool no longer has."""
    asked = begin(world, flow="CUSTOM_AUTH", admins=admins, USERNAME=world.ann)
    world.update_user_pool()
    call = world.admin_respond_to_auth_challenge if admins else world.respond_to_auth_challenge
    responses = {"USERNAME": "ann", "ANSWER": "x"}
    return call(ChallengeName="CUSTOM_CHALLENGE", Session=asked["Session"], ChallengeResponses=responses)


test_functions_that_are_gone = cases(
    *[Refused(f"{who}RespondToAuthChallenge", "InvalidUserPoolConfigurationException",
              lambda w, admins=bool(who): without_functions(w, admins), pool=CUSTOM_POOL, client=CUSTOM)
      for who in ("", "Admin")]
)  # fmt: skip
