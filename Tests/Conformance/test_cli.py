# SPDX-License-Identifier: Apache-2.0
"""The AWS command line: its error line, its exit status, and success."""

import functools
import json
import re
import subprocess

import pytest

from harness import commandline
from harness.server import FIXTURES

# An error that the service returned: 254 from version 2 of the command line, 255 from version 1, which PyPI has.
VERSION = subprocess.run([commandline.AWS, "--version"], capture_output=True, text=True).stdout
REFUSED = 254 if VERSION.startswith("aws-cli/2") else 255
QUEUE = "http://localhost/123456789012/orders"


@pytest.fixture
def aws(endpoint, tmp_path):
    return functools.partial(commandline.aws, endpoint, tmp_path)


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
    retried = r"( \(reached max retries: 0\))?"
    line = rf"An error occurred \({re.escape(code)}\) when calling the {operation} operation{retried}: told by the test"
    assert re.search(line, result.stderr), result.stderr
    assert result.returncode == REFUSED


def test_s3_commands_fail_too(control, aws, tmp_path):
    control.rules({"match": "s3.*", "error": "AccessDenied"})
    listed = aws("s3", "ls", "s3://orders")
    assert "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied" in listed.stderr
    assert listed.returncode == REFUSED
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


def test_a_batch_that_fails_in_part_is_a_success(control, aws):
    control.load(FIXTURES / "partial" / "sqs-batch-fails-in-part.yaml")
    entries = json.dumps([{"Id": name, "MessageBody": name} for name in "abcd"])
    done = aws("sqs", "send-message-batch", "--queue-url", QUEUE, "--entries", entries)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert [entry["Id"] for entry in answer["Successful"]] == ["a", "c"]
    failed = [(entry["Id"], entry["Code"]) for entry in answer["Failed"]]
    assert failed == [("b", "InternalError"), ("d", "InternalError")]


def test_a_message_comes_through_a_queue(control, aws):
    control.queues("orders")
    sent = aws("sqs", "send-message", "--queue-url", QUEUE, "--message-body", "hello")
    assert sent.returncode == 0, sent.stderr
    got = aws("sqs", "receive-message", "--queue-url", QUEUE, "--attribute-names", "SentTimestamp")
    (message,) = json.loads(got.stdout)["Messages"]
    assert message["MessageId"] == json.loads(sent.stdout)["MessageId"] and message["Attributes"]["SentTimestamp"]
