# SPDX-License-Identifier: Apache-2.0
"""What is said of a stream: tags, policies, encryption, monitoring, mode, sizes; and of an account."""

import json

import pytest

from .conftest import ACCOUNT, REGION, arn, refused, shard

KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
METRICS = [
    "IncomingBytes", "IncomingRecords", "IteratorAgeMilliseconds", "OutgoingBytes", "OutgoingRecords",
    "ReadProvisionedThroughputExceeded", "WriteProvisionedThroughputExceeded",
]  # fmt: skip


def listed(tags):
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]


def test_tags_by_both_families(kinesis, stream):
    stream(Tags={"a": "1"})
    kinesis.add_tags_to_stream(StreamName="orders", Tags={"b": "2", "a": ""})
    kinesis.tag_resource(ResourceARN=arn("orders"), Tags={"c": "é +-=._:/@"})
    wanted = {"a": "", "b": "2", "c": "é +-=._:/@"}
    assert kinesis.list_tags_for_stream(StreamName="orders")["Tags"] == listed(wanted)
    assert kinesis.list_tags_for_resource(ResourceARN=arn("orders"))["Tags"] == listed(wanted)
    page = kinesis.list_tags_for_stream(StreamName="orders", Limit=2)
    assert (page["Tags"], page["HasMoreTags"]) == (listed(wanted)[:2], True)
    page = kinesis.list_tags_for_stream(StreamName="orders", ExclusiveStartTagKey="b")
    assert (page["Tags"], page["HasMoreTags"]) == (listed(wanted)[2:], False)
    kinesis.remove_tags_from_stream(StreamName="orders", TagKeys=["a", "none"])
    kinesis.untag_resource(ResourceARN=arn("orders"), TagKeys=["b"])
    assert kinesis.list_tags_for_stream(StreamName="orders")["Tags"] == listed({"c": wanted["c"]})


def test_tags_that_cannot_be(kinesis, stream):
    stream(Tags={str(number): "x" for number in range(50)})
    for call, named in [
        (kinesis.add_tags_to_stream, {"StreamName": "orders"}),
        (kinesis.tag_resource, {"ResourceARN": arn("orders")}),
    ]:
        assert "more than 50 tags" in refused("InvalidArgumentException", call, **named, Tags={"more": "x"})
        assert "invalid characters" in refused("InvalidArgumentException", call, **named, Tags={"0": "\u0001"})
        assert "reserved" in refused("InvalidArgumentException", call, **named, Tags={"aws:0": "x"})
        call(**named, Tags={"0": "y"})
    assert len(kinesis.list_tags_for_stream(StreamName="orders")["Tags"]) == 50


def test_policies_of_streams_and_consumers(kinesis, consumer):
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    for resource in (arn("orders"), consumer):
        assert kinesis.get_resource_policy(ResourceARN=resource)["Policy"] == "{}"
        kinesis.put_resource_policy(ResourceARN=resource, Policy=policy)
        assert kinesis.get_resource_policy(ResourceARN=resource)["Policy"] == policy
        for wrong in ("", "{", "{}", "[]"):
            refused("InvalidArgumentException", kinesis.put_resource_policy, ResourceARN=resource, Policy=wrong)
        long = json.dumps({"Statement": ["x" * 20_480]})
        refused("LimitExceededException", kinesis.put_resource_policy, ResourceARN=resource, Policy=long)
        kinesis.delete_resource_policy(ResourceARN=resource)
        text = refused("ResourceNotFoundException", kinesis.delete_resource_policy, ResourceARN=resource)
        assert text == f"No resource policy found for resource ARN {resource}"


ON_A_RESOURCE = {
    "tag_resource": {"Tags": {"a": "b"}}, "untag_resource": {"TagKeys": ["a"]}, "list_tags_for_resource": {},
    "get_resource_policy": {}, "put_resource_policy": {"Policy": '{"Statement": []}'}, "delete_resource_policy": {},
}  # fmt: skip


@pytest.mark.parametrize(("name", "more"), ON_A_RESOURCE.items())
def test_resources_that_are_not_there(kinesis, consumer, name, more):
    call = getattr(kinesis, name)
    assert refused("ResourceNotFoundException", call, ResourceARN=arn("nowhere"), **more) == (
        f"Stream nowhere under account {ACCOUNT} not found."
    )
    gone = arn("orders") + "/consumer/nobody:1"
    assert refused("ResourceNotFoundException", call, ResourceARN=gone, **more) == (
        f"Resource {gone} under account {ACCOUNT} not found."
    )


