# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the conformance tests.

The server is built before (AWRY_BIN, default .build/release/awry) and started on a free port, once for each worker;
with AWRY_ENDPOINT set the tests run against that one instead.
"""

import os
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS", "AWS_SESSION_TOKEN"):
    os.environ.pop(name, None)
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent"

from harness import clients  # noqa: E402
from harness.control import Control  # noqa: E402
from harness.server import Server  # noqa: E402


@pytest.fixture(scope="session")
def server():
    running = Server()
    yield running
    assert running.stop() in (0, None), "the server must stop cleanly on SIGTERM:\n" + "\n".join(running.lines[-20:])


@pytest.fixture(scope="session")
def endpoint(server):
    return server.endpoint


@pytest.fixture(scope="session")
def bare_control(endpoint):
    """The control interface for fixtures that live longer than a test."""
    return Control(endpoint)


@pytest.fixture
def control(bare_control):
    """The control interface; the test begins with nothing loaded and an empty journal."""
    bare_control.clear()
    yield bare_control
    bare_control.clear()


@pytest.fixture
def clock(control):
    """`clock(seconds)` moves the sandbox's clock on, which stands still."""
    control.freeze()
    return control.advance


@pytest.fixture
def client(endpoint):
    """`client(service, mode=None, attempts=None, **config)`: a boto3 client of the server under test."""

    def make(service, *arguments, **options):
        return clients.client(endpoint, service, *arguments, **options)

    return make


@pytest.fixture
def sleeps(monkeypatch):
    """botocore's waits before a retry, in seconds, in place of the waiting."""
    from harness.sleeping import replace_sleep

    return replace_sleep(monkeypatch)
