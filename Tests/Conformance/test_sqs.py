# SPDX-License-Identifier: Apache-2.0
"""SQS's fake: each operation's success, and each error that its state can cause, with boto3."""

import hashlib
import json
import threading
import time

import boto3
import pytest
from botocore.exceptions import ClientError

ACCOUNT, REGION = "123456789012", "us-east-1"


def arn(name):
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


@pytest.fixture
def sqs(control, client):
    control.demand("POST", "clock", {"set": "2026-03-01T12:00:00Z", "freeze": True})
    return client("sqs")


@pytest.fixture
def clock(control):
    return lambda seconds: control.demand("POST", "clock", {"advance": seconds})


@pytest.fixture
def queue(sqs):
    def make(name="orders", **attributes):
        if name.endswith(".fifo"):
            attributes["FifoQueue"] = "true"
        return sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]

    return make


def bodies(sqs, url, **more):
    answer = sqs.receive_message(QueueUrl=url, **{"MaxNumberOfMessages": 10} | more)
    return [message["Body"] for message in answer.get("Messages", [])]


def attribute(sqs, url, name):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name]


def refused(code, call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    shape = error.get("QueryErrorCode", "")
    assert code in (error["Code"], error["Code"].rpartition(".")[2], shape), error
    return error["Message"]


# Queues


def test_a_queue_is_made_found_listed_and_deleted(sqs, queue, clock, endpoint):
    url = queue()
    assert url == f"{endpoint}/{ACCOUNT}/orders" and queue() == url
    assert sqs.get_queue_url(QueueName="orders")["QueueUrl"] == url
    assert sqs.list_queues(QueueNamePrefix="ord")["QueueUrls"] == [url]
    assert "QueueUrls" not in sqs.list_queues(QueueNamePrefix="x")
    assert "different value for attribute DelaySeconds" in refused(
        "QueueAlreadyExists", sqs.create_queue, QueueName="orders", Attributes={"DelaySeconds": "5"}
    )
    sqs.delete_queue(QueueUrl=url)
    refused("QueueDoesNotExist", sqs.delete_queue, QueueUrl=url)
    refused("QueueDoesNotExist", sqs.get_queue_url, QueueName="orders")
    refused("QueueDeletedRecently", sqs.create_queue, QueueName="orders")
    clock(60)
    assert queue() == url


@pytest.mark.parametrize(
    ("name", "attributes", "code"),
    [
        ("a b", {}, "InvalidParameterValue"),
        ("x" * 81, {}, "InvalidParameterValue"),
        ("q", {"FifoQueue": "true"}, "InvalidParameterValue"),
        ("q", {"FifoQueue": "false"}, "InvalidAttributeName"),
        ("q.fifo", {}, "InvalidParameterValue"),
        ("q", {"VisibilityTimeout": "43201"}, "InvalidAttributeValue"),
        ("q", {"MessageRetentionPeriod": "59"}, "InvalidAttributeValue"),
        ("q", {"DelaySeconds": "soon"}, "InvalidAttributeValue"),
        ("q", {"ContentBasedDeduplication": "true"}, "InvalidAttributeName"),
        ("q", {"Policy": "{"}, "InvalidAttributeValue"),
        ("q", {"RedrivePolicy": "{}"}, "InvalidParameterValue"),
        ("q", {"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn("no"), "maxReceiveCount": 1})},
         "InvalidParameterValue"),
        ("q.fifo", {"FifoQueue": "true", "FifoThroughputLimit": "perMessageGroupId"}, "InvalidAttributeValue"),
    ],
)  # fmt: skip
def test_a_queue_that_cannot_be(sqs, name, attributes, code):
    refused(code, sqs.create_queue, QueueName=name, Attributes=attributes)
    assert "QueueUrls" not in sqs.list_queues()


def test_listings_have_pages(sqs, queue):
    made = sorted(queue(f"q{number}") for number in range(5))
    pages = sqs.get_paginator("list_queues").paginate(PaginationConfig={"PageSize": 2})
    assert [page["QueueUrls"] for page in pages] == [made[:2], made[2:4], made[4:]]
    refused("InvalidParameterValue", sqs.list_queues, MaxResults=1001)


def test_attributes(sqs, queue, clock):
    url = queue(VisibilityTimeout="7")
    clock(5)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "9", "KmsMasterKeyId": "alias/k"})
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert found | {
        "QueueArn": arn("orders"), "VisibilityTimeout": "7", "DelaySeconds": "9", "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0", "KmsMasterKeyId": "alias/k",
        "SqsManagedSseEnabled": "false", "CreatedTimestamp": "1772366400", "LastModifiedTimestamp": "1772366405",
        "ApproximateNumberOfMessages": "0",
    } == found  # fmt: skip
    assert "FifoQueue" not in found and "Policy" not in found
    refused("InvalidAttributeValue", sqs.set_queue_attributes, QueueUrl=url, Attributes={"DelaySeconds": "901"})
    refused("InvalidAttributeName", sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["All", "Colour"])
    refused("InvalidAttributeName", sqs.set_queue_attributes, QueueUrl=url, Attributes={"Colour": "red"})
    refused("InvalidAttributeName", sqs.receive_message, QueueUrl=url, AttributeNames=["Colour"])
    refused("InvalidAddress", sqs.get_queue_attributes, QueueUrl="orders")


