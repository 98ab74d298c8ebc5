# SPDX-License-Identifier: Apache-2.0
"""Each operation of each faked service, asked for by a user without a right: denied in the service's own way, with the
right that was missing; and each that needs none."""

import json

import pytest
from botocore.exceptions import ClientError
from harness.clients import method
from harness.model import service_model
from harness.params import least_input
from harness.server import awry

from .asking import client_of

# Code and status of a denial.
SERVICES = {
    "sqs": ("AccessDenied", 403),
    "kinesis": ("AccessDeniedException", 400),
    "iam": ("AccessDenied", 403),
    "sts": ("AccessDenied", 403),
    "s3": ("AccessDenied", 403),
    "cognito-idp": ("AccessDeniedException", 400),
    "cognito-identity": ("AccessDeniedException", 400),
}
# Whoever has credentials may do these.
FREE = {"GetCallerIdentity", "GetSessionToken"}
# A part of S3 Express's signature, and what the function of an object lambda writes: neither is a right of S3's own.
LEFT = {"CreateSession", "WriteGetObjectResponse"}
NOBODY = "User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: "


def signed(service):
    """The operations that are faked and signed."""
    listed = json.loads(awry("services", service, "--json").stdout)
    model = service_model(service)
    names = [one["operation"] for one in listed["operations"] if one["faked"]]
    return [name for name in names if model.operation_model(name).auth_type != "none" and name not in LEFT]


@pytest.fixture(scope="module")
def nobody(bare_control, endpoint):
    """Clients of a user without a policy: `nobody(service)`."""
    bare_control.clear()
    bare_control.load({"scenario": "enforcing", "options": {"auth": "enforce"}})
    root = client_of(endpoint, "iam")
    root.create_user(UserName="nobody")
    key = root.create_access_key(UserName="nobody")["AccessKey"]
    yield lambda service: client_of(endpoint, service, key, parameter_validation=False)
    bare_control.clear()


def outcome(client, operation):
    """Code, status, message and class of what an operation is refused with; of a batch those of its first entry."""
    try:
        answer = method(client, operation.name)(**least_input(operation))
    except ClientError as error:
        told = error.response
        status = told["ResponseMetadata"]["HTTPStatusCode"]
        return told["Error"]["Code"], status, told["Error"]["Message"], type(error).__name__
    entry = (answer.get("Errors") or [{}])[0] if operation.name == "DeleteObjects" else {}
    return entry.get("Code", "none"), 403, entry.get("Message", ""), ""


def mistakes(service, operation, told):
    """What is wrong with a denial."""
    wanted, status = SERVICES[service]
    code, found, message, name = told
    is_head = operation.name.startswith("Head")
    if (code, found) != ("403" if is_head else wanted, status):
        yield "not denied"
    if wanted in {shape.name for shape in operation.error_shapes} and name != wanted:
        yield f"class {name}"
    actor = "iam" if "PassRole" in message else service
    if not is_head and message != "Access Denied" and not message.startswith(f"{NOBODY}{actor}:"):
        yield "message"


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_may(nobody, service):
    client, model, found = nobody(service), service_model(service), []
    for name in signed(service):
        operation = model.operation_model(name)
        told = outcome(client, operation)
        if name in FREE:
            assert told[0] != SERVICES[service][0], name
        else:
            found += [(name, wrong, told) for wrong in mistakes(service, operation, told)]
    assert not found, found
