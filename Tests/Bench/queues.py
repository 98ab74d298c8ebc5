# SPDX-License-Identifier: Apache-2.0
"""What SQS's queues cost: SendMessage beside nginx and moto, long polls, and a million messages in one queue."""

import json
import socket
import statistics
import time
from pathlib import Path

from load import Load, as_bytes, captured, script
from servers import Awry, Moto, Nginx, Server

MILLION = 1_000_000
WAITERS = 1000
BODY = {"order": 4711, "items": [{"sku": f"sku-{number:04}", "count": 2, "price": "19.99"} for number in range(4)]}


def url(port: int, name: str = "orders") -> str:
    return f"http://127.0.0.1:{port}/123456789012/{name}"


def request_of(port: int, name: str, **parameters) -> bytes:
    return as_bytes(*captured(port, "sqs", name, **parameters))


def answer_to(connection: socket.socket, request: bytes) -> bytes:
    connection.sendall(request)
    return answer(connection)


def answer(connection: socket.socket) -> bytes:
    """One whole answer."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += more(connection)
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += more(connection)
    return head + b"\r\n\r\n" + body


def more(connection: socket.socket) -> bytes:
    piece = connection.recv(1 << 20)
    if not piece:
        raise RuntimeError("the answer broke off")
    return piece


def once(server: Server, request: bytes) -> bytes:
    """The answer on a connection of its own: moto's server closes each."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        return answer_to(connection, request)


class Sending:
    """SendMessage on one server, from 64 connections; without seconds, only how it answers."""

    def __init__(self, server: Server, folder: Path, seconds: int):
        parameters = {"QueueUrl": url(server.port), "MessageBody": json.dumps(BODY)}
        headers, body = captured(server.port, "sqs", "send_message", **parameters)
        self.request = as_bytes(headers, body)
        made = request_of(server.port, "create_queue", QueueName="orders")
        server.start(made)
        self.answer = once(server, self.request)
        self.load = Load(server, script(folder, headers, body), 64, seconds) if seconds else None
        server.stop()


def sending(awry: Awry, nginx: Nginx, moto: Moto, folder: Path, seconds: int) -> tuple[Sending, Sending, Sending]:
    """The three, nginx with an answer as long as ours."""
    ours = Sending(awry, folder, seconds)
    nginx.body = ours.answer.split(b"\r\n\r\n", 1)[1].decode()
    nginx.filler = "x"
    theirs = Sending(nginx, folder, 0)
    nginx.filler = "x" * max(1, 1 + len(ours.answer) - len(theirs.answer))
    return ours, Sending(nginx, folder, seconds), Sending(moto, folder, 4)


def woken(server: Awry) -> tuple[float, float]:
    """CPU seconds of a second in which 1,000 long polls wait, and the median milliseconds from a message's sending to
    the answer of the one that it wakes."""
    made = request_of(server.port, "create_queue", QueueName="orders")
    server.start(made)
    one = socket.create_connection(("127.0.0.1", server.port))
    answer_to(one, made)
    poll = request_of(server.port, "receive_message", QueueUrl=url(server.port), WaitTimeSeconds=20)
    send = request_of(server.port, "send_message", QueueUrl=url(server.port), MessageBody="m")
    waiting = []
    for _ in range(WAITERS):
        waiting.append(socket.create_connection(("127.0.0.1", server.port)))
        waiting[-1].sendall(poll)
        time.sleep(0.0005)
    time.sleep(0.5)
    before = server.exact_cpu()
    time.sleep(1)
    cpu = server.exact_cpu() - before
    spans = []
    for first in waiting[:101]:
        began = time.perf_counter()
        one.sendall(send)
        # Who has waited longest is woken.
        answer(first)
        spans.append((time.perf_counter() - began) * 1000)
        answer(one)
    for connection in [*waiting, one]:
        connection.close()
    server.stop()
    return cpu, statistics.median(spans)


def fill(connection: socket.socket, port: int, name: str, count: int) -> None:
    """So many messages of 1 KiB, ten a batch, a hundred batches at a time."""
    entries = [{"Id": str(number), "MessageBody": "x" * 1024} for number in range(10)]
    request = request_of(port, "send_message_batch", QueueUrl=url(port, name), Entries=entries)
    size = len(answer_to(connection, request))
    left = count // 10 - 1
    while left > 0:
        turn = min(left, 100)
        connection.sendall(request * turn)
        expected = turn * size
        while expected > 0:
            expected -= len(connection.recv(min(expected, 1 << 20)))
        left -= turn


def receive_cost(server: Awry, connection: socket.socket, name: str, count: int = 1000) -> float:
    """CPU milliseconds for 1,000 ReceiveMessage of one message."""
    request = request_of(server.port, "receive_message", QueueUrl=url(server.port, name))
    before = server.exact_cpu()
    for _ in range(count):
        answer_to(connection, request)
    return (server.exact_cpu() - before) * 1e6 / count


def million(server: Awry) -> tuple[float, float, float]:
    """MiB that a million messages of 1 KiB take, and the CPU of receiving from it and from a queue of a thousand."""
    server.start(request_of(server.port, "list_queues"))
    before = server.resident()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        costs = {"few": [], "many": []}
        for name in ("many", "few"):
            answer_to(connection, request_of(server.port, "create_queue", QueueName=name))
        fill(connection, server.port, "many", MILLION)
        memory = server.resident() - before
        for _ in range(5):
            for name in ("few", "many"):
                if name == "few":
                    fill(connection, server.port, "few", 1000)
                costs[name].append(receive_cost(server, connection, name))
    server.stop()
    return memory, statistics.median(costs["many"]), statistics.median(costs["few"])
