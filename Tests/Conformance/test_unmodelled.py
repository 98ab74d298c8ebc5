# SPDX-License-Identifier: Apache-2.0
"""The well-known codes outside the models, by name: code, status, added elements; and HEAD without a body."""

import pytest
from botocore.exceptions import ClientError

from harness.checks import check_head, check_metadata, raised
from harness.model import service_model
from harness.params import least_input
from harness.unmodelled import ALL, COMMON, OPERATIONS, Known


def call(made, known):
    method = {name: method for method, name in made.meta.method_to_api_mapping.items()}[known.operation]
    parameters = least_input(service_model(known.service).operation_model(known.operation))
    return raised(getattr(made, method), **parameters)


@pytest.mark.parametrize("known", ALL, ids=lambda known: known.label)
def test_by_name(control, client, known):
    control.rules({"match": f"{known.service}.{known.operation}", "error": known.code})
    error = call(client(known.service), known)
    said = error.response["Error"]
    modelled = service_model(known.service).operation_model(known.operation).error_shapes
    if known.code not in {shape.name for shape in modelled}:
        assert type(error) is ClientError or known.code in dir(client(known.service).exceptions)
    assert said["Code"] == known.code
    assert said["Message"]
    check_metadata(known.service, error, known.status)


WITH_EXTRAS = [known for known in ALL if known.extras]


@pytest.mark.parametrize("known", WITH_EXTRAS, ids=lambda known: known.label)
def test_elements_beside_the_message(control, client, known):
    # botocore signs for the region that it is told, if that is one.
    fields = {name: "eu-central-1" if name == "Region" else f"the {name} <&>" for name in known.extras}
    control.rules({"match": f"{known.service}.{known.operation}", "error": {"code": known.code, "fields": fields}})
    error = call(client(known.service), known)
    assert {name: error.response["Error"].get(name) for name in known.extras} == fields


@pytest.mark.parametrize("status", [301, 304, 400, 403, 404, 405, 412, 416, 500, 503])
@pytest.mark.parametrize("operation", ["HeadObject", "HeadBucket"])
def test_head_has_no_body(control, client, operation, status):
    """`error: N` on a HEAD; botocore asks HeadBucket for the region after a 301 or a 400, once."""
    codes = {301: "PermanentRedirect", 400: "InvalidRequest", 403: "AccessDenied", 405: "MethodNotAllowed"}
    codes |= {
        404: "NoSuchBucket",
        412: "PreconditionFailed",
        416: "InvalidRange",
        500: "InternalError",
        503: "SlowDown",
    }
    error = {"code": codes[status]} if status in codes else {"code": "NotModified", "status": status}
    rule = {"match": "s3.Head*", "error": error}
    if status == 301:
        rule["headers"] = {"x-amz-bucket-region": "us-east-1"}
    control.rules(rule)
    made = client("s3")
    if operation == "HeadBucket":
        error = raised(made.head_bucket, Bucket="orders")
    else:
        error = raised(made.head_object, Bucket="orders", Key="k")
    check_head(error, status)
    assert len(control.requests()) <= 3


@pytest.mark.parametrize("service", ["iam", "sts", "kinesis", "cognito-idp", "cognito-identity"])
def test_a_code_is_spelt_as_the_service_spells_it(control, client, service):
    """AccessDenied and AccessDeniedException are one error; `verbatim` sends what is written."""
    operation = OPERATIONS[service]
    is_xml = service in ("iam", "sts")
    for line in COMMON.strip().split("\n")[:8]:
        xml, _, json, _ = line.split()
        if xml == json or xml == "SignatureDoesNotMatch" or (service, xml) == ("sts", "ExpiredToken"):
            continue  # STS models an ExpiredTokenException beside its ExpiredToken.
        written, spelt = (json, xml) if is_xml else (xml, json)
        rule = {"match": f"{service}.{operation}", "times": 1}
        control.rules(rule | {"error": written}, rule | {"error": {"code": written, "verbatim": True, "status": 400}})
        known = Known(service, operation, written, 400)
        codes = [call(client(service), known).response["Error"]["Code"] for _ in range(2)]
        assert codes == [spelt, written]


THROTTLES = [
    ("s3", "GetObject", "SlowDown", 503),
    ("sqs", "SendMessage", "RequestThrottled", 403),
    ("kinesis", "PutRecord", "ProvisionedThroughputExceededException", 400),
    ("kinesis", "GetRecords", "ProvisionedThroughputExceededException", 400),
    ("kinesis", "DescribeStream", "LimitExceededException", 400),
    ("iam", "CreateUser", "Throttling", 400),
    ("sts", "GetCallerIdentity", "Throttling", 400),
    ("cognito-idp", "InitiateAuth", "TooManyRequestsException", 400),
    ("cognito-identity", "GetId", "TooManyRequestsException", 400),
    ("ec2", "DescribeRegions", "RequestLimitExceeded", 503),
    ("logs", "DescribeLogGroups", "ThrottlingException", 400),
]


@pytest.mark.parametrize("service,operation,code,status", THROTTLES)
def test_throttle_is_each_operations_own(control, client, service, operation, code, status):
    control.rules({"match": f"{service}.{operation}", "error": "throttle"})
    made = client(service)
    method = {name: method for method, name in made.meta.method_to_api_mapping.items()}[operation]
    error = raised(getattr(made, method), **least_input(service_model(service).operation_model(operation)))
    assert error.response["Error"]["Code"] == code
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status


STATUSES = [("GetObject", 404, "NoSuchKey"), ("ListObjectsV2", 404, "NoSuchBucket"), ("GetObject", 403, "AccessDenied")]


@pytest.mark.parametrize("operation,status,code", STATUSES)
def test_a_number_is_the_usual_error_of_that_status(control, client, operation, status, code):
    control.rules({"match": f"s3.{operation}", "error": status})
    made = client("s3")
    method = {"GetObject": lambda: raised(made.get_object, Bucket="b", Key="k")}.get(
        operation, lambda: raised(made.list_objects_v2, Bucket="orders")
    )
    assert method().response["Error"]["Code"] == code
