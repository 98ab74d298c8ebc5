# SPDX-License-Identifier: Apache-2.0
"""Clients that are slow to send or to read cost bounded memory, and nobody else an answer."""

import ssl
from pathlib import Path

import pytest

from harness.control import Control
from harness.owned import owned_server
from harness.raw import KINESIS, SCOPE, Wire, awsjson, exchange
from harness.server import Server

GET = f"GET /bucket/key HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n"
MIB = 1 << 20
LARGE = """
scenario: large
rules:
  - match: s3.GetObject
    raw: { status: 200, file: gigabyte }
"""
PARTS = """
scenario: parts
rules:
  - { match: { service: s3, params: { Key: slow } }, bandwidth: 20MiB/s }
  - { match: { service: s3, params: { Key: damaged } }, corrupt: body }
  - match: s3.*
    raw: { status: 200, file: data }
"""


@pytest.fixture
def server(tmp_path):
    """One of its own for each test: its memory is measured."""
    with owned_server("--tls", "--quiet", state=tmp_path) as running:
        yield running


def memory(server) -> int:
    """Bytes that the server holds in memory."""
    return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * 4096


def serves(server) -> bool:
    return all(exchange(server.address, awsjson(KINESIS + "ListStreams")).status == 200 for _ in range(20))


def test_requests_byte_by_byte(server):
    """A thousand connections that send a byte at a time."""
    request = awsjson(KINESIS + "ListStreams", extra="X-Padding: " + "x" * 200 + "\r\n")
    assert serves(server)
    before = memory(server)
    slow = [Wire(server.address) for _ in range(1000)]
    for index in range(40):
        for wire in slow:
            wire.send(request[index : index + 1])
        assert serves(server)
    assert memory(server) - before < 32 * MIB
    for wire in slow:
        wire.send(request[40:])
    assert all(wire.answer().status == 200 for wire in slow)


@pytest.mark.parametrize("is_secure", [False, True])
def test_answers_that_are_not_read(server, is_secure):
    """Forty clients ask for 8 MiB each, of which they read nothing."""
    control = Control(server.endpoint)
    control.rules({"match": "s3.GetObject", "raw": {"status": 200, "body": {"$repeat": "x" * 1024, "count": 8 << 10}}})
    context = ssl.create_default_context(cafile=server.authority) if is_secure else None
    before = memory(server)
    stuck = [Wire(server.address, tls=context) for _ in range(40)]
    for wire in stuck:
        wire.send(GET)
    assert serves(server)
    assert memory(server) - before < 64 * MIB
    for wire in stuck[1:]:
        wire.socket.close()
    assert len(stuck[0].answer().body) == 8 * MIB
    assert serves(server)


def test_uploads_that_stop(server):
    """A promise of gigabytes is not taken at its word."""
    before = memory(server)
    head = f"PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Length: 5000000000\r\n\r\n"
    stuck = [Wire(server.address) for _ in range(100)]
    for wire in stuck:
        wire.send(head + "x" * 10_000)
    assert serves(server)
    assert memory(server) - before < 64 * MIB


@pytest.fixture
def gigabyte(tmp_path):
    """A server whose objects are one file of a GiB: nothing but holes, and a mark at each end of it."""
    with (tmp_path / "gigabyte").open("wb") as file:
        file.write(b"begin")
        file.truncate(1 << 30)
        file.seek((1 << 30) - 3)
        file.write(b"end")
    (tmp_path / "large.yaml").write_text(LARGE)
    with owned_server("--tls", "--quiet", str(tmp_path / "large.yaml"), state=tmp_path) as running:
        yield running


@pytest.mark.parametrize("is_secure", [False, True])
def test_a_gigabyte_that_is_not_read(gigabyte, is_secure):
    """Twenty clients ask for a GiB each; they stop reading at once, and others do not notice."""
    context = ssl.create_default_context(cafile=gigabyte.authority) if is_secure else None
    assert serves(gigabyte)
    before = memory(gigabyte)
    stuck = [Wire(gigabyte.address, tls=context) for _ in range(20)]
    for wire in stuck:
        wire.send(GET)
        assert b"Content-Length: 1073741824" in wire.until(b"\r\n\r\n")
    assert serves(gigabyte)
    assert memory(gigabyte) - before < 32 * MIB
    spent = gigabyte.cpu()
    assert serves(gigabyte)
    assert gigabyte.cpu() - spent < 1, "clients that do not read are not asked again and again"


def test_a_gigabyte_that_is_read(gigabyte):
    before = memory(gigabyte)
    with Wire(gigabyte.address) as wire:
        wire.send(GET)
        wire.until(b"\r\n\r\n")
        assert wire.exactly(5) == b"begin"
        count = 5 + len(wire.rest)
        while count < 1 << 30:
            if count % 8 == 0:
                assert memory(gigabyte) - before < 32 * MIB
            came = wire.socket.recv(1 << 20)
            count += len(came)
        assert count == 1 << 30
        assert came.endswith(b"end")
        wire.rest = b""
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == 200


def test_a_gigabyte_that_changes(gigabyte, tmp_path):
    """A file that is cut while it is sent: the answer ends before its length, and the server goes on."""
    with Wire(gigabyte.address) as wire:
        wire.send(GET)
        wire.until(b"\r\n\r\n")
        (tmp_path / "gigabyte").open("r+b").truncate(1 << 20)
        assert len(wire.rest) + len(wire.to_end()) < 1 << 30
    assert serves(gigabyte)


@pytest.mark.parametrize("is_secure", [False, True])
def test_parts_of_files(tmp_path, is_secure):
    """Byte for byte, over what a socket takes in many turns; also slowed down, and damaged."""
    data = bytes(range(251)) * 20_000
    (tmp_path / "data").write_bytes(data)
    (tmp_path / "parts.yaml").write_text(PARTS)
    running = Server("--tls", "--quiet", str(tmp_path / "parts.yaml"), XDG_STATE_HOME=str(tmp_path))
    try:
        context = ssl.create_default_context(cafile=tmp_path / "awry/ca.pem") if is_secure else None
        for key, expected in [("plain", data), ("slow", data), ("damaged", None)]:
            with Wire(running.address, tls=context) as wire:
                wire.send(GET.replace("/bucket/key", "/bucket/" + key))
                body = wire.answer().body
                if expected is not None:
                    assert body == expected
                else:
                    assert sum(one != other for one, other in zip(body, data, strict=True)) == 1
                wire.send(GET.replace("GET", "HEAD", 1).replace("/bucket/key", "/bucket/" + key))
                assert wire.answer(to_head=True).header("content-length") == str(len(data))
    finally:
        running.stop()
