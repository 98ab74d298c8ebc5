# SPDX-License-Identifier: Apache-2.0
"""Users whom the developer vouches for."""

import pytest
from harness.identity import claims

from .asking import refused
from .conftest import DEVELOPER, FACEBOOK, ISSUER, NOBODY
from .test_identities import CONFLICT, STRANGE, found, logins_of

UNKNOWN = "This identity pool does not support the specified developer provider"


@pytest.fixture
def vouch(identity, pool):
    """`vouch(user, **more)`: identity and token of a developer's user; `vouch.pool` is the pool."""

    def make(user, logins=None, **more):
        asked = {"IdentityPoolId": make.pool, "Logins": {DEVELOPER: user} | (logins or {})}
        answer = identity.get_open_id_token_for_developer_identity(**asked | more)
        return answer["IdentityId"], answer["Token"]

    make.pool = pool()
    return make


def lookup(identity, pool, **asked):
    answer = identity.lookup_developer_identity(IdentityPoolId=pool, **asked)
    return answer["IdentityId"], answer["DeveloperUserIdentifierList"]


def test_a_token_for_a_user(identity, vouch):
    ann, token = vouch("ann")
    assert vouch("ann")[0] == ann and logins_of(identity, ann) == [DEVELOPER]
    assert claims(token) == {
        "sub": ann, "aud": vouch.pool, "iss": f"https://{ISSUER}", "iat": 1772366400, "exp": 1772366400 + 900,
        "amr": ["authenticated", DEVELOPER, f"{DEVELOPER}:{vouch.pool}:ann"],
    }  # fmt: skip
    told = claims(vouch("ann", TokenDuration=60, PrincipalTags={"team": "web"})[1])
    assert told["exp"] - told["iat"] == 60
    assert told["https://aws.amazon.com/tags"] == {"principal_tags": {"team": ["web"]}}


def test_users_join_identities(identity, vouch, shop):
    guest = found(identity, vouch.pool)
    assert vouch("ann", IdentityId=guest)[0] == guest
    text = "The developer user is registered already."
    bob = vouch("bob")[0]
    call = identity.get_open_id_token_for_developer_identity
    asked = {"IdentityPoolId": vouch.pool, "Logins": {DEVELOPER: "ann"}}
    refused(call, "DeveloperUserAlreadyRegisteredException", text, **asked, IdentityId=bob)
    refused(call, "ResourceNotFoundException", f"Identity '{NOBODY}' not found.", **asked, IdentityId=NOBODY)
    # A user of the user pool: only who shows his token, too, may become the developer's.
    ann = found(identity, vouch.pool, shop.login())
    new = {"IdentityPoolId": vouch.pool, "Logins": {DEVELOPER: "new"}, "IdentityId": ann}
    refused(call, "NotAuthorizedException", STRANGE, **new)
    assert vouch("new", shop.login(), IdentityId=ann)[0] == ann
    refused(call, "InvalidParameterException", UNKNOWN, **asked | {"Logins": {"other": "ann"}})
    asked["IdentityPoolId"] = NOBODY
    refused(call, "ResourceNotFoundException", f"IdentityPool '{NOBODY}' not found.", **asked)


def test_lookup(identity, vouch, pool):
    ann, _ = vouch("ann")
    vouch("ann", {FACEBOOK: "EAAB-ann"})
    vouch("anna", {FACEBOOK: "EAAB-ann"})
    assert lookup(identity, vouch.pool, DeveloperUserIdentifier="anna") == (ann, ["anna", "ann"])
    assert lookup(identity, vouch.pool, IdentityId=ann) == (ann, ["ann", "anna"])
    both = {"IdentityId": ann, "DeveloperUserIdentifier": "ann"}
    assert lookup(identity, vouch.pool, **both) == (ann, ["ann", "anna"])
    page = identity.lookup_developer_identity(IdentityPoolId=vouch.pool, IdentityId=ann, MaxResults=1)
    assert page["DeveloperUserIdentifierList"] == ["ann"]
    rest = lookup(identity, vouch.pool, IdentityId=ann, MaxResults=1, NextToken=page["NextToken"])
    assert rest == (ann, ["anna"])
    call, asked = identity.lookup_developer_identity, {"IdentityPoolId": vouch.pool}
    bob, _ = vouch("bob")
    refused(call, "ResourceConflictException", CONFLICT, **asked, **both | {"IdentityId": bob})
    text = "Developer user identifier 'eve' not found."
    refused(call, "ResourceNotFoundException", text, **asked, DeveloperUserIdentifier="eve")
    refused(call, "ResourceNotFoundException", **asked, IdentityId=NOBODY)
    refused(call, "InvalidParameterException", **asked)
    refused(call, "InvalidParameterException", UNKNOWN, IdentityPoolId=pool(DeveloperProviderName=None), IdentityId=ann)


