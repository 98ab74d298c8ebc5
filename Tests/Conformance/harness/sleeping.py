# SPDX-License-Identifier: Apache-2.0
"""Replaces what botocore does between attempts, so that tests of retries count instead of waiting."""

import time as real_time
from types import SimpleNamespace


def replace_sleep(monkeypatch) -> list[float]:
    """Collects the waits before a retry, between a waiter's calls and between the questions to a container's
    credentials, in order. The adaptive mode's rate limiter does not wait."""
    import botocore.endpoint
    import botocore.retries.bucket
    import botocore.retries.standard
    import botocore.utils
    import botocore.waiter

    waits: list[float] = []
    stand_in = SimpleNamespace(sleep=waits.append, time=real_time.time, monotonic=real_time.monotonic)
    for module in (botocore.endpoint, botocore.waiter):
        monkeypatch.setattr(module, "time", stand_in)
    fetcher = botocore.utils.ContainerMetadataFetcher.__init__
    monkeypatch.setattr(fetcher, "__defaults__", (None, waits.append))
    defaults = list(botocore.retries.standard.RetryHandler.__init__.__defaults__ or ())
    replaced = tuple(waits.append if value is real_time.sleep else value for value in defaults)
    monkeypatch.setattr(botocore.retries.standard.RetryHandler.__init__, "__defaults__", replaced)
    monkeypatch.setattr(botocore.retries.bucket.TokenBucket, "acquire", lambda self, amount=1, block=True: True)
    return waits
