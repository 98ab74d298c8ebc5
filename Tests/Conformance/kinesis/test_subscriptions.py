# SPDX-License-Identifier: Apache-2.0
"""SubscribeToShard: a stream of events over HTTP/1.1 that goes on while records come."""

import threading
import time

import pytest
from botocore.exceptions import EventStreamError

from .conftest import arn, refused, shard

HALF = str(2**126)


@pytest.fixture
def subscribe(kinesis, consumer):
    """`subscribe(number, type)`: an iterator over the events of a subscription."""

    def begin(number=0, kind="LATEST", **more):
        position = {"Type": kind} | more
        answer = kinesis.subscribe_to_shard(ConsumerARN=consumer, ShardId=shard(number), StartingPosition=position)
        return iter(answer["EventStream"])

    return begin


def event(events):
    """The next event that holds anything; the stream's signs of life are passed over."""
    while True:
        found = next(events)["SubscribeToShardEvent"]
        if found["Records"] or "ChildShards" in found:
            return found


def data(found):
    return [record["Data"] for record in found["Records"]]


def test_records_come_as_they_are_put(subscribe, put, clock):
    put(b"before", ExplicitHashKey="7")
    events = subscribe()
    for each in (b"one", b"two"):
        clock(1)
        [answer] = put(each, ExplicitHashKey="7")
        put(b"elsewhere", ExplicitHashKey=str(2**127))
        found = event(events)
        assert data(found) == [each]
        assert found["ContinuationSequenceNumber"] == answer["SequenceNumber"] and found["MillisBehindLatest"] == 0


def test_every_position(subscribe, put, clock):
    numbers = [put(each, ExplicitHashKey="7")[0]["SequenceNumber"] for each in (b"a", b"b", b"c")]
    for kind, more, wanted in [
        ("TRIM_HORIZON", {}, [b"a", b"b", b"c"]),
        ("AT_SEQUENCE_NUMBER", {"SequenceNumber": numbers[1]}, [b"b", b"c"]),
        ("AFTER_SEQUENCE_NUMBER", {"SequenceNumber": numbers[1]}, [b"c"]),
        ("AT_TIMESTAMP", {"Timestamp": 0}, [b"a", b"b", b"c"]),
    ]:
        assert data(event(subscribe(kind=kind, **more))) == wanted
        clock(5)


def test_a_put_wakes_its_reader_at_once(subscribe, put):
    events, came = subscribe(), []

    def watch():
        event(events)
        came.append(time.monotonic())

    watcher = threading.Thread(target=watch)
    watcher.start()
    time.sleep(0.05)
    put(b"x", ExplicitHashKey="7")
    went = time.monotonic()
    watcher.join(10)
    # Far below the five seconds between two signs of life.
    assert came and came[0] - went < 2


def test_many_records_come_in_order(kinesis, subscribe):
    entries = [{"Data": f"{n}".encode() * 2000, "PartitionKey": "k", "ExplicitHashKey": "7"} for n in range(400)]
    events = subscribe()
    for _ in range(3):
        kinesis.put_records(StreamName="orders", Records=entries)
    found = []
    while len(found) < 1200:
        found += data(event(events))
    assert found == [entry["Data"] for entry in entries] * 3


def test_resharding_ends_a_stream_with_the_children(kinesis, subscribe, put):
    events = subscribe()
    put(b"last", ExplicitHashKey="7")
    kinesis.split_shard(StreamName="orders", ShardToSplit=shard(0), NewStartingHashKey=HALF)
    rest = [each["SubscribeToShardEvent"] for each in events]
    assert sum((data(each) for each in rest), []) == [b"last"]
    children = rest[-1]["ChildShards"]
    assert [(each["ShardId"], each["ParentShards"]) for each in children] == [
        (shard(2), [shard(0)]), (shard(3), [shard(0)]),
    ]  # fmt: skip
    assert rest[-1].get("ContinuationSequenceNumber") is None
    assert [data(event(subscribe(0, "TRIM_HORIZON"))) for _ in range(1)] == [[b"last"]]


def test_resharding_that_takes_its_time_wakes_readers(kinesis, subscribe, slow, clock):
    events = subscribe()
    kinesis.split_shard(StreamName="orders", ShardToSplit=shard(0), NewStartingHashKey=HALF)
    clock(10)
    assert len(event(events)["ChildShards"]) == 2


