# SPDX-License-Identifier: Apache-2.0
"""Unscripted: every operation of the services that have no fake yet answers with something that botocore reads.

So do all operations of some services of the protocols that none of the seven speaks: rest-json and EC2's own.
"""

import warnings

import pytest

from harness import clients
from harness.checks import raised
from harness.model import service_model
from harness.params import least_input
from harness.server import Server
from harness.sweeping import FAKED

OPERATIONS = [
    (service, operation) for service in clients.SERVICES if service not in FAKED
    for operation in service_model(service).operation_names
]
OTHERS = [
    (service, operation)
    for service in ("efs", "glacier", "iot-data", "lambda", "lex-runtime", "neptunedata", "scheduler", "signin", "sso")
    for operation in service_model(service).operation_names
] + [
    ("ec2", operation)
    for operation in (
        "AllocateAddress",
        "CreateSecurityGroup",
        "CreateTags",
        "CreateVpc",
        "DeleteVpc",
        "DescribeImages",
        "DescribeInstanceStatus",
        "DescribeInstances",
        "ModifyInstanceAttribute",
        "RunInstances",
        "TerminateInstances",
    )
]


@pytest.fixture(scope="module")
def stubs():
    server = Server()
    made = {}

    def stub(service: str):
        if service not in made:
            made[service] = clients.client(server.endpoint, service, inject_host_prefix=False)
        return made[service]

    yield stub
    server.stop()


def test_there_are_as_many_as_the_model_has():
    faked = sum(len(service_model(service).operation_names) for service in FAKED)
    assert len(OPERATIONS) == 505 - faked


@pytest.mark.parametrize("service,operation", OPERATIONS + OTHERS)
def test_answers(stubs, service, operation):
    made = stubs(service)
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


def test_lambdas_errors(control, client):
    control.rules(
        {"match": "lambda.GetFunction", "error": "ResourceNotFoundException"},
        {"match": "lambda.Invoke", "error": {"code": "TooManyRequestsException", "fields": {"retryAfterSeconds": "3"}}},
    )
    made = client("lambda")
    missing = raised(made.get_function, FunctionName="orders")
    assert isinstance(missing, made.exceptions.ResourceNotFoundException)
    assert missing.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert missing.response["Message"] == missing.response["Error"]["Message"] and missing.response["Type"] == "User"
    throttled = raised(made.invoke, FunctionName="orders")
    assert isinstance(throttled, made.exceptions.TooManyRequestsException)
    assert throttled.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert throttled.response["retryAfterSeconds"] == "3"


def test_ec2s_errors_and_outputs(control, client):
    reservation = {"ReservationId": "r-1", "Instances": [{"InstanceId": "i-1", "LaunchTime": "2026-03-01T12:00:00Z"}]}
    control.rules(
        {"match": "ec2.TerminateInstances", "error": {"code": "InvalidInstanceID.NotFound", "message": "no i-1"}},
        {"match": "ec2.RunInstances", "error": {"code": "UnauthorizedOperation", "status": 403}},
        {"match": "ec2.DescribeInstances", "respond": {"Reservations": [reservation]}},
    )
    made = client("ec2")
    missing = raised(made.terminate_instances, InstanceIds=["i-1"])
    assert missing.response["Error"] == {"Code": "InvalidInstanceID.NotFound", "Message": "no i-1"}
    assert missing.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert missing.response["ResponseMetadata"]["RequestId"]
    refused = raised(made.run_instances, ImageId="ami-1", MinCount=1, MaxCount=1)
    assert refused.response["Error"]["Code"] == "UnauthorizedOperation"
    assert refused.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    instance = made.describe_instances(InstanceIds=["i-1"])["Reservations"][0]["Instances"][0]
    assert instance["InstanceId"] == "i-1" and instance["LaunchTime"].year == 2026
    assert control.requests()[-1]["params"] == {"InstanceIds": ["i-1"]}
