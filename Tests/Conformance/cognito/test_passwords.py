# SPDX-License-Identifier: Apache-2.0
"""Signing up, and passwords that were forgotten."""

from .conftest import PASSWORD
from .rows import Refused, Works, cases, tolerated
from .world import MAIL

MAILED = {"AutoVerifiedAttributes": ["email"]}
ALIASED = {"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}
ADDRESS = MAIL[:1]
BOB = {"Username": "bob"}
NEW = {"Username": "bob", "Password": PASSWORD}
OTHER = "An0ther!!"
WEAK = "Password did not conform with policy: Password not long enough"
USED = "Password has been used before. Choose another one."
HISTORY = {"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}}}
WRONG_CODE = "Invalid verification code provided, please try again."
OLD_CODE = "Invalid code provided, please request a code again."
TOO_OFTEN = "Attempt limit exceeded, please try after some time."
LOCKED = "Too many invalid credentials attempts. User temporarily locked. Please try after few seconds."
NOT_NOW = "User password cannot be reset in the current state."


def confirm(world, name="bob", code=None):
    return world.confirm_sign_up(Username=name, ConfirmationCode=code or world.codes()[-1])


def forgotten(world, code=None, password=OTHER):
    world.forgot_password()
    return world.confirm_forgot_password(ConfirmationCode=code or world.codes()[-1], Password=password)


test_sign_up = cases(
    Works("SignUp", lambda w: w.sign_up(**NEW), lambda a: a["UserConfirmed"] is False and len(a["UserSub"]) == 36),
    Works("ConfirmSignUp", lambda w: [w.newcomer("bob", *ADDRESS), confirm(w)], pool=MAILED),
    Works("ResendConfirmationCode", lambda w: [w.newcomer("bob", *ADDRESS), w.resend_confirmation_code(**BOB)],
          lambda a: a["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL", pool=MAILED),
    Refused("SignUp", "UsernameExistsException", lambda w: [w.newcomer(), w.newcomer()], "User already exists"),
    Refused("SignUp", "InvalidPasswordException", lambda w: w.sign_up(**BOB, Password="weak"), WEAK),
    Refused("SignUp", "NotAuthorizedException", lambda w: w.sign_up(**NEW),
            "SignUp is not permitted for this user pool",
            pool={"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}}),
    Refused("ConfirmSignUp", "CodeMismatchException", lambda w: [w.newcomer("bob", *ADDRESS), confirm(w, code="x")],
            WRONG_CODE, pool=MAILED),
    Refused("ConfirmSignUp", "ExpiredCodeException",
            lambda w: [w.newcomer("bob", *ADDRESS), w.later(86_400), confirm(w)], OLD_CODE, pool=MAILED),
    Refused("ConfirmSignUp", "NotAuthorizedException", lambda w: confirm(w, w.ann, "123456"),
            "User cannot be confirmed. Current status is CONFIRMED"),
    Refused("ConfirmSignUp", "TooManyFailedAttemptsException", lambda w: [
        w.newcomer("bob", *ADDRESS), [tolerated(confirm, world=w, code="x") for _ in range(5)], confirm(w)],
        LOCKED, pool=MAILED),
    Refused("ConfirmSignUp", "AliasExistsException", lambda w: [w.ann, w.newcomer("bob", *ADDRESS), confirm(w)],
            "An account with the given email already exists.", pool=ALIASED),
    Refused("ResendConfirmationCode", "LimitExceededException", lambda w: [
        w.newcomer("bob", *ADDRESS), [w.resend_confirmation_code(**BOB) for _ in range(6)]], TOO_OFTEN, pool=MAILED),
    Refused("ResendConfirmationCode", "InvalidParameterException",
            lambda w: w.resend_confirmation_code(), "User is already confirmed."),
    Refused("ResendConfirmationCode", "NotAuthorizedException", lambda w: w.resend_confirmation_code(),
            client={"GenerateSecret": True}),
)  # fmt: skip

test_forgotten = cases(
    Works("ForgotPassword", lambda w: w.forgot_password(),
          lambda a: a["CodeDeliveryDetails"] == {
              "Destination": "+****0100", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}),
    Works("ConfirmForgotPassword", lambda w: forgotten(w)),
    Refused("ForgotPassword", "LimitExceededException", lambda w: [w.forgot_password() for _ in range(6)], TOO_OFTEN),
    Refused("ForgotPassword", "NotAuthorizedException", lambda w: [w.user("bob", *MAIL), w.forgot_password(**BOB)],
            NOT_NOW),
    Refused("ForgotPassword", "InvalidParameterException", lambda w: [w.newcomer(), w.forgot_password(**BOB)],
            "Cannot reset password for the user as there is no registered/verified email or phone_number"),
    Refused("ConfirmForgotPassword", "CodeMismatchException", lambda w: forgotten(w, "x"), WRONG_CODE),
    Refused("ConfirmForgotPassword", "ExpiredCodeException", lambda w: [
        w.forgot_password(), w.later(3600),
        w.confirm_forgot_password(ConfirmationCode=w.codes()[-1], Password=OTHER)], OLD_CODE),
    Refused("ConfirmForgotPassword", "InvalidPasswordException", lambda w: forgotten(w, password="weak"), WEAK),
    Refused("ConfirmForgotPassword", "PasswordHistoryPolicyViolationException",
            lambda w: forgotten(w, password=PASSWORD), USED, pool=HISTORY),
    Refused("ConfirmForgotPassword", "LimitExceededException", lambda w: [
        w.forgot_password(), [tolerated(w.confirm_forgot_password, ConfirmationCode="x", Password=OTHER)
                              for _ in range(5)],
        w.confirm_forgot_password(ConfirmationCode=w.codes()[-1], Password=OTHER)], TOO_OFTEN),
    Refused("ConfirmForgotPassword", "NotAuthorizedException",
            lambda w: w.confirm_forgot_password(ConfirmationCode="123456", Password=OTHER),
            client={"GenerateSecret": True}),
)  # fmt: skip
