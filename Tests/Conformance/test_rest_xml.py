# SPDX-License-Identifier: Apache-2.0
"""The services of rest-xml beside S3, whose errors stand in an <ErrorResponse>: CloudFront, Route 53, S3 Control."""

import pytest

from harness import clients
from harness.checks import raised
from harness.model import facts, pairs, service_model
from harness.params import least_input
from harness.protocols import extra_members
from harness.server import Server
from harness.sweeping import Sweep

SERVICES = ["cloudfront", "route53", "s3control"]


@pytest.fixture(scope="module")
def own():
    server = Server()
    yield server.endpoint
    server.stop()


@pytest.mark.parametrize("service", SERVICES)
def test_outputs_stubs_and_parameters(own, service):
    findings = Sweep(own, service).run(service_model(service).operation_names)
    mistakes = [f"{finding.kind} {finding.operation}: {finding.wrong}" for finding in findings if finding.is_mistake]
    assert not mistakes, "\n".join(mistakes)


@pytest.mark.parametrize("service", SERVICES)
def test_every_modelled_error(control, client, service):
    made = client(service, inject_host_prefix=False)
    methods = {name: method for method, name in made.meta.method_to_api_mapping.items()}
    known = pairs(service)
    control.rules(
        *(
            {
                "match": {"service": service, "operation": pair.operation, "headers": {"x-pair": pair.label}},
                "error": {"code": pair.shape, "message": "told <ü>", "fields": extra_members(pair.error.model)},
            }
            for pair in known
        )
    )
    label = ""
    made.meta.events.register("before-call", lambda params, **_: params["headers"].update({"x-pair": label}))
    for pair in known:
        label = pair.label
        given = least_input(service_model(service).operation_model(pair.operation))
        error = raised(getattr(made, methods[pair.operation]), **given)
        assert type(error) is getattr(made.exceptions, pair.shape), label
        said = error.response["Error"]
        assert (said["Code"], said["Message"], said["Type"]) == (pair.error.code, "told <ü>", side(pair)), label
        metadata = error.response["ResponseMetadata"]
        assert metadata["HTTPStatusCode"] == facts(service, pair.shape).status, label
        assert metadata["HTTPHeaders"]["content-type"].startswith("text/xml"), label
        header = "x-amz-request-id" if service == "s3control" else "x-amzn-requestid"
        assert metadata["RequestId"] == metadata["HTTPHeaders"][header], label
        for name, value in extra_members(pair.error.model).items():
            assert error.response[name] == value, label


def side(pair) -> str:
    return "Receiver" if pair.error.status >= 500 else "Sender"


@pytest.mark.parametrize("service", SERVICES)
def test_errors_that_no_model_has(control, client, sleeps, service):
    made = client(service, "standard", inject_host_prefix=False)
    operation = {"cloudfront": "ListDistributions", "route53": "ListHostedZones", "s3control": "ListJobs"}[service]
    method = {name: method for method, name in made.meta.method_to_api_mapping.items()}[operation]
    given = {"AccountId": clients.ACCOUNT} if service == "s3control" else {}
    control.rules({"match": f"{service}.{operation}", "times": 2, "error": "Throttling"})
    assert getattr(made, method)(**given)["ResponseMetadata"]["RetryAttempts"] == 2
    for code in ("AccessDenied", "SignatureDoesNotMatch", "ServiceUnavailable"):
        control.rules({"match": f"{service}.{operation}", "error": code})
        error = raised(getattr(made, method), **given)
        assert error.response["Error"]["Code"] == code
        assert error.response["Error"]["Message"]
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == (503 if code == "ServiceUnavailable" else 403)
