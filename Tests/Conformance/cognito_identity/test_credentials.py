# SPDX-License-Identifier: Apache-2.0
"""Roles of identities, and what their credentials are good for."""

import json

import jwt
import pytest
from harness import clients
from harness.identity import ACCOUNT, claims

from .asking import refused
from .conftest import DEVELOPER, ISSUER, role_arn, trusting
from .test_identities import found

WRONG = "Invalid identity pool configuration. Check assigned IAM roles for this pool."
AMBIGUOUS = "The ambiguous role mapping rules denied this request."
EMBLEMS = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def credentials(identity, one, logins=None, **more):
    given = {"Logins": logins} if logins else {}
    return identity.get_credentials_for_identity(IdentityId=one, **given, **more)["Credentials"]


def session_of(by, keys):
    return by(keys).get_caller_identity()["Arn"].split("assumed-role/")[1]


@pytest.fixture
def enforced(control):
    control.demand("PUT", "scenarios/enforcing", {"scenario": "enforcing", "options": {"auth": "enforce"}})


def test_the_enhanced_flow(identity, pool, shop, role, by):
    made = pool()
    roles = {"authenticated": role("users", made), "unauthenticated": role("guests", made, "unauthenticated")}
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles=roles)
    assert identity.get_identity_pool_roles(IdentityPoolId=made)["Roles"] == roles
    guest = found(identity, made)
    keys = credentials(identity, guest)
    assert session_of(by, keys) == "guests/CognitoIdentityCredentials"
    assert keys["Expiration"].timestamp() == 1772366400 + 3600
    answer = identity.get_credentials_for_identity(IdentityId=guest, Logins=shop.login())
    assert answer["IdentityId"] == guest
    assert session_of(by, answer["Credentials"]) == "users/CognitoIdentityCredentials"


def test_roles_that_are_wrong(identity, pool, shop, role, iam):
    made = pool()
    guest, ann = found(identity, made), found(identity, made, shop.login())
    call, kind = identity.get_credentials_for_identity, "InvalidIdentityPoolConfigurationException"
    asks = [{"IdentityId": guest}, {"IdentityId": ann, "Logins": shop.login()}]
    for asked in asks:
        refused(call, kind, WRONG, **asked)
    # Roles that are not there, roles that trust somebody else, another pool, or the other kind of identity.
    roles = {"authenticated": role_arn("users"), "unauthenticated": role_arn("guests")}
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles=roles)
    for asked in asks:
        refused(call, kind, WRONG, **asked)
    role("guests", made, "authenticated")
    role("users", "us-east-1:" + "0" * 36)
    for asked in asks:
        refused(call, kind, WRONG, **asked)
    for name, trusted in (("guests", "unauthenticated"), ("users", "authenticated")):
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=trusting(made, trusted))
    for asked in asks:
        assert call(**asked)["Credentials"]["SessionToken"]
    other = "arn:aws:iam::444455556666:role/users"
    text = f"Access to Role '{other}' is forbidden."
    asked = {"IdentityPoolId": made, "Roles": {"authenticated": other}}
    refused(identity.set_identity_pool_roles, "NotAuthorizedException", text, **asked)


def rule(claim, kind, value, name):
    return {"Claim": claim, "MatchType": kind, "Value": value, "RoleARN": role_arn(name)}


def mapping(rules=None, ambiguous="Deny"):
    more = {"RulesConfiguration": {"Rules": rules}} if rules else {}
    return {"Type": "Rules" if rules else "Token", "AmbiguousRoleResolution": ambiguous} | more


@pytest.fixture
def mapped(identity, pool, shop, role):
    """`mapped(**mapping)`: ann's identity in a pool with these rules, and the roles `users`, `staff` and `boss`."""
    made = pool()
    for name in ("users", "staff", "boss"):
        role(name, made)
    ann = found(identity, made, shop.login())

    def make(**given):
        asked = {"IdentityPoolId": made, "Roles": {"authenticated": role_arn("users")}}
        asked["RoleMappings"] = {f"{shop.provider}:{shop.client}": mapping(**given)}
        identity.set_identity_pool_roles(**asked)
        told = identity.get_identity_pool_roles(IdentityPoolId=made)
        assert told["RoleMappings"] == asked["RoleMappings"]
        return ann

    return make


