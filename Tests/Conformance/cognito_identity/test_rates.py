# SPDX-License-Identifier: Apache-2.0
"""AWS's rates of identity pools, and pages that do not come in time."""

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from harness import clients

from .conftest import DEVELOPER, NOBODY

POOL, ONE = {"IdentityPoolId": NOBODY}, {"IdentityId": NOBODY}
ARN = {"ResourceArn": f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{NOBODY}"}
# Requests a second, as AWS publishes them.
RATES = {
    "GetId": 25,
    "GetOpenIdToken": 200,
    "GetCredentialsForIdentity": 200,
    "GetOpenIdTokenForDeveloperIdentity": 50,
    "ListTagsForResource": 10,
    "TagResource": 5,
    "UntagResource": 5,
}
ASKED = {
    "GetId": POOL,
    "GetOpenIdToken": ONE,
    "GetCredentialsForIdentity": ONE,
    "GetOpenIdTokenForDeveloperIdentity": POOL | {"Logins": {DEVELOPER: "x"}},
    "ListTagsForResource": ARN,
    "TagResource": ARN | {"Tags": {}},
    "UntagResource": ARN | {"TagKeys": []},
}


@pytest.mark.parametrize("operation", RATES)
def test_quotas_throttle(control, identity, operation):
    control.demand("PUT", "scenarios/limited", {"scenario": "limited", "options": {"quotas": "aws"}})
    codes = []
    while "TooManyRequestsException" not in codes and len(codes) <= RATES[operation]:
        with pytest.raises(ClientError) as caught:
            clients.method(identity, operation)(**ASKED[operation])
        codes.append(caught.value.response["Error"]["Code"])
    assert codes == ["ResourceNotFoundException"] * RATES[operation] + ["TooManyRequestsException"]


def test_a_page_does_not_come(control, identity, client):
    for name in ("one", "other"):
        identity.create_identity_pool(IdentityPoolName=name, AllowUnauthenticatedIdentities=False)
    match = {"match": "cognito-identity.ListIdentityPools", "nth": "2", "connection": "stall"}
    control.load({"scenario": "late", "rules": [match]})
    hasty = client("cognito-identity", read_timeout=1)
    with pytest.raises(ReadTimeoutError):
        list(hasty.get_paginator("list_identity_pools").paginate(MaxResults=1))
    assert [entry["operation"] for entry in control.requests()][-2:] == ["ListIdentityPools"] * 2
