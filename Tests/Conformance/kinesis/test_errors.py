# SPDX-License-Identifier: Apache-2.0
"""What else Kinesis refuses: calls that come too fast, each operation by its own quota, inputs that pass the model's
checks, and iterators of streams that are gone."""

import pytest

from .conftest import arn, refused, shard
from .test_streams import BY_ARN, ON_A_STREAM

CONSUMER = arn("orders") + "/consumer/none:1"
# Operations of an account, with what they need.
OF_AN_ACCOUNT = {
    "create_stream": {"StreamName": "orders", "ShardCount": 1},
    "describe_account_settings": {},
    "describe_limits": {},
    "list_streams": {},
    "deregister_stream_consumer": {"ConsumerARN": CONSUMER},
    "describe_stream_consumer": {"ConsumerARN": CONSUMER},
    "update_account_settings": {"MinimumThroughputBillingCommitment": {"Status": "DISABLED"}},
}
THROTTLED = {
    "AddTagsToStream", "CreateStream", "DeleteStream", "DescribeAccountSettings", "DescribeLimits", "DescribeStream",
    "DescribeStreamSummary", "ListStreams", "ListTagsForStream", "MergeShards", "RegisterStreamConsumer",
    "RemoveTagsFromStream", "SplitShard", "UpdateAccountSettings", "UpdateStreamWarmThroughput", "ListShards",
    "ListStreamConsumers", "DeregisterStreamConsumer", "DescribeStreamConsumer", "UpdateShardCount",
    "StartStreamEncryption", "StopStreamEncryption", "GetShardIterator", "SubscribeToShard",
}  # fmt: skip


# Of the control plane, and of the data.
THROTTLES = ["LimitExceededException", "ProvisionedThroughputExceededException"]


def asked(name):
    if name in OF_AN_ACCOUNT:
        return OF_AN_ACCOUNT[name]
    if name == "subscribe_to_shard":
        return {"ConsumerARN": CONSUMER, "ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    where = {"StreamARN": arn("orders")} if name in BY_ARN else {"StreamName": "orders"}
    return where | (ON_A_STREAM | BY_ARN)[name]


@pytest.mark.parametrize("operation", sorted(THROTTLED))
def test_each_operation_has_its_quota(kinesis, control, operation):
    """A scenario makes it one a second; what comes of the call does not matter to it."""
    control.load({"scenario": "tight", "options": {"quotas": {f"kinesis.{operation}": "1/s"}}})
    name = next(key for key, value in kinesis.meta.method_to_api_mapping.items() if value == operation)
    call = getattr(kinesis, name)
    try:
        call(**asked(name))
    except kinesis.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] not in THROTTLES
    code = THROTTLES[operation == "GetShardIterator"]
    refused(code, call, **asked(name))


INVALID = [
    ("delete_resource_policy", {"ResourceARN": "arn:aws:kinesis:us-east-1:123456789012:table/orders"}),
    ("get_resource_policy", {"ResourceARN": "arn:aws:kinesis:us-east-1:123456789012:table/orders"}),
    ("list_tags_for_resource", {"ResourceARN": "arn:aws:kinesis:us-east-1:123456789012:table/orders"}),
    ("untag_resource", {"ResourceARN": "arn:aws:kinesis:us-east-1:123456789012:table/orders", "TagKeys": ["k"]}),
    ("register_stream_consumer", {"StreamARN": "arn:aws:kinesis:us-east-1:123456789012:table/o", "ConsumerName": "c"}),
    ("update_stream_mode", {"StreamARN": "arn:aws:kinesis:us-east-1:123456789012:table/orders",
                            "StreamModeDetails": {"StreamMode": "ON_DEMAND"}}),
    ("update_max_record_size", {"StreamARN": "arn:aws:kinesis:us-east-1:123456789012:table/orders",
                                "MaxRecordSizeInKiB": 2048}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given"), INVALID, ids=[row[0] for row in INVALID])
def test_what_passes_the_model_and_is_wrong(kinesis, name, given):
    with pytest.raises(kinesis.exceptions.ClientError) as caught:
        getattr(kinesis, name)(**given)
    assert caught.value.response["Error"]["Code"] in ("InvalidArgumentException", "ValidationException")


def test_an_iterator_of_a_stream_that_is_gone(kinesis, stream):
    stream()
    where = {"StreamName": "orders", "ShardId": shard(0), "ShardIteratorType": "LATEST"}
    iterator = kinesis.get_shard_iterator(**where)["ShardIterator"]
    kinesis.delete_stream(StreamName="orders")
    text = refused("ResourceNotFoundException", kinesis.get_records, ShardIterator=iterator)
    assert text == "Stream orders under account 123456789012 not found."
    refused("InvalidArgumentException", kinesis.get_records, ShardIterator=iterator[:-4] + "AAAA")
