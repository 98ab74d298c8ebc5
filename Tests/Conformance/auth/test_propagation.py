# SPDX-License-Identifier: Apache-2.0
"""Changes of IAM that take effect late, where calls are judged: keys, policies, trust, each by the sandbox's clock."""

import pytest

from .asking import BECAUSE, client_of, denied, document, refused, statement

LONGEST = 10


@pytest.fixture
def late(endpoint, control):
    """Clients of a sandbox whose changes take up to ten seconds."""
    control.freeze()
    options = {"auth": "enforce", "propagation": {"iam": f"{LONGEST}s"}}
    control.load({"scenario": "late", "seed": 5, "options": options})
    return lambda service, *key: client_of(endpoint, service, *key)


@pytest.fixture
def wait(control):
    return lambda seconds=LONGEST: control.advance(f"{seconds}s")


@pytest.fixture
def key(late):
    late("iam").create_user(UserName="beep")
    return late("iam").create_access_key(UserName="beep")["AccessKey"]


def test_a_new_key(late, wait, key):
    for seconds in (0, 4):
        wait(seconds)
        for service, call, code in (
            ("sts", "get_caller_identity", "InvalidClientTokenId"),
            ("s3", "list_buckets", "InvalidAccessKeyId"),
            ("kinesis", "list_streams", "UnrecognizedClientException"),
        ):
            assert refused(getattr(late(service, key), call)).response["Error"]["Code"] == code
    wait()
    assert late("sts", key).get_caller_identity()["Arn"].endswith(":user/beep")


def test_policies_come_and_go(late, wait, key):
    wait()
    iam, sqs = late("iam"), late("sqs", key)
    own = {"UserName": "beep", "PolicyName": "own"}
    iam.put_user_policy(**own, PolicyDocument=document(statement(action="sqs:*")))
    assert denied(sqs.list_queues).endswith(BECAUSE.format("sqs:listqueues"))
    wait(4)
    denied(sqs.list_queues)
    wait()
    sqs.list_queues()
    iam.delete_user_policy(**own)
    sqs.list_queues()
    wait()
    denied(sqs.list_queues)


def test_reading_hastens_and_delays_nothing(late, wait, key):
    wait()
    iam, sqs = late("iam"), late("sqs", key)
    iam.create_group(GroupName="crew")
    iam.put_group_policy(
        GroupName="crew", PolicyName="own", PolicyDocument=document(statement(action="sqs:ListQueues"))
    )
    iam.add_user_to_group(GroupName="crew", UserName="beep")
    for _ in range(3):
        # IAM itself shows what it was told.
        assert iam.list_groups_for_user(UserName="beep")["Groups"]
        denied(sqs.list_queues)
    wait()
    sqs.list_queues()


def test_a_role_s_trust_and_rights(late, wait):
    iam, sts = late("iam"), late("sts")
    trust = {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName="worker", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    assume = {"RoleArn": role, "RoleSessionName": "one"}
    denied(sts.assume_role, **assume)
    wait()
    session = sts.assume_role(**assume)["Credentials"]
    # A session's keys are there at once; what is attached to its role is not.
    assert late("sts", session).get_caller_identity()["Arn"].endswith("/one")
    iam.attach_role_policy(RoleName="worker", PolicyArn="arn:aws:iam::aws:policy/AmazonSQSFullAccess")
    denied(late("sqs", session).list_queues)
    wait()
    late("sqs", session).list_queues()
    iam.update_assume_role_policy(
        RoleName="worker", PolicyDocument=document(trust | {"Principal": {"Service": "ec2.amazonaws.com"}})
    )
    assert sts.assume_role(**assume)["Credentials"]
    wait()
    denied(sts.assume_role, **assume)
