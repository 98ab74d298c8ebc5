# SPDX-License-Identifier: Apache-2.0
"""RPC v2 CBOR, and the other protocols of the services that speak several: each is answered in the one it asks in."""

import datetime

import pytest
from botocore.exceptions import ClientError

from harness import protocols
from harness.checks import raised
from harness.model import facts, pairs, service_model
from harness.params import least_input
from harness.protocols import CBOR, extra_members
from harness.raw import SCOPE, exchange

SPOKEN = [(service, protocol) for service, spoken in protocols.speakers().items() for protocol in spoken]
CONTENT_TYPES = {CBOR: "application/cbor", "json": "application/x-amz-json-", "query": "text/xml"}


@pytest.fixture
def speaking(endpoint):
    """`speaking(service, protocol)`: a client and its methods by operation."""

    def make(service, protocol, *retrying):
        client = protocols.client(endpoint, service, protocol, *retrying)
        return client, {name: method for method, name in client.meta.method_to_api_mapping.items()}

    return make


def check_content(protocol, response):
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    if headers["content-length"] != "0":
        assert headers["content-type"].startswith(CONTENT_TYPES[protocol])
    assert headers.get("smithy-protocol") == ("rpc-v2-cbor" if protocol == CBOR else None)
    assert len(headers["x-amzn-requestid"]) == 36


def test_there_are_nine_services():
    assert len(protocols.speakers()) == 9
    assert [service for service, protocol in SPOKEN if protocol == "query"] == ["cloudwatch"]


@pytest.mark.parametrize("service,protocol", SPOKEN)
def test_stubs(control, speaking, service, protocol):
    client, methods = speaking(service, protocol)
    model = service_model(service)
    for operation in model.operation_names:
        answer = getattr(client, methods[operation])(**least_input(model.operation_model(operation)))
        check_content(protocol, answer)
        shape = model.operation_model(operation).output_shape
        assert not shape or set(shape.required_members) <= answer.keys()


@pytest.mark.parametrize("service,protocol", SPOKEN)
def test_every_member_of_every_output(control, speaking, service, protocol):
    client, methods = speaking(service, protocol)
    model = service_model(service)
    shapes = {name: model.operation_model(name).output_shape for name in model.operation_names}
    outputs = {name: protocols.filled(shape) for name, shape in shapes.items() if shape}
    control.rules(*({"match": f"{service}.{name}", "respond": output} for name, output in outputs.items()))
    for name, output in outputs.items():
        answer = getattr(client, methods[name])(**least_input(model.operation_model(name)))
        check_content(protocol, answer)
        del answer["ResponseMetadata"]
        assert plain(answer) == output, name


