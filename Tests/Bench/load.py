# SPDX-License-Identifier: Apache-2.0
"""The load: one real boto3 request, sent by wrk or held open by hand."""

import json
import re
import socket
import subprocess
from pathlib import Path

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from servers import Server


def captured(
    port: int,
    service: str = "kinesis",
    name: str = "describe_stream",
    key: tuple[str, str] = ("123456789012", "test"),
    **parameters,
) -> tuple[dict[str, str], str]:
    """Headers and body that boto3 sends for a call, Kinesis's DescribeStream unless said otherwise, to this port, with
    this access key and its secret."""
    kept = {}

    def keep(request, **_):
        kept["headers"] = {
            name: value.decode() if isinstance(value, bytes) else str(value) for name, value in request.headers.items()
        }
        kept["body"] = request.body.decode() if isinstance(request.body, bytes) else request.body
        answer = AWSResponse(request.url, 200, {}, None)
        answer._content = b"{}"
        return answer

    made = boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id=key[0],
        aws_secret_access_key=key[1],
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )
    made.meta.events.register("before-send", keep)
    if service == "kinesis":
        parameters.setdefault("StreamName", "orders")
    getattr(made, name)(**parameters)
    # With the AWS CRT at hand, botocore sends a `host` of its own.
    others = {name: value for name, value in kept["headers"].items() if name.lower() != "host"}
    kept["headers"] = others | {"Host": f"127.0.0.1:{port}"}
    return kept["headers"], kept["body"]


def as_bytes(headers: dict[str, str], body: str) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{head}\r\n{body}".encode()


def script(folder: Path, headers: dict[str, str], body: str, file: str = "request.lua") -> Path:
    """The request as a script for wrk."""
    lines = ['wrk.method = "POST"', f"wrk.body = {json.dumps(body)}"]
    wanted = {name: value for name, value in headers.items() if name.lower() != "content-length"}
    lines += [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in wanted.items()]
    path = folder / file
    path.write_text("\n".join(lines) + "\n")
    return path


class Load:
    """What one run of wrk came to."""

    def __init__(self, server: Server, lua: Path, connections: int, seconds: int):
        wrk = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(lua)]
        before = server.cpu()
        result = subprocess.run([*wrk, f"http://127.0.0.1:{server.port}/"], capture_output=True, text=True, check=True)
        cpu = server.cpu() - before
        text = result.stdout
        self.requests = int(re.search(r"(\d+) requests in", text)[1])
        self.per_second = self.requests / seconds
        self.per_cpu_second = self.requests / cpu
        self.cpu_per_thousand = cpu * 1e6 / self.requests
        self.p99 = milliseconds(re.search(r"99%\s+(\S+)", text)[1])
        errors = re.search(r"Socket errors: (.*)", text)
        self.errors = errors[1] if errors else ""
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        self.refused = int(refused[1]) if refused else 0


def milliseconds(text: str) -> float:
    number, unit = re.match(r"([0-9.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def hold(server: Server, request: bytes, count: int) -> list[socket.socket]:
    """So many connections that have had one answer and stay open."""
    held = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        connection.sendall(request)
        connection.recv(65536)
        held.append(connection)
    return held