def test_tags(sqs, queue):
    url = queue()
    sqs.tag_queue(QueueUrl=url, Tags={"team": "blue", "stage": "test"})
    sqs.untag_queue(QueueUrl=url, TagKeys=["stage"])
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "blue"}
    many = {str(number): "" for number in range(50)}
    refused("InvalidParameterValue", sqs.tag_queue, QueueUrl=url, Tags=many)


def test_permissions(sqs, queue):
    url = queue()
    allow = {"QueueUrl": url, "Label": "guests", "AWSAccountIds": [ACCOUNT], "Actions": ["SendMessage"]}
    sqs.add_permission(**allow)
    statement = json.loads(attribute(sqs, url, "Policy"))["Statement"][0]
    assert statement["Sid"] == "guests" and statement["Action"] == "SQS:SendMessage"
    refused("InvalidParameterValue", sqs.add_permission, **allow)
    refused("InvalidParameterValue", sqs.add_permission, **allow | {"Label": "l", "Actions": ["CreateQueue"]})
    refused("OverLimit", sqs.add_permission, **allow | {"Label": "l", "Actions": ["SendMessage"] * 8})
    sqs.remove_permission(QueueUrl=url, Label="guests")
    refused("InvalidParameterValue", sqs.remove_permission, QueueUrl=url, Label="guests")


# Messages


def test_a_message_comes_and_goes(sqs, queue, clock):
    url = queue()
    sent = sqs.send_message(
        QueueUrl=url, MessageBody="hello",
        MessageAttributes={
            "a": {"DataType": "String", "StringValue": "x"}, "b": {"DataType": "Binary", "BinaryValue": b"\0\1"},
        },
    )  # fmt: skip
    assert sent["MD5OfMessageBody"] == hashlib.md5(b"hello").hexdigest()
    ask = {"QueueUrl": url, "MessageAttributeNames": ["All"], "MessageSystemAttributeNames": ["All"]}
    (message,) = sqs.receive_message(**ask)["Messages"]
    assert message["MessageId"] == sent["MessageId"]
    assert message["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert message["MessageAttributes"]["b"]["BinaryValue"] == b"\0\1"
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    assert message["Attributes"]["SentTimestamp"] == "1772366400000"
    assert bodies(sqs, url, AttributeNames=["SentTimestamp"]) == []
    assert attribute(sqs, url, "ApproximateNumberOfMessagesNotVisible") == "1"
    receipt = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
    sqs.change_message_visibility(**receipt, VisibilityTimeout=0)
    refused("MessageNotInflight", sqs.change_message_visibility, **receipt, VisibilityTimeout=0)
    assert bodies(sqs, url) == ["hello"]
    clock(30)
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    receipt["ReceiptHandle"] = message["ReceiptHandle"]
    sqs.delete_message(**receipt)
    sqs.delete_message(**receipt)
    refused("InvalidParameterValue", sqs.change_message_visibility, **receipt, VisibilityTimeout=1)
    refused("ReceiptHandleIsInvalid", sqs.delete_message, QueueUrl=url, ReceiptHandle="handle")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"MessageBody": ""}, "MissingParameter"),
        ({"MessageBody": "\x01"}, "InvalidMessageContents"),
        ({"MessageBody": "x" * 1_048_577}, "InvalidParameterValue"),
        ({"DelaySeconds": 901}, "InvalidParameterValue"),
        ({"MessageDeduplicationId": "d"}, "InvalidParameterValue"),
        ({"MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}}, "InvalidParameterValue"),
        ({"MessageAttributes": {"a": {"DataType": "Number", "StringValue": "x"}}}, "InvalidParameterValue"),
        ({"MessageAttributes": {"a": {"DataType": "String"}}}, "InvalidParameterValue"),
        ({"MessageAttributes": {str(n): {"DataType": "String", "StringValue": "x"} for n in range(11)}},
         "InvalidParameterValue"),
    ],
)  # fmt: skip
def test_a_message_that_cannot_be(sqs, queue, more, code):
    url = queue()
    refused(code, sqs.send_message, **{"QueueUrl": url, "MessageBody": "m"} | more)
    assert attribute(sqs, url, "ApproximateNumberOfMessages") == "0"


