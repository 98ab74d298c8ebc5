# SPDX-License-Identifier: Apache-2.0
"""Programs as people have them: pycognito behind a proxy and beside one, PyJWT, the command line."""

import functools
import json
import time

import jwt
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from pycognito import Cognito
from pycognito.exceptions import (
    ForceChangePasswordException,
    SMSMFAChallengeException,
    SoftwareTokenMFAChallengeException,
)

from harness import clients, commandline
from harness.control import Control
from harness.owned import owned_server

from .asking import one_time, refused
from .conftest import PASSWORD, Pool
from .world import SMS

OTHER = "An0ther!!"


@pytest.fixture
def shop(endpoint, control):
    """`shop(settings, secret)`: a pool under a clock that goes, since pycognito looks at its own."""

    def make(settings=None, secret=False):
        idp = clients.client(endpoint, "cognito-idp")
        return Pool(idp, settings, {"GenerateSecret": secret})

    return make


@pytest.fixture
def cognito(endpoint):
    """`cognito(pool, name)`: pycognito's own client, told of the endpoint alone."""

    def make(pool, name="ann", **tokens):
        return Cognito(
            pool.id, pool.client, username=name, client_secret=pool.secret, access_key="test", secret_key="test",
            boto3_client_kwargs={"endpoint_url": endpoint}, **tokens,
        )  # fmt: skip

    return make


@pytest.mark.parametrize("secret", [False, True])
def test_pycognito_from_sign_up_to_sign_out(shop, cognito, control, secret):
    pool = shop({"AutoVerifiedAttributes": ["email"]}, secret)
    ann = cognito(pool)
    ann.set_base_attributes(email="ann@example.com")
    ann.register("ann", PASSWORD)
    with pytest.raises(ann.client.exceptions.UserNotConfirmedException):
        ann.authenticate(PASSWORD)
    ann.confirm_sign_up(control.demand("GET", "messages")["messages"][-1]["text"][-7:-1], "ann")
    ann.authenticate(PASSWORD)
    assert ann.id_claims["email"] == "ann@example.com" and ann.access_claims["username"] == "ann"
    ann.verify_tokens()
    before = ann.access_token
    ann.renew_access_token()
    assert ann.access_token != before and ann.check_token() is False
    assert ann.get_user().email == "ann@example.com"
    ann.change_password(PASSWORD, OTHER)
    with pytest.raises(ann.client.exceptions.NotAuthorizedException):
        cognito(pool).authenticate(PASSWORD)
    ann.logout()
    with pytest.raises(ann.client.exceptions.NotAuthorizedException):
        cognito(pool, refresh_token="x").renew_access_token()


@pytest.mark.parametrize("secret", [False, True])
def test_pycognito_and_a_new_password(shop, cognito, secret):
    pool = shop(secret=secret)
    pool.idp.admin_create_user(
        UserPoolId=pool.id, Username="ann", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS"
    )
    ann = cognito(pool)
    with pytest.raises(ForceChangePasswordException):
        ann.authenticate(PASSWORD)
    ann.new_password_challenge(PASSWORD, OTHER)
    assert cognito(pool).authenticate(OTHER) is None and ann.access_token


@pytest.mark.parametrize("secret", [False, True])
def test_pycognito_and_an_authenticator(shop, cognito, secret):
    pool = shop(secret=secret)
    factors = {"SoftwareTokenMfaConfiguration": {"Enabled": True}, "MfaConfiguration": "OPTIONAL"}
    pool.idp.set_user_pool_mfa_config(UserPoolId=pool.id, **factors)
    pool.user()
    ann = cognito(pool)
    ann.authenticate(PASSWORD)
    key = ann.associate_software_token()
    assert ann.verify_software_token(one_time(key, time.time()), "phone")
    ann.set_user_mfa_preference(False, True, "SOFTWARE_TOKEN")
    with pytest.raises(SoftwareTokenMFAChallengeException):
        ann.authenticate(PASSWORD)
    with pytest.raises(ann.client.exceptions.CodeMismatchException):
        ann.respond_to_software_token_mfa_challenge("000000")
    ann.respond_to_software_token_mfa_challenge(one_time(key, time.time()))
    ann.verify_tokens()


@pytest.mark.parametrize("secret", [False, True])
def test_pycognito_and_codes_by_sms(shop, cognito, control, secret):
    pool = shop({"MfaConfiguration": "ON", "SmsConfiguration": SMS, "AutoVerifiedAttributes": ["phone_number"]}, secret)
    pool.user(phone_number="+15550100", phone_number_verified="true")
    ann = cognito(pool)
    with pytest.raises(SMSMFAChallengeException):
        ann.authenticate(PASSWORD)
    with pytest.raises(ann.client.exceptions.CodeMismatchException):
        ann.respond_to_sms_mfa_challenge("000000")
    sent = control.demand("GET", "messages")["messages"][-1]
    assert (sent["channel"], sent["to"]) == ("sms", "+15550100")
    ann.respond_to_sms_mfa_challenge(sent["text"][-7:-1])
    ann.verify_tokens()


