# SPDX-License-Identifier: Apache-2.0
"""Many tests at once against one server, each in its own sandbox: nothing of one is seen in another."""

import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from botocore.config import Config

from harness import plugin  # makes the plugin importable
from harness.clients import session
from harness.server import binary
from pytest_awry import Sandbox

WORKERS = 64
RUNS = 10
# What fails differs from worker to worker, and so does how often and how.
ERRORS = ["SlowDown", "InternalError", "ServiceUnavailable"]


class Worker:
    """One of many: a sandbox, a client, and a rule that no other has. All have a bucket of one name, each its own."""

    def __init__(self, endpoint: str, number: int):
        self.number = number
        self.sandbox = Sandbox(endpoint, f"worker-{number}")
        self.failures = number % 4
        self.error = ERRORS[number % len(ERRORS)]
        config = Config(retries={"total_max_attempts": 1}, user_agent_extra=f"worker/{number}")
        # Half of them are known by their path, half by their key.
        where = self.sandbox.client_config
        if number % 2:
            where["endpoint_url"] = endpoint
        self.s3 = session().client("s3", config=config, **where)

    def run(self, start: Barrier) -> None:
        if self.failures:
            self.sandbox.fail("s3.PutObject", self.error, times=self.failures)
        start.wait(60)
        self.s3.create_bucket(Bucket="reports")
        seen = [self.put(turn) for turn in range(5)]
        assert seen == [self.error] * self.failures + [None] * (5 - self.failures)
        held = [entry["Key"] for entry in self.s3.list_objects_v2(Bucket="reports")["Contents"]]
        assert held == [f"{self.number}/{turn}" for turn in range(self.failures, 5)]
        assert self.s3.get_object(Bucket="reports", Key=held[-1])["Body"].read() == b"%d" % self.number

    def put(self, turn: int) -> "str | None":
        try:
            self.s3.put_object(Bucket="reports", Key=f"{self.number}/{turn}", Body=b"%d" % self.number)
        except self.s3.exceptions.ClientError as error:
            return error.response["Error"]["Code"]
        return None

    def judge(self) -> None:
        """The journal has this worker's requests, all of them, and nobody else's."""
        journal = self.sandbox.requests()
        keys = [f"{self.number}/{turn}" for turn in range(5)]
        assert [request["params"].get("Key") for request in journal] == [None, *keys, None, keys[-1]]
        assert all(f"worker/{self.number}" in request["userAgent"].split() for request in journal)
        assert [request["error"] for request in journal[1 : self.failures + 1]] == [self.error] * self.failures
        assert {request["sandbox"] for request in journal} == {self.sandbox.name}
        self.sandbox.verify({"match": "s3.PutObject", "count": 5}, {"match": "s3.GetObject", "count": 1})
        assert len(self.sandbox.control.demand("GET", "rules")["rules"]) == bool(self.failures)


@pytest.fixture(scope="module")
def workers(endpoint):
    return [Worker(endpoint, number) for number in range(WORKERS)]


@pytest.mark.parametrize("run", range(RUNS))
def test_sixty_four_at_once_have_each_their_own_world(control, workers, run):
    control.rules({"match": "s3.*", "error": "AccessDenied"})
    start = Barrier(WORKERS)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda worker: worker.run(start), workers))
    for worker in workers:
        worker.judge()
        worker.sandbox.drop()
        assert worker.sandbox.requests() == [] and not worker.sandbox.control.demand("GET", "rules")["rules"]
    assert control.requests() == []


SUITE = """
import os, time
import boto3, pytest

@pytest.mark.parametrize("number", range(64))
def test_one(awry, number):
    if number % 3:
        awry.fail("sns.Publish", "InternalError", times=number % 3)
    boto3.client("sns").publish(TopicArn="arn:aws:sns:us-east-1:123456789012:orders", Message=str(number))
    assert [r["status"] for r in awry.requests()] == [500] * (number % 3) + [200]
    assert {r["params"]["Message"] for r in awry.requests()} == {str(number)}
    with open(os.environ["SEEN"], "a") as seen:
        seen.write(f"{awry.server} {awry.name} {os.getpid()}\\n")
"""


def test_the_workers_of_xdist_share_one_server_which_ends_with_them(pytester, monkeypatch):
    pytest.importorskip("xdist")
    seen = pytester.path / "seen"
    for name, value in {"PYTHONPATH": str(plugin.PATH), "AWRY_BIN": binary(), "SEEN": str(seen)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWRY_ENDPOINT", raising=False)
    deep = pytester.path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setenv("TMPDIR", str(deep))
    pytester.makepyfile(SUITE)
    pytester.runpytest_subprocess(*plugin.arguments(), "-n", "8").assert_outcomes(passed=64)
    servers, names, workers = (set(column) for column in zip(*(line.split() for line in seen.open())))
    assert len(servers) == 1 and len(names) == 64 and len(workers) == 8
    port = servers.pop().rsplit(":", 1)[1]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) != 0, "the server must have been stopped"
