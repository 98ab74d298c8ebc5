# SPDX-License-Identifier: Apache-2.0
"""Unscripted: every operation of the seven services answers with something that botocore reads without complaint."""

import warnings

import pytest

from harness import clients
from harness.model import service_model
from harness.params import least_input
from harness.server import Server

OPERATIONS = [
    (service, operation) for service in clients.SERVICES for operation in service_model(service).operation_names
]


@pytest.fixture(scope="module")
def stubs():
    server = Server()
    made = {name: clients.client(server.endpoint, name, inject_host_prefix=False) for name in clients.SERVICES}
    yield made
    server.stop()


def test_there_are_as_many_as_the_model_has():
    assert len(OPERATIONS) == 505


@pytest.mark.parametrize("service,operation", OPERATIONS)
def test_answers(stubs, service, operation):
    made = stubs[service]
    method = {name: method for method, name in made.meta.method_to_api_mapping.items()}[operation]
    model = service_model(service).operation_model(operation)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = getattr(made, method)(**least_input(model))
    assert answer["ResponseMetadata"]["HTTPStatusCode"] < 300
    assert answer["ResponseMetadata"]["RequestId"]
    for name in model.output_shape.required_members if model.output_shape else []:
        assert name in answer, f"{name} is required"
    for value in answer.values():
        if hasattr(value, "read"):
            value.read()
        elif hasattr(value, "close"):
            list(value)
