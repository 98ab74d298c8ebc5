# SPDX-License-Identifier: Apache-2.0
"""HTTP as clients of AWS speak it: pipelining, chunked requests, 100-continue, HEAD, HTTP/1.0; and what is refused."""

import pytest

from harness.raw import KINESIS, SCOPE, Wire, awsjson, exchange

S3 = SCOPE.format("s3")


@pytest.fixture
def limited(control):
    control.rules({"match": "kinesis.ListStreams", "error": {"code": "LimitExceededException", "message": "no"}})
    return control


def test_keep_alive_and_pipelining(limited, server):
    with Wire(server.address) as wire:
        wire.send(awsjson(KINESIS + "ListStreams") * 20)
        answers = [wire.answer() for _ in range(20)]
    assert {answer.status for answer in answers} == {400}
    assert len({answer.header("x-amzn-requestid") for answer in answers}) == 20


def test_a_request_byte_by_byte(limited, server):
    with Wire(server.address) as wire:
        for byte in awsjson(KINESIS + "ListStreams"):
            wire.send(bytes([byte]))
        assert wire.answer().status == 400


def test_chunked_request(limited, server):
    head = awsjson(KINESIS + "ListStreams").split(b"Content-Length")[0]
    body = b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\nTrailer: t\r\n\r\n"
    assert exchange(server.address, head + body).status == 400


def test_expect_100_continue(control, server):
    control.buckets("orders")
    control.rules({"match": {"service": "s3", "params": {"Key": "told"}}, "error": "SlowDown"})
    with Wire(server.address) as wire:
        wire.send(f"PUT /orders/k HTTP/1.1\r\nHost: localhost\r\n{S3}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        assert wire.answer().status == 100
        wire.send(b"body")
        assert wire.answer().status == 200


def test_head_has_no_body(control, server):
    control.rules({"match": "s3.HeadObject", "error": "NoSuchKey"})
    with Wire(server.address) as wire:
        wire.send(f"HEAD /orders/k HTTP/1.1\r\nHost: localhost\r\n{S3}\r\n" * 2)
        for _ in range(2):
            answer = wire.answer(to_head=True)
            assert answer.status == 404
            assert answer.header("x-amz-request-id")


def test_http_1_0_closes(limited, server):
    request = awsjson(KINESIS + "ListStreams").replace(b"HTTP/1.1", b"HTTP/1.0")
    with Wire(server.address) as wire:
        wire.send(request)
        answer = wire.answer()
        assert answer.status == 400 and answer.header("transfer-encoding") is None
        assert wire.to_end() == b""


def test_connection_close_is_kept(limited, server):
    with Wire(server.address) as wire:
        wire.send(awsjson(KINESIS + "ListStreams", extra="Connection: close\r\n"))
        assert wire.answer().status == 400
        assert wire.to_end() == b""


TARGET = f"POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: {KINESIS}ListStreams\r\n"
REFUSED = {
    "two lengths": "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "length and chunked": "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
    "negative length": "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
    "huge length": TARGET + "Content-Length: 99999999999999999999\r\n\r\n",
    "signed length": "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +2\r\n\r\n{}",
    "bad chunk size": TARGET + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "huge chunk size": TARGET + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    "unknown coding": "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
    "bare CR": "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
    "space before colon": "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
    "folded line": "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n",
    "no host": "GET / HTTP/1.1\r\n\r\n",
    "two hosts": "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "NUL in a value": "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n",
    "not HTTP": "hello\r\n\r\n",
    "space in the target": "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(server, name):
    """RFC 9112: a 400 (501 for a coding, 413 for a body beyond the limit) and a closed connection."""
    with Wire(server.address) as wire:
        wire.send(REFUSED[name])
        answer = wire.answer()
        assert answer.status in (400, 413, 501), answer
        assert wire.to_end() == b""


def test_a_head_too_long(server):
    with Wire(server.address) as wire:
        wire.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + "a" * 300_000)
        assert wire.answer().status in (400, 431)


def test_a_target_too_long(server):
    with Wire(server.address) as wire:
        wire.send("GET /" + "a" * 300_000)
        assert wire.answer().status in (400, 414, 431)


def test_too_many_headers(server):
    with Wire(server.address) as wire:
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n" + "X: a\r\n" * 5000 + "\r\n")
        assert wire.answer().status in (400, 431)


def test_the_server_lives_after_all_that(limited, server):
    assert exchange(server.address, awsjson(KINESIS + "ListStreams")).status == 400
