# SPDX-License-Identifier: Apache-2.0
"""Sign-up, its confirmation, and forgotten passwords."""

import pytest

from .asking import attributes, refused
from .conftest import PASSWORD

EMAIL = [{"Name": "email", "Value": "ann@example.com"}]
BY_EMAIL = {"AutoVerifiedAttributes": ["email"]}


def sign_up(pool, name="ann", password=PASSWORD, listed=EMAIL, **more):
    return pool.idp.sign_up(ClientId=pool.client, Username=name, Password=password, UserAttributes=listed, **more)


def test_a_user_signs_up_and_confirms_by_the_code_in_the_mail(pool, idp, mail, control):
    shop = pool(BY_EMAIL)
    answer = sign_up(shop)
    assert not answer["UserConfirmed"]
    assert answer["CodeDeliveryDetails"] == {
        "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
    }
    message = control.demand("GET", "messages")["messages"][-1]
    assert (message["to"], message["subject"]) == ("ann@example.com", "Your verification code")
    refused(shop.sign_in, "UserNotConfirmedException", "User is not confirmed.")
    ask = {"ClientId": shop.client, "Username": "ann"}
    text = "Invalid verification code provided, please try again."
    refused(idp.confirm_sign_up, "CodeMismatchException", text, ConfirmationCode="x", **ask)
    idp.confirm_sign_up(ConfirmationCode=mail(), **ask)
    text = "User cannot be confirmed. Current status is CONFIRMED"
    refused(idp.confirm_sign_up, "NotAuthorizedException", text, ConfirmationCode="x", **ask)
    refused(idp.resend_confirmation_code, "InvalidParameterException", "User is already confirmed.", **ask)
    shown = idp.admin_get_user(UserPoolId=shop.id, Username="ann")
    assert shown["UserStatus"] == "CONFIRMED"
    assert attributes(shown) == {
        "sub": answer["UserSub"], "email": "ann@example.com", "email_verified": "true",
    }
    assert shop.tokens()["TokenType"] == "Bearer"


def test_a_code_ends_after_a_day_and_a_new_one_takes_its_place(pool, idp, mail, clock):
    shop = pool(BY_EMAIL)
    sign_up(shop)
    old = mail()
    ask = {"ClientId": shop.client, "Username": "ann"}
    clock(86_400)
    text = "Invalid code provided, please request a code again."
    refused(idp.confirm_sign_up, "ExpiredCodeException", text, ConfirmationCode=old, **ask)
    idp.resend_confirmation_code(**ask)
    idp.confirm_sign_up(ConfirmationCode=mail(), **ask)


def test_codes_are_not_sent_without_end(pool, idp, clock):
    shop = pool(BY_EMAIL)
    sign_up(shop)
    ask = {"ClientId": shop.client, "Username": "ann"}
    for _ in range(5):
        idp.resend_confirmation_code(**ask)
    text = "Attempt limit exceeded, please try after some time."
    refused(idp.resend_confirmation_code, "LimitExceededException", text, **ask)
    clock(3600)
    idp.resend_confirmation_code(**ask)


@pytest.mark.parametrize(
    "password, lack",
    [
        ("Sh0rt!", "Password not long enough"),
        ("PASSW0RD!", "Password must have lowercase characters"),
        ("passw0rd!", "Password must have uppercase characters"),
        ("Password!", "Password must have numeric characters"),
        ("Passw0rds", "Password must have symbol characters"),
    ],
)
def test_a_password_must_conform(pool, password, lack):
    text = f"Password did not conform with policy: {lack}"
    refused(lambda: sign_up(pool(), password=password), "InvalidPasswordException", text)


def test_names_and_addresses_are_taken_once(pool, idp):
    shop = pool()
    sign_up(shop)
    refused(lambda: sign_up(shop), "UsernameExistsException", "User already exists")
    by_mail = pool({"UsernameAttributes": ["email"], "UsernameConfiguration": {"CaseSensitive": False}})
    refused(lambda: sign_up(by_mail), "InvalidParameterException", "Username should be an email.")
    sub = sign_up(by_mail, "ann@example.com", listed=[])["UserSub"]
    text = "An account with the given email already exists."
    refused(lambda: sign_up(by_mail, "ANN@example.com", listed=[]), "UsernameExistsException", text)
    assert idp.admin_get_user(UserPoolId=by_mail.id, Username="Ann@Example.com")["Username"] == sub


