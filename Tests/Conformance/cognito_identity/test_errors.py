# SPDX-License-Identifier: Apache-2.0
"""Every error that the model gives an operation: caused by state, or by AWS's quotas, or named with the reason why no
state causes it."""

import base64
import json
from types import SimpleNamespace

import pytest
from harness import clients
from harness.model import service_model

from .asking import refused
from .conftest import DEVELOPER, FACEBOOK, NOBODY, Shop, arn
from .test_rates import RATES

INVALID, MISSING = "InvalidParameterException", "ResourceNotFoundException"
FORBIDDEN, CONFLICT = "NotAuthorizedException", "ResourceConflictException"
LIMIT, BUSY, OUTSIDE = "LimitExceededException", "TooManyRequestsException", "ExternalServiceException"
INTERNAL, PARALLEL = "InternalErrorException", "ConcurrentModificationException"
TAKEN, ROLES = "DeveloperUserAlreadyRegisteredException", "InvalidIdentityPoolConfigurationException"
OIDC, USED = "login.example.com", "EAAB-bob"


def unsigned(payload):
    """A token that nobody has signed."""
    parts = [json.dumps(each).encode() for each in ({"alg": "RS256"}, payload)] + [b"signature"]
    return ".".join(base64.urlsafe_b64encode(each).decode().rstrip("=") for each in parts)


@pytest.fixture(scope="module")
def world(bare_control, endpoint):
    """A pool with the identities of ann, a user who is the developer's too; of bob, Facebook's; and a guest. Refusals
    change nothing, so it is made once."""
    bare_control.clear()
    bare_control.freeze()
    made = SimpleNamespace(api=clients.client(endpoint, "cognito-identity"), shop=Shop(endpoint))
    made.shop.user()
    iam = clients.client(endpoint, "iam")
    arn = iam.create_open_id_connect_provider(Url=f"https://{OIDC}", ClientIDList=["web"])["OpenIDConnectProviderArn"]
    made.row = {"ProviderName": made.shop.provider, "ClientId": made.shop.client}
    made.settings = {
        "IdentityPoolName": "shop",
        "AllowUnauthenticatedIdentities": True,
        "SupportedLoginProviders": {FACEBOOK: "7346241598935552"},
        "CognitoIdentityProviders": [made.row],
        "OpenIdConnectProviderARNs": [arn],
        "DeveloperProviderName": DEVELOPER,
    }
    made.pool = made.api.create_identity_pool(**made.settings)["IdentityPoolId"]
    closed = {"IdentityPoolName": "closed", "AllowUnauthenticatedIdentities": True, "AllowClassicFlow": False}
    made.closed = made.api.create_identity_pool(**closed)["IdentityPoolId"]
    made.login = made.shop.login()

    def developer(user, **logins):
        asked = {"IdentityPoolId": made.pool, "Logins": {DEVELOPER: user} | logins}
        return made.api.get_open_id_token_for_developer_identity(**asked)["IdentityId"]

    def identity(pool=made.pool, **more):
        return made.api.get_id(IdentityPoolId=pool, **more)["IdentityId"]

    made.ann = developer("ann", **made.login)
    # Ann has nineteen names more at the developer's: with the user pool's login she has as many as may be.
    for number in range(18):
        developer(f"ann{number}", **made.login)
    made.bob = developer("bob", **{FACEBOOK: USED})
    made.shop.user("eve")
    made.other = made.shop.login("eve")
    identity(Logins=made.other | {FACEBOOK: "EAAB-eve"})
    made.guest, made.shut = identity(), identity(made.closed)
    payload = {"iss": f"https://{OIDC}", "sub": "eve", "aud": "web", "exp": 1_800_000_000}
    made.outside = {OIDC: unsigned(payload)}
    yield made
    bare_control.clear()


def developer(world, user, **more):
    return {"IdentityPoolId": world.pool, "Logins": {DEVELOPER: user}} | more


def merging(world, source, target):
    users = {"SourceUserIdentifier": source, "DestinationUserIdentifier": target}
    return {"IdentityPoolId": world.pool, "DeveloperProviderName": DEVELOPER} | users


def unlinking(world, user, **more):
    named = {"DeveloperProviderName": DEVELOPER, "DeveloperUserIdentifier": user}
    return {"IdentityPoolId": world.pool, "IdentityId": world.ann} | named | more


def removing(world, logins, *removed):
    return {"IdentityId": world.ann, "Logins": logins, "LoginsToRemove": list(removed)}


