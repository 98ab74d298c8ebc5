# SPDX-License-Identifier: Apache-2.0
"""Second factors: authenticators, codes by SMS and e-mail, and what users prefer."""

from .asking import one_time
from .conftest import START
from .rows import Refused, Works, cases, tolerated
from .world import SMS

TEXTED = {"SmsConfiguration": SMS}
TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
BY_SMS = {"SMSMfaSettings": {"Enabled": True, "PreferredMfa": True}}
BY_TOTP = {"SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}
BY_MAIL = {"EmailMfaSettings": {"Enabled": True, "PreferredMfa": True}}
MAIL = {"EmailMfaConfiguration": {"Message": "Your code is {####}."}}
OPTIONS = {"MFAOptions": [{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]}
NO_DELIVERY = "User does not have delivery config set to turn on {}"


def optional(world, **factors):
    """The pool lets users have a second factor."""
    world.set_user_pool_mfa_config(MfaConfiguration="OPTIONAL", **(factors or TOTP))


def associated(world):
    """An authenticator that the user has, and has not proved; its secret."""
    world.token
    optional(world)
    world.secret = world.associate_software_token()["SecretCode"]
    return world.secret


def proved(world):
    world.verify_software_token(UserCode=one_time(associated(world), START))
    world.set_user_mfa_preference(**BY_TOTP)


def asked(world, factor="SOFTWARE_TOKEN_MFA"):
    """A sign-in that asks for the second factor."""
    challenge = world.pool.sign_in()
    assert challenge["ChallengeName"] == factor
    return challenge["Session"]


def admins_ask(world):
    ask = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
    return world.admin_initiate_auth(AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=ask)["Session"]


def answered(world, session, code, factor="SOFTWARE_TOKEN_MFA", admins=False):
    call = world.admin_respond_to_auth_challenge if admins else world.respond_to_auth_challenge
    responses = {"USERNAME": "ann", f"{factor}_CODE": code}
    return call(ChallengeName=factor, Session=session, ChallengeResponses=responses)


def texted(world):
    """A user who is asked for a code by SMS."""
    world.token
    optional(world, SmsMfaConfiguration={"SmsConfiguration": SMS})
    world.set_user_mfa_preference(**BY_SMS)


def used(world, admins):
    """A one-time password that has served once."""
    proved(world)
    answered(world, asked(world), one_time(world.secret, START))
    return answered(world, admins_ask(world) if admins else asked(world), one_time(world.secret, START), admins=admins)


def forgotten(world, admins):
    """A session whose authenticator was replaced by one that is not proved."""
    proved(world)
    session = admins_ask(world) if admins else asked(world)
    world.associate_software_token()
    return answered(world, session, "000000", admins=admins)


def without_telephone(world, admins):
    """A user whose telephone number is gone, after the second factor that needs it was chosen."""
    texted(world)
    world.admin_delete_user_attributes(UserAttributeNames=["phone_number"])
    return admins_ask(world) if admins else world.pool.sign_in()


def tokens(answer):
    return "AccessToken" in answer["AuthenticationResult"]


test_setting_up = cases(
    Works("AssociateSoftwareToken", lambda w: [optional(w), w.associate_software_token()],
          lambda a: len(a["SecretCode"]) == 52),
    Works("VerifySoftwareToken", lambda w: w.verify_software_token(UserCode=one_time(associated(w), START)),
          lambda a: a == {"Status": "SUCCESS"}),
    Works("SetUserMFAPreference", lambda w: w.set_user_mfa_preference(**BY_SMS), pool=TEXTED),
    Works("AdminSetUserMFAPreference", lambda w: w.admin_set_user_mfa_preference(**BY_MAIL)),
    Works("AdminGetUser", lambda w: [w.admin_set_user_mfa_preference(**BY_MAIL), w.admin_get_user()],
          lambda a: (a["PreferredMfaSetting"], a["UserMFASettingList"]) == ("EMAIL_OTP", ["EMAIL_OTP"])),
    Works("SetUserSettings", lambda w: w.set_user_settings(**OPTIONS)),
    Works("AdminSetUserSettings", lambda w: w.admin_set_user_settings(**OPTIONS)),
    Refused("AssociateSoftwareToken", "SoftwareTokenMFANotFoundException", lambda w: [
        w.token, optional(w, **MAIL), w.associate_software_token()],
        "Software Token MFA has not been enabled by the userPool."),
    Refused("AssociateSoftwareToken", "InvalidParameterException", lambda w: w.associate_software_token(
        AccessToken=None), "Access Token or Session is required"),
    Refused("VerifySoftwareToken", "EnableSoftwareTokenMFAException",
            lambda w: [associated(w), w.verify_software_token(UserCode="000000")],
            "Code mismatch and fail enable Software Token MFA"),
    Refused("VerifySoftwareToken", "SoftwareTokenMFANotFoundException",
            lambda w: w.verify_software_token(UserCode="000000")),
    Refused("SetUserMFAPreference", "InvalidParameterException", lambda w: w.set_user_mfa_preference(**BY_TOTP),
            "User has not verified software token mfa"),
    Refused("AdminSetUserMFAPreference", "InvalidParameterException", lambda w: [
        w.user("bob"), w.admin_set_user_mfa_preference(Username="bob", **BY_SMS)], NO_DELIVERY.format("SMS_MFA")),
    Refused("AdminSetUserMFAPreference", "UserNotConfirmedException", lambda w: w.admin_set_user_mfa_preference(
        Username=w.newcomer(), **BY_MAIL), "User is not confirmed."),
    Refused("AdminSetUserMFAPreference", "PasswordResetRequiredException", lambda w: [
        w.admin_reset_user_password(), w.admin_set_user_mfa_preference(**BY_MAIL)],
        "Password reset required for the user"),
)  # fmt: skip

test_answers = cases(
    Works("RespondToAuthChallenge", lambda w: [proved(w), answered(w, asked(w), one_time(w.secret, START))], tokens),
    Works("AdminRespondToAuthChallenge", lambda w: [
        proved(w), answered(w, admins_ask(w), one_time(w.secret, START), admins=True)], tokens),
    Works("RespondToAuthChallenge", lambda w: [
        texted(w), session := asked(w, "SMS_MFA"), answered(w, session, w.codes()[-1], "SMS_MFA")], tokens),
    Works("RespondToAuthChallenge", lambda w: [
        w.token, optional(w, **MAIL), w.set_user_mfa_preference(**BY_MAIL), session := asked(w, "EMAIL_OTP"),
        answered(w, session, w.codes()[-1], "EMAIL_OTP")], tokens),
    Refused("RespondToAuthChallenge", "CodeMismatchException",
            lambda w: [texted(w), answered(w, asked(w, "SMS_MFA"), "000000", "SMS_MFA")],
            "Invalid code or auth state for the user."),
    Refused("RespondToAuthChallenge", "CodeMismatchException",
            lambda w: [proved(w), answered(w, asked(w), "000000")], "Invalid code received for user"),
    Refused("AdminRespondToAuthChallenge", "CodeMismatchException",
            lambda w: [proved(w), answered(w, admins_ask(w), "000000", admins=True)],
            "Invalid code received for user"),
    Refused("RespondToAuthChallenge", "ExpiredCodeException", lambda w: used(w, False),
            "Your software token has already been used once."),
    Refused("AdminRespondToAuthChallenge", "ExpiredCodeException", lambda w: used(w, True),
            "Your software token has already been used once."),
    Refused("RespondToAuthChallenge", "SoftwareTokenMFANotFoundException", lambda w: forgotten(w, False)),
    Refused("AdminRespondToAuthChallenge", "SoftwareTokenMFANotFoundException", lambda w: forgotten(w, True)),
    Refused("AdminInitiateAuth", "MFAMethodNotFoundException", lambda w: without_telephone(w, True)),
    Refused("InitiateAuth", "InvalidParameterException", lambda w: without_telephone(w, False),
            NO_DELIVERY.format("SMS_MFA")),
    # Wrong codes count as wrong passwords do.
    Refused("RespondToAuthChallenge", "NotAuthorizedException", lambda w: [
        proved(w), session := asked(w), [tolerated(answered, world=w, session=session, code="000000") for _ in "12345"],
        answered(w, session, one_time(w.secret, START))], "Password attempts exceeded"),
)  # fmt: skip
