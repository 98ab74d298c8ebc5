# SPDX-License-Identifier: Apache-2.0
"""What changes about an answer on the wire: bandwidth, corrupt, clockSkew."""

import time
from email.utils import parsedate_to_datetime

import pytest
from botocore.exceptions import FlexibleChecksumError

from harness.raw import KINESIS, SCOPE, Wire, awsjson, exchange

GET = f"GET /bucket/key HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n"
LIST = f"GET / HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n"
BODY = b"0123456789" * 100


def scripted(**modifiers) -> dict:
    return {"match": "s3.GetObject", "raw": {"status": 200, "body": BODY.decode()}} | modifiers


def test_bandwidth(control, server):
    """Never faster than it says, in pieces, and exact in sum."""
    control.rules(scripted(bandwidth="2kB/s"))
    with Wire(server.address) as wire:
        wire.send(GET)
        wire.until(b"\r\n\r\n")
        began = time.monotonic()
        body, pieces = wire.rest, 0
        while len(body) < len(BODY):
            body += wire.socket.recv(65536)
            pieces += 1
            assert len(body) <= 2000 * (time.monotonic() - began) + 200
        assert body == BODY
        assert time.monotonic() - began > 0.45
        assert pieces >= 5
        # The connection lives on, as fast as before.
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == 200
    assert control.requests()[0]["delivered"] == "whole"


def test_the_lowest_bandwidth_holds(control, server):
    control.rules({"match": "*.*", "bandwidth": "4kB/s"}, {"match": "*.*", "bandwidth": "1MB/s"}, scripted())
    with Wire(server.address) as wire:
        wire.send(GET)
        wire.until(b"\r\n\r\n")
        began = time.monotonic()
        assert wire.exactly(len(BODY)) == BODY
        assert time.monotonic() - began > 0.2


def test_answers_keep_their_order_behind_a_slow_one(control, server):
    control.rules(scripted(bandwidth="10kB/s"))
    with Wire(server.address) as wire:
        wire.send(awsjson(KINESIS + "ListStreams") + GET.encode() + awsjson(KINESIS + "ListStreams"))
        assert wire.answer().header("x-amzn-requestid")
        assert wire.answer().body == BODY
        assert wire.answer().header("x-amzn-requestid")


def test_slow_answers_hold_up_nobody(control, server):
    """A hundred clients that are answered a byte a second; another is answered at once."""
    control.rules({"match": "s3.GetObject", "bandwidth": "1B/s", "raw": {"status": 200, "body": "x" * 60}})
    slow = [Wire(server.address) for _ in range(100)]
    for wire in slow:
        wire.send(GET)
        wire.until(b"\r\n\r\n")
    for _ in range(20):
        assert exchange(server.address, awsjson(KINESIS + "ListStreams")).status == 200
    assert all(len(wire.rest) < 60 for wire in slow)
    for wire in slow:
        wire.socket.close()


def test_bandwidth_beside_a_fault(control, server):
    control.rules(
        {"match": "s3.ListBuckets", "bandwidth": "1kB/s", "connection": {"fault": "resetMidBody", "after": 200}}
    )
    with Wire(server.address) as wire:
        wire.send(LIST)
        wire.until(b"\r\n\r\n")
        began = time.monotonic()
        assert len(wire.exactly(200)) == 200
        assert time.monotonic() - began > 0.15
        with pytest.raises(ConnectionResetError):
            wire.socket.recv(1)


def test_corrupt_body(control, server):
    control.rules(scripted(corrupt="body"))
    answer = exchange(server.address, GET)
    assert len(answer.body) == len(BODY)
    assert sum(a != b for a, b in zip(answer.body, BODY)) == 1


def test_corrupt_etag(control, server):
    control.rules({"match": "s3.GetObject", "respond": {"ETag": '"0f9"'}, "corrupt": "etag"})
    assert exchange(server.address, GET).header("etag") == '"1f9"'


def test_corrupt_etag_in_a_body(control, client):
    control.rules({"match": "s3.CopyObject", "respond": {"CopyObjectResult": {"ETag": '"abc"'}}, "corrupt": "etag"})
    answer = client("s3").copy_object(Bucket="b-1", Key="k", CopySource="b-1/other")
    assert answer["CopyObjectResult"]["ETag"] == '"bbc"'


def test_corrupt_checksum(control, client):
    control.buckets("b-1", objects={"k": "content"})
    control.rules({"match": "s3.GetObject", "corrupt": "checksum"})
    answer = client("s3").get_object(Bucket="b-1", Key="k")
    with pytest.raises(FlexibleChecksumError):
        answer["Body"].read()


def test_corrupt_checksum_of_a_message(control, client):
    control.queues("orders")
    sqs, queue = client("sqs"), "http://localhost/123456789012/orders"
    good = sqs.send_message(QueueUrl=queue, MessageBody="m")["MD5OfMessageBody"]
    control.rules({"match": "sqs.SendMessage", "corrupt": "checksum"})
    bad = sqs.send_message(QueueUrl=queue, MessageBody="m")["MD5OfMessageBody"]
    assert len(bad) == len(good) and bad[0] != good[0] and bad[1:] == good[1:]


def test_corrupt_content_length(control, server):
    control.rules(scripted(corrupt="contentLength"))
    with Wire(server.address) as wire:
        wire.send(GET)
        head = wire.until(b"\r\n\r\n")
        assert f"Content-Length: {len(BODY) + 1}".encode() in head
        assert wire.to_end() == BODY


def test_damages_add_up(control, server):
    control.rules(scripted(corrupt=["body", "contentLength"]))
    with Wire(server.address) as wire:
        wire.send(GET)
        assert f"Content-Length: {len(BODY) + 1}".encode() in wire.until(b"\r\n\r\n")
        assert wire.to_end() != BODY


@pytest.mark.parametrize("skew,seconds", [("-10m", -600), ("1h", 3600)])
def test_clock_skew(control, server, skew, seconds):
    control.buckets("bucket", objects={"key": "content"})
    control.rules({"match": "s3.*", "clockSkew": skew})
    answer = exchange(server.address, GET)
    assert len([name for name, _ in answer.headers if name.lower() == "date"]) == 1
    seen = parsedate_to_datetime(answer.header("date")).timestamp()
    assert abs(seen - time.time() - seconds) < 30


def test_clock_skew_of_what_is_written_by_hand(control, server):
    control.rules(scripted(clockSkew="1h"))
    assert parsedate_to_datetime(exchange(server.address, GET).header("date")).timestamp() > time.time() + 3000
    control.rules(scripted(clockSkew="1h") | {"raw": {"status": 200, "headers": {"Date": "then"}}})
    assert exchange(server.address, GET).header("date") == "then"
