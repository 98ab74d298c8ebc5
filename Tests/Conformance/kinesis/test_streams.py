# SPDX-License-Identifier: Apache-2.0
"""Streams: made, described, listed, deleted; their time; account and region."""


import boto3
import pytest
from botocore.exceptions import ClientError, WaiterError

from harness import clients

from .conftest import ACCOUNT, START, arn, json_answer, refused, shard

# What every operation that names a stream takes beside the name.
ON_A_STREAM = {
    "add_tags_to_stream": {"Tags": {"a": "b"}},
    "decrease_stream_retention_period": {"RetentionPeriodHours": 24},
    "delete_stream": {},
    "describe_stream": {},
    "describe_stream_summary": {},
    "disable_enhanced_monitoring": {"ShardLevelMetrics": ["ALL"]},
    "enable_enhanced_monitoring": {"ShardLevelMetrics": ["ALL"]},
    "get_shard_iterator": {"ShardId": shard(0), "ShardIteratorType": "LATEST"},
    "increase_stream_retention_period": {"RetentionPeriodHours": 24},
    "list_shards": {},
    "list_tags_for_stream": {},
    "merge_shards": {"ShardToMerge": shard(0), "AdjacentShardToMerge": shard(1)},
    "put_record": {"Data": b"x", "PartitionKey": "k"},
    "put_records": {"Records": [{"Data": b"x", "PartitionKey": "k"}]},
    "remove_tags_from_stream": {"TagKeys": ["a"]},
    "split_shard": {"ShardToSplit": shard(0), "NewStartingHashKey": "1000"},
    "start_stream_encryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
    "stop_stream_encryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
    "update_shard_count": {"TargetShardCount": 2, "ScalingType": "UNIFORM_SCALING"},
    "update_stream_warm_throughput": {"WarmThroughputMiBps": 10},
}
BY_ARN = {
    "list_stream_consumers": {},
    "register_stream_consumer": {"ConsumerName": "c"},
    "update_max_record_size": {"MaxRecordSizeInKiB": 2048},
    "update_stream_mode": {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}},
}
# These change nothing that must be ACTIVE.
ANY_TIME = {
    "add_tags_to_stream", "remove_tags_from_stream", "list_tags_for_stream", "describe_stream",
    "describe_stream_summary", "list_shards", "list_stream_consumers", "register_stream_consumer", "delete_stream",
    "get_shard_iterator", "put_record", "put_records",
}  # fmt: skip


def test_a_stream_as_it_is_described(kinesis, stream, put):
    stream(shards=2, Tags={"team": "a"}, MaxRecordSizeInKiB=2048)
    found = kinesis.describe_stream(StreamName="orders")["StreamDescription"]
    shards = found.pop("Shards")
    assert found == {
        "StreamName": "orders", "StreamARN": arn("orders"), "StreamStatus": "ACTIVE", "HasMoreShards": False,
        "StreamModeDetails": {"StreamMode": "PROVISIONED"}, "RetentionPeriodHours": 24,
        "StreamCreationTimestamp": START, "EnhancedMonitoring": [{"ShardLevelMetrics": []}],
        "EncryptionType": "NONE",
    }  # fmt: skip
    assert [each["ShardId"] for each in shards] == [shard(0), shard(1)]
    assert [each["HashKeyRange"] for each in shards] == [
        {"StartingHashKey": "0", "EndingHashKey": str(2**127 - 1)},
        {"StartingHashKey": str(2**127), "EndingHashKey": str(2**128 - 1)},
    ]
    assert all(set(each["SequenceNumberRange"]) == {"StartingSequenceNumber"} for each in shards)
    summary = kinesis.describe_stream_summary(StreamName="orders")["StreamDescriptionSummary"]
    assert (summary["OpenShardCount"], summary["ConsumerCount"], summary["MaxRecordSizeInKiB"]) == (2, 0, 2048)
    assert len(summary["StreamId"]) == 24 and summary["StreamARN"] == arn("orders")


def test_a_stream_of_no_mode_and_no_count(kinesis):
    kinesis.create_stream(StreamName="s")
    summary = kinesis.describe_stream_summary(StreamName="s")["StreamDescriptionSummary"]
    assert (summary["OpenShardCount"], summary["StreamModeDetails"]) == (4, {"StreamMode": "ON_DEMAND"})


def test_an_on_demand_stream(kinesis):
    mode = {"StreamMode": "ON_DEMAND"}
    kinesis.create_stream(StreamName="s", StreamModeDetails=mode)
    summary = kinesis.describe_stream_summary(StreamName="s")["StreamDescriptionSummary"]
    assert (summary["OpenShardCount"], summary["StreamModeDetails"]) == (4, mode)
    assert "WarmThroughput" not in summary
    for call, more in [
        (kinesis.split_shard, {"ShardToSplit": shard(0), "NewStartingHashKey": "1000"}),
        (kinesis.merge_shards, {"ShardToMerge": shard(0), "AdjacentShardToMerge": shard(1)}),
        (kinesis.update_shard_count, {"TargetShardCount": 2, "ScalingType": "UNIFORM_SCALING"}),
    ]:
        text = f"Request is invalid. Stream s under account {ACCOUNT} is in On-Demand mode."
        # The model gives it to some operations, whose typed exception it then is.
        with pytest.raises(kinesis.exceptions.ValidationException, match=text):
            call(StreamName="s", **more)


