# SPDX-License-Identifier: Apache-2.0
"""Iterators: every type, their five minutes, and what they are refused for."""

from datetime import timedelta

import pytest

from .conftest import ACCOUNT, START, data, refused, shard


@pytest.fixture
def three(stream, put, clock):
    """The numbers of three records that came a second apart; it is three seconds past the start."""
    stream()
    numbers = []
    for each in (b"a", b"b", b"c"):
        numbers += [put(each)[0]["SequenceNumber"]]
        clock(1)
    return numbers


def test_every_type(three, put, read, kinesis):
    assert data(read()) == [b"a", b"b", b"c"]
    assert data(read(kind="AT_SEQUENCE_NUMBER", StartingSequenceNumber=three[1])) == [b"b", b"c"]
    assert data(read(kind="AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=three[1])) == [b"c"]
    assert data(read(kind="AT_SEQUENCE_NUMBER", StartingSequenceNumber="0")) == [b"a", b"b", b"c"]
    for seconds, left in [(0, 3), (1, 2), (2, 1), (3, 0)]:
        answer = read(kind="AT_TIMESTAMP", Timestamp=START + timedelta(seconds=seconds))
        assert len(answer["Records"]) == left, seconds
    assert len(read(kind="AT_TIMESTAMP", Timestamp=START - timedelta(days=9))["Records"]) == 3
    latest = read(kind="LATEST")
    assert data(latest) == []
    put(b"d")
    again = kinesis.get_records(ShardIterator=latest["NextShardIterator"])
    assert data(again) == [b"d"]
    assert data(kinesis.get_records(ShardIterator=latest["NextShardIterator"])) == [b"d"]
    assert data(kinesis.get_records(ShardIterator=again["NextShardIterator"])) == []


def test_the_number_that_begins_a_shard(three, kinesis, read):
    [only] = kinesis.list_shards(StreamName="orders")["Shards"]
    start = only["SequenceNumberRange"]["StartingSequenceNumber"]
    for kind in ("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"):
        assert data(read(kind=kind, StartingSequenceNumber=start)) == [b"a", b"b", b"c"]


def test_iterators_expire(three, kinesis, clock, read):
    where = {"StreamName": "orders", "ShardId": shard(0), "ShardIteratorType": "TRIM_HORIZON"}
    iterator = kinesis.get_shard_iterator(**where)["ShardIterator"]
    clock(300)
    assert len(kinesis.get_records(ShardIterator=iterator)["Records"]) == 3
    clock(1)
    assert refused("ExpiredIteratorException", kinesis.get_records, ShardIterator=iterator) == (
        "Iterator expired. The iterator was created at time Sun Mar 01 12:00:03 UTC 2026 while right now it is Sun Mar "
        "01 12:05:04 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds."
    )
    assert len(read()["Records"]) == 3


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (
            {"ShardIteratorType": "AT_TIMESTAMP"},
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no "
            "timestamp parameter.",
        ),
        (
            {"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": START + timedelta(minutes=1)},
            "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: "
            "1772366460000, currentTimestampInMillis: 1772366403000",
        ),
        (
            {"ShardIteratorType": "AT_SEQUENCE_NUMBER"},
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) "
            "TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified AT_SEQUENCE_NUMBER and no "
            "StartingSequenceNumber.",
        ),
        (
            {"ShardIteratorType": "LATEST", "StartingSequenceNumber": "0"},
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) "
            "TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified LATEST and a "
            "StartingSequenceNumber.",
        ),
        (
            {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": "5"},
            "StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream orders under "
            f"account {ACCOUNT} is invalid.",
        ),
    ],
)

def test_where_nobody_can_begin(three, kinesis, more, text):
    where = {"StreamName": "orders", "ShardId": shard(0)} | more
    assert refused("InvalidArgumentException", kinesis.get_shard_iterator, **where) == text


def test_numbers_of_other_shards_and_streams(three, kinesis, stream, clock, put):
    stream("parts", shards=2)
    where = {"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": three[0]}
    foreign = {"StreamName": "parts", "ShardId": shard(0)}
    assert "did not come from this stream" in refused(
        "InvalidArgumentException", kinesis.get_shard_iterator, **foreign, **where
    )
    foreign["ShardId"] = shard(1)
    assert refused("InvalidArgumentException", kinesis.get_shard_iterator, **foreign, **where) == (
        "Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was used in a call to a shard with "
        "shardId-000000000001"
    )
    for name in (shard(9), "shardId-9", "x-9"):
        text = refused(
            "ResourceNotFoundException", kinesis.get_shard_iterator, StreamName="orders", ShardId=name,
            ShardIteratorType="LATEST",
        )  # fmt: skip
        assert text == f"Could not find shard {shard(9)} in stream orders under account {ACCOUNT}."
    assert kinesis.get_shard_iterator(StreamName="orders", ShardId="any-0", ShardIteratorType="LATEST")


def test_what_is_no_iterator(kinesis, stream):
    stream()
    stream("parts")
    iterator = kinesis.get_shard_iterator(StreamName="orders", ShardId=shard(0), ShardIteratorType="LATEST")
    text = iterator["ShardIterator"]
    for wrong in ("x", "AAAA", text[:-4], text[:-8] + "AAAAAAA="):
        assert refused("InvalidArgumentException", kinesis.get_records, ShardIterator=wrong) == "Invalid ShardIterator."
    there = kinesis.describe_stream(StreamName="parts")["StreamDescription"]["StreamARN"]
    refused("InvalidArgumentException", kinesis.get_records, ShardIterator=text, StreamARN=there)
    kinesis.delete_stream(StreamName="orders")
    refused("ResourceNotFoundException", kinesis.get_records, ShardIterator=text)
