# SPDX-License-Identifier: Apache-2.0
"""The pages of a pool's domain, as a browser meets them, and the ways to them."""

import jwt
import pytest
import requests

from .browsing import HOME, Browser, HostedPool, parameters
from .conftest import PASSWORD
from .test_oauth_refusals import address


NUMBER = {"phone_number": "+15550100", "phone_number_verified": "true"}


@pytest.fixture
def hosted(idp, endpoint):
    return lambda settings=None, client=None, **more: HostedPool(idp, endpoint, settings, client, **more)


def test_signing_in_and_out(hosted, clock):
    shop = hosted()
    shop.user()
    browser = Browser()
    assert browser.open(address(shop)) is None
    assert browser.page.headers["Content-Type"].startswith("text/html") and "Sign in" in browser.page.text
    assert browser.submit(username="ann", password="wrong") is None
    assert browser.message == "Incorrect username or password."
    assert "code" in parameters(browser.submit(username="ann", password=PASSWORD))
    assert "code" in parameters(browser.open(address(shop)))
    assert browser.open(address(shop, prompt="login")) is None
    bye = f"{shop.base}/logout?client_id={shop.client}&logout_uri="
    assert browser.open(bye + "https://evil.example/") is None and browser.message == "redirect_mismatch"
    assert "code" in parameters(browser.sign_in(address(shop)))
    assert browser.open(bye + "https://app.example/bye") == "https://app.example/bye"
    assert browser.open(address(shop, prompt="none")).endswith("error=login_required")
    assert "code" in parameters(browser.sign_in(address(shop)))
    clock(3601)
    assert browser.open(address(shop)) is None


def test_signing_up_and_a_forgotten_password(hosted, mail):
    shop = hosted({"AutoVerifiedAttributes": ["email"]})
    browser = Browser()
    browser.open(address(shop, "signup"))
    browser.submit(username="ann", email="ann@example.com", password="short")
    assert browser.message.startswith("Password did not conform with policy")
    browser.submit(username="ann", email="ann@example.com", password=PASSWORD)
    browser.submit(code="000000" if mail() != "000000" else "111111")
    assert browser.message == "Invalid verification code provided, please try again."
    browser.submit(code=mail())
    assert "Sign in" in browser.page.text
    assert "code" in parameters(browser.submit(username="ann", password=PASSWORD))
    browser.open(address(shop, "forgotPassword"))
    browser.submit(username="ann")
    browser.submit(code=mail(), password="An0ther-one")
    assert "code" in parameters(browser.submit(username="ann", password="An0ther-one"))


def test_challenges_at_the_pages(idp, hosted, mail):
    shop = hosted({"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"}})
    idp.admin_create_user(
        UserPoolId=shop.id, Username="ann", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in NUMBER.items()])
    browser = Browser()
    assert browser.sign_in(address(shop)) is None and "Change password" in browser.page.text
    assert browser.submit(new_password="short") is None
    assert browser.message.startswith("Password did not conform")
    assert "code" in parameters(browser.submit(new_password="An0ther-one"))
    idp.set_user_pool_mfa_config(
        UserPoolId=shop.id, MfaConfiguration="ON",
        SmsMfaConfiguration={"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}})
    browser = Browser()
    assert browser.sign_in(address(shop), password="An0ther-one") is None and browser.message == "SMS_MFA"
    assert browser.submit(answer="1") is None and "Invalid code" in browser.message
    assert "code" in parameters(browser.submit(answer=mail()))


@pytest.mark.parametrize(("host", "issuer"), [
    ("shop.auth.us-east-1.amazoncognito.com", "https://cognito-idp.us-east-1.amazonaws.com/{pool}"),
    ("shop.auth.us-east-1.localhost:4566", "http://localhost:4566/{pool}"),
])
def test_a_domain_by_its_host(hosted, endpoint, host, issuer):
    shop = hosted()
    shop.user()
    session = requests.Session()
    session.headers["Host"] = host
    base = f"http://{host}"

    def go(method, url, **more):
        return session.request(method, url.replace(base, endpoint), allow_redirects=False, timeout=20, **more)

    query = f"response_type=code&client_id={shop.client}&redirect_uri={HOME}"
    answer = go("GET", f"{base}/oauth2/authorize?{query}")
    assert answer.headers["Location"].startswith(f"{base}/login?")
    answer = go("POST", answer.headers["Location"], data={"username": "ann", "password": PASSWORD})
    form = {"grant_type": "authorization_code", "client_id": shop.client, "redirect_uri": HOME,
            "code": parameters(answer.headers["Location"])["code"]}
    tokens = go("POST", f"{base}/oauth2/token", data=form).json()
    found = jwt.decode(tokens["id_token"], options={"verify_signature": False})
    assert found["iss"] == issuer.format(pool=shop.id)
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert go("GET", f"{base}/oauth2/userInfo", headers=header).json()["username"] == "ann"


def test_a_domain_of_ones_own(idp, hosted, endpoint):
    shop = hosted(domain="login.shop.example")
    url = f"{endpoint}/oauth2/authorize?response_type=code&client_id={shop.client}&redirect_uri={HOME}"
    answer = requests.get(url, headers={"Host": "login.shop.example"}, allow_redirects=False, timeout=20)
    assert answer.headers["Location"].startswith("http://login.shop.example/login?")
    assert requests.get(url, headers={"Host": "other.example"}, timeout=20).status_code == 404


def test_configuration_without_and_with_a_domain(idp, pool, endpoint):
    shop = pool()
    url = f"{endpoint}/{shop.id}/.well-known/openid-configuration"
    assert "token_endpoint" not in requests.get(url, timeout=20).json()
    idp.create_user_pool_domain(UserPoolId=shop.id, Domain="later")
    found = requests.get(url, timeout=20).json()
    assert found["token_endpoint"] == f"{endpoint}/_cognito/later/oauth2/token"
    aws = {"Host": "cognito-idp.us-east-1.amazonaws.com"}
    found = requests.get(url, headers=aws, timeout=20).json()
    assert found["token_endpoint"] == "https://later.auth.us-east-1.amazoncognito.com/oauth2/token"


def test_on_to_another_provider(idp, hosted):
    shop = hosted()
    idp.create_identity_provider(
        UserPoolId=shop.id, ProviderName="Idp", ProviderType="OIDC",
        ProviderDetails={"client_id": "us", "authorize_scopes": "openid email", "oidc_issuer": "https://idp.example",
                         "attributes_request_method": "GET", "authorize_url": "https://idp.example/authorize"})
    shop.client = shop.another({"SupportedIdentityProviders": ["COGNITO", "Idp"]})["ClientId"]
    there = Browser().open(address(shop, identity_provider="Idp"))
    assert there.startswith("https://idp.example/authorize?")
    asked = parameters(there)
    assert (asked["client_id"], asked["scope"]) == ("us", "openid email")
    assert asked["redirect_uri"] == f"{shop.base}/oauth2/idpresponse"
    browser = Browser()
    browser.open(f"{shop.base}/oauth2/idpresponse?code=c&state={asked['state']}")
    assert "makes no calls" in browser.message


def test_the_trigger_after_a_sign_in_at_the_pages(hosted, control):
    shop = hosted({"LambdaConfig": {"PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:f"}})
    shop.user()
    code = parameters(Browser().sign_in(address(shop)))["code"]
    shop.token(grant_type="authorization_code", redirect_uri=HOME, code=code)
    asked = [each["params"]["Payload"]["triggerSource"] for each in control.requests() if each["service"] == "lambda"]
    assert asked == ["TokenGeneration_HostedAuth"]
