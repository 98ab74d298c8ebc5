# SPDX-License-Identifier: Apache-2.0
"""What tests of queues ask for often."""

import hashlib

import pytest
from botocore.exceptions import ClientError

from harness.clients import ACCOUNT, REGION

# From AWS's own model of SQS: what is not here is 400.
STATUS = {
    "OverLimit": 403,
    "AWS.SimpleQueueService.PurgeQueueInProgress": 403,
    "ReceiptHandleIsInvalid": 404,
    "InvalidAddress": 404,
    "ResourceNotFoundException": 404,
}
OLD = "AWS.SimpleQueueService."


def arn(name, region=REGION):
    return f"arn:aws:sqs:{region}:{ACCOUNT}:{name}"


def refused(code, call, **parameters):
    """The message of the refusal, whose code, status and side are as they should be."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error, more = caught.value.response["Error"], caught.value.response["ResponseMetadata"]
    assert error["Code"] == code, error
    assert more["HTTPStatusCode"] == STATUS.get(code, 400) and error.get("Type", "Sender") == "Sender", error
    return error["Message"]


def received(sqs, url, **more):
    """At most ten messages."""
    return sqs.receive_message(QueueUrl=url, **{"MaxNumberOfMessages": 10} | more).get("Messages", [])


def bodies(sqs, url, **more):
    return [message["Body"] for message in received(sqs, url, **more)]


def attribute(sqs, url, name):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"].get(name)


def counts(sqs, url):
    """How many can be received, are in flight, and are delayed."""
    names = ["", "NotVisible", "Delayed"]
    return [int(attribute(sqs, url, f"ApproximateNumberOfMessages{name}")) for name in names]


def digest(attributes):
    """The MD5 of message attributes, by the Developer Guide's recipe."""
    whole = b""

    def add(part):
        nonlocal whole
        whole += len(part).to_bytes(4, "big") + part

    for name in sorted(attributes):
        value = attributes[name]
        add(name.encode())
        add(value["DataType"].encode())
        is_binary = "BinaryValue" in value
        whole += b"\2" if is_binary else b"\1"
        add(value["BinaryValue"] if is_binary else value["StringValue"].encode())
    return hashlib.md5(whole).hexdigest()
