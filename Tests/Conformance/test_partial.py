# SPDX-License-Identifier: Apache-2.0
"""Batches that fail in part, in each operation's own way."""

import base64
import hashlib
import json
import urllib.request

import pytest

from harness.checks import raised
from harness.server import FIXTURES

PARTIAL = FIXTURES / "partial"
QUEUE = "http://localhost/123456789012/orders"
HOT = "ProvisionedThroughputExceededException"


def records(*keys):
    return [{"Data": key.encode(), "PartitionKey": key} for key in keys]


def kept(kinesis, stream="orders"):
    """What the stream really holds."""
    where = {"StreamName": stream, "ShardId": "shardId-000000000000", "ShardIteratorType": "TRIM_HORIZON"}
    iterator = kinesis.get_shard_iterator(**where)["ShardIterator"]
    return [record["PartitionKey"] for record in kinesis.get_records(ShardIterator=iterator)["Records"]]


def messages(*ids):
    return [{"Id": name, "MessageBody": f"body of {name}"} for name in ids]


def test_records_fail_in_their_places(control, client):
    control.streams("orders")
    control.rules({"match": "kinesis.PutRecords", "entries": {"fail": [0, 2], "error": HOT}})
    answer = client("kinesis").put_records(StreamName="orders", Records=records("a", "b", "c", "d"))
    assert answer["FailedRecordCount"] == 2
    failed, whole = [answer["Records"][at] for at in (0, 2)], [answer["Records"][at] for at in (1, 3)]
    assert len(answer["Records"]) == 4
    assert all(set(record) == {"ErrorCode", "ErrorMessage"} and record["ErrorCode"] == HOT for record in failed)
    assert all(set(record) == {"SequenceNumber", "ShardId"} for record in whole)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_an_entrys_code_may_be_outside_the_model(control, client):
    control.streams("orders")
    error = {"code": "InternalFailure", "message": "Internal service failure."}
    control.rules({"match": "kinesis.PutRecords", "entries": {"first": 1, "error": error}})
    answer = client("kinesis").put_records(StreamName="orders", Records=records("a", "b"))
    assert answer["Records"][0] == {"ErrorCode": "InternalFailure", "ErrorMessage": "Internal service failure."}


def test_all_records_may_fail(control, client):
    control.rules({"match": "kinesis.PutRecords", "entries": {"share": 1, "error": "throttle"}})
    answer = client("kinesis").put_records(StreamName="orders", Records=records("a", "b", "c"))
    assert answer["FailedRecordCount"] == 3
    assert [record["ErrorCode"] for record in answer["Records"]] == [HOT] * 3


def test_a_producer_that_ignores_the_count_loses_records(control, client):
    control.load(PARTIAL / "kinesis-poison-record.yaml")
    kinesis = client("kinesis")
    kinesis.put_records(StreamName="payments", Records=records("hot-1", "cold", "hot-2"))
    assert kept(kinesis, "payments") == ["cold"]
    status, report = control.verify()
    assert status != 200, report


def test_a_producer_that_sends_failed_records_again(control, client):
    control.load(PARTIAL / "kinesis-poison-record.yaml")
    kinesis, left, through = client("kinesis"), records("hot-1", "cold", "hot-2"), []
    while left:
        answer = kinesis.put_records(StreamName="payments", Records=left)
        pairs = list(zip(left, answer["Records"], strict=True))
        assert answer["FailedRecordCount"] == sum("ErrorCode" in result for _, result in pairs)
        through += [record["PartitionKey"] for record, result in pairs if "SequenceNumber" in result]
        left = [record for record, result in pairs if "ErrorCode" in result]
    assert through == kept(kinesis, "payments") == ["cold", "hot-1", "hot-2"]
    control.assert_verified()


def test_a_batch_without_such_an_entry_is_left_alone(control, client):
    control.load(PARTIAL / "kinesis-poison-record.yaml")
    answer = client("kinesis").put_records(StreamName="payments", Records=records("cold"))
    assert answer["FailedRecordCount"] == 0 and len(answer["Records"]) == 1
    [rule] = control.demand("GET", "rules")["rules"]
    assert (rule["hits"], rule["left"]) == (0, 2)


