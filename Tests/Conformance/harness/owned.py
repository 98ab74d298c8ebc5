# SPDX-License-Identifier: Apache-2.0
"""A server that a test has to itself."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from .server import Server


@contextmanager
def owned_server(*arguments: str, state: Path):
    """A server with these options, its authority's certificate below `state`; it must stop cleanly.

    Skips where AWRY_ENDPOINT names a server that was here before: its options, files and process are not ours.
    """
    running = Server(*arguments, XDG_STATE_HOME=str(state))
    if running.process is None:
        pytest.skip("the server is not ours")
    running.authority = str(state / "awry/ca.pem")
    yield running
    assert running.stop() == 0, "\n".join(running.lines[-20:])
