# SPDX-License-Identifier: Apache-2.0
"""Passkeys, by an authenticator that signs as browsers' do."""

import json

import pytest

from .asking import refused
from .authenticator import Authenticator, text

PARTY = "shop.example"
ORIGIN = "https://app.shop.example:8443"
FACTORS = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}}


@pytest.fixture
def shop(idp, pool):
    made = pool(FACTORS)
    idp.set_user_pool_mfa_config(
        UserPoolId=made.id,
        WebAuthnConfiguration={"RelyingPartyId": PARTY, "UserVerification": "preferred"},
    )
    made.user()
    made.access = made.tokens()["AccessToken"]
    return made


def options(shop):
    return shop.idp.start_web_authn_registration(AccessToken=shop.access)["CredentialCreationOptions"]


def register(shop, authenticator, origin=ORIGIN, **more):
    credential = authenticator.create(options(shop), origin, **more)
    return shop.idp.complete_web_authn_registration(AccessToken=shop.access, Credential=credential)


def ask(shop):
    return shop.sign_in(flow="USER_AUTH", password=None, PREFERRED_CHALLENGE="WEB_AUTHN")


@pytest.mark.parametrize("kind", ["ES256", "RS256"])
def test_signing_in_by_a_passkey(idp, shop, kind):
    authenticator = Authenticator(kind)
    register(shop, authenticator)
    kept = idp.list_web_authn_credentials(AccessToken=shop.access)["Credentials"]
    assert [each["CredentialId"] for each in kept] == [text(authenticator.id)]
    assert shop.sign_in(flow="USER_AUTH", password=None)["AvailableChallenges"][-1] == "WEB_AUTHN"
    asked = ask(shop)
    assert asked["ChallengeName"] == "WEB_AUTHN"
    wanted = json.loads(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    assert wanted["rpId"] == PARTY and wanted["allowCredentials"][0]["id"] == text(authenticator.id)
    answer = shop.answer("WEB_AUTHN", asked["Session"], CREDENTIAL=authenticator.get(wanted, ORIGIN))
    assert "AccessToken" in answer["AuthenticationResult"]
    idp.delete_web_authn_credential(AccessToken=shop.access, CredentialId=text(authenticator.id))
    assert "WEB_AUTHN" not in shop.sign_in(flow="USER_AUTH", password=None)["AvailableChallenges"]


def test_assertions_that_prove_nothing(shop):
    authenticator, other = Authenticator(), Authenticator()
    register(shop, authenticator)

    def refuse(change=None, by=authenticator, origin=ORIGIN, **more):
        asked = ask(shop)
        wanted = json.loads(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]) | (change or {})
        refused(lambda: shop.answer("WEB_AUTHN", asked["Session"], CREDENTIAL=by.get(wanted, origin, **more)),
                "NotAuthorizedException")  # fmt: skip

    refuse(by=other)
    refuse({"challenge": text(bytes(32))})
    refuse({"rpId": "evil.example"})
    refuse(origin="https://evil.example")
    refuse(flags=0)
    asked = ask(shop)
    refused(lambda: shop.answer("WEB_AUTHN", asked["Session"], CREDENTIAL="{"), "InvalidParameterException")


def test_registrations_that_are_none(idp, pool, shop):
    authenticator = Authenticator()
    refused(lambda: register(shop, authenticator, origin="https://evil.example"), "WebAuthnOriginNotAllowedException")
    refused(lambda: register(shop, authenticator, party="evil.example"), "InvalidParameterException")
    stale = authenticator.create(options(shop) | {"challenge": text(bytes(32))}, ORIGIN)
    complete = lambda credential: idp.complete_web_authn_registration(  # noqa: E731
        AccessToken=shop.access, Credential=credential)
    refused(lambda: complete(stale), "WebAuthnChallengeNotFoundException")
    broken = authenticator.create(options(shop), ORIGIN)
    broken["response"]["attestationObject"] = text(b"nothing")
    refused(lambda: complete(broken), "InvalidParameterException")
    plain = pool()
    plain.user()
    token = plain.tokens()["AccessToken"]
    refused(idp.start_web_authn_registration, "WebAuthnNotEnabledException", AccessToken=token)