def test_messages_that_failed_and_those_that_did_not(control, client):
    control.load(PARTIAL / "sqs-batch-fails-in-part.yaml")
    sqs, left, sent = client("sqs"), messages("a", "b", "c", "d"), []
    first = sqs.send_message_batch(QueueUrl=QUEUE, Entries=left)
    assert [entry["Id"] for entry in first["Failed"]] == ["b", "d"]
    for entry in first["Failed"]:
        assert entry["Code"] == "InternalError" and entry["SenderFault"] is False and entry["Message"]
    while left:
        answer = sqs.send_message_batch(QueueUrl=QUEUE, Entries=left) if sent else first
        for entry in answer["Successful"]:
            body = f"body of {entry['Id']}".encode()
            assert entry["MD5OfMessageBody"] == hashlib.md5(body).hexdigest() and entry["MessageId"]
        sent += [entry["Id"] for entry in answer["Successful"]]
        failed = {entry["Id"] for entry in answer.get("Failed", [])}
        left = [entry for entry in left if entry["Id"] in failed]
    assert sent == ["a", "c", "d", "b"]
    control.assert_verified()


BATCHES = {
    "delete_message_batch": {},
    "change_message_visibility_batch": {"VisibilityTimeout": 5},
}


@pytest.mark.parametrize("name, members", BATCHES.items())
def test_other_batches_of_sqs(control, client, name, members):
    error = {"code": "ReceiptHandleIsInvalid", "message": "No such handle."}
    match = ["sqs.DeleteMessageBatch", "sqs.ChangeMessageVisibilityBatch"]
    control.rules({"match": match, "entries": {"where": {"Id": "b"}, "error": error}})
    control.queues("orders")
    sqs = client("sqs")
    sqs.send_message_batch(QueueUrl=QUEUE, Entries=messages(*"abc"))
    received = sqs.receive_message(QueueUrl=QUEUE, MaxNumberOfMessages=10)["Messages"]
    handles = [message["ReceiptHandle"] for message in received]
    entries = [{"Id": each, **members, "ReceiptHandle": handle} for each, handle in zip("abc", handles, strict=True)]
    answer = getattr(sqs, name)(QueueUrl=QUEUE, Entries=entries)
    assert [entry["Id"] for entry in answer["Successful"]] == ["a", "c"]
    assert answer["Failed"] == [
        {"Id": "b", "SenderFault": True, "Code": "ReceiptHandleIsInvalid", "Message": "No such handle."}
    ]


@pytest.mark.parametrize("quiet", [False, True])
def test_keys_that_are_not_deleted(control, client, quiet):
    control.load(PARTIAL / "s3-some-keys-denied.yaml")
    objects = [{"Key": "a"}, {"Key": "protected/b", "VersionId": "v1"}, {"Key": "c<&>"}]
    answer = client("s3").delete_objects(Bucket="reports", Delete={"Objects": objects, "Quiet": quiet})
    [failed] = answer["Errors"]
    assert failed == {"Key": "protected/b", "VersionId": "v1", "Code": "AccessDenied", "Message": "Access Denied"}
    assert [entry["Key"] for entry in answer.get("Deleted", [])] == ([] if quiet else ["a", "c<&>"])
    control.assert_verified()


def test_items_that_come_back(control, client):
    control.load(PARTIAL / "dynamodb-unprocessed-items.yaml")
    puts = [{"PutRequest": {"Item": {"id": {"S": str(number)}}}} for number in range(8)]
    wanted = {"orders": puts[:5], "parts": puts[5:]}
    dynamodb, left, seen = client("dynamodb"), dict(wanted), 0
    while left:
        answer = dynamodb.batch_write_item(RequestItems=left)
        for table, items in answer["UnprocessedItems"].items():
            assert items and all(item in left[table] for item in items)
        left, seen = answer["UnprocessedItems"], seen + 1
    assert seen > 1
    control.assert_verified()


