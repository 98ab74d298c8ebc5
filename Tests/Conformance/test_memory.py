# SPDX-License-Identifier: Apache-2.0
"""What many sandboxes needed is given back when all of them are reset."""

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from harness.control import Control
from harness.raw import SCOPE
from harness.server import Server

RECORD = json.dumps({"StreamName": "orders", "Data": "eHh4" * 500, "PartitionKey": "k"})
HEADERS = {
    "X-Amz-Target": "Kinesis_20131202.PutRecord",
    "Content-Type": "application/x-amz-json-1.1",
    "Authorization": SCOPE.format("kinesis").removeprefix("Authorization: ").strip(),
}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.delenv("AWRY_ENDPOINT", raising=False)
    running = Server("--quiet")
    yield running
    assert running.stop() == 0


def resident(server) -> int:
    """The server's resident memory in KiB."""
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def put(server, sandbox: str) -> None:
    connection = HTTPConnection(*server.address)
    for _ in range(300):
        connection.request("POST", f"/_sandbox/{sandbox}/", RECORD, HEADERS)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
    connection.close()


def test_a_reset_of_all_sandboxes_gives_their_memory_back(server):
    everywhere = Control(server.endpoint, "all")
    everywhere.streams("orders")
    # The service's model is read with the first call, and stays.
    put(server, "first")
    everywhere.reset()
    begun = resident(server)
    with ThreadPoolExecutor(64) as pool:
        list(pool.map(lambda number: put(server, f"worker-{number}"), range(64)))
    full = resident(server)
    assert full > 1.5 * begun, "the sandboxes must need memory, or this test shows nothing"
    assert len(everywhere.requests()) == 64 * 300
    everywhere.reset()
    assert everywhere.requests() == []
    assert resident(server) <= 1.2 * begun, f"{begun} KiB at first, {full} KiB full, {resident(server)} KiB after"
