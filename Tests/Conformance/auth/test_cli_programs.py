# SPDX-License-Identifier: Apache-2.0
"""People's programs about rights and credentials, by the AWS command line."""

import json
import os
import subprocess

import pytest
from harness import commandline

from .asking import ACCOUNT, BECAUSE, document, statement

# Version 2's status, and version 1's as PyPI has it.
REFUSED = (254, 255)


@pytest.fixture
def aws(endpoint, tmp_path, make):
    """`aws(credentials, *arguments)`: what the command line says in a sandbox that enforces."""

    def run(key, *arguments):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_PAGER": "",
        }
        if key.get("SessionToken"):
            environment["AWS_SESSION_TOKEN"] = key["SessionToken"]
        command = [commandline.AWS, "--endpoint-url", endpoint, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)

    return run


def told(done, code, operation):
    """The message of a refusal."""
    assert done.returncode in REFUSED, done
    start = f"An error occurred ({code}) when calling the {operation} operation: "
    assert done.stderr.strip().startswith(start), done.stderr
    return done.stderr.strip().removeprefix(start)


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
    for address, found in (("127.0.0.1", ["implicitDeny", None]), ("203.0.113.9", ["allowed", "own"])):
        assert json.loads(aws(root, *simulate, entry(address), *query).stdout) == [found]
    healed = document(statement(action="s3:ListBucket"))
    put = ("iam", "put-user-policy", "--user-name", "lister", "--policy-name", "own", "--policy-document", healed)
    assert aws(root, *put).returncode == 0
    assert aws(key, *listing).returncode == 0


def test_credentials_that_no_longer_hold(aws, user, make, control):
    """Program 10."""
    trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    role = make("iam").create_role(RoleName="worker", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    key = user("worker", statement(action="sts:AssumeRole"))
    given = aws(key, "sts", "assume-role", "--role-arn", role, "--role-session-name", "one")
    session = json.loads(given.stdout)["Credentials"]
    assert aws(session, "sts", "get-caller-identity").returncode == 0
    control.advance("3601s")
    told(aws(session, "sts", "get-caller-identity"), "ExpiredToken", "GetCallerIdentity")
    told(aws(session, "s3api", "list-buckets"), "ExpiredToken", "ListBuckets")
    told(aws(session, "kinesis", "list-streams"), "ExpiredTokenException", "ListStreams")
    told(aws(key | {"SessionToken": "stale"}, "iam", "get-user"), "InvalidClientTokenId", "GetUser")
    wrong = key | {"SecretAccessKey": "other"}
    told(aws(wrong, "sts", "get-caller-identity"), "SignatureDoesNotMatch", "GetCallerIdentity")
