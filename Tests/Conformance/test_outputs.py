# SPDX-License-Identifier: Apache-2.0
"""A sample of what `python -m harness.outputs` asks of all 18,378 operations: of each service two operations.

A scenario's answer with every member set comes back as it was told; what no scenario decides is answered with what the
model requires; and the journal holds what the request was taken for, and the parameters that were sent. The sample is
chosen by a seed, AWRY_SWEEP_SEED, so that another seed asks others.
"""

import os
import random

import pytest

from harness import clients
from harness.model import service_model
from harness.server import Server
from harness.sweeping import FAKED, KINDS, Sweep

SEED = os.environ.get("AWRY_SWEEP_SEED", "1")
SERVICES = clients.session()._session.get_available_services()


@pytest.fixture(scope="module")
def endpoint():
    """A server of its own: nothing that another test loaded decides here."""
    server = Server()
    yield server.endpoint
    server.stop()


def test_there_are_as_many_services_as_the_catalogue_has():
    assert len(SERVICES) == 424


@pytest.mark.parametrize("service", SERVICES)
def test_a_sample(endpoint, service):
    names = service_model(service).operation_names
    sample = random.Random(f"{SEED} {service}").sample(names, min(2, len(names)))
    findings = Sweep(endpoint, service).run(sample)
    assert len(findings) == len(sample) * (len(KINDS) - (service in FAKED))
    mistakes = [f"{finding.kind} {finding.operation}: {finding.wrong}" for finding in findings if finding.is_mistake]
    assert not mistakes, f"with AWRY_SWEEP_SEED={SEED}:\n" + "\n".join(mistakes)
