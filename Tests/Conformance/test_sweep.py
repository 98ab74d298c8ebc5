# SPDX-License-Identifier: Apache-2.0
"""Every modelled error of every operation of the seven services, by name, through boto3: 2,115 pairs.

Generated from botocore's own model. A header that a user's client would not send picks the rule, so that all rules of
a service are loaded at once.
"""

import pytest

from harness import clients
from harness.checks import check_error, check_head, check_metadata, raised
from harness.control import Control
from harness.model import all_pairs, extra_members, facts, pairs, service_model
from harness.params import least_input
from harness.server import Server

PAIRS = all_pairs()


class Sweep:
    """One service's rules, loaded, and a client that asks for one of them."""

    def __init__(self, endpoint: str, service: str):
        self.service = service
        self.chosen = ""
        self.client = clients.client(endpoint, service, inject_host_prefix=False)
        self.client.meta.events.register("before-call", self.choose)
        self.methods = {name: method for method, name in self.client.meta.method_to_api_mapping.items()}
        Control(endpoint).load({"scenario": f"sweep-{service}", "rules": list(self.rules())})

    def rules(self):
        for pair in pairs(self.service):
            match = {"service": pair.service, "operation": pair.operation}
            yield {"match": match | {"headers": {"x-pair": pair.label}}, "error": pair.shape}
            error = {"code": pair.error.code, "message": f"{pair.shape} & <told>"}
            extra = extra_members(pair.error.model)
            if extra:
                error["fields"] = extra
            yield {"match": match | {"headers": {"x-pair": pair.label + "-told"}}, "error": error}

    def choose(self, params, **_):
        params["headers"]["x-pair"] = self.chosen

    def call(self, pair, suffix: str):
        self.chosen = pair.label + suffix
        parameters = least_input(service_model(pair.service).operation_model(pair.operation))
        return raised(getattr(self.client, self.methods[pair.operation]), **parameters)


@pytest.fixture(scope="module")
def sweeps():
    server = Server()
    made: dict[str, Sweep] = {}

    def sweep(service: str) -> Sweep:
        if service not in made:
            made[service] = Sweep(server.endpoint, service)
        return made[service]

    yield sweep
    server.stop()


def test_there_are_as_many_as_the_model_has():
    assert len(PAIRS) == 2115


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.label)
def test_by_the_shapes_name(sweeps, pair):
    """`error: Shape`, with the usual message."""
    sweep = sweeps(pair.service)
    error = sweep.call(pair, "")
    if pair.is_head:
        check_head(error, pair.error.status)
    else:
        check_error(error, sweep.client, pair.error, pair.operation)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.label)
def test_by_the_wires_code_with_message_and_members(sweeps, pair):
    """`error: { code, message, fields }`: what is told arrives."""
    sweep = sweeps(pair.service)
    error = sweep.call(pair, "-told")
    if pair.is_head:
        check_head(error, pair.error.status)
        return
    check_error(error, sweep.client, facts(pair.service, pair.shape), pair.operation, f"{pair.shape} & <told>")
    for name, value in extra_members(pair.error.model).items():
        assert error.response[name] == value
        if pair.service == "s3":
            assert error.response["Error"][name] == value
    check_metadata(pair.service, error, pair.error.status)
