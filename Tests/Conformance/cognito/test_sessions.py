# SPDX-License-Identifier: Apache-2.0
"""Sign-ins, step by step: what ends them and what they lead to, by both pairs of operations; tokens, and their end."""

import pytest

from .asking import refused
from .conftest import PASSWORD
from .rows import Refused, Works, cases
from .world import MAIL

ALIASED = {"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}
HISTORY = {"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}}}
TRACKED = {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True}}
WRONG = "Incorrect username or password."
ROTATED = {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
           "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]}  # fmt: skip
NO_ROTATION = "REFRESH_TOKEN_AUTH is not supported when refresh token rotation is enabled"
USED = "Password has been used before. Choose another one."
RESET = "Password reset required for the user"
CUSTOM = {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"]}
NO_TRIGGER = "Custom auth lambda trigger is not configured for the user pool."


def begin(world, name=None, admins=False, flow=None, **parameters):
    """The first step of a sign-in by a password, or by another flow."""
    call = world.admin_initiate_auth if admins else world.initiate_auth
    given = parameters or {"USERNAME": name or world.ann, "PASSWORD": PASSWORD}
    usual = "ADMIN_USER_PASSWORD_AUTH" if admins else "USER_PASSWORD_AUTH"
    return call(AuthFlow=flow or usual, AuthParameters=given)


def refresh(world, admins=False, token=None):
    token = token or world.tokens["RefreshToken"]
    return begin(world, admins=admins, flow="REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)


def newcomer(world, admins=False):
    """A sign-in that asks for a new password."""
    world.user("bob", TemporaryPassword=PASSWORD)
    return begin(world, "bob", admins)["Session"]


def replaced(world, admins=False, password="An0ther!!", session=None, **attributes):
    call = world.admin_respond_to_auth_challenge if admins else world.respond_to_auth_challenge
    responses = {"USERNAME": "bob", "NEW_PASSWORD": password}
    responses |= {f"userAttributes.{name}": value for name, value in attributes.items()}
    session = session or newcomer(world, admins)
    return call(ChallengeName="NEW_PASSWORD_REQUIRED", Session=session, ChallengeResponses=responses)


def proving(world, change, admins=False, name=None):
    """A password that is proved, after something was changed in between."""
    proof = world.pool.proof(name or world.ann)
    parameters = proof.get_auth_params()
    asked = begin(world, admins=admins, flow="USER_SRP_AUTH", **parameters)
    responses = proof.process_challenge(asked["ChallengeParameters"], parameters)
    change(world)
    call = world.admin_respond_to_auth_challenge if admins else world.respond_to_auth_challenge
    return call(ChallengeName="PASSWORD_VERIFIER", Session=asked["Session"], ChallengeResponses=responses)


def removed(world):
    world.admin_delete_user(Username="bob")


def tokens(answer):
    return set(answer["AuthenticationResult"]) >= {"AccessToken", "IdToken", "RefreshToken"}


def both(row, operation, *arguments, **more):
    """The row for a user's operation and for the administrator's."""
    code, steps, *words = arguments
    return [row(name, code, lambda w, a=admins: steps(w, a), *words, **more)
            for name, admins in ((operation, False), (f"Admin{operation}", True))]  # fmt: skip


test_beginnings = cases(
    Works("InitiateAuth", begin, tokens),
    Works("AdminInitiateAuth", lambda w: begin(w, admins=True), tokens),
    Works("InitiateAuth", refresh, lambda a: "RefreshToken" not in a["AuthenticationResult"]),
    *both(Refused, "InitiateAuth", "UserNotFoundException", lambda w, a: begin(w, "nobody", a), "User does not exist."),
    *both(Refused, "InitiateAuth", "NotAuthorizedException",
          lambda w, a: [w.password("An0ther!!") if w.ann else None, begin(w, admins=a)], WRONG),
    *both(Refused, "InitiateAuth", "UserNotConfirmedException", lambda w, a: begin(w, w.newcomer(), a),
          "User is not confirmed."),
    *both(Refused, "InitiateAuth", "PasswordResetRequiredException",
          lambda w, a: [w.admin_reset_user_password(), begin(w, admins=a)], RESET),
    *both(Refused, "InitiateAuth", "UnsupportedOperationException", refresh, NO_ROTATION, client=ROTATED),
    *both(Refused, "InitiateAuth", "InvalidUserPoolConfigurationException",
          lambda w, a: begin(w, admins=a, flow="CUSTOM_AUTH", USERNAME=w.ann), NO_TRIGGER, client=CUSTOM),
    Refused("AdminInitiateAuth", "ResourceNotFoundException", lambda w: w.admin_initiate_auth(
        ClientId="x" * 26, AuthFlow="USER_SRP_AUTH"), f"User pool client {'x' * 26} does not exist."),
)  # fmt: skip

test_answers = cases(
    Works("RespondToAuthChallenge", replaced, tokens),
    Works("AdminRespondToAuthChallenge", lambda w: replaced(w, True), tokens),
    Works("RespondToAuthChallenge", lambda w: proving(w, lambda w: None), tokens),
    *both(Refused, "RespondToAuthChallenge", "InvalidPasswordException",
          lambda w, a: replaced(w, a, "weak"), "Password did not conform with policy: Password not long enough"),
    *both(Refused, "RespondToAuthChallenge", "PasswordHistoryPolicyViolationException",
          lambda w, a: replaced(w, a, PASSWORD), USED, pool=HISTORY),
    *both(Refused, "RespondToAuthChallenge", "AliasExistsException",
          lambda w, a: [w.ann, replaced(w, a, email=MAIL[0]["Value"])],
          "An account with the given email already exists.", pool=ALIASED),
    *both(Refused, "RespondToAuthChallenge", "UserNotFoundException",
          lambda w, a: [session := newcomer(w, a), removed(w), replaced(w, a, session=session)],
          "User does not exist."),
    *both(Refused, "RespondToAuthChallenge", "NotAuthorizedException",
          lambda w, a: replaced(w, a, session="x" * 30), "Invalid session for the user."),
    *both(Refused, "RespondToAuthChallenge", "PasswordResetRequiredException",
          lambda w, a: proving(w, lambda w: w.admin_reset_user_password(), a), RESET),
    *both(Refused, "RespondToAuthChallenge", "UserNotConfirmedException",
          lambda w, a: proving(w, lambda w: None, a, w.newcomer()), "User is not confirmed."),
    Refused("RespondToAuthChallenge", "NotAuthorizedException",
            lambda w: [session := newcomer(w), w.later(180), replaced(w, session=session)],
            "Invalid session for the user, session is expired."),
    Refused("AdminRespondToAuthChallenge", "ResourceNotFoundException", lambda w: w.admin_respond_to_auth_challenge(
        ClientId="x" * 26, ChallengeName="SMS_MFA")),
)  # fmt: skip


def renewed(world, token=None):
    return world.get_tokens_from_refresh_token(RefreshToken=token or world.tokens["RefreshToken"])


test_tokens = cases(
    Works("GetTokensFromRefreshToken", renewed, lambda a: "AccessToken" in a["AuthenticationResult"]),
    Works("RevokeToken", lambda w: w.revoke_token(Token=w.tokens["RefreshToken"])),
    Refused("GetTokensFromRefreshToken", "NotAuthorizedException", lambda w: renewed(w, "x"), "Invalid Refresh Token."),
    Refused("GetTokensFromRefreshToken", "NotAuthorizedException",
            lambda w: [w.revoke_token(Token=w.tokens["RefreshToken"]), renewed(w)], "Refresh Token has been revoked"),
    Refused("GetTokensFromRefreshToken", "NotAuthorizedException",
            lambda w: [w.tokens, w.later(30 * 86_400), renewed(w)], "Refresh Token has expired"),
    Refused("GetTokensFromRefreshToken", "UserNotFoundException",
            lambda w: [w.tokens, w.admin_delete_user(), renewed(w)], "User does not exist."),
    Refused("GetTokensFromRefreshToken", "RefreshTokenReuseException",
            lambda w: [renewed(w), w.later(10), renewed(w)], client=ROTATED),
    Refused("RevokeToken", "UnauthorizedException", lambda w: w.revoke_token(Token="x")),
    Refused("RevokeToken", "UnsupportedTokenTypeException", lambda w: w.revoke_token(Token=w.token)),
    Refused("RevokeToken", "UnsupportedOperationException", lambda w: w.revoke_token(Token="x"),
            client={"EnableTokenRevocation": False}),
    Refused("GlobalSignOut", "NotAuthorizedException", lambda w: [w.global_sign_out(), w.global_sign_out()],
            "Access Token has been revoked"),
    Refused("GetUser", "NotAuthorizedException", lambda w: [w.token, w.later(3600), w.get_user()],
            "Access Token has expired"),
    Refused("GetUser", "NotAuthorizedException", lambda w: [w.token, w.admin_user_global_sign_out(), w.get_user()],
            "Access Token has been revoked"),
    Refused("GetUser", "NotAuthorizedException", lambda w: [w.token, w.admin_disable_user(), w.get_user()],
            "User is disabled."),
)  # fmt: skip


@pytest.mark.parametrize(("flow", "allowed"), [("USER_PASSWORD_AUTH", 120), ("USER_SRP_AUTH", 120)])
def test_sign_ins_are_throttled_by_their_category(control, pool, clock, flow, allowed):
    """All ways to begin share one rate, whatever the user; other categories go on."""
    shop = pool()
    name = shop.user()
    control.load({"scenario": "limited", "options": {"quotas": "aws"}})
    for _ in range(allowed):
        refused(lambda: shop.sign_in("nobody", flow=flow), "UserNotFoundException")
    refused(shop.sign_in, "TooManyRequestsException")
    ask = {"UserPoolId": shop.id, "ClientId": shop.client, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    ask["AuthParameters"] = {"USERNAME": name, "PASSWORD": PASSWORD}
    refused(shop.idp.admin_initiate_auth, "TooManyRequestsException", **ask)
    assert shop.idp.admin_get_user(UserPoolId=shop.id, Username=name)
    clock(1)
    assert shop.tokens()
