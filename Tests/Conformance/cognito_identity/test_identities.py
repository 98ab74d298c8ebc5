# SPDX-License-Identifier: Apache-2.0
"""Identities: guests, users of user pools, of other providers, and what becomes of them when they meet."""

import base64
import re

import pytest
from harness.identity import claims

from .asking import refused
from .conftest import DEVELOPER, FACEBOOK, GOOGLE, ISSUER, NOBODY

GUESTS = "Unauthenticated access is not supported for this identity pool."
UNSUPPORTED = "Token is not from a supported provider of this identity pool."
STRANGE = "Logins don't match. Please include at least one valid login for this identity or identity pool."
CONFLICT = "The login is already linked to another account."
FORM = re.compile(r"us-east-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def found(identity, pool, logins=None):
    return identity.get_id(IdentityPoolId=pool, **({"Logins": logins} if logins else {}))["IdentityId"]


def logins_of(identity, one):
    return identity.describe_identity(IdentityId=one)["Logins"]


def test_guests(identity, pool):
    made = pool()
    one, other = found(identity, made), found(identity, made)
    assert FORM.fullmatch(one) and one != other
    shown = identity.describe_identity(IdentityId=one)
    assert shown["Logins"] == [] and shown["CreationDate"] == shown["LastModifiedDate"]
    closed = pool(AllowUnauthenticatedIdentities=False)
    refused(identity.get_id, "NotAuthorizedException", GUESTS, IdentityPoolId=closed)
    # A pool that closes shuts its guests out.
    settings = {"IdentityPoolName": "shop", "AllowUnauthenticatedIdentities": False}
    identity.update_identity_pool(IdentityPoolId=made, **settings)
    for call in (identity.get_open_id_token, identity.get_credentials_for_identity):
        refused(call, "NotAuthorizedException", GUESTS, IdentityId=one)
    for call in (identity.describe_identity, identity.get_open_id_token, identity.get_credentials_for_identity):
        refused(call, "ResourceNotFoundException", f"Identity '{NOBODY}' not found.", IdentityId=NOBODY)


def test_a_user_has_one_identity(identity, pool, shop):
    made = pool()
    ann = found(identity, made, shop.login())
    assert found(identity, made, shop.login()) == ann
    assert logins_of(identity, ann) == [shop.provider]
    shop.user("bob")
    assert found(identity, made, shop.login("bob")) != ann
    text = f"Access to Identity '{ann}' is forbidden."
    for call in (identity.get_open_id_token, identity.get_credentials_for_identity):
        refused(call, "NotAuthorizedException", text, IdentityId=ann)
        refused(call, "NotAuthorizedException", STRANGE, IdentityId=ann, Logins=shop.login("bob"))


def test_tokens_that_are_none(identity, pool, shop, clock):
    made = pool()
    good, moment = shop.tokens(), 1_772_366_400
    other = type(shop)(identity.meta.endpoint_url)
    other.user()
    head, body, signature = good["IdToken"].split(".")
    foreign = other.tokens()["IdToken"]

    def refuse(token, message, provider=shop.provider):
        refused(identity.get_id, "NotAuthorizedException", message, IdentityPoolId=made, Logins={provider: token})

    invalid = "Invalid login token. "
    refuse("ann", f"{invalid}Not a valid OpenId Connect identity token.")
    refuse(good["AccessToken"], f"{invalid}Missing a required claim: aud")
    refuse(foreign, f"{invalid}Issuer doesn't match providerName")
    refuse(f"{head}.{body}.{foreign.split('.')[2]}", f"{invalid}Couldn't verify signed token.")
    refuse(good["IdToken"], UNSUPPORTED, other.provider)
    refuse("x", UNSUPPORTED, "www.amazon.com")
    refuse(good["IdToken"], f"{invalid}Can't pass in a Cognito token.", ISSUER)
    # Another client of the same pool is not in the identity pool's list.
    flows = ["ALLOW_USER_PASSWORD_AUTH"]
    more = shop.idp.create_user_pool_client(UserPoolId=shop.id, ClientName="app", ExplicitAuthFlows=flows)
    shop.client = more["UserPoolClient"]["ClientId"]
    refuse(shop.tokens()["IdToken"], UNSUPPORTED)
    made = pool(CognitoIdentityProviders=[{"ProviderName": other.provider, "ClientId": other.client}])
    other.idp.delete_user_pool(UserPoolId=other.id)
    refuse(foreign, f"{invalid}Couldn't verify signed token.", other.provider)
    clock(3600)
    refuse(foreign, f"{invalid}Token expired: {moment + 3600} >= {moment + 3600}", other.provider)


def test_the_server_side_check_asks_the_user_pool(identity, pool, shop):
    row = {"ProviderName": shop.provider, "ClientId": shop.client}
    strict = pool(CognitoIdentityProviders=[row | {"ServerSideTokenCheck": True}])
    lax = pool(CognitoIdentityProviders=[row])
    login = shop.login()
    ann = found(identity, strict, login)
    shop.idp.admin_user_global_sign_out(UserPoolId=shop.id, Username="ann")
    text = "Invalid login token. Token has been revoked"
    refused(identity.get_id, "NotAuthorizedException", text, IdentityPoolId=strict, Logins=login)
    assert found(identity, lax, login)
    assert found(identity, strict, shop.login()) == ann
    login = shop.login()
    shop.idp.admin_delete_user(UserPoolId=shop.id, Username="ann")
    refused(identity.get_open_id_token, "NotAuthorizedException", text, IdentityId=ann, Logins=login)


def test_a_provider_of_the_account(identity, pool, issuer, clock):
    arn, name, token = issuer()
    made = pool(OpenIdConnectProviderARNs=[arn])
    login = {name: token()["WebIdentityToken"]}
    one = found(identity, made, login)
    assert logins_of(identity, one) == [name] and found(identity, made, login) == one
    text = "Invalid login token. Incorrect token audience."
    wrong = {name: token(Audience=["app"])["WebIdentityToken"]}
    refused(identity.get_id, "NotAuthorizedException", text, IdentityPoolId=made, Logins=wrong)
    clock(300)
    refused(identity.get_id, "NotAuthorizedException", IdentityPoolId=made, Logins=login)


def test_a_provider_that_does_not_answer(identity, pool, iam, shop):
    """Nobody has given the sandbox the keys of this issuer: AWS would not reach it."""
    url = "https://login.example.com"
    arn = iam.create_open_id_connect_provider(Url=url, ClientIDList=[shop.client])["OpenIDConnectProviderArn"]
    made = pool(OpenIdConnectProviderARNs=[arn])
    head, body, signature = shop.tokens()["IdToken"].split(".")
    text = base64.urlsafe_b64decode(body + "==").decode()
    own = re.search(r'"iss":"([^"]*)"', text)[1]
    moved = base64.urlsafe_b64encode(text.replace(own, url).encode()).decode().rstrip("=")
    login = {"login.example.com": f"{head}.{moved}.{signature}"}
    refused(identity.get_id, "ExternalServiceException", IdentityPoolId=made, Logins=login)
    asked = {"IdentityPoolId": made, "Logins": login | {DEVELOPER: "ann"}}
    refused(identity.get_open_id_token_for_developer_identity, "NotAuthorizedException", **asked)
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    refused(identity.get_id, "NotAuthorizedException", UNSUPPORTED, IdentityPoolId=made, Logins=login)


def test_social_logins(identity, pool):
    made = pool()
    one = found(identity, made, {FACEBOOK: "EAAB-ann"})
    assert found(identity, made, {FACEBOOK: "EAAB-ann"}) == one != found(identity, made, {FACEBOOK: "EAAB-bob"})
    text = "Invalid login token. Not a valid OpenId Connect identity token."
    refused(identity.get_id, "NotAuthorizedException", text, IdentityPoolId=made, Logins={GOOGLE: "ya29.opaque"})


METADATA = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/me">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/"/>
  </IDPSSODescriptor></EntityDescriptor>"""


def assertion(who="ann", until="2026-03-01T12:05:00Z", by="https://idp.example/me"):
    text = f"""<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">
      <Issuer>{by}</Issuer><Assertion><Issuer>{by}</Issuer><Subject>
      <NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{who}</NameID>
      <SubjectConfirmation><SubjectConfirmationData NotOnOrAfter="{until}"/></SubjectConfirmation></Subject>
      <AttributeStatement><Attribute Name="team"><AttributeValue>web</AttributeValue></Attribute>
      </AttributeStatement></Assertion></p:Response>"""
    return base64.b64encode(text.encode()).decode()


def test_assertions(identity, pool, iam):
    filler = "<!--" + "x" * 1000 + "-->"
    arn = iam.create_saml_provider(Name="idp", SAMLMetadataDocument=METADATA + filler)["SAMLProviderArn"]
    made = pool(SamlProviderARNs=[arn])
    one = found(identity, made, {arn: assertion()})
    assert found(identity, made, {arn: assertion()}) == one != found(identity, made, {arn: assertion("bob")})
    cases = {
        "Not a valid SAML response.": "x",
        "Issuer doesn't match providerName": assertion(by="https://idp.example/other"),
        "Token expired: 1772366400 >= 1772366399": assertion(until="2026-03-01T11:59:59Z"),
    }
    for text, wrong in cases.items():
        asked = {"IdentityPoolId": made, "Logins": {arn: wrong}}
        refused(identity.get_id, "NotAuthorizedException", f"Invalid login token. {text}", **asked)


def test_a_guest_signs_in(identity, pool, shop):
    made = pool()
    guest = found(identity, made)
    given = identity.get_open_id_token(IdentityId=guest, Logins=shop.login())
    assert given["IdentityId"] == guest and claims(given["Token"])["sub"] == guest
    assert logins_of(identity, guest) == [shop.provider] and found(identity, made, shop.login()) == guest
    # A second guest turns out to be ann: the first identity stays hers.
    second = found(identity, made)
    given = identity.get_open_id_token(IdentityId=second, Logins=shop.login())
    assert given["IdentityId"] == guest
    text = f"Access to Identity '{second}' is forbidden."
    refused(identity.get_open_id_token, "NotAuthorizedException", text, IdentityId=second)
    # Whoever kept the old id still finds her.
    assert identity.get_open_id_token(IdentityId=second, Logins=shop.login())["IdentityId"] == guest
    listed = identity.list_identities(IdentityPoolId=made, MaxResults=60)
    assert listed["IdentityPoolId"] == made
    assert [each["IdentityId"] for each in listed["Identities"]] == [guest, second]
    hidden = identity.list_identities(IdentityPoolId=made, MaxResults=60, HideDisabled=True)["Identities"]
    assert [each["IdentityId"] for each in hidden] == [guest]


def test_logins_are_linked_and_identities_merged(identity, pool, shop):
    made = pool()
    ann = found(identity, made, shop.login())
    both = shop.login() | {FACEBOOK: "EAAB-ann"}
    assert found(identity, made, both) == ann == found(identity, made, {FACEBOOK: "EAAB-ann"})
    assert logins_of(identity, ann) == [shop.provider, FACEBOOK]
    # Somebody else's login, and a second one of the same provider, are not hers.
    shop.user("bob")
    bob = found(identity, made, shop.login("bob"))
    for wrong in (shop.login("bob") | {FACEBOOK: "EAAB-ann"}, shop.login() | {FACEBOOK: "EAAB-new"}):
        refused(identity.get_id, "ResourceConflictException", CONFLICT, IdentityPoolId=made, Logins=wrong)
        one = bob if wrong.get(FACEBOOK) == "EAAB-ann" else ann
        for call in (identity.get_open_id_token, identity.get_credentials_for_identity):
            refused(call, "ResourceConflictException", CONFLICT, IdentityId=one, Logins=wrong)
    # Two identities without a provider in common become one.
    other = found(identity, made, {FACEBOOK: "EAAB-bob"})
    assert found(identity, made, shop.login("bob") | {FACEBOOK: "EAAB-bob"}) == bob
    assert logins_of(identity, bob) == [shop.provider, FACEBOOK] and logins_of(identity, other) == []


def test_logins_are_unlinked(identity, pool, shop):
    made = pool()
    login = {FACEBOOK: "EAAB-ann"}
    ann = found(identity, made, shop.login() | login)
    asked = {"IdentityId": ann, "Logins": shop.login(), "LoginsToRemove": [FACEBOOK]}
    strange = asked | {"Logins": {FACEBOOK: "EAAB-new"}}
    refused(identity.unlink_identity, "NotAuthorizedException", STRANGE, **strange)
    identity.unlink_identity(**asked)
    refused(identity.unlink_identity, "ResourceNotFoundException", f"Login '{FACEBOOK}' not found.", **asked)
    assert logins_of(identity, ann) == [shop.provider]
    other = found(identity, made, login)
    assert other != ann
    text = {"Logins": shop.login() | login, "LoginsToRemove": [shop.provider]}
    refused(identity.unlink_identity, "ResourceConflictException", CONFLICT, IdentityId=ann, **text)
    # Without its last login an identity is nobody's: no guest's either.
    identity.unlink_identity(IdentityId=ann, Logins=shop.login(), LoginsToRemove=[shop.provider])
    refused(identity.get_open_id_token, "NotAuthorizedException", IdentityId=ann)
    refused(identity.get_open_id_token, "NotAuthorizedException", STRANGE, IdentityId=ann, Logins=shop.login())
    assert found(identity, made, shop.login()) != ann


def test_pages_of_identities(identity, pool):
    made = pool()
    guests = [found(identity, made) for _ in range(3)]
    page = identity.list_identities(IdentityPoolId=made, MaxResults=2)
    rest = identity.list_identities(IdentityPoolId=made, MaxResults=2, NextToken=page["NextToken"])
    assert [each["IdentityId"] for each in page["Identities"] + rest["Identities"]] == guests
    assert "NextToken" not in rest
    wrong = {"IdentityPoolId": made, "MaxResults": 2, "NextToken": "x"}
    refused(identity.list_identities, "InvalidParameterException", "Invalid pagination token", **wrong)
    refused(identity.list_identities, "ResourceNotFoundException", IdentityPoolId=NOBODY, MaxResults=1)


@pytest.mark.parametrize("login", [False, True])
def test_identities_are_deleted(identity, pool, shop, login):
    made = pool()
    logins = shop.login() if login else None
    one = found(identity, made, logins)
    left = identity.delete_identities(IdentityIdsToDelete=[one, NOBODY])["UnprocessedIdentityIds"]
    assert left == [{"IdentityId": NOBODY, "ErrorCode": "AccessDenied"}]
    refused(identity.describe_identity, "ResourceNotFoundException", f"Identity '{one}' not found.", IdentityId=one)
    assert found(identity, made, logins) != one
    identity.delete_identity_pool(IdentityPoolId=made)
    refused(identity.get_id, "ResourceNotFoundException", IdentityPoolId=made)
