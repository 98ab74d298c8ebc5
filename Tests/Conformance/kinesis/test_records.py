# SPDX-License-Identifier: Apache-2.0
"""Records: where they fall, what numbers they get, how they are read back."""

import hashlib
from datetime import timedelta

import pytest

from .conftest import ACCOUNT, START, arn, data, refused, shard


def hash_of(key):
    return int.from_bytes(hashlib.md5(key.encode()).digest(), "big")


def test_records_fall_where_their_hash_does(kinesis, stream, put, read):
    stream(shards=3)
    size = 2**128 // 3
    keys = [str(number) for number in range(30)] + ["é", "x" * 256]
    for key in keys:
        [answer] = put(key.encode(), key=key)
        assert answer["ShardId"] == shard(min(hash_of(key) // size, 2)), key
    for explicit, number in [("0", 0), (str(size - 1), 0), (str(size), 1), (str(2**128 - 1), 2)]:
        [answer] = put(b"explicit", ExplicitHashKey=explicit)
        assert answer["ShardId"] == shard(number)
    assert sum(len(read(number)["Records"]) for number in range(3)) == len(keys) + 4
    record = {"StreamName": "orders", "Data": b"x", "PartitionKey": "k", "ExplicitHashKey": str(2**128)}
    assert "[0, 2^128-1]" in refused("InvalidArgumentException", kinesis.put_record, **record)


def test_numbers_have_56_digits_and_grow(stream, put, clock, read):
    stream()
    numbers = []
    for _ in range(5):
        numbers += [answer["SequenceNumber"] for answer in put(b"a", b"b")]
        clock(1)
    assert numbers == sorted(numbers) and len(set(numbers)) == 10 and {len(number) for number in numbers} == {56}
    assert [record["SequenceNumber"] for record in read()["Records"]] == numbers


def test_a_record_as_it_is_read(stream, put, read):
    stream()
    whole = bytes(range(256)) * 4
    [answer] = put(whole, key="kéy")
    [record] = read()["Records"]
    assert record == {
        "SequenceNumber": answer["SequenceNumber"], "ApproximateArrivalTimestamp": START, "Data": whole,
        "PartitionKey": "kéy",
    }  # fmt: skip
    assert put(b"")[0]["SequenceNumber"] > answer["SequenceNumber"] and data(read())[1] == b""


def test_a_batch_keeps_its_order(kinesis, stream, read):
    stream(shards=2)
    entries = [{"Data": str(n).encode(), "PartitionKey": str(n)} for n in range(500)]
    answer = kinesis.put_records(StreamName="orders", Records=entries)
    assert answer["FailedRecordCount"] == 0 and len(answer["Records"]) == 500
    for number in (0, 1):
        wanted = [e["Data"] for e, r in zip(entries, answer["Records"], strict=True) if r["ShardId"] == shard(number)]
        assert data(read(number)) == wanted


MEGABYTE = b"x" * (1 << 20)
TOO_LONG = "failed to satisfy constraint: Member must have length less than or equal to"


def test_records_have_a_largest_size(kinesis, stream, put):
    stream()
    put(MEGABYTE)
    record = {"StreamName": "orders", "Data": MEGABYTE + b"x", "PartitionKey": "k"}
    with pytest.raises(kinesis.exceptions.ClientError) as caught:
        kinesis.put_record(**record)
    text = caught.value.response["Error"]
    assert text["Code"] == "ValidationException"
    assert text["Message"] == f"1 validation error detected: Value at 'data' {TOO_LONG} 1048576"
    with pytest.raises(kinesis.exceptions.ClientError, match=r"records\.2\.member\.data"):
        entries = [{"Data": b"x", "PartitionKey": "k"}, {"Data": record["Data"], "PartitionKey": "k"}]
        kinesis.put_records(StreamName="orders", Records=entries)
    kinesis.update_max_record_size(StreamARN=arn("orders"), MaxRecordSizeInKiB=10_240)
    put(MEGABYTE * 10)
    with pytest.raises(kinesis.exceptions.ClientError, match=f"{TOO_LONG} 10485760"):
        put(MEGABYTE * 10 + b"x")


def test_a_batch_has_a_largest_size_and_nothing_of_it_is_written(kinesis, stream, read):
    stream()
    entries = [{"Data": MEGABYTE[:-1], "PartitionKey": "k"}] * 10
    kinesis.put_records(StreamName="orders", Records=entries)
    text = refused(
        "InvalidArgumentException", kinesis.put_records, StreamName="orders", Records=[*entries, entries[0]]
    )
    assert text == "Records size exceeds 10 MB limit"
    assert len(read(limit=100)["Records"]) == 10


def test_readings_have_limits(kinesis, stream, put, read):
    stream()
    for _ in range(11):
        put(MEGABYTE)
    first = read()
    # Partition keys count.
    assert len(first["Records"]) == 9
    second = kinesis.get_records(ShardIterator=first["NextShardIterator"], Limit=1)
    third = kinesis.get_records(ShardIterator=second["NextShardIterator"])
    assert [len(answer["Records"]) for answer in (second, third)] == [1, 1]
    assert kinesis.get_records(ShardIterator=third["NextShardIterator"])["Records"] == []


def test_ten_thousand_records_at_once(kinesis, stream, read):
    stream()
    entries = [{"Data": b"x", "PartitionKey": "k"}] * 500
    for _ in range(21):
        kinesis.put_records(StreamName="orders", Records=entries)
    first = read()
    assert len(first["Records"]) == 10_000
    assert len(kinesis.get_records(ShardIterator=first["NextShardIterator"])["Records"]) == 500


def test_how_far_behind_a_reader_is(kinesis, stream, put, read, clock):
    stream()
    put(b"a")
    clock(2.5)
    put(b"b")
    clock(1)
    first = read(limit=1)
    assert first["MillisBehindLatest"] == 3500
    second = kinesis.get_records(ShardIterator=first["NextShardIterator"])
    assert (data(second), second["MillisBehindLatest"]) == ([b"b"], 0)


def test_ordering_by_a_number(kinesis, stream, put):
    stream()
    [first] = put(b"a")
    [second] = put(b"b", SequenceNumberForOrdering=first["SequenceNumber"])
    assert second["SequenceNumber"] > first["SequenceNumber"]
    record = {"StreamName": "orders", "Data": b"x", "PartitionKey": "k"}
    for wrong in ("0", "1", "4" * 56):
        text = refused("InvalidArgumentException", kinesis.put_record, **record, SequenceNumberForOrdering=wrong)
        assert text == (
            f"ExclusiveMinimumSequenceNumber {wrong} used in PutRecord on stream orders under account {ACCOUNT} is "
            "invalid."
        )


def test_records_are_out_of_time(kinesis, stream, put, read, clock):
    stream()
    [old] = put(b"old")
    clock(3600)
    put(b"young")
    iterator = read(limit=1)["NextShardIterator"]
    clock(23 * 3600 + 1)
    assert data(read()) == [b"young"]
    assert data(read(kind="AT_SEQUENCE_NUMBER", StartingSequenceNumber=old["SequenceNumber"])) == [b"young"]
    refused("ExpiredIteratorException", kinesis.get_records, ShardIterator=iterator)
    kinesis.increase_stream_retention_period(StreamName="orders", RetentionPeriodHours=48)
    clock(23 * 3600)
    assert data(read()) == [b"young"]
    clock(2 * 3600)
    assert data(read()) == []


def test_retention(kinesis, stream):
    stream()

    def hours():
        return kinesis.describe_stream(StreamName="orders")["StreamDescription"]["RetentionPeriodHours"]

    longer, shorter = kinesis.increase_stream_retention_period, kinesis.decrease_stream_retention_period
    longer(StreamName="orders", RetentionPeriodHours=8760)
    assert hours() == 8760
    shorter(StreamName="orders", RetentionPeriodHours=48)
    assert hours() == 48
    for call, wanted, text in [
        (longer, 8761, "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is"),
        (shorter, 23, "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too"),
        (longer, 47, "(47 hours) for stream orders can not be shorter than existing retention period (48 hours). Use"),
        (shorter, 49, "(49 hours) for stream orders can not be longer than existing retention period (48 hours). Use"),
    ]:
        assert text in refused("InvalidArgumentException", call, StreamName="orders", RetentionPeriodHours=wanted)
    assert hours() == 48


def test_a_clock_that_is_set_back_loses_nothing(control, stream, put, read, clock):
    stream()
    put(b"a")
    control.demand("POST", "clock", {"set": (START - timedelta(hours=1)).isoformat().replace("+00:00", "Z")})
    put(b"b")
    answer = read()
    assert data(answer) == [b"a", b"b"] and answer["MillisBehindLatest"] == 0
