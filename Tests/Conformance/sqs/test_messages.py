# SPDX-License-Identifier: Apache-2.0
"""Messages of standard queues: sent, received, made visible, deleted; one by one and in batches."""

import hashlib
import uuid

import pytest

from .asking import OLD, attribute, bodies, counts, digest, received, refused

LARGEST = 1_048_576


def text(value, kind="String"):
    return {"DataType": kind, "StringValue": value}


def test_a_message_comes_and_goes(sqs, queue, clock):
    url = queue()
    attributes = {
        "b.long-name_1": text("x"), "a": {"DataType": "Binary.png", "BinaryValue": b"\0\1"},
        "c": text("-1.5e3", "Number.int"),
    }  # fmt: skip
    trace = {"AWSTraceHeader": text("Root=1-5759e988-bd862e3fe1be46a994272793")}
    sent = sqs.send_message(
        QueueUrl=url, MessageBody="hello", MessageAttributes=attributes, MessageSystemAttributes=trace
    )
    assert sent["MD5OfMessageBody"] == hashlib.md5(b"hello").hexdigest()
    assert sent["MD5OfMessageAttributes"] == digest(attributes)
    assert sent["MD5OfMessageSystemAttributes"] == digest(trace)
    assert str(uuid.UUID(sent["MessageId"])) == sent["MessageId"] and "SequenceNumber" not in sent
    clock(2)
    (message,) = received(sqs, url, MessageAttributeNames=["All"], AttributeNames=["All"])
    assert message["MessageId"] == sent["MessageId"] and message["MD5OfBody"] == sent["MD5OfMessageBody"]
    assert message["MessageAttributes"] == attributes and message["MD5OfMessageAttributes"] == digest(attributes)
    assert message["Attributes"] == {
        "SenderId": message["Attributes"]["SenderId"], "ApproximateReceiveCount": "1",
        "SentTimestamp": "1772366400000", "ApproximateFirstReceiveTimestamp": "1772366402000",
        "AWSTraceHeader": trace["AWSTraceHeader"]["StringValue"],
    }  # fmt: skip
    assert received(sqs, url) == [] and counts(sqs, url) == [0, 1, 0]
    clock(30)
    (again,) = received(sqs, url, AttributeNames=["ApproximateReceiveCount"])
    assert again["Attributes"] == {"ApproximateReceiveCount": "2"} and "MessageAttributes" not in again
    assert again["ReceiptHandle"] != message["ReceiptHandle"]
    # The older handle deletes nothing any more; the newer one does, as often as it is tried.
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert counts(sqs, url) == [0, 1, 0]
    for _ in range(2):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
    assert counts(sqs, url) == [0, 0, 0]


@pytest.mark.parametrize(
    ("asked", "names"), [(["a"], "a"), (["a.*"], "ab"), ([".*"], "abc"), (["d"], ""), (["All"], "abc")]
)
def test_the_attributes_that_were_asked_for(sqs, queue, asked, names):
    url, whole = queue(), {"a": "a.1", "b": "a.2", "c": "b"}
    sqs.send_message(QueueUrl=url, MessageBody="m", MessageAttributes={whole[each]: text(each) for each in whole})
    wanted = {whole[each]: text(each) for each in names}
    (message,) = received(sqs, url, MessageAttributeNames=["a.1" if each == "a" else each for each in asked])
    assert message.get("MessageAttributes", {}) == wanted
    assert message.get("MD5OfMessageAttributes") == (digest(wanted) if wanted else None)


def many(count):
    return {str(number): text("x") for number in range(count)}


