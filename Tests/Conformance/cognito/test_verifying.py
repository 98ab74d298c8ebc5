# SPDX-License-Identifier: Apache-2.0
"""Tokens that real verifiers accept."""

import json
import urllib.request

import jwt
import pytest
from urllib.error import HTTPError


def configuration(issuer):
    with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration") as answer:
        assert answer.headers["content-type"] == "application/json"
        return json.load(answer)


def test_the_published_keys_verify_tokens_and_no_others_do(pool, endpoint):
    shop, other = pool(), pool()
    for each in (shop, other):
        each.user()
    tokens = shop.tokens()
    found = configuration(f"{endpoint}/{shop.id}")
    keys = jwt.PyJWKClient(found["jwks_uri"])

    def verified(token, **more):
        key = keys.get_signing_key_from_jwt(token).key
        # The sandbox's clock stands still in the past.
        past = {"verify_exp": False}
        return jwt.decode(token, key, algorithms=["RS256"], issuer=found["issuer"], options=past, **more)

    assert verified(tokens["IdToken"], audience=shop.client)["token_use"] == "id"
    assert verified(tokens["AccessToken"])["token_use"] == "access"
    with pytest.raises(jwt.PyJWKClientError):
        verified(other.tokens()["AccessToken"])


def test_a_pool_that_is_not_there_publishes_nothing(endpoint):
    with pytest.raises(HTTPError) as caught:
        configuration(f"{endpoint}/us-east-1_000000000")
    assert caught.value.code == 400