def test_users_are_merged(identity, vouch):
    ann, bob = vouch("ann")[0], vouch("bob")[0]
    asked = {"IdentityPoolId": vouch.pool, "DeveloperProviderName": DEVELOPER}
    call = identity.merge_developer_identities
    merged = call(SourceUserIdentifier="ann", DestinationUserIdentifier="bob", **asked)
    assert merged["IdentityId"] == bob == vouch("ann")[0]
    assert lookup(identity, vouch.pool, IdentityId=bob)[1] == ["bob", "ann"]
    # The other identity is disabled, and leads here.
    assert identity.describe_identity(IdentityId=ann)["Logins"] == []
    assert vouch("ann", IdentityId=ann)[0] == bob
    text = "Developer user identifier 'eve' not found."
    eve = {"SourceUserIdentifier": "ann", "DestinationUserIdentifier": "eve"}
    refused(call, "ResourceNotFoundException", text, **asked, **eve)
    refused(call, "InvalidParameterException", UNKNOWN, **asked | {"DeveloperProviderName": "other"}, **eve)
    # Of one public provider two people cannot be one.
    vouch("ann", {FACEBOOK: "EAAB-ann"})
    vouch("eve", {FACEBOOK: "EAAB-eve"})
    refused(call, "ResourceConflictException", CONFLICT, **asked, **eve)


def test_an_identity_has_twenty_logins_at_most(identity, vouch):
    """MergeDeveloperIdentities of the API Reference says so."""
    asked = {"IdentityPoolId": vouch.pool, "DeveloperProviderName": DEVELOPER, "DestinationUserIdentifier": "u0"}
    vouch("u0")
    for number in range(1, 20):
        vouch(f"u{number}")
        identity.merge_developer_identities(**asked, SourceUserIdentifier=f"u{number}")
    vouch("u20")
    text = "Exceeded the limit of 20 logins of an identity."
    call = identity.merge_developer_identities
    refused(call, "ResourceConflictException", text, **asked, SourceUserIdentifier="u20")


def test_users_are_unlinked(identity, vouch):
    ann, bob = vouch("ann")[0], vouch("bob")[0]
    asked = {"IdentityPoolId": vouch.pool, "DeveloperProviderName": DEVELOPER, "DeveloperUserIdentifier": "ann"}
    call = identity.unlink_developer_identity
    refused(call, "ResourceConflictException", CONFLICT, **asked, IdentityId=bob)
    refused(call, "ResourceNotFoundException", f"Identity '{NOBODY}' not found.", **asked, IdentityId=NOBODY)
    wrong = asked | {"DeveloperProviderName": "other"}
    refused(call, "InvalidParameterException", UNKNOWN, **wrong, IdentityId=ann)
    call(**asked, IdentityId=ann)
    text = "Developer user identifier 'ann' not found."
    refused(call, "ResourceNotFoundException", text, **asked, IdentityId=ann)
    assert vouch("ann")[0] != ann


def test_the_name_of_the_provider_stays(identity, vouch):
    asked = {"IdentityPoolId": vouch.pool, "IdentityPoolName": "shop", "AllowUnauthenticatedIdentities": True}
    text = "The developer provider name cannot be changed once it is set."
    call = identity.update_identity_pool
    refused(call, "InvalidParameterException", text, **asked, DeveloperProviderName="other")
    assert call(**asked)["DeveloperProviderName"] == DEVELOPER
