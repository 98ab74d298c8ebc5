# SPDX-License-Identifier: Apache-2.0
"""Connections that break: reset after the connect, after half a head, and after the request but before its answer."""

import socket
import struct
import time

from servers import Server

RESET = struct.pack("ii", 1, 0)


def break_one(server: Server, data: bytes) -> bool:
    """Connects, sends this much, and resets. False if the server could not be reached."""
    connection = socket.socket()
    try:
        connection.connect(("127.0.0.1", server.port))
        if data:
            connection.send(data)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        return True
    except OSError:
        return False
    finally:
        connection.close()


def settled(server: Server) -> int:
    """How many descriptors the server holds once that has not changed for half a second."""
    count = server.descriptors()
    for _ in range(40):
        time.sleep(0.5)
        now = server.descriptors()
        if now == count:
            break
        count = now
    return count


def break_many(server: Server, request: bytes, count: int) -> dict:
    """Breaks so many connections in the three ways; what is left of them, and whether the server still answers."""
    before = settled(server)
    parts = [b"", request[: len(request) // 2], request]
    reached = sum(break_one(server, parts[number % 3]) for number in range(count))
    answers = server.answers(request)
    after = settled(server)
    return {"reached": reached, "lost": after - before, "answers": answers, "alive": server.process.poll() is None}
