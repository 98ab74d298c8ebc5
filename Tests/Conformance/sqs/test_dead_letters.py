# SPDX-License-Identifier: Apache-2.0
"""Dead-letter queues, and the tasks that move messages out of them."""

import json

import pytest

from .asking import arn, bodies, counts, received, refused


@pytest.fixture
def pair(queue):
    """A dead-letter queue and its source, whose messages are received once."""

    def make(kind="", count=1):
        dead = queue(f"dead{kind}")
        policy = json.dumps({"deadLetterTargetArn": arn(f"dead{kind}"), "maxReceiveCount": count})
        more = {"ContentBasedDeduplication": "true"} if kind else {}
        return dead, queue(f"orders{kind}", RedrivePolicy=policy, VisibilityTimeout="10", **more)

    return make


@pytest.fixture
def bury(sqs, clock):
    """Sends messages and lets them die."""

    def bury(url, *texts, **more):
        for body in texts:
            sqs.send_message(QueueUrl=url, MessageBody=body, **more)
            received(sqs, url)
        clock(10)
        assert received(sqs, url) == []

    return bury


@pytest.mark.parametrize("kind", ["", ".fifo"])
def test_what_is_received_too_often(sqs, pair, clock, kind):
    dead, url = pair(kind, count=2)
    more = {"MessageGroupId": "g"} if kind else {}
    sent = sqs.send_message(QueueUrl=url, MessageBody="poison", **more)
    for _ in range(2):
        assert bodies(sqs, url) == ["poison"]
        clock(10)
    assert bodies(sqs, url) == [] and counts(sqs, url) == [0, 0, 0]
    (message,) = received(sqs, dead, AttributeNames=["All"])
    assert message["MessageId"] == sent["MessageId"]
    assert message["Attributes"]["DeadLetterQueueSourceArn"] == arn(f"orders{kind}")
    # A standard queue's message keeps the moment at which it was sent; a FIFO queue's begins anew.
    assert message["Attributes"]["SentTimestamp"] == ("1772366420000" if kind else "1772366400000")


def test_a_dead_letter_queue_that_is_gone(sqs, pair, clock):
    dead, url = pair()
    sqs.send_message(QueueUrl=url, MessageBody="m")
    sqs.delete_queue(QueueUrl=dead)
    for _ in range(3):
        assert bodies(sqs, url) == ["m"]
        clock(10)


def test_the_way_back(sqs, pair, bury):
    dead, url = pair()
    bury(url, "a", "b")
    (before,) = received(sqs, dead, MaxNumberOfMessages=1, VisibilityTimeout=0)
    handle = sqs.start_message_move_task(SourceArn=arn("dead"))["TaskHandle"]
    (task,) = sqs.list_message_move_tasks(SourceArn=arn("dead"))["Results"]
    assert task == {
        "Status": "COMPLETED", "SourceArn": arn("dead"), "ApproximateNumberOfMessagesMoved": 2,
        "ApproximateNumberOfMessagesToMove": 2, "StartedTimestamp": 1772366410000,
    } and handle  # fmt: skip
    assert counts(sqs, dead) == [0, 0, 0]
    back = received(sqs, url, AttributeNames=["All"])
    # They are new messages: other ids, sent now, never received before.
    assert sorted(each["Body"] for each in back) == ["a", "b"]
    assert before["MessageId"] not in [each["MessageId"] for each in back]
    assert {each["Attributes"]["SentTimestamp"] for each in back} == {"1772366410000"}
    assert {each["Attributes"]["ApproximateReceiveCount"] for each in back} == {"1"}


def test_elsewhere_and_slowly(sqs, queue, pair, bury, clock):
    dead, url = pair()
    other = queue("other")
    bury(url, *"abcd")
    task = {"SourceArn": arn("dead")}
    more = {"DestinationArn": arn("other"), "MaxNumberOfMessagesPerSecond": 1}
    handle = sqs.start_message_move_task(**task, **more)["TaskHandle"]
    refused("AWS.SimpleQueueService.UnsupportedOperation", sqs.start_message_move_task, **task)
    clock(1)
    (found,) = sqs.list_message_move_tasks(**task)["Results"]
    assert found.items() >= {"Status": "RUNNING", "TaskHandle": handle, **more}.items()
    assert found["ApproximateNumberOfMessagesMoved"] == 2 and counts(sqs, other) == [2, 0, 0]
    assert sqs.cancel_message_move_task(TaskHandle=handle)["ApproximateNumberOfMessagesMoved"] == 2
    clock(60)
    (found,) = sqs.list_message_move_tasks(**task)["Results"]
    assert found["Status"] == "CANCELLED" and "TaskHandle" not in found and counts(sqs, dead) == [2, 0, 0]
    refused("AWS.SimpleQueueService.UnsupportedOperation", sqs.cancel_message_move_task, TaskHandle=handle)


def test_tasks_are_listed_newest_first(sqs, pair, clock):
    pair()
    for _ in range(12):
        sqs.start_message_move_task(SourceArn=arn("dead"))
        clock(1)
    found = sqs.list_message_move_tasks(SourceArn=arn("dead"), MaxResults=10)["Results"]
    moments = [each["StartedTimestamp"] for each in found]
    assert len(found) == 10 and moments == sorted(moments, reverse=True)
    assert len(sqs.list_message_move_tasks(SourceArn=arn("dead"))["Results"]) == 1


def test_a_task_without_a_place_to_go(sqs, queue, pair):
    dead, url = pair()
    sqs.send_message(QueueUrl=dead, MessageBody="it never was elsewhere")
    sqs.start_message_move_task(SourceArn=arn("dead"))
    (task,) = sqs.list_message_move_tasks(SourceArn=arn("dead"))["Results"]
    assert task["Status"] == "FAILED" and task["FailureReason"] and counts(sqs, dead) == [1, 0, 0]


FORM = (
    "You must use this format to specify the SourceArn: "
    "arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
)
NOT_THERE = "The resource that you specified for the SourceArn parameter doesn't exist."


@pytest.mark.parametrize("name", ["start_message_move_task", "list_message_move_tasks"])
@pytest.mark.parametrize(
    ("source", "code", "said"),
    [("dead", "InvalidParameterValue", FORM), (arn("none"), "ResourceNotFoundException", NOT_THERE)],
)
def test_a_source_that_is_none(sqs, name, source, code, said):
    assert refused(code, getattr(sqs, name), SourceArn=source) == said


def test_tasks_that_cannot_be(sqs, queue, pair):
    pair(), queue("other.fifo")
    for more in (
        {"SourceArn": arn("orders")},
        {"DestinationArn": arn("dead")},
        {"DestinationArn": arn("other.fifo")},
        {"DestinationArn": "other"},
        {"MaxNumberOfMessagesPerSecond": 501},
        {"MaxNumberOfMessagesPerSecond": 0},
    ):
        refused("InvalidParameterValue", sqs.start_message_move_task, **{"SourceArn": arn("dead")} | more)
    to = {"SourceArn": arn("dead"), "DestinationArn": arn("none")}
    refused("ResourceNotFoundException", sqs.start_message_move_task, **to)
    refused("InvalidParameterValue", sqs.list_message_move_tasks, SourceArn=arn("dead"), MaxResults=11)
    said = refused("ResourceNotFoundException", sqs.cancel_message_move_task, TaskHandle="none")
    assert said == "Task does not exist."
