# SPDX-License-Identifier: Apache-2.0
"""What the endpoints of a pool's domain refuse, and how."""

import json

import pytest
import requests

from .browsing import HOME, Browser, HostedPool, parameters, refusal
from .conftest import PASSWORD

# The example of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.fixture
def shop(idp, endpoint):
    made = HostedPool(idp, endpoint)
    made.user(email="ann@example.com", email_verified="true", given_name="Ann")
    return made


def address(shop, page="oauth2/authorize", **more):
    query = {"response_type": "code", "client_id": shop.client, "redirect_uri": HOME, "scope": "openid"} | more
    query = {name: value for name, value in query.items() if value is not None}
    return requests.Request("GET", f"{shop.base}/{page}", params=query).prepare().url


def code(shop, browser=None, **more):
    return parameters((browser or Browser()).sign_in(address(shop, **more)))["code"]


@pytest.mark.parametrize(("change", "error"), [
    ({"response_type": None}, "invalid_request"),
    ({"response_type": "id"}, "unsupported_response_type"),
    ({"scope": "openid shop/write"}, "invalid_scope"),
    ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge": CHALLENGE}, "invalid_request"),
    ({"code_challenge_method": "S256"}, "invalid_request"),
    ({"prompt": "none"}, "login_required"),
    ({"identity_provider": "Nobody"}, "invalid_request"),
])  # fmt: skip
def test_what_the_client_is_told(shop, change, error):
    back = Browser().open(address(shop, state="s 1", **change))
    assert back.startswith(HOME) and parameters(back)["error"] == error and parameters(back)["state"] == "s 1"


@pytest.mark.parametrize(("change", "message"), [
    ({"client_id": None}, "Required String parameter 'client_id' is not present"),
    ({"client_id": "nobody"}, "Client nobody does not exist."),
    ({"redirect_uri": None}, "Required String parameter 'redirect_uri' is not present"),
    ({"redirect_uri": "https://evil.example/"}, "redirect_mismatch"),
])  # fmt: skip
def test_what_only_the_user_is_told(shop, change, message):
    browser = Browser()
    assert browser.open(address(shop, **change)) is None
    assert browser.page.status_code == 400 and browser.page.url.startswith(f"{shop.base}/error?error=")
    assert browser.message.replace("&#39;", "'") == message


def test_a_client_that_may_not(shop):
    for change in ({"AllowedOAuthFlows": ["implicit"]}, {"AllowedOAuthFlowsUserPoolClient": False}):
        shop.client = shop.another(change)["ClientId"]
        assert parameters(Browser().open(address(shop)))["error"] == "unauthorized_client"
    refusal(shop.token(grant_type="client_credentials"), "unauthorized_client")


def test_codes(shop, clock):
    form = {"grant_type": "authorization_code", "redirect_uri": HOME}
    refusal(shop.token(**form, code="nothing"), "invalid_grant")
    refusal(shop.token(**form | {"redirect_uri": "https://other.example/"}, code=code(shop)), "invalid_grant")
    once = code(shop)
    assert shop.token(**form, code=once).status_code == 200
    refusal(shop.token(**form, code=once), "invalid_grant")
    pkce = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    refusal(shop.token(**form, code=code(shop, **pkce)), "invalid_grant")
    refusal(shop.token(**form, code=code(shop, **pkce), code_verifier="x" * 43), "invalid_grant")
    assert shop.token(**form, code=code(shop, **pkce), code_verifier=VERIFIER).status_code == 200
    late = code(shop)
    clock(301)
    refusal(shop.token(**form, code=late), "invalid_grant")
    for missing in ("redirect_uri", "code"):
        refusal(shop.token(**{name: value for name, value in (form | {"code": "x"}).items() if name != missing}),
                "invalid_request")  # fmt: skip


