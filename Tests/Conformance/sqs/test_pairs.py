# SPDX-License-Identifier: Apache-2.0
"""Each error that the model gives an operation of SQS: caused by state, or named with the reason why none causes it."""

from types import SimpleNamespace

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from harness import clients, completeness
from harness.model import facts, service_model

from .asking import arn, received, refused
from .test_queues import ON_A_QUEUE, redrive

KEY = "alias/orders"
KMS = {
    "KmsDisabled": "disabled",
    "KmsInvalidState": "pendingDeletion",
    "KmsNotFound": "missing",
    "KmsAccessDenied": "denied",
    "KmsThrottled": "throttled",
    "KmsOptInRequired": "notSubscribed",
    "KmsInvalidKeyUsage": "wrongUsage",
}
RATED = ["ChangeMessageVisibility", "DeleteMessage", "ReceiveMessage", "SendMessage"]
RATED += [f"{name}Batch" for name in RATED if name != "ReceiveMessage"]
BATCHES = {
    "ChangeMessageVisibilityBatch": {"ReceiptHandle": "h", "VisibilityTimeout": 1},
    "DeleteMessageBatch": {"ReceiptHandle": "h"},
    "SendMessageBatch": {"MessageBody": "m"},
}


@pytest.fixture
def world(control, endpoint):
    """A queue under a clock that stands still, and what makes its state."""
    control.freeze()
    api = clients.client(endpoint, "sqs")

    def options(**more):
        control.load({"scenario": "causes", "options": more})

    def queue(name="other", **attributes):
        return api.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]

    def send(url):
        api.send_message(QueueUrl=url, MessageBody="m")

    def receipt(url):
        send(url)
        return api.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"]

    return SimpleNamespace(
        api=api, options=options, queue=queue, send=send, receipt=receipt, url=queue("orders"), endpoint=endpoint
    )


def of(world, **more):
    return {"QueueUrl": world.url} | more


def entries(world, operation, ids):
    return of(world, Entries=[{"Id": name} | BATCHES[operation] for name in ids])


