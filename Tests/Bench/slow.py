# SPDX-License-Identifier: Apache-2.0
"""Others' p99 beside a thousand clients that send a byte a second."""

import contextlib
import socket
import threading
from pathlib import Path

from load import Load
from servers import Server

CLIENTS = 1000


@contextlib.contextmanager
def dripping(server: Server, request: bytes):
    """Keeps the clients at it: every second one byte more of their request, and then of the next."""
    clients = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(CLIENTS)]
    done = threading.Event()

    def drip():
        position = 0
        while not done.wait(1):
            for client in clients:
                client.sendall(request[position : position + 1])
            position = (position + 1) % len(request)

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        for client in clients:
            client.close()


def beside_slow_clients(server: Server, request: bytes, lua: Path, seconds: int) -> tuple[Load, Load, float]:
    """The load of 64 connections alone, and beside the slow ones; and the MiB that those take."""
    alone = Load(server, lua, 64, seconds)
    before = server.resident()
    with dripping(server, request):
        return alone, Load(server, lua, 64, seconds), server.resident() - before