@pytest.mark.parametrize(
    "rules, name",
    [
        ([("cognito:username", "Equals", "ann", "staff")], "staff"),
        ([("cognito:username", "Equals", "an", "staff")], None),
        ([("cognito:username", "NotEqual", "bob", "staff")], "staff"),
        ([("cognito:username", "StartsWith", "an", "staff")], "staff"),
        ([("cognito:username", "Contains", "nn", "staff")], "staff"),
        ([("none", "NotEqual", "x", "staff")], None),
        ([("sub", "Equals", "x", "boss"), ("cognito:username", "Contains", "a", "staff")], "staff"),
        ([("token_use", "Equals", "id", "boss"), ("cognito:username", "Equals", "ann", "staff")], "boss"),
    ],
)

def test_rules(identity, mapped, shop, by, rules, name):
    rows = [rule(*each) for each in rules]
    ann = mapped(rules=rows)
    if name:
        assert session_of(by, credentials(identity, ann, shop.login())).startswith(f"{name}/")
    else:
        call = identity.get_credentials_for_identity
        refused(call, "NotAuthorizedException", AMBIGUOUS, IdentityId=ann, Logins=shop.login())
        ann = mapped(rules=rows, ambiguous="AuthenticatedRole")
        assert session_of(by, credentials(identity, ann, shop.login())).startswith("users/")


def test_roles_of_groups(identity, mapped, shop, by):
    ann = mapped()
    call, login = identity.get_credentials_for_identity, shop.login()
    refused(call, "NotAuthorizedException", AMBIGUOUS, IdentityId=ann, Logins=login)
    for order, name in enumerate(("staff", "boss")):
        group = {"UserPoolId": shop.id, "GroupName": name}
        shop.idp.create_group(**group, RoleArn=role_arn(name), Precedence=order)
        shop.idp.admin_add_user_to_group(**group, Username="ann")
    login = shop.login()
    assert session_of(by, credentials(identity, ann, login)).startswith("staff/")
    for asked in ("staff", "boss"):
        keys = credentials(identity, ann, login, CustomRoleArn=role_arn(asked))
        assert session_of(by, keys).startswith(f"{asked}/")
    text = f"Access to Role '{role_arn('users')}' is forbidden."
    asked = {"IdentityId": ann, "Logins": login, "CustomRoleArn": role_arn("users")}
    refused(call, "NotAuthorizedException", text, **asked)
    # Of two groups that come alike, none is preferred.
    shop.idp.update_group(UserPoolId=shop.id, GroupName="boss", Precedence=0)
    refused(call, "NotAuthorizedException", AMBIGUOUS, IdentityId=ann, Logins=shop.login())


@pytest.mark.parametrize(
    "provider, given, message",
    [
        (
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_1",
            {},
            "(https://cognito-idp.us-east-1.amazonaws.com/us-east-1_1) is not a valid RoleMapping ProviderName or is "
            "not a configured provider.",
        ),
        (
            "graph.facebook.com",
            {"Type": "Token"},
            "AmbiguousRoleResolution is required for the role mapping of graph.facebook.com.",
        ),
        (
            "graph.facebook.com",
            {"Type": "Rules", "AmbiguousRoleResolution": "Deny"},
            "RulesConfiguration is required for the role mapping of graph.facebook.com.",
        ),
        (
            "graph.facebook.com",
            mapping([rule("sub", "Equals", "x", "users")] * 26),
            "A role mapping can have 25 rules at most.",
        ),
    ],
)

def test_mappings_that_are_none(identity, pool, provider, given, message):
    asked = {"Roles": {}, "RoleMappings": {provider: given or mapping()}}
    call = identity.set_identity_pool_roles
    refused(call, "InvalidParameterException", message, IdentityPoolId=pool(), **asked)


