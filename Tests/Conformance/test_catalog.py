# SPDX-License-Identifier: Apache-2.0
"""What the control interface tells of the service models agrees with botocore's."""

import pytest

from harness.model import service_model


@pytest.mark.parametrize("service, operation", [("kinesis", "PutRecords"), ("s3", "GetObject"), ("iam", "CreateUser")])
def test_an_operation_is_told_as_the_model_has_it(control, service, operation):
    told = control.demand("GET", f"catalog/{service}/{operation}")
    model = service_model(service).operation_model(operation)
    for which, shape in (("input", model.input_shape), ("output", model.output_shape)):
        members = told["shapes"][told[which]]["members"]
        assert list(members) == list(shape.members)
        assert [name for name, member in members.items() if member.get("required")] == list(shape.required_members)
    modelled = {error["shape"] for error in told["errors"] if error["knownTo"] == "operation"}
    assert modelled == {shape.name for shape in model.error_shapes}
    assert told["isBatch"] == (operation == "PutRecords")


def test_a_shape_that_contains_itself_is_told_once(control):
    shapes = control.demand("GET", "catalog/dynamodb/PutItem")["shapes"]
    assert shapes["AttributeValue"]["members"]["L"]["shape"] == "ListAttributeValue"
    assert shapes["ListAttributeValue"]["element"] == "AttributeValue"


def test_services_and_their_operations(control):
    assert len(control.demand("GET", "catalog")["services"]) == 424
    assert "DescribeStream" in control.demand("GET", "catalog/kinesis")["operations"]


@pytest.mark.parametrize(
    "path, told", [("catalog/kineses", "kinesis"), ("catalog/kinesis/DescribeStreams", "DescribeStream")]
)
def test_what_is_not_there_is_refused_with_what_is_nearest(control, path, told):
    status, answer = control.call("GET", path)
    assert status == 404 and f"did you mean {told}" in answer["error"]