@pytest.mark.parametrize(
    "key", [KEY, "alias/aws/kinesis", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{KEY}", f"mrk-{'0a' * 16}",
            f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/mine"],
)  # fmt: skip
def test_encryption(kinesis, stream, put, read, key):
    stream()
    assert "EncryptionType" not in put(b"plain")[0]
    where = {"StreamName": "orders", "EncryptionType": "KMS", "KeyId": key}
    kinesis.start_stream_encryption(**where)
    found = kinesis.describe_stream(StreamName="orders")["StreamDescription"]
    assert (found["EncryptionType"], found["KeyId"]) == ("KMS", key)
    assert put(b"secret")[0]["EncryptionType"] == "KMS"
    batch = [{"Data": b"x", "PartitionKey": "k"}]
    assert kinesis.put_records(StreamName="orders", Records=batch)["EncryptionType"] == "KMS"
    assert [record.get("EncryptionType") for record in read()["Records"]] == [None, "KMS", "KMS"]
    refused("InvalidArgumentException", kinesis.stop_stream_encryption, **where | {"KeyId": "alias/other"})
    kinesis.stop_stream_encryption(**where)
    found = kinesis.describe_stream(StreamName="orders")["StreamDescription"]
    assert found["EncryptionType"] == "NONE" and "KeyId" not in found


def test_encryption_that_cannot_be(kinesis, stream):
    stream()
    where = {"StreamName": "orders", "EncryptionType": "KMS"}
    for key in ("key", KEY[:-1], "alias/", f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/{KEY}"):
        assert "Invalid" in refused("KMSNotFoundException", kinesis.start_stream_encryption, **where, KeyId=key)
    for call in (kinesis.start_stream_encryption, kinesis.stop_stream_encryption):
        none = where | {"EncryptionType": "NONE", "KeyId": KEY}
        assert "must be KMS" in refused("InvalidArgumentException", call, **none)


def test_monitoring(kinesis, stream):
    stream()
    on, off = kinesis.enable_enhanced_monitoring, kinesis.disable_enhanced_monitoring
    some = ["OutgoingBytes", "IncomingBytes"]
    for call, wanted, before, after in [
        (on, some, [], sorted(some)),
        (on, ["ALL"], sorted(some), METRICS),
        (off, some, METRICS, [name for name in METRICS if name not in some]),
        (off, ["ALL"], [name for name in METRICS if name not in some], []),
    ]:
        answer = call(StreamName="orders", ShardLevelMetrics=wanted)
        assert (answer["CurrentShardLevelMetrics"], answer["DesiredShardLevelMetrics"]) == (before, after)
        [shown] = kinesis.describe_stream(StreamName="orders")["StreamDescription"]["EnhancedMonitoring"]
        assert shown["ShardLevelMetrics"] == after


def mode(name):
    return {"StreamARN": arn("orders"), "StreamModeDetails": {"StreamMode": name}}


def test_modes(kinesis, stream, clock):
    stream(shards=3)
    kinesis.update_account_settings(MinimumThroughputBillingCommitment={"Status": "ENABLED"})
    kinesis.update_stream_mode(**mode("ON_DEMAND"), WarmThroughputMiBps=50)
    summary = kinesis.describe_stream_summary(StreamName="orders")["StreamDescriptionSummary"]
    assert summary["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"} and summary["OpenShardCount"] == 96
    assert summary["WarmThroughput"]["TargetMiBps"] == 50
    warmed = kinesis.update_stream_warm_throughput(StreamName="orders", WarmThroughputMiBps=80)
    assert warmed["WarmThroughput"] == {"TargetMiBps": 80, "CurrentMiBps": 80}
    text = refused(
        "InvalidArgumentException", kinesis.update_stream_warm_throughput, StreamName="orders",
        WarmThroughputMiBps=10_241,
    )  # fmt: skip
    assert "10240" in text
    kinesis.update_stream_mode(**mode("PROVISIONED"))
    [first, *_] = kinesis.list_shards(StreamName="orders", ShardFilter={"Type": "AT_LATEST"})["Shards"]
    kinesis.split_shard(StreamName="orders", ShardToSplit=first["ShardId"], NewStartingHashKey="1000")
    assert "2 times" in refused("LimitExceededException", kinesis.update_stream_mode, **mode("ON_DEMAND"))
    text = refused(
        "ValidationException", kinesis.update_stream_warm_throughput, StreamName="orders", WarmThroughputMiBps=1
    )
    assert "Provisioned mode" in text
    clock(86_400)
    kinesis.update_stream_mode(**mode("ON_DEMAND"))


def test_an_account(kinesis, clock, stream):
    def status():
        return kinesis.describe_account_settings()["MinimumThroughputBillingCommitment"]["Status"]

    def choose(wanted):
        return kinesis.update_account_settings(MinimumThroughputBillingCommitment={"Status": wanted})

    assert status() == "DISABLED"
    made = choose("ENABLED")["MinimumThroughputBillingCommitment"]
    assert made["Status"] == status() == "ENABLED" and "EndedAt" not in made
    assert (made["EarliestAllowedEndAt"] - made["StartedAt"]).total_seconds() == 86_400
    assert choose("DISABLED")["MinimumThroughputBillingCommitment"]["Status"] == "ENABLED_UNTIL_EARLIEST_ALLOWED_END"
    clock(86_400)
    assert status() == "DISABLED"
    limits = kinesis.describe_limits()
    assert limits["OpenShardCount"] == 0
    stream(shards=7)
    assert kinesis.describe_limits()["OpenShardCount"] == 7