def plain(value):
    """What botocore read, as a scenario would write it."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.decode() if isinstance(value, bytes) else value


@pytest.mark.parametrize("service,protocol", SPOKEN)
def test_every_modelled_error(control, speaking, service, protocol):
    client, methods = speaking(service, protocol)
    model = service_model(service)
    known = pairs(service)
    control.rules(
        *(
            {
                "match": {"service": service, "operation": pair.operation, "headers": {"x-pair": pair.label}},
                "error": {"code": pair.shape, "message": "told ü", "fields": extra_members(pair.error.model)},
            }
            for pair in known
        )
    )
    label = ""
    client.meta.events.register("before-call", lambda params, **_: params["headers"].update({"x-pair": label}))
    for pair in known:
        label = pair.label
        call = getattr(client, methods[pair.operation])
        error = raised(call, **least_input(model.operation_model(pair.operation)))
        code = pair.error.model.metadata.get("error", {}).get("code", pair.shape)
        coded = protocol == "query" or "awsQueryCompatible" in model.metadata
        # Of two shapes with one code (CloudWatch's DashboardNotFoundError, ResourceNotFound) botocore knows the last.
        assert type(error) is client.exceptions.from_code(code), label
        said = error.response["Error"]
        assert said["Code"] == (code if coded else pair.shape), label
        assert said["Message"] == "told ü", label
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == facts(service, pair.shape).status, label
        for name, value in extra_members(pair.error.model).items():
            assert error.response[name] == value, label
        check_content(protocol, error.response)


@pytest.mark.parametrize("service,protocol", SPOKEN)
def test_a_throttle_is_retried(control, speaking, sleeps, service, protocol):
    client, methods = speaking(service, protocol, "standard")
    model = service_model(service)
    operation = model.operation_names[0]
    control.rules({"match": f"{service}.{operation}", "times": 2, "error": "ThrottlingException"})
    answer = getattr(client, methods[operation])(**least_input(model.operation_model(operation)))
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert [entry["attempt"] for entry in control.requests(service=service)] == [1, 2, 3]
    control.rules({"match": f"{service}.{operation}", "error": {"code": "ThrottlingException", "message": "slow"}})
    error = raised(getattr(client, methods[operation]), **least_input(model.operation_model(operation)))
    code = "Throttling" if protocol == "query" else "ThrottlingException"
    assert error.response["Error"]["Code"] == code and error.response["Error"]["Message"] == "slow"
    assert error.response["ResponseMetadata"]["RetryAttempts"] == 2
    check_content(protocol, error.response)


@pytest.mark.parametrize("protocol", protocols.speakers()["cloudwatch"])
def test_params_reach_the_journal_and_rules(control, speaking, protocol):
    control.rules(
        {"match": {"service": "cloudwatch", "params": {"Namespace": "Orders"}}, "error": "InvalidParameterValue"}
    )
    client, _ = speaking("cloudwatch", protocol)
    when = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)
    data = [{"MetricName": "sent", "Timestamp": when, "Value": 0.1, "Counts": [1.0, -2.5]}]
    error = raised(client.put_metric_data, Namespace="Orders", MetricData=data)
    assert isinstance(error, ClientError) and "InvalidParameterValue" in str(error)
    kept = control.requests()[-1]["params"]
    sent = kept["MetricData"][0]
    assert (sent["MetricName"], sent["Value"], sent["Counts"]) == ("sent", 0.1, [1.0, -2.5])
    client.put_metric_data(Namespace="Other", MetricData=data)


@pytest.mark.parametrize("protocol", protocols.speakers()["cloudwatch"])
def test_validation_speaks_the_protocol(control, endpoint, protocol):
    options = protocols.config(parameter_validation=False)
    client = protocols.session(protocol).client("cloudwatch", endpoint_url=endpoint, config=options)
    error = raised(client.put_metric_data, Namespace="", MetricData=[])
    assert error.response["Error"]["Code"] == ("ValidationError" if protocol == "query" else "ValidationException")
    assert "'namespace' failed to satisfy constraint" in error.response["Error"]["Message"]
    check_content(protocol, error.response)


def rpc(path: str, body: bytes = b"", extra: str = "") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nsmithy-protocol: rpc-v2-cbor\r\nContent-Type: application/cbor"
    return f"{head}\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode() + body


CLOUDWATCH = "/service/GraniteServiceVersion20100801/operation/"


@pytest.mark.parametrize(
    "body,words",
    [
        (b"\xff", "not CBOR at byte 0"),
        (b"\xa1\x69Namespace\x7b\x10" + bytes(7), "not CBOR at byte 11"),
        (b"\x80", "Start of list found where not expected"),
        (b"\xa1\x69Namespace\x01", "NUMBER_VALUE can not be converted to a String"),
        (b"\x81" * 100_000, "nested deeper than 128"),
        (b"\x9b\x0f" + b"\xff" * 7, "expected 1152921504606846975 elements"),
        (b"\xa1\x69Namespace\xc2\x49" + b"\x01" * 9, "an integer of 64 bits"),
    ],
    ids=range(7),
)
def test_what_cannot_be_read(control, server, body, words):
    answer = exchange(server.address, rpc(CLOUDWATCH + "PutMetricData", body, SCOPE.format("monitoring")))
    assert answer.status == 400
    assert (answer.header("content-type"), answer.header("smithy-protocol")) == ("application/cbor", "rpc-v2-cbor")
    assert b"SerializationException" in answer.body and words.encode() in answer.body


def test_unknown_operations(control, server):
    for path in (CLOUDWATCH + "PutMetricDatum", "/service/Nobody/operation/Do", "/service/Nobody"):
        answer = exchange(server.address, rpc(path))
        assert answer.status == 404 and b"UnknownOperationException" in answer.body
        assert answer.header("smithy-protocol") == "rpc-v2-cbor"


def test_inputs_without_members_need_no_body(control, server):
    answer = exchange(server.address, rpc(CLOUDWATCH + "ListDashboards"))
    assert answer.status == 200 and answer.body[0] >> 5 == 5
    empty = exchange(server.address, rpc(CLOUDWATCH + "DisableAlarmActions", b"\xa1\x6aAlarmNames\x81\x61a"))
    assert (empty.status, empty.body, empty.header("content-type")) == (200, b"", None)
