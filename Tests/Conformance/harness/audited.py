# SPDX-License-Identifier: Apache-2.0
"""A program whose retries are measured inside the client: `audited.py ENDPOINT MODE OPTIONS` prints what it saw.

A process of its own, because botocore reads AWS_NEW_RETRIES_2026 when it is imported. Its waits are real, and short
because the numbers that it draws are. Moments are the machine's monotonic clock, which the server's journal uses too.
"""

import json
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace


def run(endpoint: str, mode: str, new: bool = False, **options) -> dict:
    """Runs it in its own process. Options: `service`, `draws`, `attempts`, `sleepless`."""
    import os

    environment = os.environ | {"AWS_NEW_RETRIES_2026": "true"}
    if not new:
        del environment["AWS_NEW_RETRIES_2026"]
    command = [sys.executable, __file__, endpoint, mode, json.dumps(options)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Measured:
    """What the client did, each moment as it passes."""

    def __init__(self, sleepless: bool):
        self.sleepless = sleepless
        self.sent: list[int] = []
        self.received: list[int] = []
        self.sleeps: list[dict] = []

    def sleep(self, seconds: float) -> None:
        began = time.monotonic_ns()
        if not self.sleepless:
            time.sleep(seconds)
        self.sleeps.append({"wanted": seconds, "began": began, "ended": time.monotonic_ns()})

    def watch(self, events) -> None:
        events.register("before-send", lambda **_: self.sent.append(time.monotonic_ns()))
        events.register("response-received", lambda **_: self.received.append(time.monotonic_ns()))


def patch(draws: list[float], measured: Measured) -> None:
    """Puts these numbers in the place of drawn ones, and the measured sleep in the place of the real one."""
    import botocore.endpoint
    import botocore.retries.bucket
    import botocore.retries.standard
    import botocore.retryhandler

    drawn = cycle(draws)
    botocore.retryhandler.random = SimpleNamespace(random=lambda: next(drawn))
    backoff = botocore.retries.standard.ExponentialBackoff.__init__
    most, _, *rest = backoff.__defaults__
    backoff.__defaults__ = (most, lambda: next(drawn), *rest)
    botocore.endpoint.time = SimpleNamespace(sleep=measured.sleep, time=time.time)
    # The adaptive limit's slowest rate: 50 ms a request in the place of two seconds.
    botocore.retries.bucket.TokenBucket.__init__.__defaults__ = (20,)


def main(endpoint: str, mode: str, options: dict) -> dict:
    from botocore.exceptions import ClientError
    from harness import clients

    measured = Measured(options.get("sleepless", False))
    patch(options.get("draws", [0.05, 0.02, 0.06, 0.03]), measured)
    client = clients.client(endpoint, "sqs", mode, options.get("attempts"))
    measured.watch(client.meta.events)
    outcome = "success"
    try:
        client.send_message(QueueUrl="http://localhost/123456789012/q", MessageBody="m")
    except ClientError as error:
        outcome = error.response["Error"]["Code"]
    return {"sent": measured.sent, "received": measured.received, "sleeps": measured.sleeps, "outcome": outcome}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(json.dumps(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
