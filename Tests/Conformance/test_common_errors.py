# SPDX-License-Identifier: Apache-2.0
"""Errors that every AWS service may send, spelt by each protocol as its services spell them."""

import pytest

from harness.checks import raised
from harness.model import service_model
from harness.params import least_input

# Names as people write them, with code and status in query and rest-xml, in EC2, in JSON and CBOR; and rest-json's
# status.
ERRORS = {
    "ThrottlingException": (("Throttling", 400), ("RequestLimitExceeded", 503), ("ThrottlingException", 400), 429),
    "AccessDenied": (("AccessDenied", 403), ("UnauthorizedOperation", 403), ("AccessDeniedException", 400), 403),
    "ExpiredToken": (("ExpiredToken", 403), ("ExpiredToken", 403), ("ExpiredTokenException", 400), 403),
    "InternalFailure": (("InternalFailure", 500), ("InternalError", 500), ("InternalFailure", 500), 500),
    "ServiceUnavailable": (("ServiceUnavailable", 503), ("Unavailable", 503), ("ServiceUnavailable", 503), 503),
    "ValidationException": (("ValidationError", 400), ("ValidationError", 400), ("ValidationException", 400), 400),
    "UnrecognizedClient": (
        ("InvalidClientTokenId", 403),
        ("AuthFailure", 401),
        ("UnrecognizedClientException", 400),
        403,
    ),
    "OptInRequired": (("OptInRequired", 403), ("OptInRequired", 403), ("OptInRequired", 403), 403),
    "RequestLimitExceeded": (("Throttling", 400), ("RequestLimitExceeded", 503), ("ThrottlingException", 400), 429),
    "UnauthorizedOperation": (
        ("AccessDenied", 403),
        ("UnauthorizedOperation", 403),
        ("AccessDeniedException", 400),
        403,
    ),
}

# Of each protocol services that model some of these themselves, and such as model none.
SERVICES = {
    "query": ["autoscaling", "rds", "sns", "elbv2"],
    "rest-xml": ["route53", "cloudfront"],
    "ec2": ["ec2"],
    "json": ["dynamodb", "secretsmanager", "ecs", "support"],
    "rest-json": ["lambda", "efs", "sso-oidc", "guardduty"],
    "smithy-rpc-v2-cbor": ["cloudwatch"],
}
COLUMNS = {"query": 0, "rest-xml": 0, "ec2": 1, "json": 2, "rest-json": 2, "smithy-rpc-v2-cbor": 2}
# Shapes that are the error in models: an error of such a name is the service's own, with its own code and status.
OWN = {
    "ThrottlingException": ("ThrottlingException", "Throttling", "ThrottledException", "RequestLimitExceeded"),
    "AccessDenied": ("AccessDeniedException", "AccessDenied", "UnauthorizedOperation"),
    "ExpiredToken": ("ExpiredTokenException",),
    "InternalFailure": (
        "InternalFailure",
        "InternalFailureException",
        "InternalError",
        "InternalErrorException",
        "InternalServerError",
        "InternalServerErrorException",
        "InternalServerException",
        "InternalServiceError",
        "InternalServiceException",
        "InternalServiceFault",
    ),
    "ServiceUnavailable": ("ServiceUnavailable", "ServiceUnavailableException"),
    "ValidationException": ("ValidationException", "ValidationError"),
    "UnrecognizedClient": ("UnrecognizedClientException",),
    "OptInRequired": ("OptInRequired",),
}
OWN["RequestLimitExceeded"] = OWN["ThrottlingException"]
OWN["UnauthorizedOperation"] = OWN["AccessDenied"]

CASES = [(protocol, service, name) for protocol, names in SERVICES.items() for service in names for name in ERRORS]


def failing_call(made, service):
    """The service's first operation that a client can call, with the least input."""
    model = service_model(service)
    method, operation = sorted(made.meta.method_to_api_mapping.items())[0]
    return operation, getattr(made, method), least_input(model.operation_model(operation))


@pytest.mark.parametrize("protocol,service,name", CASES)
def test_spelling_and_status(control, client, protocol, service, name):
    made = client(service)
    operation, call, parameters = failing_call(made, service)
    control.rules({"match": f"{service}.{operation}", "error": name})
    response = raised(call, **parameters).response
    found = (response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"])
    shapes = {shape.name: shape.metadata for shape in service_model(service).error_shapes}
    own = [shapes[shape] for shape in OWN[name] if shape in shapes]
    if own:
        codes = [shape for shape in OWN[name] if shape in shapes]
        codes += [metadata["error"]["code"] for metadata in own if metadata.get("error", {}).get("code")]
        assert found[0] in codes
    else:
        column = ERRORS[name][COLUMNS[protocol]]
        assert found == (column[0], ERRORS[name][3] if protocol == "rest-json" else column[1])


@pytest.mark.parametrize("protocol", SERVICES)
def test_verbatim(control, client, protocol):
    """What is written is sent, also where the service would spell it otherwise."""
    service = SERVICES[protocol][0]
    operation, call, parameters = failing_call(client(service), service)
    for code in ("AccessDenied", "AccessDeniedException", "Throttling", "MyOwnError"):
        control.rules({"match": f"{service}.{operation}", "error": {"code": code, "verbatim": True, "status": 418}})
        response = raised(call, **parameters).response
        assert (response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]) == (code, 418)