def test_attributes_must_be_in_the_schema(pool, idp):
    schema = [
        {"Name": "email", "AttributeDataType": "String", "Required": True},
        {
            "Name": "tier",
            "AttributeDataType": "Number",
            "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"},
        },
        {"Name": "origin", "AttributeDataType": "String", "Mutable": False},
    ]
    shop = pool({"Schema": schema})
    start = "Attributes did not conform to the schema: "
    cases = [
        ([], "email: The attribute is required\n"),
        ([("email", "ann@example.com"), ("age", "7")], "Type for attribute {age} could not be determined"),
        ([("email", "ann@example.com"), ("custom:tier", "10")], "custom:tier: Number must be no more than 9.0"),
        ([("email", "ann@example.com"), ("custom:tier", "x")], "custom:tier: Attribute value must be a number"),
    ]
    for given, words in cases:
        listed = [{"Name": name, "Value": value} for name, value in given]
        refused(lambda: sign_up(shop, listed=listed), "InvalidParameterException", start + words)
    wrong = [{"Name": "email", "Value": "ann"}]
    refused(lambda: sign_up(shop, listed=wrong), "InvalidParameterException", "Invalid email address format.")
    sign_up(shop, listed=EMAIL + [{"Name": "custom:origin", "Value": "web"}])
    change = {"UserPoolId": shop.id, "Username": "ann", "UserAttributes": [{"Name": "custom:origin", "Value": "app"}]}
    text = "user.custom:origin: Attribute cannot be updated.\n"
    refused(idp.admin_update_user_attributes, "InvalidParameterException", text, **change)


def test_only_administrators_sign_up_where_the_pool_says_so(pool):
    closed = pool({"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}})
    refused(lambda: sign_up(closed), "NotAuthorizedException", "SignUp is not permitted for this user pool")


def test_a_forgotten_password_is_replaced_by_the_code(pool, idp, mail, clock):
    shop = pool()
    ask = {"ClientId": shop.client, "Username": "ann"}
    text = "Username/client id combination not found."
    refused(idp.forgot_password, "UserNotFoundException", text, **ask)
    shop.user(email="ann@example.com")
    text = "Cannot reset password for the user as there is no registered/verified email or phone_number"
    refused(idp.forgot_password, "InvalidParameterException", text, **ask)
    verified = [{"Name": "email_verified", "Value": "true"}]
    idp.admin_update_user_attributes(UserPoolId=shop.id, Username="ann", UserAttributes=verified)
    idp.forgot_password(**ask)
    change = ask | {"Password": "An0ther!!"}
    refused(idp.confirm_forgot_password, "CodeMismatchException", ConfirmationCode="x", **change)
    weak = change | {"Password": "weak"}
    refused(idp.confirm_forgot_password, "InvalidPasswordException", ConfirmationCode=mail(), **weak)
    idp.confirm_forgot_password(ConfirmationCode=mail(), **change)
    refused(shop.sign_in, "NotAuthorizedException", "Incorrect username or password.")
    assert shop.tokens(password="An0ther!!")
    refused(idp.confirm_forgot_password, "ExpiredCodeException", ConfirmationCode="x", **change)


def test_a_client_may_hide_who_exists(pool, idp):
    shop = pool(client={"PreventUserExistenceErrors": "ENABLED", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})
    ask = {"ClientId": shop.client, "Username": "nobody"}
    refused(lambda: shop.sign_in("nobody"), "NotAuthorizedException", "Incorrect username or password.")
    assert idp.forgot_password(**ask)["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
    assert idp.resend_confirmation_code(**ask)["CodeDeliveryDetails"]
    refused(idp.confirm_sign_up, "ExpiredCodeException", ConfirmationCode="123456", **ask)
    refused(
        idp.confirm_forgot_password, "ExpiredCodeException", ConfirmationCode="123456", Password=PASSWORD, **ask
    )
    open_shop = pool()
    refused(lambda: open_shop.sign_in("nobody"), "UserNotFoundException", "User does not exist.")
