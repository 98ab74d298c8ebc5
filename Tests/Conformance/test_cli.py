# SPDX-License-Identifier: Apache-2.0
"""The AWS command line: its error line, its exit status, and success."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

AWS = str(Path(sys.executable).with_name("aws"))
QUEUE = "http://localhost/123456789012/orders"


@pytest.fixture
def aws(endpoint, tmp_path):
    def run(*arguments):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_PAGER": "",
        }
        return subprocess.run([AWS, *arguments], capture_output=True, text=True, env=environment, timeout=60)

    return run


ERRORS = [
    ("s3.GetBucketPolicy", "NoSuchBucketPolicy", ["s3api", "get-bucket-policy", "--bucket", "orders"]),
    ("s3.CreateBucket", "BucketAlreadyExists", ["s3api", "create-bucket", "--bucket", "orders"]),
    ("sqs.SendMessage", "InternalError", ["sqs", "send-message", "--queue-url", QUEUE, "--message-body", "m"]),
    ("sqs.GetQueueUrl", "AWS.SimpleQueueService.NonExistentQueue", ["sqs", "get-queue-url", "--queue-name", "q"]),
    ("kinesis.ListStreams", "LimitExceededException", ["kinesis", "list-streams"]),
    ("iam.CreateUser", "EntityAlreadyExists", ["iam", "create-user", "--user-name", "foobar"]),
    ("sts.GetCallerIdentity", "ExpiredToken", ["sts", "get-caller-identity"]),
    ("cognito-idp.GlobalSignOut", "NotAuthorizedException", ["cognito-idp", "global-sign-out", "--access-token", "1"]),
    (
        "cognito-identity.GetId",
        "ResourceNotFoundException",
        ["cognito-identity", "get-id", "--identity-pool-id", "us-east-1:01234567-89ab-cdef-0123-456789abcdef"],
    ),
]


@pytest.mark.parametrize("target,code,arguments", ERRORS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_error_line(control, aws, target, code, arguments):
    control.rules({"match": target, "error": {"code": code, "message": "told by the test"}})
    result = aws(*arguments)
    operation = target.split(".")[1]
    line = f"An error occurred ({code}) when calling the {operation} operation: told by the test"
    assert line in result.stderr
    assert result.returncode == 254


def test_s3_commands_fail_too(control, aws, tmp_path):
    control.rules({"match": "s3.*", "error": "AccessDenied"})
    listed = aws("s3", "ls", "s3://orders")
    assert "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied" in listed.stderr
    assert listed.returncode == 254
    copied = aws("s3", "cp", "s3://orders/k", str(tmp_path / "k"))
    assert "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden" in copied.stderr
    assert copied.returncode == 1
    removed = aws("s3", "rm", "s3://orders/k")
    assert "An error occurred (AccessDenied) when calling the DeleteObject operation: Access Denied" in removed.stderr


def test_success(control, aws):
    arn = "arn:aws:sts::123456789012:assumed-role/r/s"
    answer = {"UserId": "AROAEXAMPLE:s", "Account": "123456789012", "Arn": arn}
    control.rules({"match": "sts.GetCallerIdentity", "respond": answer})
    result = aws("sts", "get-caller-identity")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == answer
