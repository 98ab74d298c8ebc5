# SPDX-License-Identifier: Apache-2.0
"""Consumers: registered, described, listed, deregistered."""

from datetime import timedelta

import pytest

from .conftest import ACCOUNT, START, arn, refused, shard

NOWHERE = f"{arn('orders')}/consumer/nobody:1"


@pytest.fixture
def register(kinesis):
    def make(name="reader", **more):
        return kinesis.register_stream_consumer(StreamARN=arn("orders"), ConsumerName=name, **more)["Consumer"]

    return make


def test_a_consumer(kinesis, stream, register):
    stream()
    made = register(Tags={"team": "a"})
    assert made == {
        "ConsumerName": "reader", "ConsumerARN": f"{arn('orders')}/consumer/reader:1772366400",
        "ConsumerStatus": "CREATING", "ConsumerCreationTimestamp": START,
    }  # fmt: skip
    wanted = made | {"ConsumerStatus": "ACTIVE", "StreamARN": arn("orders")}
    by_arn = kinesis.describe_stream_consumer(ConsumerARN=made["ConsumerARN"])
    by_name = kinesis.describe_stream_consumer(StreamARN=arn("orders"), ConsumerName="reader")
    assert by_arn["ConsumerDescription"] == by_name["ConsumerDescription"] == wanted
    assert kinesis.list_tags_for_resource(ResourceARN=made["ConsumerARN"])["Tags"] == [{"Key": "team", "Value": "a"}]
    kinesis.deregister_stream_consumer(ConsumerARN=made["ConsumerARN"])
    refused("ResourceNotFoundException", kinesis.describe_stream_consumer, ConsumerARN=made["ConsumerARN"])
    assert kinesis.list_stream_consumers(StreamARN=arn("orders"))["Consumers"] == []


def test_its_time(kinesis, stream, register, slow, clock, control):
    stream()
    clock(10)
    made = register()

    def status():
        found = kinesis.describe_stream_consumer(ConsumerARN=made["ConsumerARN"])
        return found["ConsumerDescription"]["ConsumerStatus"]

    assert status() == "CREATING"
    start = {"ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    text = refused("ResourceInUseException", kinesis.subscribe_to_shard, ConsumerARN=made["ConsumerARN"], **start)
    assert "is not ACTIVE" in text
    clock(10)
    assert status() == "ACTIVE"
    kinesis.deregister_stream_consumer(StreamARN=arn("orders"), ConsumerName="reader")
    assert status() == "DELETING"
    clock(10)
    refused("ResourceNotFoundException", kinesis.deregister_stream_consumer, ConsumerARN=made["ConsumerARN"])


def test_consumers_have_names_of_their_own_and_a_limit(kinesis, stream, register, clock):
    stream()
    for number in range(20):
        register(f"c{number}")
    assert refused("ResourceInUseException", register, name="c7") == (
        f"Consumer c7 under stream orders already exists for account {ACCOUNT}."
    )
    assert "Consumer limit exceeded" in refused("LimitExceededException", register, name="c20")
    pages = kinesis.get_paginator("list_stream_consumers").paginate(
        StreamARN=arn("orders"), PaginationConfig={"PageSize": 8}
    )
    pages = [[each["ConsumerName"] for each in page["Consumers"]] for page in pages]
    assert [len(page) for page in pages] == [8, 8, 4] and sum(pages, []) == [f"c{number}" for number in range(20)]
    token = kinesis.list_stream_consumers(StreamARN=arn("orders"), MaxResults=1)["NextToken"]
    refused("InvalidArgumentException", kinesis.list_stream_consumers, StreamARN=arn("orders"), NextToken="x")
    clock(301)
    refused("ExpiredNextTokenException", kinesis.list_stream_consumers, StreamARN=arn("orders"), NextToken=token)
    kinesis.list_stream_consumers(StreamARN=arn("orders"), StreamCreationTimestamp=START)
    refused(
        "ResourceNotFoundException", kinesis.list_stream_consumers, StreamARN=arn("orders"),
        StreamCreationTimestamp=START - timedelta(days=1),
    )  # fmt: skip


def test_at_most_five_are_registered_at_once(stream, register, slow, clock):
    stream()
    clock(10)
    for number in range(5):
        register(f"c{number}")
    refused("LimitExceededException", register, name="c5")
    clock(10)
    register("c5")


def test_who_is_not_there(kinesis, stream):
    stream()
    for call in (kinesis.describe_stream_consumer, kinesis.deregister_stream_consumer):
        text = refused("ResourceNotFoundException", call, ConsumerARN=NOWHERE)
        assert text == f"Consumer {NOWHERE} under account {ACCOUNT} not found."
        refused("ResourceNotFoundException", call, StreamARN=arn("orders"), ConsumerName="nobody")
        refused("ResourceNotFoundException", call, StreamARN=arn("parts"), ConsumerName="nobody")
        for half in ({"StreamARN": arn("orders")}, {"ConsumerName": "nobody"}, {}):
            assert "should be provided" in refused("InvalidArgumentException", call, **half)


def test_a_stream_with_consumers_is_deleted_with_them(kinesis, stream, register):
    stream()
    register()
    assert "EnforceConsumerDeletion" in refused("ResourceInUseException", kinesis.delete_stream, StreamName="orders")
    kinesis.delete_stream(StreamName="orders", EnforceConsumerDeletion=True)
    refused("ResourceNotFoundException", kinesis.list_stream_consumers, StreamARN=arn("orders"))
