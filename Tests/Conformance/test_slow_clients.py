# SPDX-License-Identifier: Apache-2.0
"""Clients that are slow to send or to read cost bounded memory, and nobody else an answer."""

import ssl
from pathlib import Path

import pytest

from harness.control import Control
from harness.raw import KINESIS, SCOPE, Wire, awsjson, exchange
from harness.server import Server

GET = f"GET /bucket/key HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n"
MIB = 1 << 20


@pytest.fixture
def server(tmp_path):
    """One of its own for each test: its memory is measured."""
    running = Server("--tls", "--quiet", XDG_STATE_HOME=str(tmp_path))
    if running.process is None:
        pytest.skip("the server is not ours")
    running.authority = tmp_path / "awry/ca.pem"
    yield running
    running.stop()


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
