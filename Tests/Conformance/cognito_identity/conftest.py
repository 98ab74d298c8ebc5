# SPDX-License-Identifier: Apache-2.0
"""Identity pools under a clock that stands still."""

import json

import boto3
import pytest
from harness import clients
from harness.identity import ACCOUNT, trust

PASSWORD = "Passw0rd!"
ISSUER = "cognito-identity.amazonaws.com"
FACEBOOK, GOOGLE = "graph.facebook.com", "accounts.google.com"
DEVELOPER = "login.example.app"
NOBODY = "us-east-1:00000000-0000-4000-8000-000000000000"


@pytest.fixture
def identity(clock, endpoint):
    return clients.client(endpoint, "cognito-identity")


@pytest.fixture
def iam(clock, endpoint):
    return clients.client(endpoint, "iam")


@pytest.fixture
def by(endpoint):
    """`by(credentials, service)`: a client that signs as an identity."""

    def make(keys, service="sts"):
        session = boto3.Session(
            keys["AccessKeyId"], keys.get("SecretKey") or keys["SecretAccessKey"], keys["SessionToken"],
            region_name=clients.REGION,
        )  # fmt: skip
        more = {"s3": {"addressing_style": "path"}} if service == "s3" else {}
        return session.client(service, endpoint_url=endpoint, config=clients.config(**more))

    return make


class Shop:
    """A user pool with one client and users who are confirmed."""

    def __init__(self, endpoint):
        self.idp = clients.client(endpoint, "cognito-idp")
        self.id = self.idp.create_user_pool(PoolName="shop")["UserPool"]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = self.idp.create_user_pool_client(UserPoolId=self.id, ClientName="web", ExplicitAuthFlows=flows)
        self.client = made["UserPoolClient"]["ClientId"]
        self.provider = f"cognito-idp.us-east-1.amazonaws.com/{self.id}"

    def user(self, name="ann", **attributes):
        listed = [{"Name": key, "Value": value} for key, value in attributes.items()]
        named = {"UserPoolId": self.id, "Username": name}
        self.idp.admin_create_user(**named, UserAttributes=listed, MessageAction="SUPPRESS")
        self.idp.admin_set_user_password(**named, Password=PASSWORD, Permanent=True)
        return name

    def tokens(self, name="ann"):
        asked = {"USERNAME": name, "PASSWORD": PASSWORD}
        answer = self.idp.initiate_auth(ClientId=self.client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=asked)
        return answer["AuthenticationResult"]

    def login(self, name="ann"):
        """The member `Logins` of a user who has just signed in."""
        return {self.provider: self.tokens(name)["IdToken"]}


@pytest.fixture
def shop(identity, endpoint):
    made = Shop(endpoint)
    made.user()
    return made


@pytest.fixture
def pool(identity, shop):
    """`pool(**settings)`: the id of a pool for guests, users of the shop, Facebook's and the developer's own."""

    def make(**settings):
        row = {"ProviderName": shop.provider, "ClientId": shop.client}
        usual = {
            "IdentityPoolName": "shop",
            "AllowUnauthenticatedIdentities": True,
            "SupportedLoginProviders": {FACEBOOK: "7346241598935552", GOOGLE: "app.googleusercontent.com"},
            "CognitoIdentityProviders": [row],
            "DeveloperProviderName": DEVELOPER,
        }
        given = {name: value for name, value in (usual | settings).items() if value is not None}
        return identity.create_identity_pool(**given)["IdentityPoolId"]

    return make


def trusting(pool, kind, actions=("sts:AssumeRoleWithWebIdentity",)):
    """A trust policy for identities of a pool, `authenticated` or `unauthenticated`, as AWS's console writes it."""
    condition = {
        "StringEquals": {f"{ISSUER}:aud": pool},
        "ForAnyValue:StringLike": {f"{ISSUER}:amr": kind},
    }
    return trust({"Federated": ISSUER}, list(actions), condition=condition)


def role_arn(name):
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


@pytest.fixture
def role(iam):
    """`role(name, pool, kind, *statements)`: the ARN of a role that identities of the pool may have."""

    def make(name, pool, kind="authenticated", *statements, actions=("sts:AssumeRoleWithWebIdentity",)):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusting(pool, kind, actions))
        if statements:
            document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document)
        return role_arn(name)

    return make


@pytest.fixture
def issuer(iam, endpoint):
    """`issuer(audience)`: an OIDC provider of the account and a token from there. The account's own issuer serves as
    one outside: its keys are known."""

    def make(audience="web"):
        sts = clients.client(endpoint, "sts")
        url = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
        arn = iam.create_open_id_connect_provider(Url=url, ClientIDList=[audience])["OpenIDConnectProviderArn"]
        asked = {"Audience": [audience], "SigningAlgorithm": "RS256"}
        return arn, url.removeprefix("https://"), lambda **more: sts.get_web_identity_token(**asked | more)

    return make


def arn(pool):
    return f"arn:aws:cognito-identity:us-east-1:{ACCOUNT}:identitypool/{pool}"
