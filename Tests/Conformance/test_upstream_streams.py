# SPDX-License-Identifier: Apache-2.0
"""Answers that are passed on while they come: in bounded memory, and no longer than somebody wants them."""

import os
import socket
import struct
import threading
import time

import pytest

from harness.control import Control
from harness.upstream import emulator, front, get

__all__ = ["emulator", "front"]

SIZE = 64 << 20
PIECE = bytes(range(256)) * 256


def large(framing):
    """An answer of 64 MiB, framed so."""

    def answer(connection, head, body):
        start = b"HTTP/1.1 200 OK\r\nETag: \"x\"\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
        if framing == "length":
            connection.sendall(start + b"Content-Length: %d\r\n\r\n" % SIZE)
        elif framing == "chunked":
            connection.sendall(start + b"Transfer-Encoding: chunked\r\n\r\n")
        else:
            connection.sendall(start + b"\r\n")
        for _ in range(SIZE // len(PIECE)):
            connection.sendall(b"%x\r\n" % len(PIECE) + PIECE + b"\r\n" if framing == "chunked" else PIECE)
        if framing == "chunked":
            connection.sendall(b"0\r\n\r\n")
        return framing != "end"

    return answer


def memory(server) -> int:
    """The most memory that the server's process has had, in bytes."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))


def descriptors(server) -> int:
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def until(holds) -> None:
    """Waits until that holds; fails after ten seconds."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


@pytest.mark.parametrize("framing", ["length", "chunked", "end"])
def test_a_large_object_streams_through_in_little_memory(front, emulator, framing):
    server = front(emulator(large(framing)).endpoint)
    get(server, method="HEAD").read()
    before = memory(server)
    answer = get(server)
    assert answer.getheader("ETag") == '"x"'
    assert answer.getheader("X-Hop") is None
    assert answer.getheader("x-awry-request")
    # A client that does not read for a while keeps nothing but a bounded part of the object here.
    time.sleep(0.5)
    body = answer.read()
    assert len(body) == SIZE
    assert body[: 2 * len(PIECE)] == PIECE * 2
    assert body[-len(PIECE) :] == PIECE
    assert memory(server) - before < 8 << 20
    asked = Control(server.endpoint).requests(operation="GetObject")
    assert [each["delivered"] for each in asked] == ["whole"]


def test_many_at_once_take_turns(front, emulator):
    go = threading.Event()

    def answer(connection, head, body):
        go.wait(30)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(head) + head)
        return True

    behind = emulator(answer)
    server = front(behind.endpoint)
    before = descriptors(server)
    right = []

    def ask(number):
        if f"/bucket/{number} ".encode() in get(server, f"/bucket/{number}").read():
            right.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(300)]
    for each in threads:
        each.start()
    # All clients are there, and about as many connections to the emulator as there may be: those of earlier requests to
    # the server are closing.
    until(lambda: descriptors(server) >= before + 300 + 120)
    get(server, "/_awry/health").read()
    assert len(behind.requests) <= 128
    go.set()
    for each in threads:
        each.join(60)
    assert sorted(right) == list(range(300))


def test_what_was_asked_is_done_though_the_client_has_left(front, emulator):
    asked, gone = threading.Event(), threading.Event()

    def answer(connection, head, body):
        asked.set()
        gone.wait(10)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        return True

    behind = emulator(answer)
    server = front(behind.endpoint)
    control = Control(server.endpoint)
    before = descriptors(server)
    with socket.create_connection(server.address) as client:
        client.sendall(b"DELETE /bucket/key HTTP/1.1\r\nHost: h\r\n\r\n")
        assert asked.wait(10)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # Only the connection to the emulator is left, and this test's own.
    until(lambda: descriptors(server) <= before + 1)
    gone.set()
    until(lambda: control.requests(operation="DeleteObject"))
    entry = control.requests(operation="DeleteObject")[0]
    assert (entry["status"], entry["delivered"]) == (200, "nothing")
    assert get(server).read() == b"ok"


def test_a_client_that_leaves_in_mid_answer_frees_everything(front, emulator):
    broken = threading.Event()

    def answer(connection, head, body):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (1 << 40))
        try:
            while True:
                connection.sendall(PIECE)
        except OSError:
            broken.set()
        return False

    server = front(emulator(answer).endpoint)
    before = descriptors(server)
    for _ in range(20):
        broken.clear()
        with socket.create_connection(server.address) as client:
            client.sendall(b"GET /bucket/key HTTP/1.1\r\nHost: h\r\n\r\n")
            client.recv(1000)
        assert broken.wait(10), "the emulator is still asked for more"
    until(lambda: descriptors(server) <= before)
    asked = Control(server.endpoint).requests(operation="GetObject")
    assert len(asked) == 20
    assert {each["delivered"] for each in asked} == {"cut"}
