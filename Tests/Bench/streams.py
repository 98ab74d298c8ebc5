# SPDX-License-Identifier: Apache-2.0
"""What Kinesis's PutRecord costs, beside nginx with an answer as long as ours and moto's server."""

import socket
import sys
import tempfile
from pathlib import Path

from load import Load, as_bytes, captured, script
from queues import answer_to
from servers import Awry, Moto, Nginx, Server


class Putting:
    """PutRecord of 200 bytes on one server, from 64 connections."""

    def __init__(self, server: Server, folder: Path, seconds: int):
        headers, body = captured(server.port, name="put_record", Data=b"x" * 200, PartitionKey="key-1")
        made = as_bytes(*captured(server.port, name="create_stream", ShardCount=4))
        server.start(made)
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            answer_to(connection, made)
            self.answer = answer_to(connection, as_bytes(headers, body))
        before = server.resident()
        self.load = Load(server, script(folder, headers, body), 64, seconds)
        self.grown = server.resident() - before
        server.stop()


def main() -> int:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Putting(Awry(folder), folder, seconds)
        nginx = Nginx(folder)
        nginx.body = ours.answer.split(b"\r\n\r\n", 1)[1].decode()
        theirs = Putting(nginx, folder, seconds)
        moto = Putting(Moto(folder), folder, 4)
        for name, found in [("awry", ours), ("nginx", theirs), ("moto", moto)]:
            load = found.load
            print(f"{name}: {load.cpu_per_thousand:.1f} ms CPU per 1,000 PutRecord, {load.per_second:,.0f} a second")
        ratio = ours.load.cpu_per_thousand / theirs.load.cpu_per_thousand
        print(f"CPU of PutRecord against nginx: {ratio:.2f}, budget 1.3; memory grown by {ours.grown:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
