# SPDX-License-Identifier: Apache-2.0
"""What S3's objects cost: PUT and GET of 1 KiB and of 64 MiB, beside nginx's files and moto's server."""

import os
import re
import socket
import subprocess
import time
from pathlib import Path

from servers import Awry, Moto, Nginx, Server

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
SMALL, LARGE = KIB, 64 * MIB
SCOPE = "test/20260301/us-east-1/s3/aws4_request"
SIGNED = f"Authorization: AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature=0"


class Files(Nginx):
    """nginx that keeps what is put into a folder and serves it from there."""

    def command(self):
        for name in ("data/bench", "body"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        path = self.folder / "files.conf"
        path.write_text(
            f"""\
daemon off;
user root;
worker_processes 2;
pid {self.folder}/files.pid;
error_log /dev/null crit;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000000;
    client_max_body_size 0;
    client_body_temp_path {self.folder}/body;
    server {{
        listen 127.0.0.1:{self.port} backlog=4096;
        location / {{ root {self.folder}/data; dav_methods PUT; }}
    }}
}}
"""
        )
        binary = next(path for path in ("/usr/sbin/nginx", "/usr/bin/nginx") if os.path.exists(path))
        return [binary, "-c", str(path)]


def head(server: Server, method: str, path: str, length: int | None = None) -> bytes:
    more = "" if length is None else f"Content-Length: {length}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{SIGNED}\r\n{more}\r\n".encode()


def read(connection: socket.socket) -> int:
    """Reads one answer; how many bytes its body had."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(1 << 18)
        if not piece:
            raise RuntimeError("no answer")
        got += piece
    top, _, rest = got.partition(b"\r\n\r\n")
    if not top.split(b" ")[1].startswith(b"2"):
        raise RuntimeError(top.decode())
    found = re.search(rb"content-length: *(\d+)", top, re.I)
    length = int(found[1]) if found else 0
    left = length - len(rest)
    buffer = bytearray(1 << 20)
    while left > 0:
        count = connection.recv_into(buffer, min(left, len(buffer)))
        if not count:
            raise RuntimeError(f"{left} bytes lack")
        left -= count
    return length


class Objects:
    """One server's figures: CPU ms per 1,000 requests of 1 KiB, CPU seconds a GiB, and MiB of memory."""

    def __init__(self, server: Server, folder: Path, seconds: int, rounds: int):
        self.name = server.name
        self.server = server
        server.start(head(server, "GET", "/"))
        self.send("PUT", "/bench", b"", ok=server.name == "nginx")
        self.send("PUT", "/bench/small", os.urandom(SMALL))
        self.put_small = self.load("PUT", "/bench/small", folder, seconds, os.urandom(SMALL).hex()[:SMALL])
        self.get_small = self.load("GET", "/bench/small", folder, seconds)
        body = os.urandom(LARGE)
        idle = server.resident()
        self.put_large = self.per_gib(rounds, lambda number: self.send("PUT", f"/bench/large{number}", body))
        self.memory = server.resident() - idle
        self.get_large = self.per_gib(rounds, lambda number: self.send("GET", f"/bench/large{number}"))
        server.stop()

    def send(self, method: str, path: str, body: bytes | None = None, ok: bool = False) -> None:
        # moto's server answers 500 now and then, and more often while it ends what wrk has left behind.
        for attempt in range(5 if self.name == "moto" else 1):
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=120) as connection:
                connection.sendall(head(self.server, method, path, None if body is None else len(body)))
                connection.sendall(body or b"")
                try:
                    read(connection)
                    return
                except RuntimeError as error:
                    refused = error
            time.sleep(attempt)
        if not ok:
            raise refused

    def per_gib(self, rounds: int, work) -> float:
        before = self.server.cpu()
        for number in range(rounds):
            work(number)
        time.sleep(0.2)
        return (self.server.cpu() - before) * GIB / (rounds * LARGE)

    def load(self, method: str, path: str, folder: Path, seconds: int, body: str | None = None) -> float:
        lines = [f'wrk.method = "{method}"', 'wrk.headers["Authorization"] = "%s"' % SIGNED.split(": ", 1)[1]]
        if body is not None:
            lines.append(f'wrk.body = "{body}"')
        script = folder / "objects.lua"
        script.write_text("\n".join(lines) + "\n")
        wrk = ["wrk", "-t1", "-c64", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
        before = self.server.cpu()
        url = f"http://127.0.0.1:{self.server.port}{path}"
        text = subprocess.run([*wrk, url], capture_output=True, text=True, check=True).stdout
        cpu = self.server.cpu() - before
        requests = int(re.search(r"(\d+) requests in", text)[1])
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        if failed and int(failed[1]) > requests / (10 if self.name == "moto" else 100):
            raise RuntimeError(text)
        return cpu * 1e6 / requests


def compare(folder: Path, seconds: int) -> list[tuple[str, float, float]]:
    """Says what objects cost; their budgets."""
    ours = Objects(Awry(folder), folder, seconds, 8)
    files = Objects(Files(folder), folder, seconds, 8)
    moto = Objects(Moto(folder), folder, 4, 2)
    rows = [
        ("PUT 1 KiB, CPU ms per 1,000 requests", "put_small"),
        ("GET 1 KiB, CPU ms per 1,000 requests", "get_small"),
        ("PUT 64 MiB, CPU s a GiB", "put_large"),
        ("GET 64 MiB, CPU s a GiB", "get_large"),
        ("more memory after 8 of 64 MiB (moto: 2), MiB", "memory"),
    ]
    lines = ["| S3's objects | awry | nginx, 2 workers | moto's server |", "| --- | ---: | ---: | ---: |"]
    for what, name in rows:
        lines.append(f"| {what} | " + " | ".join(f"{getattr(one, name):,.2f}" for one in (ours, files, moto)) + " |")
    budgets = [
        ("PUT 1 KiB, of nginx's", ours.put_small / files.put_small, 1.2),
        ("GET 1 KiB, of nginx's", ours.get_small / files.get_small, 1.0),
        ("PUT 1 KiB, of moto's", ours.put_small / moto.put_small, 1 / 150),
        ("GET 1 KiB, of moto's", ours.get_small / moto.get_small, 1 / 100),
        ("PUT 64 MiB with its digests, CPU s a GiB", ours.put_large, 4),
        ("GET 64 MiB, CPU s a GiB", ours.get_large, 0.5),
        ("more memory for bodies of 64 MiB, MiB", ours.memory, 24),
    ]
    print("\n".join(lines) + "\n")
    return budgets
