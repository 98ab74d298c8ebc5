# SPDX-License-Identifier: Apache-2.0
"""What Kinesis's PutRecord costs, beside nginx with an answer as long as ours and moto's server."""

from pathlib import Path

from load import Load, as_bytes, captured, script
from queues import once
from servers import Awry, Moto, Nginx, Server


class Putting:
    """PutRecord of 200 bytes on one server, from 64 connections; without seconds, only how it answers."""

    def __init__(self, server: Server, folder: Path, seconds: int):
        self.name = server.name
        headers, body = captured(server.port, name="put_record", Data=b"x" * 200, PartitionKey="key-1")
        made = as_bytes(*captured(server.port, name="create_stream", ShardCount=4))
        server.start(made)
        self.answer = once(server, as_bytes(headers, body))
        before = server.resident()
        self.load = Load(server, script(folder, headers, body), 64, seconds) if seconds else None
        self.grown = server.resident() - before
        server.stop()


def compare(folder: Path, seconds: int) -> list[tuple[str, float, float]]:
    """Says what PutRecord costs; its budgets."""
    ours = Putting(Awry(folder), folder, seconds)
    nginx = Nginx(folder)
    nginx.body = ours.answer.split(b"\r\n\r\n", 1)[1].decode()
    theirs = Putting(nginx, folder, 0)
    nginx.filler = "x" * max(1, 1 + len(ours.answer) - len(theirs.answer))
    theirs = Putting(nginx, folder, seconds)
    moto = Putting(Moto(folder), folder, 4)
    for found in (ours, theirs, moto):
        load = found.load
        print(f"{found.name}: {load.cpu_per_thousand:,.1f} ms CPU per 1,000 PutRecord, {load.per_second:,.0f} a second")
    print(f"{ours.load.requests:,} records of 200 bytes: {ours.grown:,.0f} MiB")
    cost = ours.load.cpu_per_thousand
    return [
        ("CPU of PutRecord, of nginx's", cost / theirs.load.cpu_per_thousand, 1.3),
        ("CPU of PutRecord, of moto's", cost / moto.load.cpu_per_thousand, 1 / 150),
    ]
