# SPDX-License-Identifier: Apache-2.0
"""Kinesis's fake with a frozen clock, its every output compared with the model."""

import json
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from harness.raw import KINESIS, SCOPE, exchange

ACCOUNT, REGION = "123456789012", "us-east-1"
# Where the clock stands.
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = {"ResponseMetadata"}


def arn(name):
    return f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/{name}"


def shard(number):
    return f"shardId-{number:012}"


def data(answer):
    return [record["Data"] for record in answer["Records"]]


def refused(code, call, **parameters):
    """The message with which a call is refused; the code is as botocore reads it, and so is the typed exception."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response = caught.value.response
    assert response["Error"]["Code"] == code == type(caught.value).__name__, response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return response["Error"]["Message"]


def json_answer(address, operation, **members):
    """The status and the document that a call gets which no SDK of Amazon's would send so."""
    body = json.dumps(members)
    head = (
        f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {KINESIS}{operation}\r\n{SCOPE.format('kinesis')}"
        f"Content-Type: application/x-amz-json-1.1\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    answer = exchange(address, (head + body).encode())
    return answer.status, json.loads(answer.body or b"{}")


def missing(shape, value, path="", leaving=()):
    """The required members that an output lacks."""
    if shape.type_name == "structure":
        found = [f"{path}.{name}" for name in shape.required_members if name not in value and name not in leaving]
        for name, member in shape.members.items():
            if name in value and not member.serialization.get("eventstream") and name not in leaving:
                found += missing(member, value[name], f"{path}.{name}")
        return found
    if shape.type_name == "list":
        return [lack for index, item in enumerate(value) for lack in missing(shape.member, item, f"{path}[{index}]")]
    return []


def checked(made):
    """The client, which refuses outputs that lack what the model requires."""

    def check(parsed, model, **_):
        if "Error" not in parsed and model.output_shape is not None:
            assert not missing(model.output_shape, parsed), model.name
            assert set(parsed) - HEAD <= set(model.output_shape.members)

    made.meta.events.register("after-call.kinesis.*", check)
    return made


@pytest.fixture
def kinesis(clock, client):
    return checked(client("kinesis"))


@pytest.fixture
def slow(control):
    """Lets streams and consumers take ten seconds to come, to change and to go."""
    options = {"transitions": {"kinesis.stream": "10s", "kinesis.consumer": "10s"}}
    control.load({"scenario": "slow", "options": options})


@pytest.fixture
def stream(kinesis):
    """`stream(name="orders", shards=1, **more)`: the name of a new stream."""

    def make(name="orders", shards=1, **more):
        kinesis.create_stream(StreamName=name, ShardCount=shards, **more)
        return name

    return make


@pytest.fixture
def put(kinesis):
    """`put(*data, key="k")`: the answers to these records, put one by one."""

    def write(*data, key="k", name="orders", **more):
        return [kinesis.put_record(StreamName=name, Data=each, PartitionKey=key, **more) for each in data]

    return write


@pytest.fixture
def read(kinesis):
    """`read(number, type)`: GetRecords' answer from an iterator of this type."""

    def get(number=0, kind="TRIM_HORIZON", name="orders", limit=None, **more):
        where = {"StreamName": name, "ShardId": shard(number), "ShardIteratorType": kind}
        iterator = kinesis.get_shard_iterator(**where, **more)["ShardIterator"]
        return kinesis.get_records(ShardIterator=iterator, **({"Limit": limit} if limit else {}))

    return get


@pytest.fixture
def consumer(kinesis, stream):
    """The ARN of a consumer of a stream of two shards."""
    stream(shards=2)
    made = kinesis.register_stream_consumer(StreamARN=arn("orders"), ConsumerName="reader")
    return made["Consumer"]["ConsumerARN"]
