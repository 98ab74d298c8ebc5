# SPDX-License-Identifier: Apache-2.0
"""The flows of OAuth 2.0 and OpenID Connect, by clients that know nothing of Cognito."""

import base64
import hashlib

import jwt
import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from oauthlib.oauth2 import BackendApplicationClient, InvalidGrantError, MobileApplicationClient
from requests_oauthlib import OAuth2Session

from .browsing import HOME, Browser, HostedPool, parameters


@pytest.fixture
def hosted(idp, endpoint):
    return lambda settings=None, client=None: HostedPool(idp, endpoint, settings, client)


@pytest.fixture
def plain_http(monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


def discovered(shop):
    return requests.get(f"{shop.issuer}/.well-known/openid-configuration", timeout=20).json()


def verified(shop, token, **more):
    key = jwt.PyJWKClient(discovered(shop)["jwks_uri"]).get_signing_key_from_jwt(token).key
    # The sandbox's clock stands still in the past.
    return jwt.decode(
        token, key, algorithms=["RS256"], issuer=shop.issuer, options={"verify_exp": False}, **more)  # fmt: skip


@pytest.mark.parametrize("secret", [False, True])
def test_authlib_by_code_with_pkce(idp, hosted, plain_http, secret):
    shop = hosted(client={"GenerateSecret": secret})
    shop.user(email="ann@example.com", email_verified="true")
    idp.create_group(UserPoolId=shop.id, GroupName="buyers")
    idp.admin_add_user_to_group(UserPoolId=shop.id, GroupName="buyers", Username="ann")
    found = discovered(shop)
    client = AuthlibSession(
        shop.client, shop.secret, scope="openid email shop/read", redirect_uri=HOME, code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if secret else "none")  # fmt: skip
    verifier = generate_token(48)
    address, state = client.create_authorization_url(
        found["authorization_endpoint"], code_verifier=verifier, nonce="n-1")  # fmt: skip
    back = Browser().sign_in(address)
    assert back.startswith(HOME + "?") and parameters(back)["state"] == state
    tokens = client.fetch_token(
        found["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier)  # fmt: skip
    assert tokens["token_type"] == "Bearer" and tokens["expires_in"] == 3600
    identity = verified(shop, tokens["id_token"], audience=shop.client)
    assert identity["nonce"] == "n-1" and identity["email"] == "ann@example.com" and identity["email_verified"] is True
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert identity["at_hash"] == base64.urlsafe_b64encode(half).decode().rstrip("=")
    access = verified(shop, tokens["access_token"])
    assert access["scope"] == "openid email shop/read" and access["client_id"] == shop.client
    assert access["cognito:groups"] == ["buyers"] == identity["cognito:groups"]
    assert access["origin_jti"] == identity["origin_jti"]
    person = client.get(found["userinfo_endpoint"]).json()
    assert person["sub"] == identity["sub"] and person["email"] == "ann@example.com"
    again = client.refresh_token(found["token_endpoint"])
    assert verified(shop, again["access_token"])["origin_jti"] == access["origin_jti"]
    assert client.revoke_token(found["revocation_endpoint"], tokens["refresh_token"]).status_code == 200
    assert requests.get(
        found["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens['access_token']}"}, timeout=20
    ).status_code == 401  # fmt: skip


def test_requests_oauthlib_by_code(hosted, plain_http, clock):
    shop = hosted()
    shop.user()
    found = discovered(shop)
    client = OAuth2Session(shop.client, redirect_uri=HOME, scope=["openid"], pkce="S256")
    address, state = client.authorization_url(found["authorization_endpoint"])
    back = Browser().sign_in(address)
    tokens = client.fetch_token(found["token_endpoint"], authorization_response=back, include_client_id=True)
    assert verified(shop, tokens["id_token"], audience=shop.client)["cognito:username"] == "ann"
    assert client.get(found["userinfo_endpoint"]).json()["username"] == "ann"
    with pytest.raises(InvalidGrantError):
        other = OAuth2Session(shop.client, redirect_uri=HOME, state=state)
        other.fetch_token(found["token_endpoint"], authorization_response=back, include_client_id=True)
    clock(3601)
    expired = client.get(found["userinfo_endpoint"])
    assert expired.status_code == 401 and 'error="invalid_token"' in expired.headers["WWW-Authenticate"]
    client.refresh_token(found["token_endpoint"], client_id=shop.client)
    assert client.get(found["userinfo_endpoint"]).json()["username"] == "ann"


def test_client_credentials(hosted, plain_http):
    shop = hosted(client={
        "GenerateSecret": True, "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": ["shop/read", "shop/write"]})  # fmt: skip
    client = OAuth2Session(client=BackendApplicationClient(shop.client, scope=["shop/write"]))
    tokens = client.fetch_token(discovered(shop)["token_endpoint"], auth=(shop.client, shop.secret))
    assert set(tokens) - {"expires_at"} == {"access_token", "expires_in", "token_type"}
    access = verified(shop, tokens["access_token"])
    assert access["sub"] == access["client_id"] == shop.client and access["scope"] == "shop/write"
    assert "username" not in access


def test_the_implicit_grant(hosted):
    shop = hosted()
    shop.user()
    client = OAuth2Session(client=MobileApplicationClient(shop.client), redirect_uri=HOME, scope=["openid"])
    address = f"{shop.base}/oauth2/authorize?response_type=token&client_id={shop.client}&redirect_uri={HOME}&state=s"
    browser = Browser()
    tokens = client.token_from_fragment(browser.sign_in(address + "&scope=openid").replace("http:", "https:"))
    assert tokens["state"] == "s" and "refresh_token" not in tokens
    assert verified(shop, tokens["id_token"], audience=shop.client)["token_use"] == "id"
    # The browser's cookie signs in without a page.
    assert "id_token" not in parameters(browser.open(address + "&scope=shop/read"), "fragment")
