# SPDX-License-Identifier: Apache-2.0
"""User pools under a clock that stands still."""

import re

import pytest
from pycognito.aws_srp import AWSSRP

from harness import clients

START = 1772366400
PASSWORD = "Passw0rd!"
FLOWS = ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH"]


@pytest.fixture
def idp(clock, endpoint):
    return clients.client(endpoint, "cognito-idp")


@pytest.fixture
def mail(control):
    """`mail()`: the code, or the last word, of the newest message."""

    def newest(pattern=r"\b\d{6}\b"):
        text = control.demand("GET", "messages")["messages"][-1]["text"]
        return re.search(pattern, text)[0]

    return newest


class Pool:
    """A pool with one client, as tests use it."""

    def __init__(self, idp, settings=None, client=None):
        self.idp = idp
        self.id = idp.create_user_pool(PoolName="shop", **(settings or {}))["UserPool"]["Id"]
        flows = [f"ALLOW_{flow}" for flow in FLOWS]
        made = idp.create_user_pool_client(
            UserPoolId=self.id, ClientName="web", **({"ExplicitAuthFlows": flows} | (client or {}))
        )["UserPoolClient"]
        self.client = made["ClientId"]
        self.secret = made.get("ClientSecret")

    def user(self, name="ann", password=PASSWORD, **attributes):
        """A user who is confirmed."""
        listed = [{"Name": key, "Value": value} for key, value in attributes.items()]
        self.idp.admin_create_user(
            UserPoolId=self.id, Username=name, UserAttributes=listed, MessageAction="SUPPRESS"
        )
        self.idp.admin_set_user_password(UserPoolId=self.id, Username=name, Password=password, Permanent=True)
        return name

    def sign_in(self, name="ann", password=PASSWORD, flow="USER_PASSWORD_AUTH", **more):
        parameters = {"USERNAME": name} | ({"PASSWORD": password} if password else {}) | more
        return self.idp.initiate_auth(ClientId=self.client, AuthFlow=flow, AuthParameters=parameters)

    def tokens(self, *arguments, **more):
        return self.sign_in(*arguments, **more)["AuthenticationResult"]

    def proof(self, name="ann", password=PASSWORD, **device):
        """Sign-in by a password that is proved, which a client's secret goes with."""
        return AWSSRP(name, password, self.id, self.client, client=self.idp, client_secret=self.secret, **device)

    def answer(self, challenge, session=None, name="ann", **responses):
        session = {"Session": session} if session else {}
        return self.idp.respond_to_auth_challenge(
            ClientId=self.client, ChallengeName=challenge, ChallengeResponses={"USERNAME": name} | responses, **session
        )


@pytest.fixture
def pool(idp):
    """`pool(settings, client)` makes a pool with a client."""
    return lambda settings=None, client=None: Pool(idp, settings, client)
