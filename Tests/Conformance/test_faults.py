# SPDX-License-Identifier: Apache-2.0
"""Broken conversations, seen from outside on a raw socket: which bytes, then RST, FIN or silence."""

import ssl
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.control import Control
from harness.raw import KINESIS, SCOPE, Wire, awsjson, exchange
from harness.server import Server

LIST = f"GET / HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n"
GET = f"GET /bucket/key HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server whose port speaks TLS too."""
    state = tmp_path_factory.mktemp("state")
    running = Server("--tls", XDG_STATE_HOME=str(state))
    running.authority = state / "awry/ca.pem"
    yield running
    assert running.stop() in (0, None), "\n".join(running.lines[-20:])


@pytest.fixture(scope="module")
def bare_control(server):
    return Control(server.endpoint)


@pytest.fixture(params=["plain", "tls"])
def connect(request, server):
    """Opens connections to the server, of both kinds."""
    if request.param == "plain":
        return lambda: Wire(server.address)
    if server.process is None:
        pytest.skip("the server is not ours")
    context = ssl.create_default_context(cafile=server.authority)
    return lambda: Wire(server.address, tls=context)


@dataclass
class Seen:
    """What came of one request."""

    data: bytes
    ended_by: str

    @property
    def head(self) -> bytes:
        return self.data.split(b"\r\n\r\n", 1)[0]

    @property
    def body(self) -> bytes:
        return (self.data.split(b"\r\n\r\n", 1) + [b""])[1]

    @property
    def promised(self) -> int:
        lines = [line for line in self.head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        return int(lines[0].split(b":")[1])


def watch(wire: Wire) -> Seen:
    """Reads until the connection ends, or until nothing has come for a while after the first byte."""
    data = b""
    try:
        while piece := wire.socket.recv(65536):
            data += piece
            wire.socket.settimeout(0.5)
        return Seen(data, "FIN")
    except ConnectionResetError:
        return Seen(data, "RST")
    except TimeoutError:
        return Seen(data, "silence")


def fault(name: str, after: int | None = None, match: str = "s3.*") -> dict:
    return {"match": match, "connection": name if after is None else {"fault": name, "after": after}}


def meet(control, connect, name: str, after: int | None = None, request: str | bytes = LIST) -> Seen:
    control.rules(fault(name, after, match="*.*"))
    with connect() as wire:
        wire.send(request)
        return watch(wire)


@pytest.mark.parametrize(
    "name,ending,has_status",
    [
        ("reset", "RST", False),
        ("close", "FIN", False),
        ("closeMidHeaders", "FIN", True),
        ("truncate", "FIN", True),
        ("resetMidBody", "RST", True),
        ("stall", "silence", True),
        ("garbage", "FIN", False),
        ("badChunk", "FIN", True),
    ],
)
def test_how_it_ends(control, connect, name, ending, has_status):
    seen = meet(control, connect, name)
    assert seen.ended_by == ending
    assert seen.data.startswith(b"HTTP/1.1 200 OK\r\n") == has_status
    [entry] = control.requests()
    assert entry["fault"] == name
    assert entry["delivered"] == ("cut" if seen.data else "nothing")
    assert entry["bytes"] == len(seen.data)
    assert entry["status"] == (200 if has_status else None)
    control.assert_verified({"match": "s3.ListBuckets", "count": 1, "ends": "connection"})


def test_blackhole(control, connect):
    control.rules(fault("blackhole"))
    with connect() as wire:
        wire.send(LIST)
        while not control.requests():
            pass
        # Whatever was to come would have come before the journal's answer.
        assert control.requests()[0]["fault"] == "blackhole"
        wire.socket.setblocking(False)
        with pytest.raises((BlockingIOError, ssl.SSLWantReadError)):
            wire.socket.recv(1)


def whole_body(server) -> bytes:
    return exchange(server.address, LIST).body


@pytest.mark.parametrize("name", ["truncate", "resetMidBody", "stall"])
@pytest.mark.parametrize("after", [None, 0, 1, 100, 5000, 300_000])
def test_bytes_before_it(control, server, connect, name, after):
    body = whole_body(server)
    seen = meet(control, connect, name, after)
    expected = len(body) // 2 if after is None else after
    assert seen.body == body.ljust(expected)[:expected]
    assert seen.promised == max(len(body), expected + 1)
    assert seen.ended_by == {"truncate": "FIN", "resetMidBody": "RST", "stall": "silence"}[name]


def test_headers_cut_amid_one(control, connect):
    seen = meet(control, connect, "closeMidHeaders")
    assert b"\r\n\r\n" not in seen.data and not seen.data.endswith(b"\n")
    assert seen.data.count(b"\r\n") >= 2


def test_bad_chunk(control, server, connect):
    body = whole_body(server)
    seen = meet(control, connect, "badChunk", 10)
    assert b"\r\nTransfer-Encoding: chunked" in seen.head and b"Content-Length" not in seen.head
    assert seen.body == b"a\r\n" + body[:10] + b"\r\nzz\r\n"


def test_garbage(control, connect):
    seen = meet(control, connect, "garbage")
    assert seen.data and b"HTTP" not in seen.data


@pytest.mark.parametrize("name,request_", [("badXml", LIST), ("badJson", awsjson(KINESIS + "ListStreams"))])
def test_bad_bodies_come_whole(control, connect, name, request_):
    """The connection lives on: only the body is wrong."""
    control.rules(fault(name, match="*.*") | {"times": 1})
    with connect() as wire:
        wire.send(request_)
        bad = wire.answer()
        wire.send(request_)
        good = wire.answer()
    assert bad.status == good.status == 200
    assert bad.header("content-type") == good.header("content-type")
    assert good.body.startswith(bad.body[:-1]) and bad.body != good.body
    assert control.requests()[0]["fault"] == name


def test_the_answer_to_head_is_cut_in_its_head(control, connect):
    control.buckets("bucket", objects={"key": "content"})
    for name in ("truncate", "resetMidBody", "stall", "badChunk"):
        seen = meet(control, connect, name, request=GET.replace("GET", "HEAD"))
        assert seen.data.startswith(b"HTTP/1.1 200") and b"\r\n\r\n" not in seen.data


def put(length: int, extra: str = "") -> str:
    return f"PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Length: {length}\r\n{extra}\r\n"


@pytest.mark.parametrize("name,ending", [("reset", "RST"), ("close", "FIN"), ("garbage", "FIN"), ("truncate", "FIN")])
def test_after_an_upload(control, connect, name, ending):
    """The request is read first: nothing of the fault shows before its last byte."""
    control.rules(fault(name))
    with connect() as wire:
        wire.send(put(1_000_000) + "x" * 999_999)
        wire.socket.settimeout(0.2)
        with pytest.raises(TimeoutError):
            wire.socket.recv(1)
        wire.socket.settimeout(10)
        wire.send("x")
        assert watch(wire).ended_by == ending


def test_in_the_place_of_100_continue(control, connect):
    control.rules(fault("close"))
    with connect() as wire:
        wire.send(put(10, "Expect: 100-continue\r\namz-sdk-invocation-id: 1\r\n"))
        assert watch(wire) == Seen(b"", "FIN")


def test_pipelined_requests_before_it_are_answered(control, connect):
    control.rules(fault("resetMidBody", 10, match="s3.ListBuckets"))
    with connect() as wire:
        wire.send(awsjson(KINESIS + "ListStreams") * 2 + LIST.encode() + awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == wire.answer().status == 200
        wire.socket.settimeout(10)
        first = wire.rest
        seen = watch(wire)
        assert (first + seen.data).count(b"HTTP/1.1 200") == 1 and seen.ended_by == "RST"


def descriptors(server) -> int:
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def test_nothing_is_left(control, server, connect):
    """A thousand other connections live through two hundred of each fault, and no descriptor remains."""
    if server.process is None:
        pytest.skip("the server is not ours")
    before = descriptors(server)
    others = [connect() for _ in range(1000)]
    for wire in others:
        wire.send(awsjson(KINESIS + "ListStreams"))
    assert all(wire.answer().status == 200 for wire in others)
    for name in ("reset", "close", "closeMidHeaders", "truncate", "resetMidBody", "stall", "garbage", "badChunk"):
        control.rules(fault(name) | {"id": "broken"})
        broken = [connect() for _ in range(200)]
        for wire in broken:
            wire.send(LIST)
        for wire in broken:
            if name != "stall":
                wire.to_end()
            wire.socket.close()
    for wire in others:
        wire.send(awsjson(KINESIS + "ListStreams"))
    assert all(wire.answer().status == 200 for wire in others)
    for wire in others:
        wire.socket.close()
    # The server sees the clients' ends a moment later, and lingers for five seconds where one never comes.
    for _ in range(200):
        if descriptors(server) <= before:
            break
        time.sleep(0.1)
    assert descriptors(server) <= before


def test_an_attempt_that_was_cut_does_not_end_its_call(control, server, connect):
    """Without an SDK's headers, the same request after a cut answer is the next attempt of the same call."""
    control.rules({"match": "s3.ListBuckets", "attempts": "1-2", "connection": "truncate"})
    for _ in range(2):
        with connect() as wire:
            wire.send(LIST)
            assert watch(wire).ended_by == "FIN"
    assert exchange(server.address, LIST).status == 200
    assert [entry["attempt"] for entry in control.requests()] == [1, 2, 3]
    assert len({entry["call"] for entry in control.requests()}) == 1


def test_a_delay_comes_before_it(control, connect):
    control.rules(fault("reset") | {"delay": "200ms"})
    with connect() as wire:
        wire.send(LIST)
        wire.socket.settimeout(0.05)
        with pytest.raises(TimeoutError):
            wire.socket.recv(1)
        wire.socket.settimeout(10)
        assert watch(wire) == Seen(b"", "RST")


def test_a_client_that_is_silent_itself_is_let_go(connect):
    server = Server("--silence-limit", "100ms")
    if server.process is None:
        pytest.skip("the server is not ours")
    try:
        Control(server.endpoint).rules(fault("blackhole"))
        with Wire(server.address) as wire:
            wire.send(LIST)
            assert watch(wire) == Seen(b"", "FIN")
    finally:
        server.stop()


def test_lost_answers(control, server, connect):
    """The call is carried out first: what refuses it answers, and the rule has not fired."""
    control.streams("s")
    put_record = awsjson(KINESIS + "PutRecord", '{"StreamName":"s","Data":"","PartitionKey":"k"}')
    control.rules({"match": "kinesis.*", "times": 1, "lost": "reset"})
    refused = exchange(server.address, awsjson(KINESIS + "PutRecord"))
    assert refused.status == 400 and b"ValidationException" in refused.body
    with connect() as wire:
        wire.send(put_record)
        assert watch(wire) == Seen(b"", "RST")
    assert [entry["fault"] for entry in control.requests()] == [None, "reset"]
    assert exchange(server.address, put_record).status == 200