LETTERS = "the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | "
TOO_LONG = f"One or more parameters are invalid. Reason: Message must be shorter than {LARGEST} bytes."
THAT_CANNOT_BE = [
    ({"MessageBody": ""}, "MissingParameter", "The request must contain the parameter MessageBody."),
    ({"MessageBody": "\x01"}, "InvalidMessageContents", LETTERS),
    ({"MessageBody": "\uffff"}, "InvalidMessageContents", LETTERS),
    ({"MessageBody": "x" * (LARGEST + 1)}, "InvalidParameterValue", TOO_LONG),
    ({"MessageBody": "x" * (LARGEST - 7), "MessageAttributes": {"a": text("x")}}, "InvalidParameterValue", TOO_LONG),
    ({"DelaySeconds": 901}, "InvalidParameterValue", "Reason: DelaySeconds must be >= 0 and <= 900."),
    ({"DelaySeconds": -1}, "InvalidParameterValue", "Value -1 for parameter DelaySeconds is invalid."),
    ({"MessageDeduplicationId": "d"}, "InvalidParameterValue", "not valid for this queue type."),
    ({"MessageGroupId": "a b"}, "InvalidParameterValue", "alphanumeric and punctuation characters. 1 to 128 in"),
    (
        {"MessageAttributes": many(11)},
        "InvalidParameterValue",
        "Number of message attributes [11] exceeds the allowed maximum [10].",
    ),
    (
        {"MessageSystemAttributes": {"Colour": text("x")}},
        "InvalidParameterValue",
        "Message system attribute name 'Colour' is invalid.",
    ),
    (
        {"MessageSystemAttributes": {"AWSTraceHeader": text("1", "Number")}},
        "InvalidParameterValue",
        "message system attribute 'AWSTraceHeader'",
    ),
]
ATTRIBUTES = [
    ("a", text("x", "Text"), "'a' has an invalid message attribute type, the set of supported type prefixes is"),
    ("a", text("x", "string"), "the set of supported type prefixes is Binary, Number, and String."),
    ("a", text("x", ""), "The message attribute 'a' must contain non-empty message attribute type."),
    ("a", text("x", "Number"), "Can't cast the value of message attribute 'a' to a number."),
    *(
        ("a", text(wrong, "Number"), "Can't cast the value of message attribute 'a' to a number.")
        for wrong in ("0x10", "nan", "inf", " 5", "1e127", "1e-129", "1e-999", "1.2.3", ".", "-", "1e", "1e1.5", "+-1")
    ),
    ("a", {"DataType": "String"}, "Message (user) attribute 'a' must contain a non-empty value of type 'String'."),
    ("a", text(""), "Message (user) attribute 'a' must contain a non-empty value of type 'String'."),
    ("a", {"DataType": "Binary", "StringValue": "x"}, "must contain a non-empty value of type 'Binary'."),
    ("a", {"DataType": "Binary", "BinaryValue": b""}, "must contain a non-empty value of type 'Binary'."),
    ("a b", text("x"), "Invalid non-alphanumeric character '#x20' was found in the message attribute name."),
    ("é", text("x"), "Invalid non-alphanumeric character '#xE9' was found in the message attribute name."),
    (".a", text("x"), "Invalid message attribute name starting with character '.' was found."),
    ("a.", text("x"), "Invalid message attribute name ending with character '.' was found."),
    ("a..b", text("x"), "Message attribute name can not have successive '.' character."),
    ("aWs.x", text("x"), "Invalid message attribute name starting with 'AWS.' was found."),
    ("Amazon.x", text("x"), "Invalid message attribute name starting with 'Amazon.' was found."),
    ("a" * 257, text("x"), "Length of message attribute name must be less than 256 bytes."),
    ("a", text("x", "String."), "the set of supported type prefixes is Binary, Number, and String."),
    ("a", text("x", "String." + "y" * 250), "message attribute type"),
]
THAT_CANNOT_BE += [({"MessageAttributes": {name: value}}, "InvalidParameterValue", said)
                   for name, value, said in ATTRIBUTES]  # fmt: skip


@pytest.mark.parametrize(("more", "code", "said"), THAT_CANNOT_BE, ids=lambda value: str(value)[:40])
def test_a_message_that_cannot_be(sqs, queue, more, code, said):
    url = queue()
    assert said in refused(code, sqs.send_message, **{"QueueUrl": url, "MessageBody": "m"} | more)
    entry = {"Id": "a", "MessageBody": "m"} | more
    if len(entry["MessageBody"]) < LARGEST - 100:
        answer = sqs.send_message_batch(QueueUrl=url, Entries=[entry, {"Id": "b", "MessageBody": "m"}])
        (failed,) = answer["Failed"]
        assert (failed["Id"], failed["Code"], failed["SenderFault"]) == ("a", code, True) and said in failed["Message"]
        assert [each["Id"] for each in answer["Successful"]] == ["b"]
    assert counts(sqs, url) in ([0, 0, 0], [1, 0, 0])


