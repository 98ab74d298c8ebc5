# SPDX-License-Identifier: Apache-2.0
"""On-demand streams: their shards follow what is written, where quotas hold; what an account that pays for a minimum
may have."""

import pytest

from harness import clients

from .conftest import arn, refused, shard

HOT = "ProvisionedThroughputExceededException"
MODE = {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}}
DAY = 86_400


@pytest.fixture
def load(control):
    def load(**more):
        control.load({"scenario": "limited", "options": {"quotas": "aws"} | more})

    return load


@pytest.fixture
def write(kinesis):
    """`write(count)`: how many of so many records, spread over all shards, are taken at once."""

    def write(count, name="orders"):
        taken = 0
        for _ in range(count // 500):
            entries = [
                {"Data": b"x", "PartitionKey": "k", "ExplicitHashKey": str(2**128 * number // 500)}
                for number in range(500)
            ]
            taken += 500 - kinesis.put_records(StreamName=name, Records=entries)["FailedRecordCount"]
        return taken

    return write


@pytest.fixture
def count(kinesis):
    """How many shards of a stream are open."""

    def count(name="orders", client=kinesis):
        return client.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["OpenShardCount"]

    return count


@pytest.fixture
def advantage(kinesis):
    kinesis.update_account_settings(MinimumThroughputBillingCommitment={"Status": "ENABLED"})


def test_shards_double_with_what_is_written(kinesis, load, write, count, clock):
    load()
    kinesis.create_stream(StreamName="orders", **MODE)
    assert write(2000) == 2000
    clock(1)
    # Twice of that is what it can take already.
    assert count() == 4 and write(2500) == 2500
    clock(1)
    assert count() == 8
    shards = kinesis.list_shards(StreamName="orders")["Shards"]
    parents = [each for each in shards if "EndingSequenceNumber" in each["SequenceNumberRange"]]
    assert [each["ShardId"] for each in parents] == [shard(number) for number in range(4)]
    children = [each["ParentShardId"] for each in shards if each not in parents]
    assert sorted(children) == sorted([each["ShardId"] for each in parents] * 2)
    assert write(10_000) == 8000
    clock(1)
    assert count() == 16


def test_readers_follow(kinesis, load, write, clock, read):
    load()
    kinesis.create_stream(StreamName="orders", **MODE)
    written = 0
    for size in (3000, 6000, 1000):
        written += write(size)
        clock(1)
    found, left = [], [shard(number) for number in range(4)]
    done = set()
    while left:
        name = left.pop()
        where = {"StreamName": "orders", "ShardId": name, "ShardIteratorType": "TRIM_HORIZON"}
        iterator = kinesis.get_shard_iterator(**where)["ShardIterator"]
        answer = kinesis.get_records(ShardIterator=iterator)
        found += [record["SequenceNumber"] for record in answer["Records"]]
        done.add(name)
        left += [each["ShardId"] for each in answer.get("ChildShards", [])]
        assert "NextShardIterator" in answer or answer["ChildShards"]
    assert len(found) == len(set(found)) == written == 10_000 and len(done) == 4 + 8 + 16


def test_more_than_twice_the_peak_is_throttled_for_a_while(kinesis, load, write, count, clock):
    """As AWS says it may be for a quarter of an hour, where a scenario has it."""
    load(transitions={"kinesis.onDemand": "15m"})
    kinesis.create_stream(StreamName="orders", **MODE)
    assert write(5000) == 4000
    clock(899)
    assert count() == 4 and write(5000) == 4000
    record = {"StreamName": "orders", "Data": b"x", "PartitionKey": "k"}
    assert "shardId-" in refused(HOT, kinesis.put_record, **record)
    clock(2)
    assert count() == 8 and write(5000) == 5000
    clock(901)
    assert count() == 16


def test_a_peak_is_forgotten_after_thirty_days(kinesis, load, write, count, clock):
    load()
    kinesis.create_stream(StreamName="orders", **MODE)
    write(3000)
    clock(30 * DAY)
    assert count() == 8
    clock(DAY)
    assert count() == 4
    latest = {"Type": "AT_LATEST"}
    [merged, *_] = kinesis.list_shards(StreamName="orders", ShardFilter=latest)["Shards"]
    assert merged["ParentShardId"] and merged["AdjacentParentShardId"]


def test_without_quotas_they_stay(kinesis, write, count, clock):
    kinesis.create_stream(StreamName="orders", **MODE)
    assert write(9000) == 9000
    clock(1)
    assert count() == 4


def test_a_stream_that_becomes_one_keeps_its_shards(kinesis, load, write, count, clock, stream):
    load()
    stream(shards=3)
    kinesis.update_stream_mode(StreamARN=arn("orders"), **MODE)
    assert count() == 3 and write(2000) == 2000
    clock(1)
    assert count() == 6
    kinesis.update_stream_mode(StreamARN=arn("orders"), StreamModeDetails={"StreamMode": "PROVISIONED"})
    write(6000)
    clock(1)
    assert count() == 6 and kinesis.describe_limits()["OpenShardCount"] == 6


def test_a_warm_stream_has_its_shards_at_once(kinesis, advantage, count, clock):
    kinesis.create_stream(StreamName="orders", WarmThroughputMiBps=100, **MODE)
    assert count() == 128 and len(kinesis.list_shards(StreamName="orders")["Shards"]) == 128
    for wanted, shards in [(129, 256), (10, 16), (0, 4)]:
        kinesis.update_stream_warm_throughput(StreamName="orders", WarmThroughputMiBps=wanted)
        assert count() == shards


def test_regions_go_so_far(advantage, count, endpoint):
    elsewhere = clients.session().client(
        "kinesis", endpoint_url=endpoint, region_name="eu-north-1", config=clients.config()
    )
    elsewhere.update_account_settings(MinimumThroughputBillingCommitment={"Status": "ENABLED"})
    elsewhere.create_stream(StreamName="orders", WarmThroughputMiBps=1000, **MODE)
    assert count(client=elsewhere) == 200


def test_warmth_and_fifty_consumers_are_paid_for(kinesis, clock, stream):
    need = "needs MinimumThroughputBillingCommitment"
    kinesis.create_stream(StreamName="orders", **MODE)
    for call, more in [
        (kinesis.create_stream, {"StreamName": "s"} | MODE),
        (kinesis.update_stream_mode, {"StreamARN": arn("orders")} | MODE),
        (kinesis.update_stream_warm_throughput, {"StreamName": "orders"}),
    ]:
        assert need in refused("ValidationException", call, **more, WarmThroughputMiBps=10)

    def register(name, numbers):
        for number in numbers:
            kinesis.register_stream_consumer(StreamARN=arn(name), ConsumerName=f"c{number}")

    stream("fixed")
    for name in ("orders", "fixed"):
        register(name, range(20))
        assert "20" in refused("LimitExceededException", register, name=name, numbers=[20])
    kinesis.update_account_settings(MinimumThroughputBillingCommitment={"Status": "ENABLED"})
    register("orders", range(20, 50))
    for name in ("orders", "fixed"):
        refused("LimitExceededException", register, name=name, numbers=[50])
