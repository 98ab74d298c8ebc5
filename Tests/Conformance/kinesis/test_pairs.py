# SPDX-License-Identifier: Apache-2.0
"""Each error that the model gives an operation of Kinesis: caused by state, or named with the reason why none does."""

from types import SimpleNamespace

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from harness import clients, completeness
from harness.model import service_model

from .conftest import ACCOUNT, REGION, arn, shard
from .test_errors import INVALID, OF_AN_ACCOUNT, THROTTLED
from .test_settings import ON_A_RESOURCE
from .test_streams import ANY_TIME, BY_ARN, ON_A_STREAM

MISSING, WRONG, BUSY = "ResourceNotFoundException", "InvalidArgumentException", "ResourceInUseException"
LIMIT, HOT, DENIED = "LimitExceededException", "ProvisionedThroughputExceededException", "AccessDeniedException"
EXPIRED, UNFIT = "ExpiredNextTokenException", "ValidationException"
KMS = {
    "KMSDisabledException": "disabled",
    "KMSInvalidStateException": "pendingDeletion",
    "KMSNotFoundException": "missing",
    "KMSAccessDeniedException": "denied",
    "KMSThrottlingException": "throttled",
    "KMSOptInRequired": "notSubscribed",
}
KEY = "alias/orders"
ON_DEMAND = {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}}
STREAM, NO_STREAM = {"StreamARN": arn("orders")}, {"StreamARN": arn("nowhere")}
LATEST = {"ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
# Operations by what they name.
OF_STREAMS, OF_RESOURCES = ON_A_STREAM | BY_ARN, ON_A_RESOURCE
OF_CONSUMERS = {"deregister_stream_consumer": {}, "describe_stream_consumer": {}, "subscribe_to_shard": LATEST}


@pytest.fixture
def world(control, endpoint):
    """A stream of two shards with a consumer under a clock that stands still, a stranger, and what makes its state."""
    control.freeze()
    api = clients.client(endpoint, "kinesis")
    api.create_stream(StreamName="orders", ShardCount=2)
    reader = api.register_stream_consumer(**STREAM, ConsumerName="reader")["Consumer"]["ConsumerARN"]
    stranger = boto3.client(
        "kinesis", endpoint_url=endpoint, region_name=REGION, aws_access_key_id="210987654321",
        aws_secret_access_key="s", config=clients.config(),
    )  # fmt: skip
    return SimpleNamespace(
        api=api,
        reader=reader,
        stranger=stranger,
        options=lambda **more: control.load({"scenario": "causes", "options": more}),
        clock=control.advance,
    )


def iterator(world, number=0):
    where = {"ShardId": shard(number), "ShardIteratorType": "TRIM_HORIZON"}
    return {"ShardIterator": world.api.get_shard_iterator(**STREAM, **where)["ShardIterator"]}


def changing(world, more):
    """The stream is UPDATING."""
    world.options(transitions={"kinesis.stream": "10s"})
    world.api.increase_stream_retention_period(**STREAM, RetentionPeriodHours=25)
    return STREAM | more


def creating(world, more):
    """The consumer that is named is not ACTIVE yet."""
    world.options(transitions={"kinesis.consumer": "10s"})
    made = world.api.register_stream_consumer(**STREAM, ConsumerName="late")["Consumer"]
    return {"ConsumerARN": made["ConsumerARN"]} | more


def throttled(world, operation, asked):
    """The second call of the second."""
    world.options(quotas={f"kinesis.{operation}": "1/s"})
    try:
        clients.method(world.api, operation)(**asked)
    except ClientError as error:
        assert error.response["Error"]["Code"] not in (LIMIT, HOT)
    return asked


def hot(world):
    """A shard that has taken a second's records."""
    world.options(quotas={"kinesis.recordsPerShard": "1/s"})
    record = STREAM | {"Data": b"x", "PartitionKey": "k"}
    world.api.put_record(**record)
    return record


def read_often(world):
    world.options(quotas={"kinesis.readsPerShard": "1/s"})
    asked = iterator(world)
    world.api.get_records(**asked)
    return asked


def gone(world):
    asked = iterator(world)
    world.api.delete_stream(**STREAM, EnforceConsumerDeletion=True)
    return asked


def old_iterator(world):
    asked = iterator(world)
    world.clock(301)
    return asked


def expired(world, call, more):
    token = call(**more)["NextToken"]
    world.clock(301)
    return {"NextToken": token}


def consumers_listed(world):
    world.api.register_stream_consumer(**STREAM, ConsumerName="other")
    return STREAM | expired(world, world.api.list_stream_consumers, STREAM | {"MaxResults": 1})


def streams_listed(world):
    world.api.create_stream(StreamName="other", ShardCount=1)
    return expired(world, world.api.list_streams, {"Limit": 1})


def encrypted(world, operation, state):
    """The stream's key came to be unusable when there was a record already."""
    key = {"EncryptionType": "KMS", "KeyId": KEY}
    if operation == "StartStreamEncryption":
        world.options(kms={KEY: state})
        return STREAM | key
    world.api.start_stream_encryption(**STREAM, **key)
    for hash_key in ("0", str(2**127)):
        world.api.put_record(**STREAM, Data=b"x", PartitionKey="k", ExplicitHashKey=hash_key)
    asked = iterator(world) if operation == "GetRecords" else STREAM | ON_A_STREAM[xform_name(operation)]
    world.options(kms={KEY: state})
    return asked


def on_demand(world, more):
    world.api.create_stream(StreamName="wide", **ON_DEMAND)
    return {"StreamName": "wide"} | more


def shared(world, more):
    """A stranger asks."""
    world.api = world.stranger
    return more


CAUSES = {
    ("CreateStream", BUSY): lambda w: OF_AN_ACCOUNT["create_stream"],
    ("CreateStream", WRONG): lambda w: {"StreamName": "s", "ShardCount": 1} | ON_DEMAND,
    ("CreateStream", UNFIT): lambda w: {"StreamName": "s", "ShardCount": 1, "WarmThroughputMiBps": 1},
    ("DeleteStream", BUSY): lambda w: STREAM,
    ("DescribeStreamConsumer", WRONG): lambda w: {"ConsumerName": "reader"},
    ("DeregisterStreamConsumer", WRONG): lambda w: {"ConsumerName": "reader"},
    ("GetRecords", MISSING): gone,
    ("GetRecords", WRONG): lambda w: {"ShardIterator": "AAAA"},
    ("GetRecords", HOT): read_often,
    ("GetRecords", DENIED): lambda w: shared(w, iterator(w)),
    ("GetRecords", "ExpiredIteratorException"): old_iterator,
    ("GetShardIterator", HOT): lambda w: throttled(
        w, "GetShardIterator", STREAM | ON_A_STREAM["get_shard_iterator"]
    ),
    ("ListShards", EXPIRED): lambda w: expired(w, w.api.list_shards, STREAM | {"MaxResults": 1}),
    ("ListStreamConsumers", EXPIRED): consumers_listed,
    ("ListStreamConsumers", WRONG): lambda w: STREAM | {"NextToken": "x"},
    ("ListStreams", EXPIRED): streams_listed,
    ("ListStreams", WRONG): lambda w: {"NextToken": "x"},
    ("MergeShards", UNFIT): lambda w: on_demand(w, ON_A_STREAM["merge_shards"]),
    ("PutRecord", HOT): hot,
    ("PutResourcePolicy", LIMIT): lambda w: {"ResourceARN": arn("orders"), "Policy": "x" * 20_481},
    ("PutResourcePolicy", WRONG): lambda w: {"ResourceARN": arn("orders"), "Policy": "{"},
    ("RegisterStreamConsumer", BUSY): lambda w: STREAM | {"ConsumerName": "reader"},
    ("SplitShard", UNFIT): lambda w: on_demand(w, ON_A_STREAM["split_shard"]),
    ("SubscribeToShard", WRONG): lambda w: {"ConsumerARN": w.reader, "ShardId": shard(0),
                                            "StartingPosition": {"Type": "AT_TIMESTAMP"}},
    ("SubscribeToShard", BUSY): lambda w: creating(w, LATEST),
    ("TagResource", WRONG): lambda w: {"ResourceARN": arn("orders"), "Tags": {"aws:a": "b"}},
    ("UpdateShardCount", UNFIT): lambda w: on_demand(w, ON_A_STREAM["update_shard_count"]),
    ("UpdateStreamMode", UNFIT): lambda w: STREAM | ON_DEMAND | {"WarmThroughputMiBps": 10},
    ("UpdateStreamMode", LIMIT): lambda w: [
        w.api.update_stream_mode(**STREAM, StreamModeDetails={"StreamMode": mode})
        for mode in ("ON_DEMAND", "PROVISIONED")
    ] and STREAM | ON_DEMAND,
    ("UpdateStreamWarmThroughput", UNFIT): lambda w: STREAM | {"WarmThroughputMiBps": 1},
}  # fmt: skip


def add():
    """What holds for many operations alike."""
    # The model's pattern lets it pass.
    odd = arn("orders").replace(ACCOUNT, f"here:{ACCOUNT}")
    wrong = {name: {key: odd if key.endswith("ARN") else given[key] for key in given} for name, given in INVALID}
    for operation in service_model("kinesis").operation_names:
        name = xform_name(operation)
        modelled = {error.name for error in service_model("kinesis").operation_model(operation).error_shapes}
        if name in OF_RESOURCES:
            more = OF_RESOURCES[name]
            there, nowhere = {"ResourceARN": arn("orders")} | more, {"ResourceARN": arn("nowhere")} | more
        elif name in OF_STREAMS:
            more = OF_STREAMS[name]
            there, nowhere = STREAM | more, NO_STREAM | more
        elif name in OF_CONSUMERS:
            more = OF_CONSUMERS[name]
            there = nowhere = {"ConsumerARN": f"{arn('orders')}/consumer/nobody:1"} | more
        else:
            more, there, nowhere = {}, OF_AN_ACCOUNT.get(name, {}), None
        found = {}
        if nowhere:
            found[MISSING] = lambda w, asked=nowhere: asked
            found[DENIED] = lambda w, asked=there: shared(w, asked)
        if name in wrong or name in ON_A_STREAM:
            found[WRONG] = lambda w, asked=wrong.get(name, more): asked
        if operation in THROTTLED:
            found[LIMIT] = lambda w, name=operation, asked=there: throttled(w, name, asked)
        if name in OF_STREAMS.keys() - ANY_TIME:
            found[BUSY] = lambda w, more=more: changing(w, more)
        if name in ("get_records", "put_record", "put_records", "start_stream_encryption"):
            for code, state in KMS.items():
                found[code] = lambda w, name=operation, state=state: encrypted(w, name, state)
        for code in sorted(found.keys() & modelled):
            CAUSES.setdefault((operation, code), found[code])


add()
REASONS = [
    ("InternalFailureException", None, "AWS's own failure: a rule's to cause"),
    (LIMIT, None, "AWS publishes no rate and no limit for it: a rule's to cause"),
    (BUSY, None, "it changes nothing that the stream's state bars, and makes nothing that there may be already"),
    (HOT, "PutRecords", "each record that finds no room has it beside those that do"),
    (WRONG, "UpdateAccountSettings", "what it takes is refused by the model's own limits"),
    (UNFIT, "UpdateAccountSettings UpdateMaxRecordSize", "AWS does not say of what: both do it in either mode"),
]


def test_every_pair_is_caused_or_has_its_reason():
    assert completeness.check("kinesis", set(CAUSES), REASONS) == (205, len(CAUSES))


@pytest.mark.parametrize(("operation", "code"), CAUSES)
def test_state_causes(world, operation, code):
    parameters = CAUSES[operation, code](world)
    with pytest.raises(ClientError) as caught:
        clients.method(world.api, operation)(**parameters)
    error = caught.value
    assert (error.response["Error"]["Code"], error.operation_name) == (code, operation), error
    assert type(error) is getattr(world.api.exceptions, code) or operation == "SubscribeToShard"
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error.response["Error"]["Message"]