def test_the_classic_flow(identity, pool, shop, role, endpoint, by, clock):
    made = pool()
    arn = role("users", made)
    ann = found(identity, made, shop.login())
    answer = identity.get_open_id_token(IdentityId=ann, Logins=shop.login())
    token, sub = answer["Token"], claims(shop.tokens()["IdToken"])["sub"]
    assert answer["IdentityId"] == ann and claims(token) == {
        "sub": ann, "aud": made, "iss": f"https://{ISSUER}", "iat": 1772366400, "exp": 1772366400 + 600,
        "amr": ["authenticated", shop.provider, f"{shop.provider}:CognitoSignIn:{sub}"],
    }  # fmt: skip
    keys = jwt.PyJWKClient(f"{endpoint}/.well-known/jwks_uri")
    key = keys.get_signing_key_from_jwt(token).key
    assert jwt.decode(token, key, ["RS512"], audience=made, options={"verify_exp": False})["sub"] == ann
    sts = clients.client(endpoint, "sts")
    asked = {"RoleArn": arn, "RoleSessionName": "app", "WebIdentityToken": token}
    given = sts.assume_role_with_web_identity(**asked)
    assert given["Provider"] == ISSUER and given["SubjectFromWebIdentityToken"] == ann and given["Audience"] == made
    assert session_of(by, given["Credentials"]) == "users/app"
    guest = identity.get_open_id_token(IdentityId=found(identity, made))["Token"]
    assert claims(guest)["amr"] == ["unauthenticated"]
    refused_role = asked | {"WebIdentityToken": guest}
    with pytest.raises(sts.exceptions.ClientError, match="Not authorized to perform sts:AssumeRoleWithWebIdentity"):
        sts.assume_role_with_web_identity(**refused_role)
    clock(600)
    with pytest.raises(sts.exceptions.ExpiredTokenException):
        sts.assume_role_with_web_identity(**asked)
    closed = pool(AllowClassicFlow=False)
    text = "Basic (classic) flow is not enabled, please use enhanced flow."
    one = found(identity, closed)
    refused(identity.get_open_id_token, "InvalidParameterException", text, IdentityId=one)


def test_a_developers_user_gets_credentials(identity, pool, role, by, shop):
    made = pool()
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"authenticated": role("users", made)})
    asked = {"IdentityPoolId": made, "Logins": {DEVELOPER: "ann"}}
    answer = identity.get_open_id_token_for_developer_identity(**asked)
    ann, login = answer["IdentityId"], {ISSUER: answer["Token"]}
    assert session_of(by, credentials(identity, ann, login)).startswith("users/")
    call = identity.get_credentials_for_identity
    other = identity.get_open_id_token_for_developer_identity(**asked | {"Logins": {DEVELOPER: "bob"}})
    text = "Logins don't match. Please include at least one valid login for this identity or identity pool."
    refused(call, "NotAuthorizedException", text, IdentityId=ann, Logins={ISSUER: other["Token"]})
    refused(call, "NotAuthorizedException", IdentityId=ann, Logins={ISSUER: shop.tokens()["IdToken"]})


def tagging(pool):
    return trusting(pool, "authenticated", ("sts:AssumeRoleWithWebIdentity", "sts:TagSession"))


def test_principal_tags(identity, pool, shop, role, iam, by, enforced):
    made = pool()
    own = EMBLEMS | {"Resource": "arn:aws:s3:::shop/${aws:PrincipalTag/name}/*"}
    arn = role("users", made, "authenticated", own)
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"authenticated": arn})
    asked = {"IdentityPoolId": made, "IdentityProviderName": shop.provider}
    told = identity.get_principal_tag_attribute_map(**asked)
    assert not told["UseDefaults"] and told["PrincipalTags"] == {}
    given = {"name": "cognito:username", "none": "none"}
    told = identity.set_principal_tag_attribute_map(**asked, PrincipalTags=given)
    assert told["PrincipalTags"] == given == identity.get_principal_tag_attribute_map(**asked)["PrincipalTags"]
    ann = found(identity, made, shop.login())
    call = identity.get_credentials_for_identity
    kind = "InvalidIdentityPoolConfigurationException"
    refused(call, kind, WRONG, IdentityId=ann, Logins=shop.login())
    iam.update_assume_role_policy(RoleName="users", PolicyDocument=tagging(made))
    clients.client(identity.meta.endpoint_url, "s3").create_bucket(Bucket="shop")
    s3 = by(credentials(identity, ann, shop.login()), "s3")
    s3.put_object(Bucket="shop", Key="ann/k", Body=b"mine")
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        s3.put_object(Bucket="shop", Key="bob/k", Body=b"not mine")
    told = identity.set_principal_tag_attribute_map(**asked, UseDefaults=True)
    assert told["PrincipalTags"] == {"username": "sub", "client": "aud"} and told["UseDefaults"]
    token = identity.get_open_id_token(IdentityId=ann, Logins=shop.login())["Token"]
    tags = claims(token)["https://aws.amazon.com/tags"]["principal_tags"]
    assert tags["client"] == [shop.client]
    wrong = asked | {"IdentityProviderName": "example.com"}
    text = "example.com is not a configured provider of this identity pool."
    for call in (identity.get_principal_tag_attribute_map, identity.set_principal_tag_attribute_map):
        refused(call, "InvalidParameterException", text, **wrong)


