# SPDX-License-Identifier: Apache-2.0
"""Modelled errors of AWS's operations, made by name, as botocore raises them: all 2,115 of the seven services that
programs meet most, and a seeded sample of 3,000 of all 84,788, from every service.

Another seed, AWRY_SWEEP_SEED, takes others. `make sweep` runs all pairs.
"""

import os
import random

import pytest

from harness import clients
from harness.exceptions import shares_code
from harness.model import all_pairs, pairs
from harness.pairs import Sweep, all_of

SEED = os.environ.get("AWRY_SWEEP_SEED", "1")
SIZE = 3000
SERVICES = sorted(clients.session().get_available_services())


def wrong_of(endpoint: str, service: str, chosen: list) -> list[str]:
    """What is wrong of these pairs."""
    sweep = Sweep(endpoint, service, chosen)
    wrong = [f"{pair.label}: {text}" for pair, text in sweep.judge() if text]
    sweep.close()
    return wrong


def sample(service: str, size: int) -> list:
    chosen = [pair for pair in all_of(service) if not shares_code(pair)]
    return random.Random(f"{SEED} {service}").sample(chosen, min(size, len(chosen)))


def judge(endpoint: str, services: list[str], size: int) -> None:
    """Sweeps so many pairs, about as many of each service; what a small service leaves over the next ones get."""
    wrong, left = [], size
    for index, service in enumerate(services):
        chosen = sample(service, -(-left // (len(services) - index)))
        assert chosen, service
        left -= len(chosen)
        wrong += wrong_of(endpoint, service, chosen)
    print(f"seed {SEED}: {size - left} pairs of {len(services)} services")
    assert left == 0
    assert not wrong, f"seed {SEED}, {len(wrong)} of {size} are wrong:\n" + "\n".join(wrong)


class TestFirstHalf:
    """A class for each of the two workers that `make test` starts."""

    def test_sample(self, endpoint):
        judge(endpoint, SERVICES[::2], SIZE // 2)


class TestSecondHalf:
    def test_sample(self, endpoint):
        judge(endpoint, SERVICES[1::2], SIZE // 2)


class TestSeven:
    def test_there_are_as_many_as_the_model_has(self):
        assert len(all_pairs()) == 2115
        assert len(SERVICES) == 424

    @pytest.mark.parametrize("service", clients.SERVICES)
    def test_every_pair(self, endpoint, service):
        wrong = wrong_of(endpoint, service, pairs(service))
        assert not wrong, "\n".join(wrong)
