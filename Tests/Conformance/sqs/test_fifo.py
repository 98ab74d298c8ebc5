# SPDX-License-Identifier: Apache-2.0
"""FIFO queues: groups, deduplication, attempts to receive."""

import pytest

from .asking import bodies, counts, received, refused


@pytest.fixture
def send(sqs):
    def send(url, body, group="g", **more):
        return sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group, **more)

    return send


def test_groups_are_in_order_and_one_batch_at_a_time(sqs, queue, send, clock):
    url = queue("q.fifo", ContentBasedDeduplication="true")
    sent = [send(url, body, group) for body, group in [("a1", "a"), ("b1", "b"), ("a2", "a"), ("a3", "a")]]
    numbers = [each["SequenceNumber"] for each in sent]
    assert numbers == sorted(numbers) and all(len(each) == 20 for each in numbers)
    first = received(sqs, url, MaxNumberOfMessages=2, AttributeNames=["All"])
    # As many of one group as there are, before another's.
    assert [each["Body"] for each in first] == ["a1", "a2"]
    shown = first[0]["Attributes"]
    assert shown["MessageGroupId"] == "a" and len(shown["MessageDeduplicationId"]) == 64
    assert shown["SequenceNumber"] == numbers[0]
    assert bodies(sqs, url) == ["b1"] and bodies(sqs, url) == []
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first[0]["ReceiptHandle"])
    assert bodies(sqs, url) == []
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first[1]["ReceiptHandle"])
    assert bodies(sqs, url) == ["a3"]
    clock(30)
    assert bodies(sqs, url) in (["b1", "a3"], ["a3", "b1"])


def test_a_message_that_comes_back_is_first_again(sqs, queue, send):
    url = queue("q.fifo", ContentBasedDeduplication="true")
    for body in ("one", "two"):
        send(url, body)
    (message,) = received(sqs, url, MaxNumberOfMessages=1)
    receipt = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
    sqs.change_message_visibility(**receipt, VisibilityTimeout=0)
    assert bodies(sqs, url) == ["one", "two"]


def test_a_handle_whose_time_is_over(sqs, queue, send, clock):
    url = queue("q.fifo", ContentBasedDeduplication="true")
    send(url, "one")
    (message,) = received(sqs, url)
    clock(30)
    said = refused("InvalidParameterValue", sqs.delete_message, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert said.endswith("for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.")
    entries = [{"Id": "a", "ReceiptHandle": message["ReceiptHandle"]}]
    (failed,) = sqs.delete_message_batch(QueueUrl=url, Entries=entries)["Failed"]
    assert failed["Code"] == "InvalidParameterValue" and counts(sqs, url) == [1, 0, 0]


@pytest.mark.parametrize("by", ["content", "id"])
def test_what_is_sent_twice_within_five_minutes_is_there_once(sqs, queue, send, clock, by):
    url = queue("q.fifo", ContentBasedDeduplication=str(by == "content").lower())
    more = {} if by == "content" else {"MessageDeduplicationId": "d"}
    first = send(url, "same", **more)
    clock(299)
    # Another body does not make it another message where an id says that it is the same.
    again = send(url, "same" if by == "content" else "other", **more)
    assert all(again[name] == first[name] for name in ("MessageId", "SequenceNumber"))
    assert counts(sqs, url) == [1, 0, 0]
    clock(1)
    assert send(url, "same", **more)["MessageId"] != first["MessageId"] and counts(sqs, url) == [2, 0, 0]


def test_a_deleted_message_is_still_known(sqs, queue, send):
    url = queue("q.fifo")
    send(url, "m", MessageDeduplicationId="d")
    (message,) = received(sqs, url)
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    send(url, "m", MessageDeduplicationId="d")
    assert counts(sqs, url) == [0, 0, 0]


@pytest.mark.parametrize(("scope", "there"), [("queue", 1), ("messageGroup", 2)])
def test_the_scope_of_deduplication(sqs, queue, send, scope, there):
    limit = "perMessageGroupId" if scope == "messageGroup" else "perQueue"
    url = queue("q.fifo", DeduplicationScope=scope, FifoThroughputLimit=limit)
    for group in ("a", "b", "a"):
        send(url, "m", group, MessageDeduplicationId="d")
    assert counts(sqs, url) == [there, 0, 0]


def test_an_attempt_to_receive_is_repeated(sqs, queue, send, clock):
    url = queue("q.fifo", ContentBasedDeduplication="true")
    for body in ("one", "two"):
        send(url, body, body)
    first = received(sqs, url, MaxNumberOfMessages=1, ReceiveRequestAttemptId="try")
    clock(20)
    again = received(sqs, url, MaxNumberOfMessages=1, ReceiveRequestAttemptId="try")
    assert again == first
    long = refused("InvalidParameterValue", sqs.receive_message, QueueUrl=url, ReceiveRequestAttemptId="x" * 129)
    assert "ReceiveRequestAttemptId can only include alphanumeric and punctuation characters." in long
    # Its time began anew, and another attempt is another.
    clock(29)
    assert bodies(sqs, url, ReceiveRequestAttemptId="other") == ["two"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first[0]["ReceiptHandle"])
    assert received(sqs, url, ReceiveRequestAttemptId="try") == []


QUEUE_TYPE = "The request include parameter that is not valid for this queue type."
NO_ID = "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ({}, "MissingParameter", "The request must contain the parameter MessageGroupId."),
        ({"MessageGroupId": "g"}, "InvalidParameterValue", NO_ID),
        ({"MessageGroupId": "a b", "MessageDeduplicationId": "d"}, "InvalidParameterValue", "MessageGroupId"),
        ({"MessageGroupId": "g", "MessageDeduplicationId": "x" * 129}, "InvalidParameterValue", "MessageDeduplic"),
        ({"MessageGroupId": "g", "MessageDeduplicationId": "d", "DelaySeconds": 1}, "InvalidParameterValue",
         QUEUE_TYPE),
    ],
)  # fmt: skip
def test_what_a_fifo_queue_does_not_take(sqs, queue, more, code, said):
    url = queue("q.fifo")
    assert said in refused(code, sqs.send_message, QueueUrl=url, MessageBody="m", **more)
    entries = [{"Id": "a", "MessageBody": "m"} | more]
    if len(more) < 2:
        # What a FIFO queue's messages must have they all must have.
        entries.insert(0, {"Id": "b", "MessageBody": "m", "MessageGroupId": "g", "MessageDeduplicationId": "d"})
        assert said in refused("InvalidParameterValue", sqs.send_message_batch, QueueUrl=url, Entries=entries)
        assert counts(sqs, url) == [0, 0, 0]
        return
    (failed,) = sqs.send_message_batch(QueueUrl=url, Entries=entries)["Failed"]
    assert failed["Code"] == code and said in failed["Message"] and counts(sqs, url) == [0, 0, 0]


def test_the_queues_delay_holds_back_its_group(sqs, queue, send, clock):
    url = queue("q.fifo", ContentBasedDeduplication="true", DelaySeconds="5")
    send(url, "one")
    clock(3)
    send(url, "two")
    assert counts(sqs, url) == [0, 0, 2]
    clock(2)
    assert bodies(sqs, url) == ["one"]
