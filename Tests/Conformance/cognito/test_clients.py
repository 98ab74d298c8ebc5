# SPDX-License-Identifier: Apache-2.0
"""App clients: their flows, secrets, the lives of their tokens, what concerns OAuth."""

import pytest

from .asking import refused
from .rows import Refused, Works, cases

SECRET = {"GenerateSecret": True}
CODE = {"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": True}
MACHINE = {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"]}
NO_FLOW = (
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
)
LITE = {"UserPoolTier": "LITE"}
CHOICE = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}
PLAIN = {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}


def new(world, **settings):
    return world.create_user_pool_client(ClientName="app", **settings)


def secret_ids(world):
    return [secret["ClientSecretId"] for secret in world.list_user_pool_client_secrets()["ClientSecrets"]]


test_clients = cases(
    Works("CreateUserPoolClient", lambda w: new(w, **SECRET),
          lambda a: len(a["UserPoolClient"]["ClientSecret"]) == 51 and len(a["UserPoolClient"]["ClientId"]) == 26),
    Works("DescribeUserPoolClient", lambda w: w.describe_user_pool_client(), lambda a: {
        "ClientName": "web", "RefreshTokenValidity": 30, "EnableTokenRevocation": True, "AuthSessionValidity": 3,
        "AllowedOAuthFlowsUserPoolClient": False}.items() <= a["UserPoolClient"].items()),
    # What is not given goes back to its default.
    Works("UpdateUserPoolClient", lambda w: w.update_user_pool_client(RefreshTokenValidity=1),
          lambda a: a["UserPoolClient"]["RefreshTokenValidity"] == 1
          and "ExplicitAuthFlows" not in a["UserPoolClient"] and a["UserPoolClient"]["ClientName"] == "web"),
    Works("DeleteUserPoolClient", lambda w: w.delete_user_pool_client()),
    Works("ListUserPoolClients", lambda w: w.list_user_pool_clients(),
          lambda a: [client["ClientName"] for client in a["UserPoolClients"]] == ["web"]),
    Refused("CreateUserPoolClient", "InvalidOAuthFlowException",
            lambda w: new(w, AllowedOAuthFlowsUserPoolClient=True), NO_FLOW),
    Refused("UpdateUserPoolClient", "InvalidOAuthFlowException",
            lambda w: w.update_user_pool_client(AllowedOAuthFlowsUserPoolClient=True), NO_FLOW),
    Refused("CreateUserPoolClient", "InvalidOAuthFlowException",
            lambda w: [w.create_resource_server(Identifier="api", Name="api", Scopes=[
                {"ScopeName": "read", "ScopeDescription": "r"}]), new(w, **MACHINE)],
            "client_credentials flow can not be selected if client does not have a client secret."),
    Refused("CreateUserPoolClient", "ScopeDoesNotExistException",
            lambda w: new(w, **CODE | {"AllowedOAuthScopes": ["api/read"]}), "Invalid scope requested: api/read"),
    Refused("UpdateUserPoolClient", "ScopeDoesNotExistException",
            lambda w: w.update_user_pool_client(**CODE | {"AllowedOAuthScopes": ["api/read"]})),
    Refused("CreateUserPoolClient", "FeatureUnavailableInTierException", lambda w: new(w, **CHOICE),
            pool=LITE, client=PLAIN),
    Refused("UpdateUserPoolClient", "FeatureUnavailableInTierException",
            lambda w: w.update_user_pool_client(**CHOICE), pool=LITE, client=PLAIN),
    Refused("CreateUserPoolClient", "InvalidParameterException",
            lambda w: new(w, SupportedIdentityProviders=["COGNITO", "Google"])),
    Refused("CreateUserPoolClient", "InvalidParameterException", lambda w: new(w, ReadAttributes=["colour"])),
    Refused("CreateUserPoolClient", "InvalidParameterException",
            lambda w: new(w, DefaultRedirectURI="https://shop.example"),
            "DefaultRedirectURI must be in the CallbackURLs list"),
)  # fmt: skip

test_secrets = cases(
    Works("AddUserPoolClientSecret", lambda w: w.add_user_pool_client_secret(),
          lambda a: len(a["ClientSecretDescriptor"]["ClientSecretValue"]) == 51, client=SECRET),
    Works("ListUserPoolClientSecrets", lambda w: w.list_user_pool_client_secrets(),
          lambda a: len(a["ClientSecrets"]) == 1 and "ClientSecretValue" not in a["ClientSecrets"][0], client=SECRET),
    Works("DeleteUserPoolClientSecret", lambda w: [
        w.add_user_pool_client_secret(), w.delete_user_pool_client_secret(ClientSecretId=secret_ids(w)[0])],
        client=SECRET),
    Refused("AddUserPoolClientSecret", "LimitExceededException",
            lambda w: [w.add_user_pool_client_secret() for _ in range(2)], client=SECRET),
    Refused("DeleteUserPoolClientSecret", "ResourceNotFoundException",
            lambda w: w.delete_user_pool_client_secret(ClientSecretId="x" * 30)),
    Refused("DeleteUserPoolClientSecret", "InvalidParameterException",
            lambda w: w.delete_user_pool_client_secret(ClientSecretId=secret_ids(w)[0]), client=SECRET),
)  # fmt: skip


def test_of_two_secrets_each_serves_until_it_is_deleted(pool, idp):
    shop = pool(client={"GenerateSecret": True})
    ask = {"UserPoolId": shop.id, "ClientId": shop.client}
    second = idp.add_user_pool_client_secret(**ask)["ClientSecretDescriptor"]["ClientSecretValue"]
    shop.user()
    tokens = shop.proof().authenticate_user()["AuthenticationResult"]
    refresh = {"ClientId": shop.client, "RefreshToken": tokens["RefreshToken"]}
    for secret in (shop.secret, second):
        assert idp.get_tokens_from_refresh_token(**refresh, ClientSecret=secret)["AuthenticationResult"]
    first = idp.list_user_pool_client_secrets(**ask)["ClientSecrets"][0]["ClientSecretId"]
    idp.delete_user_pool_client_secret(**ask, ClientSecretId=first)
    refused(idp.get_tokens_from_refresh_token, "NotAuthorizedException", ClientSecret=shop.secret, **refresh)
    assert idp.get_tokens_from_refresh_token(**refresh, ClientSecret=second)["AuthenticationResult"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]}, None),
        ({"AccessTokenValidity": 2, "TokenValidityUnits": {"AccessToken": "days"}}, None),
        ({"RefreshTokenValidity": 1, "TokenValidityUnits": {"RefreshToken": "minutes"}}, None),
    ],
)
def test_settings_that_do_not_go_together(pool, idp, settings, words):
    given = {"UserPoolId": pool().id, "ClientName": "app"} | settings
    refused(idp.create_user_pool_client, "InvalidParameterException", words, **given)
