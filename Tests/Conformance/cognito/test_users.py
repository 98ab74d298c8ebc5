# SPDX-License-Identifier: Apache-2.0
"""Users: what administrators do with them, their attributes, and their verification."""

from .conftest import PASSWORD
from .rows import Refused, Works, cases, tolerated
from .world import MAIL

MAILED = {"AutoVerifiedAttributes": ["email"]}
ALIASED = {"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}
OTHER = [{"Name": "email", "Value": "new@example.com"}]
NO_SUCH = "Attributes did not conform to the schema: Type for attribute {age} could not be determined"
AGE = [{"Name": "age", "Value": "7"}]
TAKEN = "An account with the given email already exists."
BOB = [{"Name": "email", "Value": "bob@example.com"}, {"Name": "email_verified", "Value": "true"}]
WEAK = "Password did not conform with policy: Password not long enough"
USED = "Password has been used before. Choose another one."
HISTORY = {"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}}}
NOWHERE = "Cannot reset password for the user as there is no registered/verified email or phone_number"


def shown(**wanted):
    return lambda answer: wanted.items() <= answer.items()


def asked(world, name="email"):
    """A code for an attribute."""
    world.get_user_attribute_verification_code(AttributeName=name)
    return {"AttributeName": name, "Code": world.codes()[-1]}


test_administration = cases(
    Works("AdminCreateUser", lambda w: w.admin_create_user(Username="bob", MessageAction="SUPPRESS"),
          lambda a: (a["User"]["UserStatus"], a["User"]["Enabled"]) == ("FORCE_CHANGE_PASSWORD", True)),
    Works("AdminCreateUser", lambda w: [w.user("bob"), w.admin_create_user(Username="bob", MessageAction="RESEND")],
          lambda a: a["User"]["Username"] == "bob"),
    Works("AdminGetUser", lambda w: w.admin_get_user(), shown(UserStatus="CONFIRMED", Enabled=True)),
    Works("AdminDeleteUser", lambda w: w.admin_delete_user()),
    Works("AdminConfirmSignUp", lambda w: w.admin_confirm_sign_up(Username=w.newcomer())),
    Works("AdminDisableUser", lambda w: [w.admin_disable_user()]),
    Works("AdminGetUser", lambda w: [w.admin_disable_user(), w.admin_get_user()], shown(Enabled=False)),
    Works("AdminEnableUser", lambda w: [w.admin_disable_user(), w.admin_enable_user()]),
    Works("AdminSetUserPassword", lambda w: w.admin_set_user_password(Password=PASSWORD)),
    Works("AdminResetUserPassword", lambda w: w.admin_reset_user_password()),
    Works("AdminUserGlobalSignOut", lambda w: w.admin_user_global_sign_out()),
    Refused("AdminCreateUser", "UsernameExistsException", lambda w: [w.user("bob"), w.user("bob")],
            "User account already exists"),
    Refused("AdminCreateUser", "UserNotFoundException",
            lambda w: w.admin_create_user(Username="bob", MessageAction="RESEND"), "User does not exist."),
    Refused("AdminCreateUser", "UnsupportedUserStateException",
            lambda w: w.admin_create_user(Username=w.ann, MessageAction="RESEND"),
            "Resend not possible. ann status is not FORCE_CHANGE_PASSWORD"),
    Refused("AdminCreateUser", "InvalidPasswordException",
            lambda w: w.admin_create_user(Username="bob", TemporaryPassword="weak"), WEAK),
    Refused("AdminCreateUser", "InvalidParameterException",
            lambda w: w.admin_create_user(Username="bob", UserAttributes=AGE), NO_SUCH),
    Refused("AdminConfirmSignUp", "NotAuthorizedException", lambda w: w.admin_confirm_sign_up(),
            "User cannot be confirmed. Current status is CONFIRMED"),
    Refused("AdminResetUserPassword", "NotAuthorizedException",
            lambda w: [w.user("bob"), w.admin_reset_user_password(Username="bob")],
            "User password cannot be reset in the current state."),
    Refused("AdminResetUserPassword", "LimitExceededException",
            lambda w: [w.admin_reset_user_password() for _ in range(6)],
            "Attempt limit exceeded, please try after some time."),
    Refused("AdminResetUserPassword", "InvalidParameterException",
            lambda w: [w.admin_delete_user_attributes(UserAttributeNames=["email", "phone_number"]),
                       w.admin_reset_user_password()], NOWHERE),
    Refused("AdminSetUserPassword", "InvalidPasswordException",
            lambda w: w.admin_set_user_password(Password="weak"), WEAK),
    Refused("AdminSetUserPassword", "PasswordHistoryPolicyViolationException",
            lambda w: w.admin_set_user_password(Password=PASSWORD, Permanent=True), USED, pool=HISTORY),
)  # fmt: skip

test_own_account = cases(
    Works("GetUser", lambda w: w.get_user(), lambda a: a["Username"] == "ann"),
    Works("DeleteUser", lambda w: w.delete_user()),
    Works("GetUserAuthFactors", lambda w: w.get_user_auth_factors(), lambda a: a == {
        "Username": "ann", "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]}),
    Works("ChangePassword", lambda w: w.change_password(PreviousPassword=PASSWORD, ProposedPassword="An0ther!!")),
    Works("GlobalSignOut", lambda w: w.global_sign_out()),
    Refused("ChangePassword", "NotAuthorizedException",
            lambda w: w.change_password(PreviousPassword="wrong-1A", ProposedPassword="An0ther!!"),
            "Incorrect username or password."),
    Refused("ChangePassword", "InvalidPasswordException",
            lambda w: w.change_password(PreviousPassword=PASSWORD, ProposedPassword="weak"), WEAK),
    Refused("ChangePassword", "PasswordHistoryPolicyViolationException",
            lambda w: w.change_password(PreviousPassword=PASSWORD, ProposedPassword=PASSWORD), USED, pool=HISTORY),
    Refused("ChangePassword", "LimitExceededException", lambda w: [
        w.token, [tolerated(w.change_password, PreviousPassword="wrong-1A", ProposedPassword="An0ther!!")
                  for _ in range(5)], w.change_password(PreviousPassword=PASSWORD, ProposedPassword="An0ther!!")],
        "Attempt limit exceeded, please try after some time."),
)  # fmt: skip


test_attributes = cases(
    Works("AdminUpdateUserAttributes", lambda w: w.admin_update_user_attributes(UserAttributes=OTHER)),
    Works("AdminDeleteUserAttributes", lambda w: w.admin_delete_user_attributes(UserAttributeNames=["email"])),
    Works("UpdateUserAttributes", lambda w: w.update_user_attributes(UserAttributes=OTHER), lambda a: a == {
        "CodeDeliveryDetailsList": [
            {"Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}]}, pool=MAILED),
    Works("DeleteUserAttributes", lambda w: w.delete_user_attributes(UserAttributeNames=["email"])),
    Works("GetUserAttributeVerificationCode", lambda w: w.get_user_attribute_verification_code(AttributeName="email"),
          lambda a: a["CodeDeliveryDetails"]["Destination"] == "a***@e***"),
    Works("VerifyUserAttribute", lambda w: w.verify_user_attribute(**asked(w))),
    Refused("AdminUpdateUserAttributes", "InvalidParameterException",
            lambda w: w.admin_update_user_attributes(UserAttributes=AGE), NO_SUCH),
    Refused("AdminUpdateUserAttributes", "AliasExistsException",
            lambda w: [w.ann, w.user("bob"), w.admin_update_user_attributes(Username="bob", UserAttributes=MAIL)],
            TAKEN, pool=ALIASED),
    Refused("UpdateUserAttributes", "AliasExistsException",
            lambda w: [w.token, w.user("bob", *BOB), w.update_user_attributes(UserAttributes=BOB[:1])],
            TAKEN, pool=ALIASED),
    Refused("UpdateUserAttributes", "NotAuthorizedException",
            lambda w: w.update_user_attributes(UserAttributes=MAIL),
            "A client attempted to write unauthorized attribute"),
    Refused("DeleteUserAttributes", "InvalidParameterException",
            lambda w: w.delete_user_attributes(UserAttributeNames=["age"]),
            "user.age: Attribute does not exist in the schema."),
    Refused("AdminDeleteUserAttributes", "InvalidParameterException",
            lambda w: w.admin_delete_user_attributes(UserAttributeNames=["sub"]),
            "user.sub: Attribute cannot be deleted."),
    Refused("GetUserAttributeVerificationCode", "LimitExceededException",
            lambda w: [asked(w) for _ in range(6)], "Attempt limit exceeded, please try after some time."),
    Refused("GetUserAttributeVerificationCode", "InvalidParameterException",
            lambda w: w.get_user_attribute_verification_code(AttributeName="name")),
    Refused("VerifyUserAttribute", "CodeMismatchException",
            lambda w: w.verify_user_attribute(**asked(w) | {"Code": "x"}),
            "Invalid verification code provided, please try again."),
    Refused("VerifyUserAttribute", "ExpiredCodeException",
            lambda w: w.verify_user_attribute(AttributeName="email", Code="123456"),
            "Invalid code provided, please request a code again."),
    Refused("VerifyUserAttribute", "LimitExceededException", lambda w: [
        w.token, [tolerated(w.verify_user_attribute, AttributeName="email", Code="x") for _ in range(5)],
        w.verify_user_attribute(AttributeName="email", Code="x")]),
    # Another user takes the address between the code's sending and its return.
    Refused("VerifyUserAttribute", "AliasExistsException", lambda w: [
        w.token, w.update_user_attributes(UserAttributes=BOB[:1]), w.user("bob", *BOB),
        w.verify_user_attribute(AttributeName="email", Code=w.codes()[-1])], TAKEN, pool=ALIASED),
)  # fmt: skip