def test_five_minutes(subscribe, clock, put):
    events = subscribe()
    clock(299)
    put(b"x", ExplicitHashKey="7")
    assert data(event(events)) == [b"x"]
    clock(1)
    assert [each for each in events if each["SubscribeToShardEvent"]["Records"]] == []


def test_a_second_subscription_within_five_seconds(kinesis, consumer, subscribe, clock, put):
    first = subscribe()
    start = {"ConsumerARN": consumer, "ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    clock(4)
    text = refused("ResourceInUseException", kinesis.subscribe_to_shard, **start)
    assert text == f"Another active subscription exists for this consumer: {consumer} and shard: {shard(0)}."
    assert subscribe(1)
    clock(1)
    second = subscribe()
    with pytest.raises(EventStreamError, match="ResourceInUseException"):
        list(first)
    put(b"x", ExplicitHashKey="7")
    assert data(event(second)) == [b"x"]


def test_consumers_read_apart(kinesis, subscribe, put):
    other = kinesis.register_stream_consumer(StreamARN=arn("orders"), ConsumerName="other")["Consumer"]
    start = {"ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    theirs = iter(kinesis.subscribe_to_shard(ConsumerARN=other["ConsumerARN"], **start)["EventStream"])
    ours = subscribe()
    put(b"x", ExplicitHashKey="7")
    assert data(event(ours)) == data(event(theirs)) == [b"x"]


@pytest.mark.parametrize("ends", ["stream", "consumer", "state"])
def test_what_ends_a_stream(kinesis, control, consumer, subscribe, ends):
    events = subscribe()
    if ends == "stream":
        kinesis.delete_stream(StreamName="orders", EnforceConsumerDeletion=True)
    elif ends == "consumer":
        kinesis.deregister_stream_consumer(ConsumerARN=consumer)
    else:
        control.demand("POST", "reset", {"state": True})
    with pytest.raises(EventStreamError, match="ResourceNotFoundException"):
        list(events)


def test_who_cannot_subscribe(kinesis, consumer):
    start = {"ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    for wrong, more in [
        (arn("orders") + "/consumer/nobody:1", {}),
        (arn("parts") + "/consumer/reader:1", {}),
        (consumer, {"ShardId": shard(9)}),
    ]:
        refused("ResourceNotFoundException", kinesis.subscribe_to_shard, ConsumerARN=wrong, **start | more)
    for position in ({"Type": "AT_TIMESTAMP"}, {"Type": "AT_SEQUENCE_NUMBER", "SequenceNumber": "5"}):
        refused(
            "InvalidArgumentException", kinesis.subscribe_to_shard, ConsumerARN=consumer, ShardId=shard(0),
            StartingPosition=position,
        )  # fmt: skip


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize(
    "code", ["ResourceInUseException", "KMSThrottlingException", "ProvisionedThroughputExceededException"]
)
def test_rules_break_a_live_stream(control, subscribe, put, code, after):
    """The last error is none of those that the stream models."""
    name = "kinesis.SubscribeToShard"
    control.rules({"match": name, "events": {"after": after, "error": {"code": code, "message": "Told & <so>."}}})
    events = subscribe()
    for number in range(after):
        put(b"%d" % number, ExplicitHashKey="7")
        assert data(event(events)) == [b"%d" % number]
    with pytest.raises(EventStreamError) as caught:
        next(events)
    assert caught.value.response["Error"] == {"Code": code, "Message": "Told & <so>."}
    (entry,) = control.requests(operation="SubscribeToShard")
    assert entry["status"] == 200


def test_a_call_that_is_refused_breaks_nothing(control, kinesis, subscribe):
    control.rules({"match": "kinesis.SubscribeToShard", "times": 1, "events": {"error": "ResourceInUseException"}})
    position = {"ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    refused("ResourceNotFoundException", kinesis.subscribe_to_shard, ConsumerARN=f"{arn('x')}/consumer/c:1", **position)
    with pytest.raises(EventStreamError, match="ResourceInUse"):
        list(subscribe())


def test_a_client_that_goes_leaves_nothing(kinesis, consumer, control, clock, put):
    start = {"ConsumerARN": consumer, "ShardId": shard(0), "StartingPosition": {"Type": "LATEST"}}
    for _ in range(3):
        answer = kinesis.subscribe_to_shard(**start)
        answer["EventStream"].close()
        clock(5)
    put(b"x", ExplicitHashKey="7")
    entries = control.requests(operation="SubscribeToShard")
    assert len(entries) == 3 and all(entry["status"] == 200 for entry in entries if entry["status"])
