# SPDX-License-Identifier: Apache-2.0
"""User pools as issuers of web identity tokens: what STS takes of them."""

import json

import pytest

from harness import clients

from .asking import refused

ACCOUNT = "arn:aws:iam::123456789012:"


@pytest.fixture
def sts(idp, endpoint):
    return clients.client(endpoint, "sts")


@pytest.fixture
def role(idp, endpoint):
    """`role(issuer, client)`: the parameters that ask for a role which trusts the issuer's tokens for the client."""
    iam = clients.client(endpoint, "iam")

    def make(issuer, client):
        url = f"https://{issuer}"
        provider = iam.create_open_id_connect_provider(Url=url, ClientIDList=[client])["OpenIDConnectProviderArn"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Federated": provider},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": {f"{issuer}:aud": client}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.create_role(RoleName="web", AssumeRolePolicyDocument=policy)
        return {"RoleArn": f"{ACCOUNT}role/web", "RoleSessionName": "s1"}

    return make


def test_an_id_token_is_a_web_identity(pool, sts, role, endpoint, clock):
    shop, other = pool(), pool()
    for each in (shop, other):
        each.user()
    issuer = f"{endpoint.removeprefix('http://')}/{shop.id}"
    asked = role(issuer, shop.client)
    tokens = shop.tokens()
    given = sts.assume_role_with_web_identity(**asked, WebIdentityToken=tokens["IdToken"])
    assert given["Provider"] == f"{ACCOUNT}oidc-provider/{issuer}" and given["Audience"] == shop.client
    key = given["Credentials"]
    session = clients.session().client(
        "sts", endpoint_url=endpoint, aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], aws_session_token=key["SessionToken"])  # fmt: skip
    assert session.get_caller_identity()["Arn"] == "arn:aws:sts::123456789012:assumed-role/web/s1"

    def refuse(token, code):
        return refused(sts.assume_role_with_web_identity, code, **asked, WebIdentityToken=token)

    # An access token has no audience, another pool is no provider, and a foreign signature is not the pool's.
    refuse(tokens["AccessToken"], "InvalidIdentityToken")
    foreign = other.tokens()["IdToken"]
    refuse(foreign, "InvalidIdentityToken")
    refuse(f"{tokens['IdToken'].rpartition('.')[0]}.{foreign.rpartition('.')[2]}", "InvalidIdentityToken")
    clock(3601)
    refuse(tokens["IdToken"], "ExpiredTokenException")


def test_a_pool_that_is_gone_signs_for_nobody(idp, pool, sts, role, endpoint):
    shop = pool()
    shop.user()
    asked = role(f"{endpoint.removeprefix('http://')}/{shop.id}", shop.client)
    token = shop.tokens()["IdToken"]
    idp.delete_user_pool(UserPoolId=shop.id)
    refused(sts.assume_role_with_web_identity, "IDPCommunicationError", **asked, WebIdentityToken=token)
