# SPDX-License-Identifier: Apache-2.0
"""People's programs about rights, by the AWS command line."""

import json

from .asking import ACCOUNT, BECAUSE, document, statement, told


def test_a_user_without_the_right(aws, user):
    """Program 6."""
    message = told(aws(user(), "iam", "create-user", "--user-name", "foobar"), "AccessDenied", "CreateUser")
    assert message == (
        f"User: arn:aws:iam::{ACCOUNT}:user/beep is not authorized to perform: iam:CreateUser on resource: "
        f"arn:aws:iam::{ACCOUNT}:user/foobar " + BECAUSE.format("iam:CreateUser")
    )


def test_an_address_that_the_policy_does_not_know(aws, user, make):
    """Program 9."""
    root = {"AccessKeyId": ACCOUNT, "SecretAccessKey": "test"}
    make("s3").create_bucket(Bucket="judged")
    elsewhere = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    key = user("lister", statement(action="s3:ListBucket", Condition=elsewhere))
    listing = ("s3api", "list-objects-v2", "--bucket", "judged")
    assert told(aws(key, *listing), "AccessDenied", "ListObjectsV2").endswith(BECAUSE.format("s3:ListBucket"))
    who = json.loads(aws(key, "sts", "get-caller-identity").stdout)
    assert who["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/lister"
    simulate = ("iam", "simulate-principal-policy", "--policy-source-arn", who["Arn"], "--action-names")
    simulate += ("s3:ListBucket", "--resource-arns", "arn:aws:s3:::judged", "--context-entries")
    entry = "ContextKeyName=aws:SourceIp,ContextKeyType=ip,ContextKeyValues={}".format
    query = ("--query", "EvaluationResults[].[EvalDecision, MatchedStatements[].SourcePolicyId | [0]]")
    for address, found in (("127.0.0.1", ["implicitDeny", None]), ("203.0.113.9", ["allowed", "user_lister_own"])):
        assert json.loads(aws(root, *simulate, entry(address), *query).stdout) == [found]
    healed = document(statement(action="s3:ListBucket"))
    put = ("iam", "put-user-policy", "--user-name", "lister", "--policy-name", "own", "--policy-document", healed)
    assert aws(root, *put).returncode == 0
    assert aws(key, *listing).returncode == 0
