# SPDX-License-Identifier: Apache-2.0
"""People's programs about rights and credentials as their scenario files set them up: the world, the credentials in
`env`, and what a client must have done."""

import json

import pytest
from harness.server import FIXTURES

from .asking import ACCOUNT, BECAUSE, client_of, denied, document, refused, statement


@pytest.fixture
def program(control, endpoint):
    """`program(name)`: what the scenario's `env` says, and a maker of clients with its keys."""

    def load(name):
        control.load(FIXTURES / "programs" / f"{name}.yaml")
        env = control.demand("GET", "env")
        env = env.get("env", env)
        key = {"AccessKeyId": env["AWS_ACCESS_KEY_ID"], "SecretAccessKey": env["AWS_SECRET_ACCESS_KEY"]}
        return env, lambda service, credentials=key: client_of(endpoint, service, credentials)

    return load


def test_a_user_without_the_right(program, control):
    """Program 6, by a real decision."""
    _, client = program("iam-create-user-not-allowed")
    assert denied(client("iam").create_user, UserName="foobar") == (
        f"User: arn:aws:iam::{ACCOUNT}:user/beep is not authorized to perform: iam:CreateUser on resource: "
        f"arn:aws:iam::{ACCOUNT}:user/foobar " + BECAUSE.format("iam:CreateUser")
    )
    control.assert_verified()


def test_an_address_that_the_policy_does_not_know(program, control):
    """Program 9."""
    _, client = program("s3-denied-by-address")
    s3, root = client("s3"), client("iam", None)
    assert denied(s3.list_objects_v2, Bucket="reports").endswith(BECAUSE.format("s3:ListBucket"))
    me = client("sts").get_caller_identity()["Arn"]
    entry = {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["203.0.113.9"], "ContextKeyType": "ip"}
    [found] = root.simulate_principal_policy(
        PolicySourceArn=me,
        ActionNames=["s3:ListBucket"],
        ResourceArns=["arn:aws:s3:::reports"],
        ContextEntries=[entry],
    )["EvaluationResults"]
    assert found["EvalDecision"] == "allowed"
    assert found["MatchedStatements"][0]["SourcePolicyId"] == "user_lister_from-the-office"
    healed = document(statement(action="s3:ListBucket"))
    root.put_user_policy(UserName="lister", PolicyName="from-the-office", PolicyDocument=healed)
    assert s3.list_objects_v2(Bucket="reports")["KeyCount"] == 1
    control.assert_verified()


def test_credentials_that_end(program, control):
    """Program 10: the session ends, is noticed by its code, and is opened anew."""
    env, client = program("credentials-that-end")
    sts, role = client("sts"), {"RoleArn": env["WRITER"], "RoleSessionName": "one"}
    put = {"Bucket": "reports", "Key": "k", "Body": b"x"}
    first = sts.assume_role(**role)["Credentials"]
    client("s3", first).put_object(**put)
    control.advance("1h")
    assert refused(client("s3", first).put_object, **put).response["Error"]["Code"] == "ExpiredToken"
    client("s3", sts.assume_role(**role)["Credentials"]).put_object(**put)
    status, report = control.verify()
    assert status == 200, json.dumps(report, indent=1)