def test_keys_that_come_back(control, client):
    control.rules({"match": "dynamodb.BatchGetItem", "entries": {"fail": [1]}})
    keys = [{"id": {"S": "a"}}, {"id": {"S": "b"}}]
    asked = {"orders": {"Keys": keys, "ConsistentRead": True}}
    answer = client("dynamodb").batch_get_item(RequestItems=asked)
    assert answer["UnprocessedKeys"] == {"orders": {"Keys": keys[1:], "ConsistentRead": True}}


OTHERS = [
    (
        "firehose", "put_record_batch",
        {"DeliveryStreamName": "d", "Records": [{"Data": b"a"}, {"Data": b"b"}]},
        "ServiceUnavailableException", "Slow down.",
        lambda answer: (answer["FailedPutCount"], answer["RequestResponses"][1]),
        (1, {"ErrorCode": "ServiceUnavailableException", "ErrorMessage": "Slow down."}),
    ),
    (
        "events", "put_events",
        {"Entries": [{"Source": "a", "DetailType": "d", "Detail": "{}"}] * 2},
        "InternalFailure", "No.",
        lambda answer: (answer["FailedEntryCount"], answer["Entries"][1]),
        (1, {"ErrorCode": "InternalFailure", "ErrorMessage": "No."}),
    ),
    (
        "sns", "publish_batch",
        {"TopicArn": "arn:aws:sns:us-east-1:123456789012:t",
         "PublishBatchRequestEntries": [{"Id": "a", "Message": "m"}, {"Id": "b", "Message": "m"}]},
        "InternalError", "No.",
        lambda answer: ([entry["Id"] for entry in answer["Successful"]], answer["Failed"]),
        (["a"], [{"Id": "b", "Code": "InternalError", "Message": "No.", "SenderFault": False}]),
    ),
    (
        "ecr", "batch_delete_image",
        {"repositoryName": "repository", "imageIds": [{"imageTag": "a"}, {"imageTag": "b"}]},
        "ImageNotFound", "Requested image not found",
        lambda answer: (answer["imageIds"], answer["failures"]),
        ([{"imageTag": "a"}], [{"imageId": {"imageTag": "b"}, "failureCode": "ImageNotFound",
                                "failureReason": "Requested image not found"}]),
    ),
    (
        "glue", "batch_delete_table",
        {"DatabaseName": "d", "TablesToDelete": ["a", "b"]},
        "EntityNotFoundException", "No.",
        lambda answer: answer["Errors"],
        [{"TableName": "b", "ErrorDetail": {"ErrorCode": "EntityNotFoundException", "ErrorMessage": "No."}}],
    ),
    (
        "glue", "batch_delete_connection",
        {"ConnectionNameList": ["a", "b"]},
        "EntityNotFoundException", "No.",
        lambda answer: answer["Errors"],
        {"b": {"ErrorCode": "EntityNotFoundException", "ErrorMessage": "No."}},
    ),
    (
        "comprehend", "batch_detect_sentiment",
        {"TextList": ["a", "b"], "LanguageCode": "en"},
        "INTERNAL_SERVER_ERROR", "No.",
        lambda answer: answer["ErrorList"],
        [{"Index": 1, "ErrorCode": "INTERNAL_SERVER_ERROR", "ErrorMessage": "No."}],
    ),
    (
        "ec2", "delete_vpc_endpoints",
        {"VpcEndpointIds": ["vpce-1", "vpce-2"]},
        "InvalidVpcEndpoint.NotFound", "No.",
        lambda answer: answer["Unsuccessful"],
        [{"ResourceId": "vpce-2", "Error": {"Code": "InvalidVpcEndpoint.NotFound", "Message": "No."}}],
    ),
    (
        "dynamodb", "batch_execute_statement",
        {"Statements": [{"Statement": "a"}, {"Statement": "b"}]},
        "ItemCollectionSizeLimitExceeded", "No.",
        lambda answer: answer["Responses"][1],
        {"Error": {"Code": "ItemCollectionSizeLimitExceeded", "Message": "No."}},
    ),
    (
        "codebuild", "batch_get_projects", {"names": ["a", "b"]}, "x", "y",
        lambda answer: answer["projectsNotFound"], ["b"],
    ),
]