def test_the_largest_message(sqs, queue):
    url = queue(MaximumMessageSize="1024")
    sqs.send_message(QueueUrl=url, MessageBody="x" * 1017)
    sqs.send_message(QueueUrl=url, MessageBody="x" * 1016, MessageAttributes={"a": text("b")})
    refused(
        "InvalidParameterValue", sqs.send_message, QueueUrl=url, MessageBody="x" * 1017,
        MessageAttributes={"a": text("b")},
    )  # fmt: skip
    # Bytes count, not letters; a system attribute counts nothing.
    refused("InvalidParameterValue", sqs.send_message, QueueUrl=url, MessageBody="é" * 513)
    trace = {"AWSTraceHeader": text("Root=1")}
    sqs.send_message(QueueUrl=url, MessageBody="é" * 512, MessageSystemAttributes=trace)
    whole = queue("whole")
    sqs.send_message(QueueUrl=whole, MessageBody="x" * LARGEST)
    assert [len(body) for body in bodies(sqs, whole)] == [LARGEST]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"MaxNumberOfMessages": 11}, "Must be between 1 and 10, if provided."),
        ({"MaxNumberOfMessages": 0}, "Value 0 for parameter MaxNumberOfMessages is invalid."),
        ({"WaitTimeSeconds": 21}, "Must be >= 0 and <= 20, if provided."),
        ({"VisibilityTimeout": 43201}, "Must be >= 0 and <= 43200, if provided."),
        ({"ReceiveRequestAttemptId": "a"}, "not valid for this queue type."),
    ],
)
def test_what_cannot_be_received(sqs, queue, more, said):
    assert said in refused("InvalidParameterValue", sqs.receive_message, QueueUrl=queue(), **more)


def test_an_attribute_that_no_message_has(sqs, queue):
    said = refused("InvalidAttributeName", sqs.receive_message, QueueUrl=queue(), AttributeNames=["Colour"])
    assert said == "Unknown Attribute Colour."


def test_delays_and_retention(sqs, queue, clock):
    url = queue(DelaySeconds="5", MessageRetentionPeriod="60")
    sqs.send_message(QueueUrl=url, MessageBody="late")
    sqs.send_message(QueueUrl=url, MessageBody="now", DelaySeconds=0)
    assert counts(sqs, url) == [1, 0, 1] and bodies(sqs, url, VisibilityTimeout=0) == ["now"]
    clock(5)
    assert bodies(sqs, url, VisibilityTimeout=0)[0] in ("late", "now") and counts(sqs, url) == [2, 0, 0]
    clock(55)
    assert bodies(sqs, url) == [] and counts(sqs, url) == [0, 0, 0]


def test_visibility_is_changed(sqs, queue, clock):
    url = queue(VisibilityTimeout="10")
    sqs.send_message(QueueUrl=url, MessageBody="m")
    (message,) = received(sqs, url)
    receipt = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
    sqs.change_message_visibility(**receipt, VisibilityTimeout=100)
    clock(99)
    assert bodies(sqs, url) == []
    said = refused("InvalidParameterValue", sqs.change_message_visibility, **receipt, VisibilityTimeout=43200)
    assert said.endswith("Total VisibilityTimeout for the message is beyond the limit [43200 seconds]")
    assert "0 and 43200" in refused(
        "InvalidParameterValue", sqs.change_message_visibility, **receipt, VisibilityTimeout=43201
    )
    sqs.change_message_visibility(**receipt, VisibilityTimeout=0)
    # The last receipt still counts when its time is over.
    sqs.change_message_visibility(**receipt, VisibilityTimeout=1)
    assert bodies(sqs, url) == [] and counts(sqs, url) == [0, 1, 0]
    clock(1)
    (message,) = received(sqs, url)
    # That of the receipt before does not.
    said = refused(f"{OLD}MessageNotInflight", sqs.change_message_visibility, **receipt, VisibilityTimeout=1)
    assert said.endswith("Message does not exist or is not available for visibility timeout change.")
    receipt["ReceiptHandle"] = message["ReceiptHandle"]
    sqs.delete_message(**receipt)
    said = refused("InvalidParameterValue", sqs.change_message_visibility, **receipt, VisibilityTimeout=1)
    assert said.endswith("Message does not exist or is not available for visibility timeout change.")


