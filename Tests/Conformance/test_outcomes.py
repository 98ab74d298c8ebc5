# SPDX-License-Identifier: Apache-2.0
"""Outcomes and modifiers: respond, raw, sequence, pass, delay, retryAfter, headers, templates."""

import time

import pytest
from botocore.exceptions import ClientError

from harness.checks import raised
from harness.raw import KINESIS, Wire, awsjson, exchange

QUEUE = "http://localhost/123456789012/orders"


def codes(call, count, **parameters):
    """The codes of so many calls; None for a success."""
    found = []
    for _ in range(count):
        try:
            call(**parameters)
            found.append(None)
        except ClientError as error:
            found.append(error.response["Error"]["Code"])
    return found


def test_respond(control, client):
    control.rules({"match": "kinesis.ListStreams", "respond": {"StreamNames": ["a", "b"], "HasMoreStreams": False}})
    answer = client("kinesis").list_streams()
    assert answer["StreamNames"] == ["a", "b"] and answer["HasMoreStreams"] is False


def test_respond_in_each_protocol(control, client):
    control.rules(
        {"match": "s3.ListBuckets", "respond": {"Buckets": [{"Name": "a<b"}], "Owner": {"ID": "me"}}},
        {"match": "s3.GetObject", "respond": {"Body": "text", "ContentType": "text/plain", "ETag": '"e"'}},
        {"match": "iam.ListUserTags", "respond": {"Tags": [{"Key": "k", "Value": "v & w"}], "IsTruncated": True}},
        {"match": "sqs.ReceiveMessage", "respond": {"Messages": [{"MessageId": "m", "Body": "问题"}]}},
    )
    buckets = client("s3").list_buckets()
    assert buckets["Buckets"][0]["Name"] == "a<b" and buckets["Owner"]["ID"] == "me"
    got = client("s3").get_object(Bucket="b", Key="k")
    assert got["Body"].read() == b"text" and got["ContentType"] == "text/plain" and got["ETag"] == '"e"'
    tags = client("iam").list_user_tags(UserName="u")
    assert tags["Tags"] == [{"Key": "k", "Value": "v & w"}] and tags["IsTruncated"] is True
    assert client("sqs").receive_message(QueueUrl=QUEUE)["Messages"][0]["Body"] == "问题"


def test_respond_with_a_stream_of_events(control, client):
    rows = [{"Records": {"Payload": "a,b\n"}}, {"Records": {"Payload": "c,d\n"}}, {"End": {}}]
    control.rules({"match": "s3.SelectObjectContent", "respond": {"Payload": rows}})
    answer = client("s3").select_object_content(
        Bucket="reports",
        Key="k",
        Expression="select * from s3object",
        ExpressionType="SQL",
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )
    events = list(answer["Payload"])
    assert [event["Records"]["Payload"] for event in events[:2]] == [b"a,b\n", b"c,d\n"]
    assert list(events[2]) == ["End"]


def test_computed_members_are_filled_in(control, client):
    control.rules({"match": "sqs.SendMessage", "respond": {}})
    answer = client("sqs").send_message(QueueUrl=QUEUE, MessageBody="hello")
    assert answer["MD5OfMessageBody"] == "5d41402abc4b2a76b9719d911017c592"
    assert answer["MessageId"]


def test_raw_message(control, server):
    headers = [["X-One", "1"], ["x-one", "2"], ["X-Two", "3"]]
    control.rules(
        {
            "match": "kinesis.ListStreams",
            "raw": {"status": 418, "reason": "Teapot", "headers": headers, "body": "short"},
        }
    )
    answer = exchange(server.address, awsjson(KINESIS + "ListStreams"))
    assert (answer.status, answer.reason, answer.body) == (418, "Teapot", b"short")
    assert [pair for pair in answer.headers if pair[0].lower() in ("x-one", "x-two")] == [
        ("X-One", "1"),
        ("x-one", "2"),
        ("X-Two", "3"),
    ]
    assert answer.header("content-length") == "5" and answer.header("date")


def test_raw_bytes(control, server):
    control.rules({"match": "kinesis.ListStreams", "raw": {"bytes": "not HTTP at all\r\n", "close": True}})
    with Wire(server.address) as wire:
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.to_end() == b"not HTTP at all\r\n"


@pytest.mark.parametrize(
    "then,expected",
    [
        (None, ["Throttling", "Throttling", "AccessDenied", None, None]),
        ("repeat", ["Throttling", "Throttling", "AccessDenied", "Throttling", "Throttling"]),
        ("last", ["Throttling", "Throttling", "AccessDenied", "AccessDenied", "AccessDenied"]),
    ],
)
def test_sequence(control, client, then, expected):
    steps = [{"error": "Throttling", "times": 2}, {"error": "AccessDenied"}]
    control.rules({"match": "iam.ListUsers", "sequence": steps} | ({"then": then} if then else {}))
    assert codes(client("iam").list_users, 5) == expected


