# SPDX-License-Identifier: Apache-2.0
"""AWS's quotas by shard: which shard a partition key falls to decides."""

import pytest

from .conftest import ACCOUNT, arn, refused, shard

HOT = "ProvisionedThroughputExceededException"
LEFT, RIGHT = "0", str(2**128 - 1)


@pytest.fixture
def limited(control):
    control.load({"scenario": "limited", "options": {"quotas": "aws"}})


@pytest.fixture
def put_many(kinesis):
    """`put_many(count, *hash keys)`: by shard how many of so many records to each key were taken."""

    def put(count, *keys):
        taken = {}
        for _ in range(count // 500):
            for key in keys:
                entries = [{"Data": b"x", "PartitionKey": "k", "ExplicitHashKey": key}] * 500
                answer = kinesis.put_records(StreamName="orders", Records=entries)
                failed = [record for record in answer["Records"] if "ErrorCode" in record]
                assert answer["FailedRecordCount"] == len(failed)
                number = 0 if key == LEFT else 1
                text = f"Rate exceeded for shard {shard(number)} in stream orders under account {ACCOUNT}."
                assert all(record == {"ErrorCode": HOT, "ErrorMessage": text} for record in failed)
                for record in answer["Records"]:
                    if "ShardId" in record:
                        taken[record["ShardId"]] = taken.get(record["ShardId"], 0) + 1
        return taken

    return put


def test_a_thousand_of_four_thousand_go_to_each_shard(stream, limited, put_many, clock):
    stream(shards=2)
    assert put_many(4000, LEFT) == {shard(0): 1000}
    # The other shard has room, whatever the first was asked for.
    assert put_many(4000, LEFT, RIGHT) == {shard(1): 1000}
    clock(1)
    assert put_many(2000, LEFT, RIGHT) == {shard(0): 1000, shard(1): 1000}
    clock(0.5)
    assert put_many(2000, LEFT, RIGHT) == {shard(0): 500, shard(1): 500}


def test_a_batch_over_two_shards_fails_in_part(kinesis, stream, limited, put_many):
    stream(shards=2)
    put_many(1000, LEFT)
    entries = [{"Data": b"x", "PartitionKey": "k", "ExplicitHashKey": key} for key in (LEFT, RIGHT, LEFT)]
    answer = kinesis.put_records(StreamName="orders", Records=entries)
    assert [record.get("ErrorCode") for record in answer["Records"]] == [HOT, None, HOT]
    record = {"StreamName": "orders", "Data": b"x", "PartitionKey": "k"}
    assert shard(0) in refused(HOT, kinesis.put_record, **record, ExplicitHashKey=LEFT)
    assert kinesis.put_record(**record, ExplicitHashKey=RIGHT)["ShardId"] == shard(1)


def test_children_have_room_of_their_own(kinesis, stream, limited, put_many, clock):
    stream(shards=1)
    put_many(1000, LEFT)
    kinesis.split_shard(StreamName="orders", ShardToSplit=shard(0), NewStartingHashKey=str(2**127))
    entries = [{"Data": b"x", "PartitionKey": "k", "ExplicitHashKey": key} for key in (LEFT, RIGHT)] * 250
    taken = [kinesis.put_records(StreamName="orders", Records=entries)["FailedRecordCount"] for _ in range(4)]
    assert taken == [0, 0, 0, 0]


def test_readings_of_a_shard(kinesis, stream, limited, clock):
    stream(shards=2)
    iterators = []
    for number in (0, 1):
        where = {"StreamName": "orders", "ShardId": shard(number), "ShardIteratorType": "LATEST"}
        iterators += [kinesis.get_shard_iterator(**where)["ShardIterator"]]
    for _ in range(5):
        kinesis.get_records(ShardIterator=iterators[0])
    assert shard(0) in refused(HOT, kinesis.get_records, ShardIterator=iterators[0])
    kinesis.get_records(ShardIterator=iterators[1])
    clock(1)
    kinesis.get_records(ShardIterator=iterators[0])


def test_subscriptions_of_a_consumer(kinesis, stream, limited, clock):
    stream()
    consumers = []
    for name in ("a", "b"):
        made = kinesis.register_stream_consumer(StreamARN=arn("orders"), ConsumerName=name)
        consumers += [made["Consumer"]["ConsumerARN"]]
    start = {"ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    for consumer in consumers:
        kinesis.subscribe_to_shard(ConsumerARN=consumer, **start)
    refused("LimitExceededException", kinesis.subscribe_to_shard, ConsumerARN=consumers[0], **start)
