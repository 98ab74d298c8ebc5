# SPDX-License-Identifier: Apache-2.0
"""Sign-in: its flows, its challenges, its tokens, and how they end."""

import base64
import hashlib
import hmac
import time

import pytest
from pycognito.aws_srp import AWSSRP
from pycognito.exceptions import ForceChangePasswordException

from harness.control import EPOCH
from harness.identity import claims

from .asking import attributes, one_time, refused
from .conftest import PASSWORD, START

WRONG = "Incorrect username or password."


def hashed(pool, name="ann"):
    digest = hmac.new(pool.secret.encode(), (name + pool.client).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def test_a_password_gives_tokens_that_say_who_it_is(pool, idp, endpoint):
    shop = pool()
    shop.user(email="ann@example.com", email_verified="true")
    for name, precedence in (("staff", 2), ("admins", 1)):
        idp.create_group(UserPoolId=shop.id, GroupName=name, Precedence=precedence)
        idp.admin_add_user_to_group(UserPoolId=shop.id, GroupName=name, Username="ann")
    tokens = shop.tokens()
    assert tokens["ExpiresIn"] == 3600
    identity, access = claims(tokens["IdToken"]), claims(tokens["AccessToken"])
    assert identity["iss"] == access["iss"] == f"{endpoint}/{shop.id}"
    assert (identity["aud"], access["client_id"]) == (shop.client, shop.client)
    assert identity["cognito:groups"] == access["cognito:groups"] == ["admins", "staff"]
    assert (identity["email"], identity["email_verified"]) == ("ann@example.com", True)
    assert (identity["token_use"], access["token_use"]) == ("id", "access")
    assert (access["username"], identity["cognito:username"]) == ("ann", "ann")
    assert access["scope"] == "aws.cognito.signin.user.admin"
    assert (identity["iat"], identity["exp"]) == (START, START + 3600)
    shown = idp.get_user(AccessToken=tokens["AccessToken"])
    assert identity["sub"] == access["sub"] == attributes(shown)["sub"]


def test_wrong_passwords_lock_out_longer_and_longer(pool, clock):
    shop = pool()
    shop.user()
    for _ in range(5):
        refused(lambda: shop.sign_in(password="x"), "NotAuthorizedException", WRONG)
    refused(shop.sign_in, "NotAuthorizedException", "Password attempts exceeded")
    clock(1)
    refused(lambda: shop.sign_in(password="x"), "NotAuthorizedException", WRONG)
    clock(1)
    refused(shop.sign_in, "NotAuthorizedException", "Password attempts exceeded")
    clock(1)
    assert shop.tokens()


@pytest.mark.parametrize("secret", [False, True])
def test_a_password_is_proved_without_being_sent(pool, idp, secret):
    shop = pool(client={"GenerateSecret": secret})
    shop.user()

    def proof(password):
        return AWSSRP("ann", password, shop.id, shop.client, client=idp, client_secret=shop.secret)

    tokens = proof(PASSWORD).authenticate_user()["AuthenticationResult"]
    assert claims(tokens["AccessToken"])["username"] == "ann"
    refused(lambda: proof("wrong").authenticate_user(), "NotAuthorizedException", WRONG)


def test_somebody_who_is_hidden_fails_like_a_wrong_password(pool, idp):
    shop = pool(client={"PreventUserExistenceErrors": "ENABLED", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]})
    proof = AWSSRP("nobody", PASSWORD, shop.id, shop.client, client=idp)
    refused(proof.authenticate_user, "NotAuthorizedException", WRONG)


def test_a_temporary_password_must_be_replaced_in_time(pool, idp, mail, clock):
    shop = pool()
    listed = [{"Name": "email", "Value": "ann@example.com"}]
    idp.admin_create_user(
        UserPoolId=shop.id, Username="ann", UserAttributes=listed, DesiredDeliveryMediums=["EMAIL"]
    )
    temporary = mail(r"(?<=password is )\S+(?=\.$)")
    proof = AWSSRP("ann", temporary, shop.id, shop.client, client=idp)
    with pytest.raises(ForceChangePasswordException):
        proof.authenticate_user()
    assert proof.set_new_password_challenge("Permanent1!")["AuthenticationResult"]
    assert idp.admin_get_user(UserPoolId=shop.id, Username="ann")["UserStatus"] == "CONFIRMED"
    idp.admin_create_user(UserPoolId=shop.id, Username="bob", TemporaryPassword=temporary)
    clock(7 * 86_400)
    text = "Temporary password has expired and must be reset by an administrator."
    refused(lambda: shop.sign_in("bob", temporary), "NotAuthorizedException", text)