@pytest.mark.parametrize(
    "more",
    [{"MaxNumberOfMessages": 11}, {"WaitTimeSeconds": 21}, {"VisibilityTimeout": 43201},
     {"ReceiveRequestAttemptId": "a"}],
)  # fmt: skip
def test_what_cannot_be_received(sqs, queue, more):
    refused("InvalidParameterValue", sqs.receive_message, QueueUrl=queue(), **more)


def test_batches(sqs, queue):
    url = queue()
    entries = [{"Id": str(number), "MessageBody": f"m{number}"} for number in range(10)]
    assert len(sqs.send_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 10
    received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    receipts = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(received)]
    changed = sqs.change_message_visibility_batch(
        QueueUrl=url, Entries=[receipt | {"VisibilityTimeout": 60} for receipt in receipts[:2]]
    )
    assert [each["Id"] for each in changed["Successful"]] == ["0", "1"]
    answer = sqs.delete_message_batch(QueueUrl=url, Entries=[*receipts[:9], {"Id": "x", "ReceiptHandle": "no"}])
    assert len(answer["Successful"]) == 9 and answer["Failed"][0]["Code"] == "ReceiptHandleIsInvalid"
    assert answer["Failed"][0]["SenderFault"] is True
    for bad, code in [
        ([], "EmptyBatchRequest"),
        (entries + [{"Id": "y", "MessageBody": "m"}], "TooManyEntriesInBatchRequest"),
        ([entries[0], entries[0]], "BatchEntryIdsNotDistinct"),
        ([{"Id": "a.b", "MessageBody": "m"}], "InvalidBatchEntryId"),
        ([{"Id": str(n), "MessageBody": "x" * 600_000} for n in range(2)], "BatchRequestTooLong"),
    ]:
        refused(code, sqs.send_message_batch, QueueUrl=url, Entries=bad)


def test_a_purge_takes_a_minute(sqs, queue, clock):
    url = queue()
    sqs.send_message(QueueUrl=url, MessageBody="m")
    sqs.purge_queue(QueueUrl=url)
    assert bodies(sqs, url) == []
    refused("PurgeQueueInProgress", sqs.purge_queue, QueueUrl=url)
    clock(60)
    sqs.purge_queue(QueueUrl=url)


