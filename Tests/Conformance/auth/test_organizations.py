# SPDX-License-Identifier: Apache-2.0
"""Policies of an organisation, which a scenario gives: what they forbid, whom they do not touch, and why."""

import json

import pytest

from .asking import ACCOUNT, OTHER, client_of, denied, document, statement

SCP, RCP = "service control policy", "resource control policy"


@pytest.fixture
def organized(endpoint, control):
    """`organized(levels, denials=(), **more)`: enforcing, in an organisation with these policies."""

    def load(levels=(), denials=(), **more):
        organization = {"serviceControlPolicies": list(levels), "resourceControlPolicies": list(denials)} | more
        options = {"auth": "enforce", "organization": organization}
        control.demand("PUT", "scenarios/organized", {"scenario": "organized", "options": options})
        return lambda service, *key, **account: client_of(endpoint, service, *key, **account)

    return load


def policy(*statements):
    return json.loads(document(*statements))


def test_a_denial_holds_for_root_too(organized):
    make = organized([policy(statement("Deny", "s3:CreateBucket"))])
    assert denied(make("s3").create_bucket, Bucket="b") == (
        f"User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform: s3:CreateBucket on resource: "
        f'"arn:aws:s3:::b" with an explicit deny in a {SCP}'
    )
    make("sqs").create_queue(QueueName="q")


def test_each_level_must_allow(organized):
    make = organized(["FullAWSAccess", [policy(statement(action="s3:*")), policy(statement(action="iam:*"))]])
    make("s3").create_bucket(Bucket="levels")
    assert make("iam").list_users()["Users"] == []
    message = denied(make("sqs").create_queue, QueueName="q")
    assert message.endswith(f"because no {SCP} allows the sqs:createqueue action")


def test_what_is_allowed_is_not_given(organized):
    make = organized(["FullAWSAccess"])
    make("iam").create_user(UserName="beep")
    key = make("iam").create_access_key(UserName="beep")["AccessKey"]
    assert denied(make("sqs", key).list_queues).endswith(
        "because no identity-based policy allows the sqs:listqueues action"
    )


def test_the_management_account_is_free(organized):
    denial = policy(statement("Deny", "sqs:*"))
    make = organized([denial], [], managementAccount=ACCOUNT)
    make("sqs").create_queue(QueueName="q")
    message = denied(make("sqs", account=OTHER).create_queue, QueueName="q")
    assert message.endswith(f"with an explicit deny in a {SCP}")


def test_conditions_of_an_organization(organized):
    elsewhere = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}
    make = organized([policy(statement("Deny", NotAction="iam:*", action=None, Condition=elsewhere))])
    assert make("iam").list_users()["Users"] == []
    assert denied(make("kinesis").list_streams).endswith(f"with an explicit deny in a {SCP}")
    assert make("kinesis", region="eu-west-1").list_streams()["StreamNames"] == []


def test_resources_are_kept_from_others(organized):
    strangers = {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}
    denial = policy(statement("Deny", "s3:*", Principal="*", Condition=strangers))
    make = organized([], [denial])
    make("s3").create_bucket(Bucket="kept")
    make("s3").put_object(Bucket="kept", Key="k", Body=b"")
    open_policy = document(statement(action="s3:*", resource=["arn:aws:s3:::kept*"], Principal={"AWS": OTHER}))
    make("s3").put_bucket_policy(Bucket="kept", Policy=open_policy)
    # S3 tells those of other accounts no more.
    assert denied(make("s3", account=OTHER).get_object, Bucket="kept", Key="k") == "Access Denied"
    make("sqs", account=OTHER).create_queue(QueueName="q")


def test_a_queue_s_denial_names_the_policy(organized):
    denial = policy(statement("Deny", "sqs:SendMessage", Principal="*"))
    make = organized([], [denial])
    url = make("sqs").create_queue(QueueName="q")["QueueUrl"]
    message = denied(make("sqs").send_message, QueueUrl=url, MessageBody="m")
    assert message.endswith(f"with an explicit deny in a {RCP}")


def test_explain_names_the_level(organized, control):
    make = organized(["FullAWSAccess", policy(statement("Deny", "kinesis:*", Sid="NoStreams"))])
    denied(make("kinesis").list_streams)
    decision = control.demand("GET", "explain")["authorization"][-1]
    assert decision["decision"] == "explicitDeny" and decision["because"] == f"with an explicit deny in a {SCP}"
    assert (decision["by"]["kind"], decision["by"]["policy"], decision["by"]["sid"]) == (
        SCP,
        "level 2, policy 1",
        "NoStreams",
    )