def test_pycognito_and_a_device_that_is_remembered(tmp_path, monkeypatch):
    """pycognito asks AWS's own address about devices: the server is its proxy, and nothing of it is changed."""
    with owned_server("--proxy", state=tmp_path) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.endpoint)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", server.authority)
        config = Config(retries={"mode": "standard", "total_max_attempts": 1})
        idp = clients.session().client("cognito-idp", config=config, verify=server.authority)
        tracked = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
        pool = Pool(idp, {"DeviceConfiguration": tracked, "MfaConfiguration": "ON", "SmsConfiguration": SMS})
        pool.user(phone_number="+15550100", phone_number_verified="true")
        tokens = second_factor(Control(server.endpoint), pool, pool.proof())
        proof = pool.proof()
        answer, password = proof.confirm_device(tokens, "laptop")
        assert answer.json() == {"UserConfirmationNecessary": True}
        made = tokens["AuthenticationResult"]["NewDeviceMetadata"]
        device = {"device_key": made["DeviceKey"], "device_group_key": made["DeviceGroupKey"]}
        token = tokens["AuthenticationResult"]["AccessToken"]
        assert "200" in proof.update_device_status(True, token, made["DeviceKey"])
        # Remembered, it stands for the second factor; with a wrong password it does not, nor once it is forgotten.
        again = pool.proof(**device, device_password=password).authenticate_user()["AuthenticationResult"]
        claims = jwt.decode(again["AccessToken"], options={"verify_signature": False})
        assert claims["device_key"] == made["DeviceKey"]
        assert claims["iss"] == f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}"
        wrong = pool.proof(**device, device_password="wrong")
        refused(wrong.authenticate_user, "NotAuthorizedException", "Incorrect username or password.")
        assert "200" in proof.forget_device(token, made["DeviceKey"])
        gone = pool.proof(**device, device_password=password)
        refused(gone.authenticate_user, "ResourceNotFoundException", "Device does not exist.")


def second_factor(control, pool, proof):
    """Signs in with the code that comes by SMS."""
    with pytest.raises(SMSMFAChallengeException) as caught:
        proof.authenticate_user()
    code = control.demand("GET", "messages")["messages"][-1]["text"][-7:-1]
    return pool.answer("SMS_MFA", caught.value.get_tokens()["Session"], SMS_MFA_CODE=code)


def test_pyjwt_sees_tokens_end_as_the_clock_moves(shop, endpoint, control):
    """PyJWT's own clock is the machine's: a token of a past moment has run out, one of now has not."""
    pool = shop()
    pool.user()
    keys = jwt.PyJWKClient(f"{endpoint}/{pool.id}/.well-known/jwks.json")

    def verified(token):
        key = keys.get_signing_key_from_jwt(token).key
        issuer = f"{endpoint}/{pool.id}"
        return jwt.decode(token, key, algorithms=["RS256"], issuer=issuer, options={"verify_aud": False})

    token = pool.tokens()["AccessToken"]
    assert verified(token)["username"] == "ann"
    control.demand("POST", "clock", {"set": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 7200))})
    with pytest.raises(jwt.ExpiredSignatureError):
        verified(pool.tokens()["AccessToken"])


@pytest.fixture
def aws(endpoint, tmp_path):
    return functools.partial(commandline.aws, endpoint, tmp_path, "cognito-idp")


def test_the_command_line(aws, shop):
    pool = shop()
    pool.user()
    shown = aws("describe-user-pool", "--user-pool-id", pool.id)
    assert shown.returncode == 0 and json.loads(shown.stdout)["UserPool"]["Name"] == "shop"
    tokens = json.loads(aws(
        "initiate-auth", "--client-id", pool.client, "--auth-flow", "USER_PASSWORD_AUTH", "--auth-parameters",
        f"USERNAME=ann,PASSWORD={PASSWORD}").stdout)["AuthenticationResult"]  # fmt: skip
    user = aws("get-user", "--access-token", tokens["AccessToken"])
    assert user.returncode == 0 and json.loads(user.stdout)["Username"] == "ann"
    wrong = aws("initiate-auth", "--client-id", pool.client, "--auth-flow", "USER_PASSWORD_AUTH",
                "--auth-parameters", "USERNAME=ann,PASSWORD=wrong")  # fmt: skip
    assert wrong.returncode in (254, 255)
    assert "An error occurred (NotAuthorizedException) when calling the InitiateAuth operation" in wrong.stderr
    assert wrong.stderr.strip().endswith(": Incorrect username or password.")
    listed = aws("list-users", "--user-pool-id", pool.id, "--filter", 'username ^= "a"')
    assert [each["Username"] for each in json.loads(listed.stdout)["Users"]] == ["ann"]


def test_tokens_that_nobody_gave(shop):
    """What a program meets that has a bad token, or one that was revoked in the middle of its session."""
    pool = shop()
    pool.user()
    exceptions = pool.idp.exceptions
    with pytest.raises(exceptions.NotAuthorizedException, match=": Invalid Access Token$"):
        pool.idp.global_sign_out(AccessToken="123")
    with pytest.raises(exceptions.NotAuthorizedException, match=": Invalid Refresh Token"):
        pool.sign_in(password=None, flow="REFRESH_TOKEN_AUTH", REFRESH_TOKEN="bad token")
    tokens = pool.tokens()
    again = {"password": None, "flow": "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN": tokens["RefreshToken"]}
    assert pool.sign_in(**again)["AuthenticationResult"]
    pool.idp.revoke_token(Token=tokens["RefreshToken"], ClientId=pool.client)
    with pytest.raises(ClientError, match="Refresh Token has been revoked"):
        pool.sign_in(**again)
    with pytest.raises(ClientError, match="Access Token has been revoked"):
        pool.idp.get_user(AccessToken=tokens["AccessToken"])
