# SPDX-License-Identifier: Apache-2.0
"""`GET /_awry/events`: what happens, as server-sent events."""

import http.client
import json
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from harness import clients
from harness.checks import raised
from harness.control import Control
from harness.owned import owned_server
from harness.server import Server
from harness.sse import EventStream


STATEFUL = {"scenario": "told", "rules": [{"match": "iam.ListUsers", "state": "on", "error": "Throttling"}]}


@pytest.fixture
def stream(server, control):
    with EventStream(server.address, sandbox="default") as stream:
        yield stream


def test_a_request_as_it_ends(stream, control, client):
    control.rules({"id": "mine", "match": "iam.ListUsers", "error": "AccessDenied"})
    raised(client("iam").list_users)
    rules, request = next(stream), next(stream)
    assert (rules.type, rules.data) == ("rules", {"sandbox": "default", "change": "added", "ids": ["mine"]})
    assert request.type == "request" and request.data == control.requests()[0]
    assert int(request.id) > int(rules.id)


def test_what_is_changed(stream, control):
    control.load(STATEFUL)
    control.demand("PUT", "scenarios/told/state", {"state": "on"})
    control.freeze()
    control.unload("told")
    control.demand("POST", "reset", {"state": False, "rules": False})
    seen = [next(stream) for _ in range(5)]
    assert [event.type for event in seen] == ["scenario", "state", "clock", "scenario", "reset"]
    assert seen[0].data == {"sandbox": "default", "scenario": "told", "change": "loaded"}
    assert seen[1].data == {"sandbox": "default", "scenario": "told", "state": "on"}
    assert seen[2].data == {"sandbox": "default", "now": "2026-03-01T12:00:00Z", "frozen": True}
    assert seen[3].data["change"] == "removed"
    assert seen[4].data == {"sandbox": "default", "parts": ["journal", "clock"]}


def test_sandboxes_are_apart(server, stream, control, client, endpoint):
    with EventStream(server.address, sandbox="all") as everything:
        other = Control(endpoint, "heard")
        clients.client(endpoint + "/_sandbox/heard", "iam").list_users()
        other.demand("DELETE", "sandboxes/heard")
        client("sts").get_caller_identity()
        assert next(stream).data["operation"] == "GetCallerIdentity"
        seen = [next(everything) for _ in range(4)]
        assert [(event.type, event.data["sandbox"]) for event in seen] == [
            ("sandbox", "heard"),
            ("request", "heard"),
            ("sandbox", "heard"),
            ("request", "default"),
        ]
        assert [event.data.get("change") for event in seen] == ["made", None, "dropped", None]


def test_heartbeats(server, control):
    with EventStream(server.address, heartbeat="100ms") as stream:
        while len(stream.comments) < 4:
            stream.line()
        assert stream.comments == ["listening", "", "", ""]


@pytest.mark.parametrize("query", ["heartbeat=1ms", "heartbeat=soon", "sandbx=all"])
def test_asked_wrongly(control, query):
    name, value = query.split("=")
    assert control.call("GET", "events", None, **{name: value})[0] == 400


def raw(server, **options) -> socket.socket:
    """A client that has read the head, and reads no more."""
    listener = socket.socket()
    for name, value in options.items():
        listener.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
    listener.settimeout(20)
    listener.connect(server.address)
    listener.sendall(b"GET /_awry/events HTTP/1.1\r\nHost: h\r\n\r\n")
    head = b""
    while b": listening\n\n\r\n" not in head:
        head += listener.recv(4096)
    assert b"Transfer-Encoding: chunked\r\n" in head and b"Cache-Control: no-store\r\n" in head
    return listener


def listeners(server) -> int:
    """The connections that the server has with clients, as the system counts them."""
    with urllib.request.urlopen(server.endpoint + "/_awry/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return int(next(line for line in lines if line.startswith("awry_connections ")).split()[1])


def test_chunks_on_the_wire(server, control):
    with raw(server) as listener:
        control.demand("POST", "reset", {})
        size, _, chunk = listener.recv(4096).partition(b"\r\n")
        assert chunk == chunk[: int(size, 16)] + b"\r\n"
        lines = chunk.decode().splitlines()
        assert lines[0] == "event: reset" and lines[1].startswith("id: ") and lines[3] == ""
        assert json.loads(lines[2].removeprefix("data: "))["parts"] == ["state", "rules", "journal", "clock"]


def test_a_client_that_does_not_read_costs_little(tmp_path):
    """12 MiB of events: what does not fit is counted, and others hear all of it."""
    body = json.dumps({"TableName": "t", "Item": {f"key{number}": {"S": "x" * 1000} for number in range(7)}})
    headers = {"X-Amz-Target": "DynamoDB_20120810.PutItem", "Content-Type": "application/x-amz-json-1.0"}
    with owned_server(state=tmp_path) as own:
        status = Path(f"/proc/{own.process.pid}/statm")
        client = http.client.HTTPConnection(*own.address)
        with raw(own, SO_RCVBUF=4096) as slow, EventStream(own.address, sandbox="default") as quick:
            for number in range(1600):
                client.request("POST", "/", body, headers)
                client.getresponse().read()
                assert quick.until("request").data["operation"] == "PutItem"
                if number == 800:
                    before = int(status.read_text().split()[1])
            grown = (int(status.read_text().split()[1]) - before) * 4096
            assert grown < 24 << 20, f"{grown >> 20} MiB more for the second half"
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
            received = b""
            while b"event: dropped" not in received:
                received += slow.recv(1 << 20)
            assert received.count(b"event: request") < 1600


def test_those_who_leave_are_forgotten(server, control):
    before = listeners(server)
    gone = [raw(server) for _ in range(8)]
    assert listeners(server) >= before + 8
    for number, listener in enumerate(gone):
        if number % 2:  # a reset in the place of an orderly end
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        listener.close()
    for _ in range(500):
        if listeners(server) <= before:
            return
        time.sleep(0.01)
    raise AssertionError(f"{listeners(server)} connections, {before} before")


def test_too_many(tmp_path):
    with owned_server(state=tmp_path) as own:
        held = [raw(own) for _ in range(64)]
        assert Control(own.endpoint).call("GET", "events")[0] == 503
        held.pop().close()
        for _ in range(500):
            with socket.create_connection(own.address) as one:
                one.sendall(b"GET /_awry/events HTTP/1.1\r\nHost: h\r\n\r\n")
                if one.recv(100).startswith(b"HTTP/1.1 200 "):
                    break
            time.sleep(0.01)
        else:
            raise AssertionError("no room after one left")
        for listener in held:
            listener.close()


def test_a_server_that_stops_ends_its_streams():
    own = Server()
    with EventStream(own.address) as stream, raw(own) as slow:
        assert own.stop() == 0
        assert list(stream) == []
        rest = b""
        while piece := slow.recv(4096):
            rest += piece
        assert rest.endswith(b"0\r\n\r\n")