@pytest.mark.parametrize(
    ("more", "code", "text"),
    [
        (
            {"StreamModeDetails": {"StreamMode": "PROVISIONED"}},
            "InvalidArgumentException",
            "ShardCount must be",
        ),
        ({"ShardCount": 20_001}, "LimitExceededException", "would exceed the shard limit for the account 123456789012"),
        (
            {"ShardCount": 1, "StreamModeDetails": {"StreamMode": "ON_DEMAND"}},
            "InvalidArgumentException",
            "ShardCount cannot",
        ),
        ({"ShardCount": 1, "Tags": {"aws:x": "y"}}, "InvalidArgumentException", "aws:"),
        ({"ShardCount": 1, "Tags": {str(n): "y" for n in range(51)}}, "InvalidArgumentException", "more than 50 tags"),
        ({"ShardCount": 1, "WarmThroughputMiBps": 1}, "ValidationException", "Provisioned mode"),
    ],
)

def test_a_stream_that_cannot_be(kinesis, more, code, text):
    assert text in refused(code, kinesis.create_stream, StreamName="orders", **more)
    assert kinesis.list_streams()["StreamNames"] == []


def test_a_name_is_taken_once(kinesis, stream):
    stream()
    text = refused("ResourceInUseException", kinesis.create_stream, StreamName="orders", ShardCount=1)
    assert text == f"Stream orders under account {ACCOUNT} already exists."
    kinesis.delete_stream(StreamName="orders")
    stream()


@pytest.mark.parametrize(("name", "more"), (ON_A_STREAM | BY_ARN).items())
def test_what_is_not_there(kinesis, name, more):
    call = getattr(kinesis, name)
    text = f"Stream nowhere under account {ACCOUNT} not found."
    if name in ON_A_STREAM:
        assert refused("ResourceNotFoundException", call, StreamName="nowhere", **more) == text
        assert "should be provided" in refused("InvalidArgumentException", call, **more)
    assert refused("ResourceNotFoundException", call, StreamARN=arn("nowhere"), **more) == text


@pytest.mark.parametrize("name", sorted((ON_A_STREAM | BY_ARN).keys() - ANY_TIME))
def test_what_waits_for_a_stream_to_be_active(kinesis, stream, slow, clock, name):
    stream(shards=2)
    clock(10)
    kinesis.increase_stream_retention_period(StreamName="orders", RetentionPeriodHours=25)
    more = (ON_A_STREAM | BY_ARN)[name]
    text = refused("ResourceInUseException", getattr(kinesis, name), StreamARN=arn("orders"), **more)
    assert text == f"Stream orders under account {ACCOUNT} not ACTIVE, instead in state UPDATING"


def test_the_time_that_changes_take(kinesis, stream, slow, clock, put, read):
    def status():
        return kinesis.describe_stream(StreamName="orders")["StreamDescription"]["StreamStatus"]

    stream(shards=2)
    assert status() == "CREATING" and kinesis.list_shards(StreamName="orders")["Shards"] == []
    record = {"StreamName": "orders", "Data": b"x", "PartitionKey": "k"}
    assert "not found" in refused("ResourceNotFoundException", kinesis.put_record, **record)
    refused("ResourceInUseException", kinesis.create_stream, StreamName="orders", ShardCount=1)
    clock(9)
    assert status() == "CREATING"
    clock(1)
    assert status() == "ACTIVE"
    kinesis.merge_shards(StreamName="orders", ShardToMerge=shard(0), AdjacentShardToMerge=shard(1))
    [before] = put(b"x")
    assert status() == "UPDATING" and before["ShardId"] in (shard(0), shard(1))
    clock(10)
    [after] = put(b"y")
    assert status() == "ACTIVE" and after["ShardId"] == shard(2)
    kinesis.delete_stream(StreamName="orders")
    assert status() == "DELETING"
    assert "not found" in refused("ResourceNotFoundException", kinesis.put_record, **record)
    kinesis.delete_stream(StreamName="orders")
    clock(10)
    refused("ResourceNotFoundException", kinesis.describe_stream, StreamName="orders")


def test_at_most_five_streams_are_created_at_once(kinesis, stream, slow, clock):
    for number in range(5):
        stream(f"s{number}")
    refused("LimitExceededException", kinesis.create_stream, StreamName="more", ShardCount=1)
    clock(10)
    stream("more")


def test_on_demand_streams_have_a_limit(kinesis):
    mode = {"StreamMode": "ON_DEMAND"}
    for number in range(50):
        kinesis.create_stream(StreamName=f"s{number}", StreamModeDetails=mode)
    text = refused("LimitExceededException", kinesis.create_stream, StreamName="more", StreamModeDetails=mode)
    assert "50 On-Demand streams" in text
    limits = kinesis.describe_limits()
    assert (limits["OnDemandStreamCount"], limits["OnDemandStreamCountLimit"]) == (50, 50)
    assert (limits["ShardLimit"], limits["OpenShardCount"]) == (20_000, 0)