def test_a_challenge_ends(pool, idp, clock):
    shop = pool()
    idp.admin_create_user(UserPoolId=shop.id, Username="ann", TemporaryPassword=PASSWORD)
    session = shop.sign_in()["Session"]
    answer = {"challenge": "NEW_PASSWORD_REQUIRED", "session": session, "NEW_PASSWORD": "Permanent1!"}
    refused(lambda: shop.answer("SMS_MFA", session), "InvalidParameterException", "Invalid challenge transition")
    refused(lambda: shop.answer("SMS_MFA", "x" * 30), "NotAuthorizedException", "Invalid session for the user.")
    clock(180)
    text = "Invalid session for the user, session is expired."
    refused(lambda: shop.answer(**answer), "NotAuthorizedException", text)
    refused(lambda: shop.answer(**answer), "NotAuthorizedException", "Invalid session for the user.")


def test_states_that_bar_a_sign_in(pool, idp):
    shop = pool()
    shop.user(email="ann@example.com", email_verified="true")
    ask = {"UserPoolId": shop.id, "Username": "ann"}
    idp.admin_reset_user_password(**ask)
    text = "Password reset required for the user"
    refused(shop.sign_in, "PasswordResetRequiredException", text)
    idp.admin_disable_user(**ask)
    refused(shop.sign_in, "NotAuthorizedException", "User is disabled.")