def test_handles_of_nothing(sqs, queue):
    url, other = queue(), queue("other")
    sqs.send_message(QueueUrl=other, MessageBody="m")
    (message,) = received(sqs, other)
    for handle in ("handle", message["ReceiptHandle"], message["ReceiptHandle"][:-4] + "AAAA"):
        said = refused("ReceiptHandleIsInvalid", sqs.delete_message, QueueUrl=url, ReceiptHandle=handle)
        assert said == f'The input receipt handle "{handle}" is not a valid receipt handle.'
        refused(
            "ReceiptHandleIsInvalid", sqs.change_message_visibility, QueueUrl=url, ReceiptHandle=handle,
            VisibilityTimeout=1,
        )  # fmt: skip


def test_batches(sqs, queue):
    url = queue()
    entries = [{"Id": str(number), "MessageBody": f"m{number}"} for number in range(10)]
    sent = sqs.send_message_batch(QueueUrl=url, Entries=entries)
    assert [each["Id"] for each in sent["Successful"]] == [each["Id"] for each in entries] and "Failed" not in sent
    messages = received(sqs, url)
    assert {each["MessageId"] for each in messages} == {each["MessageId"] for each in sent["Successful"]}
    receipts = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(messages)]
    changes = [receipts[0] | {"VisibilityTimeout": 60}, receipts[1] | {"VisibilityTimeout": 43201}]
    changes += [{"Id": "x", "ReceiptHandle": "no", "VisibilityTimeout": 1}]
    changed = sqs.change_message_visibility_batch(QueueUrl=url, Entries=changes)
    assert [each["Id"] for each in changed["Successful"]] == ["0"]
    failed = [(each["Id"], each["Code"], each["SenderFault"]) for each in changed["Failed"]]
    assert failed == [("1", "InvalidParameterValue", True), ("x", "ReceiptHandleIsInvalid", True)]
    deleted = sqs.delete_message_batch(QueueUrl=url, Entries=[*receipts[:9], {"Id": "x", "ReceiptHandle": "no"}])
    assert len(deleted["Successful"]) == 9
    assert [(each["Id"], each["Code"]) for each in deleted["Failed"]] == [("x", "ReceiptHandleIsInvalid")]
    assert counts(sqs, url) == [0, 1, 0]


BATCHES = {
    "send_message_batch": ("SendMessageBatchRequestEntry", {"MessageBody": "m"}),
    "delete_message_batch": ("DeleteMessageBatchRequestEntry", {"ReceiptHandle": "h"}),
    "change_message_visibility_batch": (
        "ChangeMessageVisibilityBatchRequestEntry",
        {"ReceiptHandle": "h", "VisibilityTimeout": 1},
    ),
}


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_that_cannot_be(sqs, queue, name):
    url, (shape, entry) = queue(), BATCHES[name]

    def entries(*ids):
        return [{"Id": each} | entry for each in ids]

    for ids, code, said in [
        ([], "EmptyBatchRequest", f"There should be at least one {shape} in the request."),
        (map(str, range(11)), "TooManyEntriesInBatchRequest",
         "Maximum number of entries per request are 10. You have sent 11."),
        (["a", "b", "a"], "BatchEntryIdsNotDistinct", "Id a repeated."),
        (["a.b"], "InvalidBatchEntryId", None), (["x" * 81], "InvalidBatchEntryId", None),
        ([""], "InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and "
         "underscores. It can be at most 80 letters long."),
    ]:  # fmt: skip
        told = refused(OLD + code, getattr(sqs, name), QueueUrl=url, Entries=entries(*ids))
        assert said is None or told == said
    assert attribute(sqs, url, "ApproximateNumberOfMessages") == "0"


def test_a_batch_that_is_too_long(sqs, queue):
    url = queue()
    half = "x" * (LARGEST // 2)
    more = {"MessageAttributes": {"a": {"DataType": "Binary", "BinaryValue": b"x"}}}
    for extra, size in [({"MessageBody": half + "x"}, LARGEST + 1), (more, LARGEST + 8)]:
        entries = [{"Id": "a", "MessageBody": half}, {"Id": "b", "MessageBody": half} | extra]
        said = refused(f"{OLD}BatchRequestTooLong", sqs.send_message_batch, QueueUrl=url, Entries=entries)
        assert said == f"Batch requests cannot be longer than {LARGEST} bytes. You have sent {size} bytes."
    sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": name, "MessageBody": half} for name in "ab"])
