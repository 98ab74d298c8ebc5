# SPDX-License-Identifier: Apache-2.0
"""Chance is the same in every run, whoever else calls at the same time: 10,000 requests, pipelined over one socket."""

import socket
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from harness.control import Control

COUNT = 10_000
CLIENTS = 16
RULES = {
    "scenario": "chance",
    "seed": 11,
    "setup": [{"kinesis.CreateStream": {"StreamName": "s", "ShardCount": 1}}],
    "rules": [{"match": "kinesis.DescribeStream", "probability": 0.25, "error": "LimitExceededException"}],
}


def outcomes(endpoint, sandbox, count=COUNT):
    """The statuses of so many requests to a sandbox, in order."""
    body = b'{"StreamName":"s"}'
    head = (
        f"POST /_sandbox/{sandbox}/ HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: Kinesis_20131202.DescribeStream\r\n"
        f"Content-Type: application/x-amz-json-1.1\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    request = head.encode() + body
    address = urllib.parse.urlsplit(endpoint)
    statuses, rest, sent = [], b"", 0
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        while len(statuses) < count:
            # Not so many ahead that neither side would read.
            more = min(count - sent, 100 - (sent - len(statuses)))
            connection.sendall(request * more)
            sent += more
            data = rest + connection.recv(1 << 16)
            parts = data.split(b"HTTP/1.1 ")
            # The last answer may be cut in its first line.
            rest = b"" if len(parts[-1]) >= 3 else b"HTTP/1.1 " + parts.pop()
            tail = data[-8:] if not rest else b""
            for length in range(8, 0, -1):
                if tail.endswith(b"HTTP/1.1 "[:length]):
                    rest = b"HTTP/1.1 "[:length]
                    break
            statuses += [part[:3] for part in parts[1:]]
    return statuses


def test_the_same_outcomes_alone_and_side_by_side(control, endpoint):
    control.load(RULES)
    names = [f"chance-{number}" for number in range(CLIENTS)]
    for name in names:
        Control(endpoint, name).load(RULES)
    alone = outcomes(endpoint, "default")
    control.reset()
    assert outcomes(endpoint, "default") == alone
    with ThreadPoolExecutor(CLIENTS) as pool:
        together = list(pool.map(lambda name: outcomes(endpoint, name), names))
    assert all(each == alone for each in together)
    assert set(alone) == {b"200", b"400"}
    assert 2300 < alone.count(b"400") < 2700