def test_the_token_endpoint_and_who_calls_it(shop):
    refusal(shop.token(), "invalid_request")
    refusal(shop.token(grant_type="password"), "unsupported_grant_type")
    refusal(shop.token(grant_type="refresh_token"), "invalid_request")
    refusal(shop.token(grant_type="refresh_token", refresh_token="x"), "invalid_grant")
    refusal(shop.token(grant_type="refresh_token", client_id="nobody"), "invalid_client")
    made = shop.another({"GenerateSecret": True, "AllowedOAuthFlows": ["client_credentials"],
                         "AllowedOAuthScopes": ["shop/read"]})  # fmt: skip
    shop.client = made["ClientId"]
    form = {"grant_type": "client_credentials"}
    for secret in (None, "wrong"):
        shop.secret = None
        refusal(shop.token(**form | ({"client_secret": secret} if secret else {})), "invalid_client")
    shop.secret = made["ClientSecret"]
    assert shop.token(**form).status_code == 200
    refusal(shop.token(**form, scope="shop/write"), "invalid_scope")
    shop.secret = "wrong"
    refusal(shop.token(**form), "invalid_client")


def test_scopes_narrow_what_is_told_of_the_user(shop):
    def told(scope):
        tokens = shop.token(grant_type="authorization_code", redirect_uri=HOME, code=code(shop, scope=scope)).json()
        header = {"Authorization": f"Bearer {tokens['access_token']}"}
        return requests.get(f"{shop.base}/oauth2/userInfo", headers=header, timeout=20), tokens

    assert set(told("openid")[0].json()) >= {"email", "given_name", "username"}
    assert set(told("openid email")[0].json()) == {"sub", "email", "email_verified", "username"}
    answer, tokens = told("shop/read")
    refusal(answer, "invalid_token", 401)
    assert "id_token" not in tokens


def test_user_info_wants_an_access_token(shop):
    url = f"{shop.base}/oauth2/userInfo"
    answer = requests.get(url, headers={"Authorization": "Bearer x"}, timeout=20)
    assert refusal(answer, "invalid_token", 401).headers["WWW-Authenticate"].startswith("Bearer error=")
    refusal(requests.post(url, timeout=20), "invalid_request")


def test_revoking(shop, idp):
    tokens = shop.token(grant_type="authorization_code", redirect_uri=HOME, code=code(shop)).json()
    revoke = lambda **form: requests.post(f"{shop.base}/oauth2/revoke", data=form, timeout=20)  # noqa: E731
    refusal(revoke(token=tokens["refresh_token"]), "invalid_client")
    refusal(revoke(client_id=shop.client), "invalid_request")
    refusal(revoke(client_id=shop.client, token=tokens["access_token"]), "unsupported_token_type")
    other = shop.another({})["ClientId"]
    refusal(revoke(client_id=other, token=tokens["refresh_token"]), "unauthorized_client")
    assert revoke(client_id=shop.client, token="unknown").status_code == 200
    assert revoke(client_id=shop.client, token=tokens["refresh_token"]).status_code == 200
    refusal(shop.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"]), "invalid_grant")


def test_nothing_secret_in_the_journal(shop, control):
    once = code(shop)
    tokens = shop.token(grant_type="authorization_code", redirect_uri=HOME, code=once).json()
    shop.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    kept = json.dumps([each for each in control.requests() if each["service"] == "cognito-pages"])
    assert PASSWORD not in kept and once not in kept
    assert not [token for token in tokens.values() if isinstance(token, str) and len(token) > 20 and token in kept]
    assert '"username": "ann"' in kept


def test_pages_are_scripted_like_any_call(shop, control):
    control.rules(
        {"match": {"service": "cognito-pages", "operation": "Token", "params": {"grant_type": "refresh_token"}},
         "error": "temporarily_unavailable"},
        {"match": "cognito-pages.Authorize", "respond": {"Status": 302, "Location": f"{HOME}?error=server_error"}},
    )  # fmt: skip
    refusal(shop.token(grant_type="refresh_token", refresh_token="x"), "temporarily_unavailable", 503)
    assert parameters(Browser().open(address(shop)))["error"] == "server_error"
