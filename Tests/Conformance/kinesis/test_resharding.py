# SPDX-License-Identifier: Apache-2.0
"""Shards split, merged and scaled, and who follows them to their children."""

from datetime import timedelta

import pytest

from .conftest import ACCOUNT, START, refused, shard

HALF = str(2**126)


def parents(found):
    return {
        int(each["ShardId"][-12:]): tuple(
            int(each[name][-12:]) for name in ("ParentShardId", "AdjacentParentShardId") if name in each
        )
        for each in found
    }


@pytest.fixture
def shards(kinesis):
    return lambda **more: kinesis.list_shards(StreamName="orders", **more)["Shards"]


@pytest.fixture
def split(kinesis):
    return lambda number, start: kinesis.split_shard(
        StreamName="orders", ShardToSplit=shard(number), NewStartingHashKey=start
    )


def test_a_split(kinesis, stream, put, read, split, shards, clock):
    stream(shards=2)
    put(b"old", ExplicitHashKey="7")
    clock(1)
    split(0, HALF)
    found = shards()
    assert parents(found) == {0: (), 1: (), 2: (0,), 3: (0,)}
    assert set(found[0]["SequenceNumberRange"]) == {"StartingSequenceNumber", "EndingSequenceNumber"}
    assert found[0]["SequenceNumberRange"]["EndingSequenceNumber"] < found[2]["SequenceNumberRange"][
        "StartingSequenceNumber"
    ]
    assert [each["HashKeyRange"]["EndingHashKey"] for each in found[2:]] == [str(2**126 - 1), str(2**127 - 1)]
    assert [put(b"new", ExplicitHashKey=key)[0]["ShardId"] for key in ("7", HALF)] == [shard(2), shard(3)]
    answer = read()
    assert [record["Data"] for record in answer["Records"]] == [b"old"] and "NextShardIterator" not in answer
    assert answer["ChildShards"] == [
        {"ShardId": each["ShardId"], "ParentShards": [shard(0)], "HashKeyRange": each["HashKeyRange"]}
        for each in found[2:]
    ]
    assert "ChildShards" not in read(1) and "NextShardIterator" in read(1)
    end = found[0]["SequenceNumberRange"]["EndingSequenceNumber"]
    assert read(kind="AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=end)["Records"] == []


def test_a_merge(kinesis, stream, put, read, shards):
    stream(shards=3)
    kinesis.merge_shards(StreamName="orders", ShardToMerge=shard(2), AdjacentShardToMerge=shard(1))
    found = shards()
    assert parents(found) == {0: (), 1: (), 2: (), 3: (2, 1)}
    assert found[3]["HashKeyRange"] == {
        "StartingHashKey": found[1]["HashKeyRange"]["StartingHashKey"],
        "EndingHashKey": found[2]["HashKeyRange"]["EndingHashKey"],
    }
    for number in (1, 2):
        [child] = read(number)["ChildShards"]
        assert child["ParentShards"] == [shard(2), shard(1)]


def test_what_cannot_be_split_or_merged(kinesis, stream, split):
    stream(shards=3)
    last = 2**128 // 3 - 1
    for start in ("0", "1", str(last)):
        assert refused("InvalidArgumentException", split, number=0, start=start) == (
            f"NewStartingHashKey {start} used in SplitShard() on shard {shard(0)} in stream orders under account "
            f"{ACCOUNT} is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's "
            f"EndingHashKey {last}."
        )
    gone = f"Could not find shard {shard(9)} in stream orders under account {ACCOUNT}."
    assert refused("ResourceNotFoundException", split, number=9, start="5") == gone
    for one, other in [(0, 2), (1, 1), (2, 0)]:
        assert refused(
            "InvalidArgumentException", kinesis.merge_shards, StreamName="orders", ShardToMerge=shard(one),
            AdjacentShardToMerge=shard(other),
        ) == (
            f"Shards {shard(one)} and {shard(other)} in stream orders under account {ACCOUNT} are not an adjacent pair "
            "of shards eligible for merging"
        )  # fmt: skip
    split(0, "2")
    closed = (
        f"Shard {shard(0)} in stream orders under account {ACCOUNT} has already been merged or split, and thus is not "
        "eligible for merging or splitting."
    )
    assert refused("InvalidArgumentException", split, number=0, start="7") == closed
    pair = {"StreamName": "orders", "ShardToMerge": shard(1), "AdjacentShardToMerge": shard(0)}
    assert refused("InvalidArgumentException", kinesis.merge_shards, **pair) == closed


@pytest.mark.parametrize(("count", "target"), [(1, 2), (2, 4), (4, 2), (3, 5), (5, 3), (3, 3), (6, 11)])
def test_a_stream_is_scaled(kinesis, stream, shards, count, target):
    stream(shards=count)
    scaled = kinesis.update_shard_count(StreamName="orders", TargetShardCount=target, ScalingType="UNIFORM_SCALING")
    assert (scaled["CurrentShardCount"], scaled["TargetShardCount"]) == (count, target)
    found = [each["HashKeyRange"] for each in shards(ShardFilter={"Type": "AT_LATEST"})]
    starts = sorted(int(each["StartingHashKey"]) for each in found)
    assert starts == [number * (2**128 // target) for number in range(target)]
    assert kinesis.describe_limits()["OpenShardCount"] == target


def test_scaling_has_limits(kinesis, stream, clock):
    stream(shards=4)

    def scale(target):
        kinesis.update_shard_count(StreamName="orders", TargetShardCount=target, ScalingType="UNIFORM_SCALING")

    counts = "Current open shard count: 4, Target shard count: "
    for target, text in [
        (9, f"UpdateShardCount cannot scale up over double your current open shard count. {counts}9"),
        (1, f"UpdateShardCount cannot scale down below half your current open shard count. {counts}1"),
        (10_001, f"Target shard count or number of open shards cannot be greater than 10000. {counts}10001"),
    ]:
        assert refused("LimitExceededException", scale, target=target) == text
    for number in range(10):
        scale(4 + number % 2)
    assert "10 times within 24 hours" in refused("LimitExceededException", scale, target=4)
    clock(86_400)
    scale(4)


def test_listings_of_shards(kinesis, stream, shards, split, clock):
    stream(shards=2)
    clock(60)
    split(0, HALF)
    clock(60)

    def numbers(kind, **more):
        return sorted(parents(shards(ShardFilter={"Type": kind} | more)))

    assert numbers("AT_LATEST") == [1, 2, 3]
    assert numbers("AT_TRIM_HORIZON") == [0, 1]
    assert numbers("FROM_TRIM_HORIZON") == [0, 1, 2, 3]
    assert numbers("AFTER_SHARD_ID", ShardId=shard(1)) == [2, 3]
    for seconds, at, since in [(30, [0, 1], [0, 1, 2, 3]), (90, [1, 2, 3], [1, 2, 3])]:
        moment = START + timedelta(seconds=seconds)
        assert numbers("AT_TIMESTAMP", Timestamp=moment) == at
        assert numbers("FROM_TIMESTAMP", Timestamp=moment) == since
    assert sorted(parents(shards(ExclusiveStartShardId=shard(2)))) == [3]
    assert len(shards(StreamCreationTimestamp=START)) == 4
    refused("ResourceNotFoundException", shards, StreamCreationTimestamp=START + timedelta(seconds=5))
    for wrong in (
        {"Type": "AT_TIMESTAMP"},
        {"Type": "AFTER_SHARD_ID"},
        {"Type": "AT_TIMESTAMP", "Timestamp": START + timedelta(hours=1)},
    ):
        refused("InvalidArgumentException", shards, ShardFilter=wrong)
    # Once all that the closed shard held is out of time, it is gone.
    clock(86_400 - 60)
    assert sorted(parents(shards())) == [0, 1, 2, 3]
    clock(1)
    assert sorted(parents(shards())) == [1, 2, 3]


def test_tokens_of_listings(kinesis, stream, shards, clock):
    stream(shards=3)
    page = kinesis.list_shards(StreamName="orders", MaxResults=2, ShardFilter={"Type": "AT_LATEST"})
    token = page["NextToken"]
    rest = kinesis.list_shards(NextToken=token)
    assert len(page["Shards"]) == 2 and [each["ShardId"] for each in rest["Shards"]] == [shard(2)]
    assert "NextToken" not in rest
    text = refused("InvalidArgumentException", kinesis.list_shards, StreamName="orders", NextToken=token)
    assert text == "NextToken and StreamName cannot be provided together."
    for wrong in ("x", token[:-4]):
        refused("InvalidArgumentException", kinesis.list_shards, NextToken=wrong)
    clock(301)
    refused("ExpiredNextTokenException", kinesis.list_shards, NextToken=token)