def test_flows_must_be_allowed(pool, idp):
    shop = pool(client={"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]})
    shop.user()
    text = "USER_PASSWORD_AUTH flow not enabled for this client"
    refused(shop.sign_in, "InvalidParameterException", text)
    ask = {"UserPoolId": shop.id, "ClientId": shop.client, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    refused(idp.admin_initiate_auth, "InvalidParameterException", "Auth flow not enabled for this client", **ask)
    refused(idp.admin_initiate_auth, "InvalidParameterException", **(ask | {"AuthFlow": "USER_PASSWORD_AUTH"}))
    wrong = "x" * 26
    text = f"User pool client {wrong} does not exist."
    refused(idp.initiate_auth, "ResourceNotFoundException", text, ClientId=wrong, AuthFlow="USER_SRP_AUTH")


def test_a_secret_must_be_proved(pool, idp):
    shop = pool(client={"GenerateSecret": True})
    shop.user()
    text = f"Client {shop.client} is configured with secret but SECRET_HASH was not received"
    refused(shop.sign_in, "NotAuthorizedException", text)
    text = f"Unable to verify secret hash for client {shop.client}"
    refused(lambda: shop.sign_in(SECRET_HASH="x"), "NotAuthorizedException", text)
    tokens = shop.tokens(SECRET_HASH=hashed(shop))
    refresh = {"flow": "REFRESH_TOKEN_AUTH", "password": None, "REFRESH_TOKEN": tokens["RefreshToken"]}
    text = f"SecretHash does not match for the client: {shop.client}"
    refused(lambda: shop.sign_in(**refresh, SECRET_HASH="x"), "NotAuthorizedException", text)
    assert shop.sign_in(**refresh, SECRET_HASH=hashed(shop))["AuthenticationResult"]["AccessToken"]


def refreshed(shop, token):
    return shop.sign_in(password=None, flow="REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)["AuthenticationResult"]


def test_refresh_tokens_serve_until_they_end_or_are_revoked(pool, idp, clock):
    shop = pool(client={"RefreshTokenValidity": 1, "TokenValidityUnits": {"RefreshToken": "days"}})
    shop.user()
    first, second = shop.tokens(), shop.tokens()
    again = refreshed(shop, first["RefreshToken"])
    assert "RefreshToken" not in again
    assert claims(again["AccessToken"])["origin_jti"] == claims(first["AccessToken"])["origin_jti"]
    refused(lambda: refreshed(shop, "x"), "NotAuthorizedException", "Invalid Refresh Token.")
    idp.revoke_token(Token=first["RefreshToken"], ClientId=shop.client)
    refused(lambda: refreshed(shop, first["RefreshToken"]), "NotAuthorizedException", "Refresh Token has been revoked")
    for token in (first["AccessToken"], again["AccessToken"]):
        refused(idp.get_user, "NotAuthorizedException", "Access Token has been revoked", AccessToken=token)
    clock(3599)
    assert idp.get_user(AccessToken=second["AccessToken"])["Username"] == "ann"
    clock(1)
    refused(idp.get_user, "NotAuthorizedException", "Access Token has expired", AccessToken=second["AccessToken"])
    fresh = refreshed(shop, second["RefreshToken"])["AccessToken"]
    idp.global_sign_out(AccessToken=fresh)
    refused(idp.get_user, "NotAuthorizedException", "Access Token has been revoked", AccessToken=fresh)
    third = shop.tokens()
    clock(86_400)
    refused(lambda: refreshed(shop, third["RefreshToken"]), "NotAuthorizedException", "Refresh Token has expired")
    refused(idp.revoke_token, "UnauthorizedException", Token="x", ClientId=shop.client)
    refused(idp.revoke_token, "UnsupportedTokenTypeException", Token=fresh, ClientId=shop.client)


def test_rotated_refresh_tokens_serve_once(pool, idp, clock):
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}
    shop = pool(client={"RefreshTokenRotation": rotation, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})
    shop.user()
    old = shop.tokens()["RefreshToken"]
    ask = {"ClientId": shop.client}
    new = idp.get_tokens_from_refresh_token(RefreshToken=old, **ask)["AuthenticationResult"]["RefreshToken"]
    clock(9)
    idp.get_tokens_from_refresh_token(RefreshToken=old, **ask)
    clock(1)
    refused(idp.get_tokens_from_refresh_token, "RefreshTokenReuseException", RefreshToken=old, **ask)
    refused(idp.get_tokens_from_refresh_token, "NotAuthorizedException", RefreshToken=new, **ask)


def test_an_authenticator_is_set_up_and_asked_for(pool, idp, clock):
    shop = pool()
    idp.set_user_pool_mfa_config(
        UserPoolId=shop.id, MfaConfiguration="ON", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    shop.user()
    first = shop.sign_in()
    assert first["ChallengeName"] == "MFA_SETUP"
    assert "SOFTWARE_TOKEN_MFA" in first["ChallengeParameters"]["MFAS_CAN_SETUP"]
    made = idp.associate_software_token(Session=first["Session"])
    refused(idp.verify_software_token, "EnableSoftwareTokenMFAException", Session=made["Session"], UserCode="000000")
    proved = idp.verify_software_token(Session=made["Session"], UserCode=one_time(made["SecretCode"], START))
    assert proved["Status"] == "SUCCESS"
    tokens = shop.answer("MFA_SETUP", proved["Session"])["AuthenticationResult"]
    assert tokens["AccessToken"]
    second = shop.sign_in()
    assert second["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    wrong = {"SOFTWARE_TOKEN_MFA_CODE": "000000"}
    refused(lambda: shop.answer("SOFTWARE_TOKEN_MFA", second["Session"], **wrong), "CodeMismatchException")
    right = {"SOFTWARE_TOKEN_MFA_CODE": one_time(made["SecretCode"], START)}
    assert shop.answer("SOFTWARE_TOKEN_MFA", second["Session"], **right)["AuthenticationResult"]
    third = shop.sign_in()["Session"]
    text = "Your software token has already been used once."
    refused(lambda: shop.answer("SOFTWARE_TOKEN_MFA", third, **right), "ExpiredCodeException", text)
    shown = idp.admin_get_user(UserPoolId=shop.id, Username="ann")
    assert shown["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]


def test_a_code_by_sms_is_asked_for(pool, idp, mail):
    sms = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
    shop = pool({"MfaConfiguration": "OPTIONAL", "SmsConfiguration": sms})
    shop.user(phone_number="+15555550123")
    assert shop.tokens()
    on = {"Enabled": True, "PreferredMfa": True}
    idp.admin_set_user_mfa_preference(UserPoolId=shop.id, Username="ann", SMSMfaSettings=on)
    asked = shop.sign_in()
    assert asked["ChallengeName"] == "SMS_MFA"
    assert asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"] == "+*******0123"
    text = "Invalid code or auth state for the user."
    refused(lambda: shop.answer("SMS_MFA", asked["Session"], SMS_MFA_CODE="x"), "CodeMismatchException", text)
    assert shop.answer("SMS_MFA", asked["Session"], SMS_MFA_CODE=mail())["AuthenticationResult"]


def test_a_user_chooses_how_to_sign_in(pool, mail):
    policy = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    shop = pool({"Policies": policy})
    shop.user(email="ann@example.com", email_verified="true")
    offered = shop.sign_in(password=None, flow="USER_AUTH")
    assert offered["ChallengeName"] == "SELECT_CHALLENGE"
    assert offered["AvailableChallenges"] == ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]
    sent = shop.answer("SELECT_CHALLENGE", offered["Session"], ANSWER="EMAIL_OTP")
    assert shop.answer("EMAIL_OTP", sent["Session"], EMAIL_OTP_CODE=mail())["AuthenticationResult"]
    assert shop.tokens(flow="USER_AUTH", PREFERRED_CHALLENGE="PASSWORD")


def test_a_token_that_is_not_ours_is_refused(pool, idp):
    shop = pool()
    shop.user()
    token = shop.tokens()["AccessToken"]
    head, body, signature = token.split(".")
    other = pool()
    other.user()
    for wrong in ("123", f"{head}.{body}.{signature[:-4]}AAAA", shop.tokens()["IdToken"]):
        refused(idp.get_user, "NotAuthorizedException", "Invalid Access Token", AccessToken=wrong)
    idp.admin_delete_user(UserPoolId=shop.id, Username="ann")
    refused(idp.get_user, "UserNotFoundException", "User does not exist.", AccessToken=token)


def test_the_tests_clock_is_the_epoch():
    assert time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(START)) == EPOCH
