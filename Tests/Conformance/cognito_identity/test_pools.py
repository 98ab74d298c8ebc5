# SPDX-License-Identifier: Apache-2.0
"""Pools, their tags, and the pages of their list."""

import boto3
import pytest
from botocore.exceptions import ClientError, PaginationError
from harness import clients
from harness.identity import ACCOUNT

from .asking import refused
from .conftest import DEVELOPER, FACEBOOK, NOBODY, arn

MISSING = f"IdentityPool '{NOBODY}' not found."


def without_metadata(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def test_a_pool_is_what_it_was_told_to_be(identity, shop):
    settings = {
        "IdentityPoolName": "my shop",
        "AllowUnauthenticatedIdentities": False,
        "AllowClassicFlow": True,
        "SupportedLoginProviders": {FACEBOOK: "7346241598935552"},
        "DeveloperProviderName": DEVELOPER,
        "OpenIdConnectProviderARNs": [f"arn:aws:iam::{ACCOUNT}:oidc-provider/example.com"],
        "CognitoIdentityProviders": [
            {"ProviderName": shop.provider, "ClientId": shop.client, "ServerSideTokenCheck": False}
        ],
        "SamlProviderARNs": [f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"],
        "IdentityPoolTags": {"team": "web"},
    }
    made = without_metadata(identity.create_identity_pool(**settings))
    pool = made["IdentityPoolId"]
    assert made == settings | {"IdentityPoolId": pool}
    assert pool.startswith("us-east-1:") and len(pool) == 46
    assert without_metadata(identity.describe_identity_pool(IdentityPoolId=pool)) == made
    # What an update leaves out is gone, but for tags and the name that cannot change.
    new = {"IdentityPoolId": pool, "IdentityPoolName": "other", "AllowUnauthenticatedIdentities": True}
    kept = {"DeveloperProviderName": DEVELOPER, "IdentityPoolTags": {"team": "web"}}
    assert without_metadata(identity.update_identity_pool(**new)) == new | kept
    identity.delete_identity_pool(IdentityPoolId=pool)
    for call in (identity.describe_identity_pool, identity.delete_identity_pool):
        text = f"IdentityPool '{pool}' not found."
        refused(call, "ResourceNotFoundException", text, IdentityPoolId=pool)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"CognitoIdentityProviders": [{"ClientId": "abc"}]}, "Invalid Cognito Identity Provider"),
        (
            {"CognitoIdentityProviders": [{"ProviderName": "us-east-1_abc", "ClientId": "abc"}]},
            "Invalid Cognito Identity Provider",
        ),
        ({"SupportedLoginProviders": {"example.com": "1"}}, "example.com is not a supported login provider."),
        ({"OpenIdConnectProviderARNs": ["https://login.example.com"]}, "Invalid ARN: https://login.example.com"),
        ({"SamlProviderARNs": ["https://login.example.com"]}, "Invalid ARN: https://login.example.com"),
        (
            {"IdentityPoolTags": {f"t{number}": "" for number in range(51)}},
            "An identity pool can have 50 tags at most.",
        ),
    ],
)

def test_what_no_pool_can_be(identity, settings, message):
    usual = {"IdentityPoolName": "shop", "AllowUnauthenticatedIdentities": False}
    refused(identity.create_identity_pool, "InvalidParameterException", message, **usual | settings)
    pool = identity.create_identity_pool(**usual)["IdentityPoolId"]
    if "IdentityPoolTags" not in settings:
        asked = usual | settings | {"IdentityPoolId": pool}
        refused(identity.update_identity_pool, "InvalidParameterException", message, **asked)


def test_names_are_validated_by_the_model(identity):
    text = (
        "1 validation error detected: Value 'us-east-1' at 'identityPoolId' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+"
    )
    refused(identity.get_id, "ValidationException", text, IdentityPoolId="us-east-1")


