# SPDX-License-Identifier: Apache-2.0
"""Servers to stand in front of: moto's, and one that answers as a test tells it."""

import http.client
import re
import socket
import subprocess
import sys
import threading

import pytest

from .server import Server


class Moto:
    """moto's own server, on a free port."""

    def __init__(self):
        self.endpoint = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self.process.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                self.endpoint = found.group(0)
                break
        assert self.endpoint, "moto's server did not say where it serves"
        # Unread, its log would stop it once the pipe is full.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(15)


class Emulator:
    """A server that hands each connection to `answer(socket, head, body)`, again while that gives True."""

    def __init__(self, answer):
        self.answer = answer
        self.requests: list[tuple[bytes, bytes]] = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.endpoint = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection) -> None:
        with connection:
            self.talk(connection)

    def talk(self, connection) -> None:
        came = b""
        while True:
            while b"\r\n\r\n" not in came:
                piece = connection.recv(65536)
                if not piece:
                    return
                came += piece
            head, _, came = came.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            while len(came) < int(length.group(1) if length else 0):
                came += connection.recv(65536)
            size = int(length.group(1)) if length else 0
            body, came = came[:size], came[size:]
            self.requests.append((head, body))
            try:
                if not self.answer(connection, head, body):
                    return
            except OSError:
                return

    def stop(self) -> None:
        # A listener that is only closed would go on waiting in `accept`.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@pytest.fixture
def front():
    """`front(url, *arguments)`: a server of ours in front of that one."""
    running = []

    def start(url, *arguments):
        running.append(Server("--upstream", url, *arguments))
        return running[-1]

    yield start
    for server in running:
        assert server.stop() in (0, None)


@pytest.fixture
def emulator():
    """`emulator(answer)`: see `Emulator`."""
    running = []

    def start(answer):
        running.append(Emulator(answer))
        return running[-1]

    yield start
    for each in running:
        each.stop()


def get(server, path="/bucket/key", method="GET"):
    connection = http.client.HTTPConnection(*server.address, timeout=30)
    connection.request(method, path)
    return connection.getresponse()