def named(world, provider="example.com", pool=None):
    return {"IdentityPoolId": pool or world.pool, "IdentityProviderName": provider}


WRONG_ARN = {"ResourceArn": "arn:aws:s3:::bucket-of-mine"}
NO_ARN = {"ResourceArn": arn(NOBODY)}
NO_POOL = {"IdentityPoolId": NOBODY}
SOCIAL = {"SupportedLoginProviders": {"example.com": "1"}}
ROLE = {"authenticated": "arn:aws:iam::444455556666:role/users"}

CAUSES = {
    ("CreateIdentityPool", INVALID): lambda w: w.settings | SOCIAL,
    ("CreateIdentityPool", LIMIT): lambda w: w.settings | {"CognitoIdentityProviders": [w.row] * 51},
    ("UpdateIdentityPool", INVALID): lambda w: w.settings | SOCIAL | {"IdentityPoolId": w.pool},
    ("UpdateIdentityPool", MISSING): lambda w: w.settings | NO_POOL,
    ("UpdateIdentityPool", LIMIT): lambda w: w.settings
    | {"IdentityPoolId": w.pool, "CognitoIdentityProviders": [w.row] * 51},
    ("DeleteIdentityPool", MISSING): lambda w: NO_POOL,
    ("DescribeIdentityPool", MISSING): lambda w: NO_POOL,
    ("ListIdentityPools", INVALID): lambda w: {"MaxResults": 1, "NextToken": "x"},
    ("GetId", MISSING): lambda w: NO_POOL,
    ("GetId", FORBIDDEN): lambda w: {"IdentityPoolId": w.pool, "Logins": {"www.amazon.com": "x"}},
    ("GetId", CONFLICT): lambda w: {"IdentityPoolId": w.pool, "Logins": {FACEBOOK: USED} | w.other},
    ("GetId", LIMIT): lambda w: {"IdentityPoolId": w.pool, "Logins": w.login | {FACEBOOK: "EAAB-new"}},
    ("GetId", OUTSIDE): lambda w: {"IdentityPoolId": w.pool, "Logins": w.outside},
    ("GetOpenIdToken", INVALID): lambda w: {"IdentityId": w.shut},
    ("GetOpenIdToken", MISSING): lambda w: {"IdentityId": NOBODY},
    ("GetOpenIdToken", FORBIDDEN): lambda w: {"IdentityId": w.ann},
    ("GetOpenIdToken", CONFLICT): lambda w: {"IdentityId": w.bob, "Logins": {FACEBOOK: USED} | w.other},
    ("GetOpenIdToken", OUTSIDE): lambda w: {"IdentityId": w.guest, "Logins": w.outside},
    ("GetOpenIdTokenForDeveloperIdentity", INVALID): lambda w: developer(w, "x", Logins={"other": "x"}),
    ("GetOpenIdTokenForDeveloperIdentity", MISSING): lambda w: developer(w, "x", **NO_POOL),
    ("GetOpenIdTokenForDeveloperIdentity", FORBIDDEN): lambda w: developer(w, "x", IdentityId=w.ann),
    ("GetOpenIdTokenForDeveloperIdentity", CONFLICT): lambda w: developer(
        w, "bob", Logins={DEVELOPER: "bob", FACEBOOK: "EAAB-new"}
    ),
    ("GetOpenIdTokenForDeveloperIdentity", TAKEN): lambda w: developer(w, "bob", IdentityId=w.ann),
    ("GetCredentialsForIdentity", MISSING): lambda w: {"IdentityId": NOBODY},
    ("GetCredentialsForIdentity", FORBIDDEN): lambda w: {"IdentityId": w.ann},
    ("GetCredentialsForIdentity", CONFLICT): lambda w: {"IdentityId": w.bob, "Logins": {FACEBOOK: USED} | w.other},
    ("GetCredentialsForIdentity", ROLES): lambda w: {"IdentityId": w.guest},
    ("GetCredentialsForIdentity", OUTSIDE): lambda w: {"IdentityId": w.guest, "Logins": w.outside},
    ("SetIdentityPoolRoles", INVALID): lambda w: {
        "IdentityPoolId": w.pool, "Roles": {}, "RoleMappings": {"example.com": {"Type": "Token"}}
    },
    ("SetIdentityPoolRoles", MISSING): lambda w: NO_POOL | {"Roles": {}},
    ("SetIdentityPoolRoles", FORBIDDEN): lambda w: {"IdentityPoolId": w.pool, "Roles": ROLE},
    ("GetIdentityPoolRoles", MISSING): lambda w: NO_POOL,
    ("SetPrincipalTagAttributeMap", INVALID): named,
    ("SetPrincipalTagAttributeMap", MISSING): lambda w: named(w, pool=NOBODY),
    ("GetPrincipalTagAttributeMap", INVALID): named,
    ("GetPrincipalTagAttributeMap", MISSING): lambda w: named(w, pool=NOBODY),
    ("ListIdentities", INVALID): lambda w: {"IdentityPoolId": w.pool, "MaxResults": 1, "NextToken": "x"},
    ("ListIdentities", MISSING): lambda w: NO_POOL | {"MaxResults": 1},
    ("DescribeIdentity", MISSING): lambda w: {"IdentityId": NOBODY},
    ("LookupDeveloperIdentity", INVALID): lambda w: {"IdentityPoolId": w.pool},
    ("LookupDeveloperIdentity", MISSING): lambda w: {"IdentityPoolId": w.pool, "IdentityId": NOBODY},
    ("LookupDeveloperIdentity", CONFLICT): lambda w: {
        "IdentityPoolId": w.pool, "IdentityId": w.bob, "DeveloperUserIdentifier": "ann"
    },
    ("MergeDeveloperIdentities", INVALID): lambda w: merging(w, "ann", "bob") | {"DeveloperProviderName": "other"},
    ("MergeDeveloperIdentities", MISSING): lambda w: merging(w, "ann", "eve"),
    ("MergeDeveloperIdentities", CONFLICT): lambda w: merging(w, "bob", "ann"),
    ("UnlinkDeveloperIdentity", INVALID): lambda w: unlinking(w, "ann", DeveloperProviderName="other"),
    ("UnlinkDeveloperIdentity", MISSING): lambda w: unlinking(w, "eve"),
    ("UnlinkDeveloperIdentity", CONFLICT): lambda w: unlinking(w, "bob"),
    ("UnlinkIdentity", MISSING): lambda w: removing(w, w.login, FACEBOOK),
    ("UnlinkIdentity", FORBIDDEN): lambda w: removing(w, {FACEBOOK: "EAAB-new"}, FACEBOOK),
    ("UnlinkIdentity", CONFLICT): lambda w: removing(w, w.login | {FACEBOOK: USED}, FACEBOOK),
    ("UnlinkIdentity", OUTSIDE): lambda w: removing(w, w.outside, FACEBOOK),
    ("TagResource", INVALID): lambda w: WRONG_ARN | {"Tags": {"a": "b"}},
    ("TagResource", MISSING): lambda w: NO_ARN | {"Tags": {"a": "b"}},
    ("UntagResource", INVALID): lambda w: WRONG_ARN | {"TagKeys": ["a"]},
    ("UntagResource", MISSING): lambda w: NO_ARN | {"TagKeys": ["a"]},
    ("ListTagsForResource", INVALID): lambda w: WRONG_ARN,
    ("ListTagsForResource", MISSING): lambda w: NO_ARN,
}
# By error alone, or by operation and error.
REASONS = {
    INTERNAL: "AWS's own failure: a rule's to cause",
    PARALLEL: "calls on one pool are carried out one after the other",
    BUSY: "AWS publishes no rate for it: a rule's to cause",
    FORBIDDEN: "IAM refuses a signed call with AccessDeniedException, and a pool of another account is not found",
    INVALID: "what the operation takes is refused by the model's own limits, with ValidationException",
    CONFLICT: "nothing that it takes belongs to anybody",
    ("ListIdentityPools", MISSING): "it names nothing",
}


def pairs():
    model = service_model("cognito-identity")
    for name in model.operation_names:
        for shape in model.operation_model(name).error_shapes:
            yield name, shape.name


def test_every_pair_is_caused_or_has_its_reason():
    modelled = set(pairs())
    caused = set(CAUSES) | {(name, BUSY) for name in RATES}
    assert caused <= modelled
    left = {pair for pair in modelled - caused if pair not in REASONS and pair[1] not in REASONS}
    assert not left
    assert (len(modelled), len(caused)) == (135, 65)


@pytest.mark.parametrize("operation, error", CAUSES)
def test_state_causes(world, operation, error):
    refused(clients.method(world.api, operation), error, **CAUSES[operation, error](world))