def test_a_pool_belongs_to_its_region_and_account(identity, pool, endpoint):
    made = pool()
    for key, region in ((ACCOUNT, "eu-west-1"), ("444455556666", "us-east-1")):
        other = boto3.Session(key, "test", region_name=region).client(
            "cognito-identity", endpoint_url=endpoint, config=clients.config()
        )
        text = f"IdentityPool '{made}' not found."
        refused(other.describe_identity_pool, "ResourceNotFoundException", text, IdentityPoolId=made)
        assert other.list_identity_pools(MaxResults=9)["IdentityPools"] == []
        # An unsigned call says neither: the id does.
        assert other.get_id(IdentityPoolId=made)["IdentityId"].startswith("us-east-1:")
    refused(identity.get_id, "ResourceNotFoundException", IdentityPoolId=made, AccountId="444455556666")
    assert identity.get_id(IdentityPoolId=made, AccountId=ACCOUNT)


def test_tags(identity, pool):
    made = pool(IdentityPoolTags={"team": "web"})
    identity.tag_resource(ResourceArn=arn(made), Tags={"stage": "test", "team": "shop"})
    assert identity.list_tags_for_resource(ResourceArn=arn(made))["Tags"] == {"team": "shop", "stage": "test"}
    identity.untag_resource(ResourceArn=arn(made), TagKeys=["team", "none"])
    assert identity.describe_identity_pool(IdentityPoolId=made)["IdentityPoolTags"] == {"stage": "test"}
    many = {f"t{number}": "" for number in range(50)}
    text = "An identity pool can have 50 tags at most."
    refused(identity.tag_resource, "InvalidParameterException", text, ResourceArn=arn(made), Tags=many)
    calls = [(identity.list_tags_for_resource, {}), (identity.tag_resource, {"Tags": {}})]
    for call, more in calls + [(identity.untag_resource, {"TagKeys": []})]:
        refused(call, "ResourceNotFoundException", MISSING, ResourceArn=arn(NOBODY), **more)
        wrong = "arn:aws:s3:::bucket-of-mine"
        refused(call, "InvalidParameterException", f"Invalid ARN: {wrong}", ResourceArn=wrong, **more)


def test_the_list_in_pages(identity, pool):
    made = [pool() for _ in range(5)]
    paginator = identity.get_paginator("list_identity_pools")
    pages = list(paginator.paginate(MaxResults=2))
    assert [len(page["IdentityPools"]) for page in pages] == [2, 2, 1]
    listed = [each for page in pages for each in page["IdentityPools"]]
    assert listed == [{"IdentityPoolId": each, "IdentityPoolName": "shop"} for each in made]
    resumed = paginator.paginate(MaxResults=2, PaginationConfig={"MaxItems": 3}).build_full_result()
    rest = paginator.paginate(MaxResults=2, PaginationConfig={"StartingToken": resumed["NextToken"]})
    assert [each["IdentityPoolId"] for each in rest.build_full_result()["IdentityPools"]] == made[3:]
    wrong = {"MaxResults": 1, "NextToken": "x"}
    refused(identity.list_identity_pools, "InvalidParameterException", "Invalid pagination token", **wrong)


def test_a_page_fails_and_a_page_repeats(identity, pool, control, client, sleeps):
    for _ in range(3):
        pool()
    match = {"match": "cognito-identity.ListIdentityPools"}
    control.load({"scenario": "later", "rules": [match | {"nth": "2", "error": "TooManyRequestsException"}]})
    pages = iter(identity.get_paginator("list_identity_pools").paginate(MaxResults=1))
    next(pages)
    with pytest.raises(ClientError, match="TooManyRequestsException"):
        next(pages)
    control.load({"scenario": "later", "rules": [match | {"nth": "2", "error": "TooManyRequestsException"}]})
    patient = client("cognito-identity", "standard")
    assert len(list(patient.get_paginator("list_identity_pools").paginate(MaxResults=1))) == 3 and len(sleeps) == 1
    again = {"IdentityPools": [], "NextToken": "again"}
    control.load({"scenario": "later", "rules": [match | {"respond": again}]})
    with pytest.raises(PaginationError, match="again"):
        list(identity.get_paginator("list_identity_pools").paginate(MaxResults=1))
