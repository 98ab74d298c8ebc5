# SPDX-License-Identifier: Apache-2.0
"""Clients that are not boto3: CBOR as Java speaks it, Ruby's SDK, the AWS command line."""

import json
import shutil
import subprocess
from pathlib import Path

import cbor2
import pytest
from cbor2 import CBORTag

from harness.commandline import aws
from harness.raw import KINESIS, SCOPE, exchange

from .conftest import ACCOUNT, shard

CBOR = "application/x-amz-cbor-1.1"
PROGRAM = Path(__file__).parent.parent / "ruby" / "kinesis.rb"


@pytest.fixture
def java(server):
    """`java(operation, status=200, **members)`: the answer to a call as Java's SDK makes it."""

    def call(operation, status=200, **members):
        body = cbor2.dumps(members)
        head = (
            f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {KINESIS}{operation}\r\nContent-Type: {CBOR}\r\n"
            f"{SCOPE.format('kinesis')}Content-Length: {len(body)}\r\n\r\n"
        )
        answer = exchange(server.address, head.encode() + body)
        assert answer.status == status and answer.header("content-type") == CBOR, answer
        moments = {1: lambda number, _: CBORTag(1, number)}
        return cbor2.loads(answer.body, semantic_decoders=moments) if answer.body else {}

    return call


def test_cbor(kinesis, java, clock):
    java("CreateStream", StreamName="orders", ShardCount=1)
    whole = bytes(range(256))
    put = java("PutRecord", StreamName="orders", Data=whole, PartitionKey="k")
    entries = [{"Data": b"b", "PartitionKey": "k"}, {"Data": b"c", "PartitionKey": "k"}]
    batch = java("PutRecords", StreamName="orders", Records=entries)
    assert put["ShardId"] == shard(0) and batch["FailedRecordCount"] == 0
    found = java("DescribeStream", StreamName="orders")["StreamDescription"]
    assert found["StreamCreationTimestamp"] == CBORTag(1, 1_772_366_400_000)
    clock(1)
    where = {"StreamName": "orders", "ShardId": shard(0), "ShardIteratorType": "AT_TIMESTAMP"}
    iterator = java("GetShardIterator", **where, Timestamp=CBORTag(1, 1_772_366_400_000))
    read = java("GetRecords", **iterator)
    assert [record["Data"] for record in read["Records"]] == [whole, b"b", b"c"]
    assert read["Records"][0]["ApproximateArrivalTimestamp"] == CBORTag(1, 1_772_366_400_000)
    error = java("DescribeStream", 400, StreamName="nowhere")
    assert error["__type"] == "ResourceNotFoundException"
    assert error["message"] == f"Stream nowhere under account {ACCOUNT} not found."


def test_ruby(control, endpoint):
    assert shutil.which("ruby"), "no ruby; Tests/setup.sh ruby installs it and the SDKs"
    ran = subprocess.run(["ruby", PROGRAM, endpoint], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "failed": 0, "shards": [shard(0), shard(1)], "read": ["one", "two", "three"],
        "refusal": f"Stream nowhere under account {ACCOUNT} not found.",
    }  # fmt: skip


def test_the_command_line(control, endpoint, tmp_path):
    def said(*words):
        ran = aws(endpoint, tmp_path, "kinesis", *words)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout) if ran.stdout else None

    stream = ("--stream-name", "orders")
    said("create-stream", *stream, "--shard-count", "1")
    put = said("put-record", *stream, "--data", "hello", "--partition-key", "k")
    assert put["ShardId"] == shard(0)
    where = ("--shard-id", shard(0), "--shard-iterator-type", "TRIM_HORIZON")
    iterator = said("get-shard-iterator", *stream, *where)["ShardIterator"]
    [record] = said("get-records", "--shard-iterator", iterator)["Records"]
    assert record["Data"] == "aGVsbG8=" and record["SequenceNumber"] == put["SequenceNumber"]
    assert said("list-streams")["StreamNames"] == ["orders"]
    assert said("describe-stream-summary", *stream)["StreamDescriptionSummary"]["OpenShardCount"] == 1
    failed = aws(endpoint, tmp_path, "kinesis", "describe-stream", "--stream-name", "nowhere")
    # 254 from version 2 of the command line, 255 from version 1.
    assert failed.returncode in (254, 255)
    assert (
        "An error occurred (ResourceNotFoundException) when calling the DescribeStream operation: "
        f"Stream nowhere under account {ACCOUNT} not found." in failed.stderr
    )