def test_fifo(sqs, queue, clock):
    url = queue("q.fifo", ContentBasedDeduplication="true")
    for body, group in [("a1", "a"), ("a2", "a"), ("b1", "b")]:
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group)
    first = sqs.send_message(QueueUrl=url, MessageBody="a1", MessageGroupId="a")
    assert first["SequenceNumber"].startswith("188") and len(first["SequenceNumber"]) == 20
    (message,) = sqs.receive_message(QueueUrl=url, ReceiveRequestAttemptId="try")["Messages"]
    assert message["Body"] == "a1" and message["MessageId"] == first["MessageId"]
    again = sqs.receive_message(QueueUrl=url, ReceiveRequestAttemptId="try")["Messages"]
    assert again[0]["ReceiptHandle"] == message["ReceiptHandle"]
    assert bodies(sqs, url) == ["b1"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert bodies(sqs, url) == ["a2"]
    clock(31)
    refused("InvalidParameterValue", sqs.send_message, QueueUrl=url, MessageBody="m", MessageGroupId="a b")
    refused("MissingParameter", sqs.send_message, QueueUrl=url, MessageBody="m")


# Dead letters


def dead_letter_queue(sqs, queue, count=1):
    dead = queue("dead")
    policy = json.dumps({"deadLetterTargetArn": arn("dead"), "maxReceiveCount": count})
    return dead, queue("orders", RedrivePolicy=policy, VisibilityTimeout="0")


def test_dead_letters_and_their_way_back(sqs, queue, clock):
    dead, url = dead_letter_queue(sqs, queue)
    for body in ("a", "b", "c"):
        sqs.send_message(QueueUrl=url, MessageBody=body)
        assert bodies(sqs, url) == [body] and bodies(sqs, url) == []
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [url]
    assert attribute(sqs, dead, "ApproximateNumberOfMessages") == "3"
    task = {"SourceArn": arn("dead")}
    handle = sqs.start_message_move_task(**task, MaxNumberOfMessagesPerSecond=1)["TaskHandle"]
    refused("UnsupportedOperation", sqs.start_message_move_task, **task)
    clock(1)
    (found,) = sqs.list_message_move_tasks(**task)["Results"]
    assert found["Status"] == "RUNNING" and found["ApproximateNumberOfMessagesMoved"] == 2
    assert sqs.cancel_message_move_task(TaskHandle=handle)["ApproximateNumberOfMessagesMoved"] == 2
    refused("ResourceNotFoundException", sqs.cancel_message_move_task, TaskHandle="none")
    assert attribute(sqs, url, "ApproximateNumberOfMessages") == "2"
    refused("InvalidParameterValue", sqs.start_message_move_task, SourceArn=arn("orders"))
    refused("ResourceNotFoundException", sqs.start_message_move_task, SourceArn=arn("none"))


def test_a_dead_letter_queue_may_refuse(sqs, queue):
    queue("dead", RedriveAllowPolicy=json.dumps({"redrivePermission": "denyAll"}))
    policy = json.dumps({"deadLetterTargetArn": arn("dead"), "maxReceiveCount": 1})
    refused("InvalidParameterValue", sqs.create_queue, QueueName="q", Attributes={"RedrivePolicy": policy})


# Waiting


def test_one_message_wakes_one_of_many(control, client, endpoint):
    sqs = client("sqs", max_pool_connections=20)
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    got, threads = [], []

    def poll():
        got.append((bodies(sqs, url, WaitTimeSeconds=3), time.monotonic()))

    for _ in range(12):
        threads.append(threading.Thread(target=poll))
        threads[-1].start()
    time.sleep(1)
    sent = time.monotonic()
    sqs.send_message(QueueUrl=url, MessageBody="m")
    for thread in threads:
        thread.join()
    served = [moment for found, moment in got if found == ["m"]]
    assert len(served) == 1 and served[0] - sent < 1.5, served
    assert sum(found == [] for found, _ in got) == 11


def test_a_poll_ends_by_the_sandboxs_clock(sqs, queue, clock):
    url, got = queue(), []
    thread = threading.Thread(target=lambda: got.append(bodies(sqs, url, WaitTimeSeconds=20)))
    started = time.monotonic()
    thread.start()
    time.sleep(0.5)
    assert thread.is_alive()
    clock(20)
    thread.join()
    assert got == [[]] and time.monotonic() - started < 15


def test_a_delayed_message_wakes_a_poll(control, client):
    sqs = client("sqs")
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="m", DelaySeconds=1)
    assert bodies(sqs, url, WaitTimeSeconds=15) == ["m"]


# The world


SCENARIO = {
    "scenario": "with-a-queue",
    "setup": [
        {"sqs.CreateQueue": {"QueueName": "orders"}, "as": "q"},
        {"sqs.SendMessage": {"QueueUrl": "${q.QueueUrl}", "MessageBody": "first"}},
    ],
    "env": {"QUEUE_URL": "${q.QueueUrl}"},
    "rules": [{"match": "sqs.ListQueues", "respond": {"QueueUrls": ["${q.QueueUrl}"]}}],
}


def test_setup_makes_the_world(control, client, endpoint):
    control.load(SCENARIO)
    sqs = client("sqs")
    url = control.demand("GET", "env")["QUEUE_URL"]
    assert url.endswith(f"/{ACCOUNT}/orders") and sqs.list_queues()["QueueUrls"] == [url]
    assert bodies(sqs, url) == ["first"] and bodies(sqs, url) == []
    control.demand("POST", "reset", {"state": True})
    assert bodies(sqs, url) == ["first"]


def test_a_setup_that_fails_is_refused(control):
    broken = SCENARIO | {"setup": [{"sqs.CreateQueue": {"QueueName": "a b"}}], "env": {}, "rules": []}
    code, answer = control.call("PUT", "scenarios", broken)
    assert code == 422 and "sqs.CreateQueue fails: InvalidParameterValue" in json.dumps(answer), answer
    assert control.scenarios() == []


def test_sandboxes_and_regions_are_apart(control, client, endpoint):
    client("sqs").create_queue(QueueName="orders")
    there = {"endpoint_url": f"{endpoint}/_sandbox/other", "region_name": REGION}
    keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "test"}
    other = boto3.client("sqs", **there, **keys)
    assert "QueueUrls" not in other.list_queues()
    url = other.create_queue(QueueName="theirs")["QueueUrl"]
    assert url == f"{endpoint}/_sandbox/other/{ACCOUNT}/theirs"
    far = boto3.client("sqs", **there | {"region_name": "eu-west-1"}, **keys)
    assert "QueueUrls" not in far.list_queues()