def test_sequence_with_pass_and_next(control, client):
    control.rules(
        {"match": "iam.ListUsers", "sequence": [{"error": "Throttling"}, "pass", "next"]},
        {"match": "iam.ListUsers", "error": "AccessDenied"},
    )
    assert codes(client("iam").list_users, 4) == ["Throttling", None, "AccessDenied", "AccessDenied"]


def test_pass(control, client):
    control.rules({"match": "iam.ListUsers", "times": 1, "pass": True}, {"match": "iam.*", "error": "AccessDenied"})
    assert codes(client("iam").list_users, 2) == [None, "AccessDenied"]


SELECTIONS = [
    ({"times": 2}, "xx..."),
    ({"nth": "1-2,5"}, "xx..x"),
    ({"every": 2}, ".x.x."),
    ({"state": "start", "become": "done"}, "x...."),
    ({"probability": 1}, "xxxxx"),
    ({"probability": 0}, "....."),
    ({"until": "1h"}, "xxxxx"),
    ({"after": "1h"}, "....."),
    ({"above": {"rate": "0.001/s", "burst": 3}}, "...xx"),
]


@pytest.mark.parametrize("selection,expected", SELECTIONS)
def test_selection(control, client, selection, expected):
    rule = {"match": "iam.ListUsers", "error": "AccessDenied"} | selection
    control.load({"scenario": "selection", "rules": [rule]})
    found = codes(client("iam").list_users, 5)
    assert "".join("x" if code else "." for code in found) == expected


def test_per(control, client):
    control.queues("a", "b")
    control.rules({"match": "sqs.GetQueueUrl", "per": "params.QueueName", "times": 1, "error": "QueueDoesNotExist"})
    sqs = client("sqs")
    found = [codes(sqs.get_queue_url, 1, QueueName=name)[0] for name in ("a", "b", "a", "b")]
    assert [code is not None for code in found] == [True, True, False, False]


def test_delay_is_a_lower_bound(control, client):
    control.rules({"match": "sts.GetCallerIdentity", "delay": "150ms"})
    began = time.monotonic()
    client("sts").get_caller_identity()
    assert time.monotonic() - began >= 0.15


def test_delays_do_not_hold_others_up(control, server):
    control.rules({"match": "kinesis.ListStreams", "delay": "10m"})
    with Wire(server.address) as held, Wire(server.address) as other:
        held.send(awsjson(KINESIS + "ListStreams"))
        assert any(control.requests(operation="ListStreams") for _ in range(1000))
        other.send(awsjson(KINESIS + "DescribeLimits"))
        assert other.answer().status == 200


def test_headers_and_templates(control, client):
    control.rules(
        {
            "match": "kinesis.DescribeStream",
            "error": {"code": "ResourceNotFoundException", "message": "${params.StreamName} in ${region}, $${x}"},
            "headers": {"x-told": "${service}.${operation} #${nth}/${attempt} by ${account}", "x-amz-id-2": None},
        }
    )
    error = raised(client("kinesis").describe_stream, StreamName="orders")
    assert error.response["Error"]["Message"] == "orders in us-east-1, ${x}"
    headers = error.response["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-told"] == "kinesis.DescribeStream #1/1 by 123456789012"
    assert "x-amz-id-2" not in headers and headers["x-awry-request"] and headers["x-awry-rule"]


def test_request_id_in_a_template(control, client):
    control.rules({"match": "iam.ListUsers", "error": {"code": "AccessDenied", "message": "${requestId}"}})
    error = raised(client("iam").list_users)
    assert error.response["Error"]["Message"] == error.response["ResponseMetadata"]["RequestId"]


def test_modifiers_of_several_rules_add_up(control, client):
    control.rules(
        {"match": "iam.ListUsers", "headers": {"x-a": "first", "x-b": "first"}},
        {"match": "iam.ListUsers", "headers": {"x-a": "second", "x-c": "second"}},
        {"match": "iam.ListUsers", "error": "AccessDenied", "headers": {"x-b": "decides"}},
    )
    headers = raised(client("iam").list_users).response["ResponseMetadata"]["HTTPHeaders"]
    assert (headers["x-a"], headers["x-b"], headers["x-c"]) == ("first", "decides", "second")


def test_respond_with_events(control, client):
    """A stream of S3's: bytes, a structure as XML, and the end."""
    events = {
        "Records": {"Payload": "a,b\n"},
        "Stats": {"Details": {"BytesScanned": 4, "BytesProcessed": 4, "BytesReturned": 4}},
        "End": {},
    }
    control.rules({"match": "s3.SelectObjectContent", "respond": {"Payload": events}})
    answer = client("s3").select_object_content(
        Bucket="orders",
        Key="k",
        Expression="select * from s3object",
        ExpressionType="SQL",
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )
    got = list(answer["Payload"])
    assert [next(iter(event)) for event in got] == ["Records", "Stats", "End"]
    assert got[0]["Records"]["Payload"] == b"a,b\n" and got[1]["Stats"]["Details"]["BytesScanned"] == 4
