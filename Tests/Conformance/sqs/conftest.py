# SPDX-License-Identifier: Apache-2.0
"""Queues under a clock that stands still, in both of SQS's protocols."""

import boto3
import botocore.session
import pytest

from harness import clients
from harness.clients import ACCOUNT, REGION
from harness.server import ROOT

# The last model whose protocol was the query protocol, from the release that Tests/setup.sh puts there.
OLD_MODELS = sorted(ROOT.glob(".venv/query/lib/python3*/site-packages/botocore/data"))


@pytest.fixture(scope="session")
def query_session(tmp_path_factory):
    """boto3 with SQS's model of the time when it spoke the query protocol."""
    if not OLD_MODELS:
        pytest.skip("Tests/setup.sh python installs the old botocore")
    folder = tmp_path_factory.mktemp("models")
    (folder / "sqs").symlink_to(OLD_MODELS[0] / "sqs")
    core = botocore.session.Session()
    core.set_config_variable("data_path", str(folder))
    session = boto3.Session(ACCOUNT, "test", region_name=REGION, botocore_session=core)
    assert session.client("sqs").meta.service_model.metadata["protocol"] == "query"
    return session


@pytest.fixture(params=["json", "query"])
def protocol(request):
    return request.param


@pytest.fixture
def sqs(clock, protocol, request, endpoint):
    """A client of each protocol; the clock stands still."""
    if protocol == "json":
        return clients.client(endpoint, "sqs")
    session = request.getfixturevalue("query_session")
    return session.client("sqs", endpoint_url=endpoint, config=clients.config())


@pytest.fixture
def queue(sqs):
    """`queue(name, **attributes)` makes a queue and gives its URL."""

    def make(name="orders", **attributes):
        if name.endswith(".fifo"):
            attributes["FifoQueue"] = "true"
        return sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]

    return make