def test_guests_have_less_than_their_role(identity, pool, role, by, enforced, endpoint):
    made = pool()
    arn = role("guests", made, "unauthenticated", EMBLEMS | {"Action": "*"})
    identity.set_identity_pool_roles(IdentityPoolId=made, Roles={"unauthenticated": arn})
    guest = found(identity, made)
    keys = credentials(identity, guest)
    assert by(keys, "s3").list_buckets()["Buckets"] == []
    iam = by(keys, "iam")
    with pytest.raises(iam.exceptions.ClientError, match="no session policy allows"):
        iam.list_users()
    # The classic flow narrows nothing.
    sts = clients.client(endpoint, "sts")
    token = identity.get_open_id_token(IdentityId=guest)["Token"]
    asked = {"RoleArn": arn, "RoleSessionName": "guest", "WebIdentityToken": token}
    assert by(sts.assume_role_with_web_identity(**asked)["Credentials"], "iam").list_users()["Users"] == []


def test_operations_on_pools_are_judged(identity, pool, iam, enforced, endpoint):
    made, other = pool(IdentityPoolTags={"team": "web"}), pool()
    arn = f"arn:aws:cognito-identity:us-east-1:{ACCOUNT}:identitypool/{made}"
    iam.create_user(UserName="beep")
    allowed = [
        {"Effect": "Allow", "Action": "cognito-identity:DescribeIdentityPool", "Resource": arn},
        {"Effect": "Allow", "Action": "cognito-identity:SetIdentityPoolRoles", "Resource": "*"},
        {
            "Effect": "Allow", "Action": ["cognito-identity:ListIdentities", "cognito-idp:DescribeUserPool"],
            "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "web"}},
        },
    ]  # fmt: skip
    document = json.dumps({"Version": "2012-10-17", "Statement": allowed})
    iam.put_user_policy(UserName="beep", PolicyName="own", PolicyDocument=document)
    key = iam.create_access_key(UserName="beep")["AccessKey"]
    beep = clients.session().client(
        "cognito-identity", endpoint_url=endpoint, aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], config=clients.config(),
    )  # fmt: skip
    assert beep.describe_identity_pool(IdentityPoolId=made)["IdentityPoolTags"] == {"team": "web"}

    def denied(call, action, **asked):
        with pytest.raises(beep.exceptions.ClientError) as caught:
            call(**asked)
        assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
        assert f"is not authorized to perform: {action}" in caught.value.response["Error"]["Message"]

    denied(beep.describe_identity_pool, "cognito-identity:DescribeIdentityPool", IdentityPoolId=other)
    denied(beep.list_identity_pools, "cognito-identity:ListIdentityPools", MaxResults=1)
    assert beep.list_identities(IdentityPoolId=made, MaxResults=1)["Identities"] == []
    denied(beep.list_identities, "cognito-identity:ListIdentities", IdentityPoolId=other, MaxResults=1)
    rules = {DEVELOPER: mapping([rule("sub", "Equals", "ann", "users")])}
    for roles in ({"Roles": {"authenticated": role_arn("users")}}, {"Roles": {}, "RoleMappings": rules}):
        denied(beep.set_identity_pool_roles, "iam:PassRole", IdentityPoolId=made, **roles)
    # Nobody needs rights for what goes unsigned.
    assert beep.get_id(IdentityPoolId=made)["IdentityId"]