def operation(method):
    return "".join(part.capitalize() for part in method.split("_"))


@pytest.mark.parametrize("service, method, request_, code, message, look, wanted", OTHERS, ids=lambda it: str(it)[:24])
def test_other_services(control, client, service, method, request_, code, message, look, wanted):
    error = {"code": code, "message": message}
    control.rules({"match": f"{service}.{operation(method)}", "entries": {"fail": [1], "error": error}})
    answer = getattr(client(service), method)(**request_)
    assert look(answer) == wanted


def test_shares_are_the_same_in_every_run(control, client):
    control.streams("s")
    control.load(
        {
            "scenario": "shared",
            "seed": 5,
            "rules": [{"match": "kinesis.PutRecords", "entries": {"share": 0.3, "error": HOT}}],
        }
    )
    kinesis = client("kinesis")

    def run():
        answers = [kinesis.put_records(StreamName="s", Records=records(*"abcdefgh")) for _ in range(50)]
        for answer in answers:
            assert answer["FailedRecordCount"] == sum("ErrorCode" in each for each in answer["Records"])
        return ["".join("x" if "ErrorCode" in each else "." for each in answer["Records"]) for answer in answers]

    first = run()
    control.reset()
    assert run() == first
    assert 60 < "".join(first).count("x") < 180 and len(set(first)) > 20


def test_what_is_refused_has_not_fired(control, client):
    control.streams("orders")
    control.rules({"match": "kinesis.PutRecords", "times": 1, "entries": {"first": 1, "error": HOT}})
    careless = client("kinesis", parameter_validation=False)
    refused = raised(careless.put_records, StreamName="orders", Records=[{"Data": b"x"}])
    assert refused.response["Error"]["Code"] == "ValidationException"
    assert careless.put_records(StreamName="orders", Records=records("a"))["FailedRecordCount"] == 1
    assert careless.put_records(StreamName="orders", Records=records("a"))["FailedRecordCount"] == 0


def test_the_journal_says_which_entries_failed(control, client):
    control.streams("orders")
    control.rules({"match": "kinesis.PutRecords", "entries": {"fail": [1, 2, 9], "error": HOT}})
    client("kinesis").put_records(StreamName="orders", Records=records("a", "b", "c"))
    [seen] = control.requests()
    assert seen["failedEntries"] == [1, 2] and seen["status"] == 200


def test_the_wire_of_a_batch_without_the_sdk(control, endpoint):
    control.streams("s")
    control.rules({"match": "kinesis.PutRecords", "entries": {"first": 1, "error": HOT}})
    body = {"StreamName": "s", "Records": [{"Data": base64.b64encode(b"x").decode(), "PartitionKey": "k"}] * 2}
    request = urllib.request.Request(
        endpoint,
        data=json.dumps(body).encode(),
        headers={"X-Amz-Target": "Kinesis_20131202.PutRecords", "Content-Type": "application/x-amz-json-1.1"},
    )
    with urllib.request.urlopen(request) as answer:
        said = json.load(answer)
    assert said["FailedRecordCount"] == 1
    assert list(said["Records"][0]) == ["ErrorCode", "ErrorMessage"]


def test_a_quota_refuses_some_records(control, client):
    control.streams("orders")
    control.load(
        {
            "scenario": "shard-limits",
            "options": {
                "quotas": {"kinesis.recordsPerShard": "2/s"},
                "clock": "2026-03-01T12:00:00Z",
                "frozen": True,
            },
            "rules": [
                {"match": "kinesis.PutRecords", "entries": {"where": {"PartitionKey": "odd"}, "error": "Odd"}},
            ],
        }
    )
    keys = ["k", "odd", "k", "k", "odd"]
    answer = client("kinesis").put_records(StreamName="orders", Records=records(*keys))
    assert [record.get("ErrorCode") for record in answer["Records"]] == [None, "Odd", HOT, HOT, "Odd"]
    assert answer["FailedRecordCount"] == 4
