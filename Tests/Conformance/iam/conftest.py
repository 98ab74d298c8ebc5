# SPDX-License-Identifier: Apache-2.0
"""Fixtures of IAM's and STS's tests: a world with one of each, and a clock that stands still."""

import boto3
import pytest
from harness import clients
from harness.identity import POLICY, trust


@pytest.fixture
def iam(clock, client):
    return client("iam")


@pytest.fixture
def sts(clock, client):
    return client("sts")


@pytest.fixture
def by(endpoint):
    """`by(credentials, service)`: a client that signs with the keys of an access key or of a session."""

    def make(keys, service="sts"):
        session = boto3.Session(
            keys["AccessKeyId"], keys["SecretAccessKey"], keys.get("SessionToken"), region_name=clients.REGION
        )
        return session.client(service, endpoint_url=endpoint, config=clients.config())

    return make


@pytest.fixture
def world(iam):
    """A user, a group, a role, a profile and a policy."""
    iam.create_user(UserName="beep", Path="/people/")
    iam.create_group(GroupName="crew")
    iam.create_role(RoleName="pilot", AssumeRolePolicyDocument=trust())
    iam.create_instance_profile(InstanceProfileName="ship")
    return iam.create_policy(PolicyName="fly", PolicyDocument=POLICY)["Policy"]["Arn"]
