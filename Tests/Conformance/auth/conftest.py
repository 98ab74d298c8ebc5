# SPDX-License-Identifier: Apache-2.0
"""What the tests of rights share."""

import json

import pytest
from harness.server import awry


@pytest.fixture(scope="session")
def faked():
    """How many operations of each service do their work."""
    return {one["service"]: one["faked"] for one in json.loads(awry("services", "--json").stdout)}


@pytest.fixture(autouse=True)
def needs(request, faked):
    """`@pytest.mark.needs("iam")`: there is nothing to judge by before that service is faked."""
    for mark in request.node.iter_markers("needs"):
        for service in mark.args:
            if not faked[service]:
                pytest.skip(f"{service} is not faked")


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(service): skipped where the service is not faked")
