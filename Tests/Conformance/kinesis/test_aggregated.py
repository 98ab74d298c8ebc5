# SPDX-License-Identifier: Apache-2.0
"""Records packed many to one, as the Kinesis Producer Library packs them (aws-kinesis-agg), put and read whole."""

import base64

import pytest
from aws_kinesis_agg.aggregator import RecordAggregator
from aws_kinesis_agg.deaggregator import iter_deaggregate_records

from .conftest import shard

COUNT = 3000


def pieces():
    for number in range(COUNT):
        yield f"user-{number % 7}", f"event {number} ".encode() * (1 + number % 40)


@pytest.fixture
def packed():
    """The aggregated records: partition key, hash key and data of each."""
    aggregator, made = RecordAggregator(64 * 1024), []
    for key, data in pieces():
        full = aggregator.add_user_record(key, data)
        if full:
            made.append(full.get_contents())
    made.append(aggregator.clear_and_get().get_contents())
    return made


def test_packed_records_come_back_one_by_one(kinesis, stream, packed):
    stream(shards=2)
    assert len(packed) > 5
    entries = [{"PartitionKey": key, "Data": data} for key, _, data in packed]
    put = kinesis.put_records(StreamName="orders", Records=entries)
    assert put["FailedRecordCount"] == 0 and {one["ShardId"] for one in put["Records"]} <= {shard(0), shard(1)}
    read = []
    for number in range(2):
        where = {"StreamName": "orders", "ShardId": shard(number), "ShardIteratorType": "TRIM_HORIZON"}
        iterator = kinesis.get_shard_iterator(**where)["ShardIterator"]
        read += kinesis.get_records(ShardIterator=iterator)["Records"]
    assert len(read) == len(packed)
    found = [
        (one["kinesis"]["partitionKey"], base64.b64decode(one["kinesis"]["data"]))
        for one in iter_deaggregate_records(read, data_format="Boto3")
    ]
    assert sorted(found) == sorted(pieces())
