# SPDX-License-Identifier: Apache-2.0
"""Kinesis as Java's clients speak it: `application/x-amz-cbor-1.1`, milliseconds in tag 1, bytes as they are.

The bytes come from cbor2, which knows nothing of AWS; maps are of indefinite length, as Jackson writes them.
"""

import cbor2
import pytest
from cbor2 import CBORTag

from harness.raw import KINESIS, SCOPE, exchange

CBOR = "application/x-amz-cbor-1.1"


def java(operation: str, target: str = KINESIS, **members) -> bytes:
    """A request as SdkCborGenerator writes it."""
    body = b"\xbf" + b"".join(cbor2.dumps(name) + cbor2.dumps(value) for name, value in members.items()) + b"\xff"
    return request(target + operation, body)


def request(target: str, body: bytes) -> bytes:
    head = (
        f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {target}\r\nContent-Type: {CBOR}\r\n"
        f"{SCOPE.format('kinesis')}User-Agent: aws-sdk-java/2.25.60\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def read(answer, status: int = 200) -> dict:
    """The answer's map; moments stay the numbers that they are."""
    assert answer.status == status, answer
    assert answer.header("content-type") == CBOR
    assert answer.header("x-amzn-requestid") and answer.header("x-amz-id-2")
    return cbor2.loads(answer.body, semantic_decoders={1: lambda number, _: CBORTag(1, number)})


def test_answers_are_cbor(control, server):
    created = exchange(server.address, java("CreateStream", StreamName="orders", ShardCount=1))
    assert (created.status, created.body, created.header("content-type")) == (200, b"", CBOR)
    answer = read(exchange(server.address, java("PutRecord", StreamName="orders", Data=b"\0\xff", PartitionKey="p")))
    assert answer["ShardId"] and answer["SequenceNumber"]
    journal = control.requests()[-1]
    assert (journal["service"], journal["operation"]) == ("kinesis", "PutRecord")
    assert journal["params"] == {"StreamName": "orders", "Data": "AP8=", "PartitionKey": "p"}


def test_moments_are_milliseconds(control, server):
    control.streams("orders")
    record = {"SequenceNumber": "1", "Data": "héllo", "PartitionKey": "p"}
    record["ApproximateArrivalTimestamp"] = "2026-03-01T12:00:00.250Z"
    control.rules({"match": "kinesis.GetRecords", "respond": {"Records": [record], "MillisBehindLatest": 0}})
    iterator = {"StreamName": "orders", "ShardId": "shardId-000000000000", "ShardIteratorType": "AT_TIMESTAMP"}
    exchange(server.address, java("GetShardIterator", **iterator, Timestamp=CBORTag(1, 1_772_366_400_250)))
    assert control.requests()[-1]["params"]["Timestamp"] == 1772366400.25
    answer = read(exchange(server.address, java("GetRecords", ShardIterator="AAAA")))
    (got,) = answer["Records"]
    assert got["ApproximateArrivalTimestamp"] == CBORTag(1, 1_772_366_400_250)
    assert got["Data"] == "héllo".encode() and answer["MillisBehindLatest"] == 0


def test_partial_failures(control, server):
    failed = {"ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "Rate exceeded"}
    good = {"SequenceNumber": "1", "ShardId": "shardId-000000000000"}
    control.rules({"match": "kinesis.PutRecords", "respond": {"FailedRecordCount": 1, "Records": [good, failed]}})
    records = [{"Data": b"a", "PartitionKey": "p"}, {"Data": b"b", "PartitionKey": "q"}]
    answer = read(exchange(server.address, java("PutRecords", StreamName="orders", Records=records)))
    assert answer == {"FailedRecordCount": 1, "Records": [good, failed]}


def test_errors_and_matching_by_params(control, server):
    control.streams("orders")
    match = {"service": "kinesis", "operation": "PutRecord", "params": {"PartitionKey": "hot"}}
    control.rules({"match": match, "error": "ProvisionedThroughputExceededException"})
    sent = {"StreamName": "orders", "Data": b"x"}
    answer = exchange(server.address, java("PutRecord", **sent, PartitionKey="hot"))
    body = read(answer, 400)
    assert body["__type"] == answer.header("x-amzn-errortype") == "ProvisionedThroughputExceededException"
    assert "orders" in body["message"]
    assert exchange(server.address, java("PutRecord", **sent, PartitionKey="cold")).status == 200


@pytest.mark.parametrize(
    "body,shape,words",
    [
        (b"{}", "SerializationException", "not CBOR at byte"),
        (b"", "SerializationException", "not CBOR at byte 0"),
        (cbor2.dumps({"StreamName": 1}), "SerializationException", "NUMBER_VALUE can not be converted to a String"),
        (cbor2.dumps({"StreamName": "orders", "Data": "eA=="}), "SerializationException", "converted to a Blob"),
        (cbor2.dumps({"StreamName": "a b", "Data": b"x", "PartitionKey": "p"}), "ValidationException", "'streamName'"),
        (cbor2.dumps({"StreamName": "orders", "PartitionKey": 2**70}), "SerializationException", "64 bits"),
    ],
    ids=range(6),
)
def test_what_is_refused(control, server, body, shape, words):
    said = read(exchange(server.address, request(KINESIS + "PutRecord", body)), 400)
    assert said["__type"] == shape and words in said["message"]


def test_unknown_operations(control, server):
    assert read(exchange(server.address, java("PutRecrod")), 400)["__type"] == "UnknownOperationException"
    answer = exchange(server.address, java("Do", target="Nobody."))
    assert (answer.status, answer.header("content-type")) == (400, CBOR)
    assert cbor2.loads(answer.body)["__type"] == "UnknownOperationException"