def test_accounts_regions_and_sandboxes_are_kept_apart(kinesis, stream, endpoint, clock):
    stream()

    def other(key=ACCOUNT, region="us-east-1", at=endpoint):
        return boto3.client(
            "kinesis", endpoint_url=at, region_name=region, aws_access_key_id=key, aws_secret_access_key="s",
            config=clients.config(),
        )  # fmt: skip

    elsewhere = [other("210987654321"), other(region="eu-west-1"), other(at=f"{endpoint}/_sandbox/apart")]
    for client in elsewhere:
        assert client.list_streams()["StreamNames"] == []
        refused("ResourceNotFoundException", client.describe_stream, StreamName="orders")
    stranger, abroad, apart = elsewhere
    with pytest.raises(ClientError, match="no resource-based policy allows the kinesis:DescribeStream action"):
        stranger.describe_stream(StreamARN=arn("orders"))
    refused("ResourceNotFoundException", abroad.describe_stream, StreamARN=arn("orders"))
    kinesis.put_resource_policy(ResourceARN=arn("orders"), Policy='{"Statement": []}')
    assert stranger.describe_stream(StreamARN=arn("orders"))["StreamDescription"]["StreamARN"] == arn("orders")
    iterator = kinesis.get_shard_iterator(StreamName="orders", ShardId=shard(0), ShardIteratorType="LATEST")
    refused("InvalidArgumentException", abroad.get_records, ShardIterator=iterator["ShardIterator"])


def test_names_must_agree(kinesis, stream, server):
    for name in ("orders", "parts"):
        stream(name)
    text = refused("InvalidArgumentException", kinesis.describe_stream, StreamName="orders", StreamARN=arn("parts"))
    assert "same stream" in text
    assert kinesis.describe_stream(StreamName="parts", StreamARN=arn("parts"))
    identity = kinesis.describe_stream_summary(StreamName="parts")["StreamDescriptionSummary"]["StreamId"]

    # botocore sends a call with a StreamId to a host of its own, whatever endpoint it is given.
    def describe(**members):
        return json_answer(server.address, "DescribeStreamSummary", **members)

    status, found = describe(StreamId=identity)
    assert status == 200 and found["StreamDescriptionSummary"]["StreamName"] == "parts"
    for members in ({"StreamName": "orders", "StreamId": identity}, {"StreamId": identity[::-1].replace("-", "0", 1)}):
        status, found = describe(**members)
        assert status == 400, found


def test_shards_come_in_pages(kinesis, stream):
    stream(shards=130)
    pages = list(kinesis.get_paginator("describe_stream").paginate(StreamName="orders"))
    assert [len(page["StreamDescription"]["Shards"]) for page in pages] == [100, 30]
    pages = kinesis.get_paginator("describe_stream").paginate(StreamName="orders", PaginationConfig={"PageSize": 50})
    assert [len(page["StreamDescription"]["Shards"]) for page in pages] == [50, 50, 30]
    pages = kinesis.get_paginator("list_shards").paginate(StreamName="orders")
    assert [len(page["Shards"]) for page in pages] == [130]
    # botocore's paginator repeats the stream's name beside the token, which Kinesis refuses (boto/botocore#2009).
    pages = kinesis.get_paginator("list_shards").paginate(StreamName="orders", PaginationConfig={"PageSize": 60})
    refused("InvalidArgumentException", lambda: list(pages))


def test_streams_come_in_pages(kinesis, stream, clock):
    names = sorted(f"s{number:03}" for number in range(7))
    for name in reversed(names):
        stream(name)
    paginator = kinesis.get_paginator("list_streams")
    pages = list(paginator.paginate(PaginationConfig={"PageSize": 3}))
    assert [page["StreamNames"] for page in pages] == [names[:3], names[3:6], names[6:]]
    assert [page["HasMoreStreams"] for page in pages] == [True, True, False]
    assert [each["StreamARN"] for each in pages[2]["StreamSummaries"]] == [arn(names[6])]
    assert kinesis.list_streams(ExclusiveStartStreamName=names[4])["StreamNames"] == names[5:]
    token = kinesis.list_streams(Limit=2)["NextToken"]
    clock(301)
    refused("ExpiredNextTokenException", kinesis.list_streams, NextToken=token)
    refused("InvalidArgumentException", kinesis.list_streams, NextToken="x")


def test_waiters(kinesis, stream, slow, clock, sleeps):
    exists, gone = kinesis.get_waiter("stream_exists"), kinesis.get_waiter("stream_not_exists")
    quickly = {"Delay": 1, "MaxAttempts": 2}
    with pytest.raises(WaiterError, match="An error occurred \\(ResourceNotFoundException\\)"):
        exists.wait(StreamName="orders")
    stream()
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        exists.wait(StreamName="orders", WaiterConfig=quickly)
    clock(10)
    exists.wait(StreamName="orders")
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        gone.wait(StreamName="orders", WaiterConfig=quickly)
    kinesis.delete_stream(StreamName="orders")
    clock(10)
    gone.wait(StreamName="orders")