def throttled(world, operation):
    """The second call of the second."""
    world.options(quotas={f"sqs.fifo{operation}": "1/s"})
    world.url = world.queue("q.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    asked = of(world, **ON_A_QUEUE[xform_name(operation)])
    try:
        clients.method(world.api, operation)(**asked)
    except ClientError as error:
        assert error.response["Error"]["Code"] != "RequestThrottled"
    return asked


def encrypted(world, operation, state):
    """A queue with a message in it, and a key that came to be unusable."""
    world.url = world.queue("secret", KmsMasterKeyId=f"arn:aws:kms:us-east-1:123456789012:{KEY}")
    world.send(world.url)
    world.options(kms={KEY: state})
    return of(world, **ON_A_QUEUE[xform_name(operation)])


def full(world):
    world.options(delivery={"inFlight": 1})
    world.receipt(world.url)
    world.send(world.url)
    return of(world)


def taken_again(world):
    """The receipt is not the message's last."""
    handle = world.receipt(world.url)
    world.api.change_message_visibility(QueueUrl=world.url, ReceiptHandle=handle, VisibilityTimeout=0)
    world.api.receive_message(QueueUrl=world.url)
    return of(world, ReceiptHandle=handle, VisibilityTimeout=1)


def again(world, call, **more):
    call(**more)
    return more


def deleted(world):
    world.api.delete_queue(QueueUrl=world.url)
    return {"QueueName": "orders"}


def moving(world):
    """A task that takes its time: its source, and its handle."""
    world.queue(RedrivePolicy=redrive("orders"))
    world.queue("third")
    for _ in range(3):
        world.send(world.url)
    task = {"SourceArn": arn("orders"), "DestinationArn": arn("third"), "MaxNumberOfMessagesPerSecond": 1}
    return task, world.api.start_message_move_task(**task)["TaskHandle"]


def cancelled(world):
    _, handle = moving(world)
    return again(world, world.api.cancel_message_move_task, TaskHandle=handle)


LIST = {"MessageAttributes": {"a": {"DataType": "String", "StringListValues": ["b"]}}}
CAUSES = {
    ("AddPermission", "OverLimit"): lambda w: of(
        w, Label="l", AWSAccountIds=["123456789012"], Actions=["SendMessage"] * 8
    ),
    ("CancelMessageMoveTask", "ResourceNotFoundException"): lambda w: {"TaskHandle": "none"},
    ("CancelMessageMoveTask", "UnsupportedOperation"): cancelled,
    ("ChangeMessageVisibility", "MessageNotInflight"): taken_again,
    ("ChangeMessageVisibility", "ReceiptHandleIsInvalid"): lambda w: of(w, ReceiptHandle="h", VisibilityTimeout=1),
    ("CreateQueue", "QueueDeletedRecently"): deleted,
    ("CreateQueue", "QueueNameExists"): lambda w: {"QueueName": "orders", "Attributes": {"DelaySeconds": "9"}},
    ("CreateQueue", "InvalidAttributeName"): lambda w: {"QueueName": "q", "Attributes": {"Colour": "red"}},
    ("CreateQueue", "InvalidAttributeValue"): lambda w: {"QueueName": "q", "Attributes": {"DelaySeconds": "901"}},
    ("DeleteMessage", "ReceiptHandleIsInvalid"): lambda w: of(w, ReceiptHandle="h"),
    ("GetQueueAttributes", "InvalidAttributeName"): lambda w: of(w, AttributeNames=["Colour"]),
    ("GetQueueUrl", "QueueDoesNotExist"): lambda w: {"QueueName": "none"},
    ("ListMessageMoveTasks", "ResourceNotFoundException"): lambda w: {"SourceArn": arn("none")},
    ("PurgeQueue", "PurgeQueueInProgress"): lambda w: again(w, w.api.purge_queue, **of(w)),
    ("ReceiveMessage", "OverLimit"): full,
    ("SendMessage", "InvalidMessageContents"): lambda w: of(w, MessageBody="\x01"),
    ("SendMessage", "UnsupportedOperation"): lambda w: of(w, MessageBody="m", **LIST),
    ("SendMessageBatch", "BatchRequestTooLong"): lambda w: of(
        w, Entries=[{"Id": name, "MessageBody": "m" * 524_289} for name in "ab"]
    ),
    ("SetQueueAttributes", "InvalidAttributeName"): lambda w: of(w, Attributes={"Colour": "red"}),
    ("SetQueueAttributes", "InvalidAttributeValue"): lambda w: of(w, Attributes={"DelaySeconds": "901"}),
    ("StartMessageMoveTask", "ResourceNotFoundException"): lambda w: {"SourceArn": arn("none")},
    ("StartMessageMoveTask", "UnsupportedOperation"): lambda w: moving(w)[0],
}
for operation in service_model("sqs").operation_names:
    if xform_name(operation) in ON_A_QUEUE:
        more = ON_A_QUEUE[xform_name(operation)]
        CAUSES[operation, "QueueDoesNotExist"] = lambda w, more=more: {"QueueUrl": f"{w.url}s"} | more
        CAUSES[operation, "InvalidAddress"] = lambda w, more=more: {"QueueUrl": "orders"} | more
for operation in RATED:
    CAUSES[operation, "RequestThrottled"] = lambda w, name=operation: throttled(w, name)
for operation in BATCHES:
    wrong = {
        "EmptyBatchRequest": "",
        "TooManyEntriesInBatchRequest": "abcdefghijk",
        "BatchEntryIdsNotDistinct": "aa",
        "InvalidBatchEntryId": "a.",
    }
    for code, ids in wrong.items():
        CAUSES[operation, code] = lambda w, name=operation, ids=ids: entries(w, name, ids)
for operation in ("ReceiveMessage", "SendMessage", "SendMessageBatch"):
    for code, state in KMS.items():
        CAUSES[operation, code] = lambda w, name=operation, state=state: encrypted(w, name, state)

# Error, operations or None for all that are left, reason.
REASONS = [
    ("InvalidSecurity", None, "plain HTTP is served, and what is wrong with a signature is told by other errors"),
    ("RequestThrottled", None, "AWS publishes no rate for it: a rule's to cause"),
    ("InvalidAddress", None, "it names no queue by an address"),
    ("UnsupportedOperation", None, "it does all that its parameters can ask for"),
    ("InvalidIdFormat", "DeleteMessage", "AWS says ReceiptHandleIsInvalid of every receipt handle that is none"),
    ("OverLimit", "SetQueueAttributes", "AWS publishes no limit that attributes within their ranges exceed"),
]


def test_every_pair_is_caused_or_has_its_reason():
    assert completeness.check("sqs", set(CAUSES), REASONS) == (163, len(CAUSES))


@pytest.mark.parametrize(("operation", "shape"), CAUSES)
def test_state_causes(world, operation, shape):
    parameters = CAUSES[operation, shape](world)
    with pytest.raises(ClientError) as caught:
        clients.method(world.api, operation)(**parameters)
    error, expected = caught.value, facts("sqs", shape)
    assert (error.response["Error"]["Code"], error.operation_name) == (expected.code, operation), error
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == expected.status
    assert error.response["Error"]["Message"]


def test_a_key_that_cannot_be_used(world):
    """Sending is refused at once; a poll is where there is something that it would have to decrypt."""
    url = world.queue("secret", KmsMasterKeyId=KEY)
    world.options(kms={KEY: "disabled"})
    text = refused("KMS.DisabledException", world.api.send_message, QueueUrl=url, MessageBody="m")
    assert text == f"arn:aws:kms:us-east-1:123456789012:{KEY} is disabled."
    assert "Messages" not in world.api.receive_message(QueueUrl=url)
    world.options()
    world.send(url)
    assert received(world.api, url)
