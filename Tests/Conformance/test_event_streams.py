# SPDX-License-Identifier: Apache-2.0
"""Streams of events, as botocore reads them and as clients send them."""

import http.client
import json

import pytest
from botocore.exceptions import EventStreamError
from botocore.loaders import Loader

from harness.events import event, signed
from harness.model import service_model
from harness.params import least_input
from harness.sweeping import FAKED

# Every operation that answers with events and that botocore's clients have: where the input is a stream too, they lack
# it.
SERVICES = [
    "bedrock-agent-runtime",
    "bedrock-agentcore",
    "bedrock-runtime",
    "devops-agent",
    "iotsitewise",
    "kinesis",
    "lambda",
    "logs",
    "s3",
    "sagemaker-runtime",
]
OPERATIONS = [
    (service, name)
    for service in SERVICES
    for name in service_model(service).operation_names
    if service_model(service).operation_model(name).has_event_stream_output
    and not service_model(service).operation_model(name).has_event_stream_input
]


# Its address is also that of bedrock-agent's PrepareAgent, but for a slash at the end.
SHARED = ("bedrock-agent-runtime", "InvokeInlineAgent")


def call(client, service: str, operation: str, **more):
    """The operation with its least input."""
    made = client(service, inject_host_prefix=False)
    method = {name: method for method, name in made.meta.method_to_api_mapping.items()}[operation]
    return getattr(made, method)(**least_input(service_model(service).operation_model(operation)) | more)


def stream_of(answer: dict):
    return next(value for value in answer.values() if hasattr(value, "get_initial_response"))


def test_there_are_as_many_as_the_models_have():
    found = set()
    loader = Loader()
    for service in loader.list_available_services("service-2"):
        model = loader.load_service_model(service, "service-2")
        streams = {name for name, shape in model["shapes"].items() if shape.get("eventstream")}
        for name, operation in model["operations"].items():
            ends = [
                {member["shape"] for member in model["shapes"][operation[end]["shape"]].get("members", {}).values()}
                if end in operation
                else set()
                for end in ("input", "output")
            ]
            if ends[1] & streams and not ends[0] & streams:
                found.add((service, name))
    assert found == set(OPERATIONS) and len(found) == 18


@pytest.mark.parametrize("service,operation", [pair for pair in OPERATIONS if pair != SHARED and pair[0] not in FAKED])
def test_a_stub_has_each_event_once(control, client, service, operation):
    answer = call(client, service, operation)
    shape = service_model(service).operation_model(operation).get_event_stream_output()
    names = [name for name, event in shape.members.items() if not event.metadata.get("exception")]
    assert [next(iter(found)) for found in stream_of(answer)] == names


def post(server, path: str, body: bytes, **headers):
    connection = http.client.HTTPConnection(*server.address)
    try:
        kind = {"Content-Type": "application/vnd.amazon.eventstream"}
        connection.request("POST", path, body, kind | headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


LEX = "/bots/BOT4567890/botAliases/ALIAS67890/botLocales/en_US/sessions/s1/conversation"
HI = event("TextInputEvent", {"text": "hi"})
SCOPE = "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/lex/aws4_request, SignedHeaders=host, Signature=0"


@pytest.mark.parametrize("body", [HI, signed(HI) + signed(b"")], ids=["plain", "signed"])
def test_events_that_a_client_sends(control, server, body):
    """No client of botocore's sends events: Lex's StartConversation, as its other SDKs put it on the wire."""
    said = "you said ${params.requestEventStream.0.TextInputEvent.text}"
    heard = {"TextResponseEvent": {"messages": [{"content": said}]}}
    control.rules(
        {
            "match": {"service": "lexv2-runtime", "params": {"requestEventStream.*.TextInputEvent.text": "h?"}},
            "respond": {"responseEventStream": [heard]},
        },
        {"match": "lexv2-runtime.StartConversation", "error": "ThrottlingException"},
    )
    status, headers, answer = post(server, LEX, body, Authorization=SCOPE)
    assert (status, headers["Content-Type"]) == (200, "application/vnd.amazon.eventstream")
    assert b'"you said hi"' in answer
    status, _, _ = post(server, LEX, event("TextInputEvent", {"text": "bye"}), Authorization=SCOPE)
    assert status == 429
    first, second = control.requests(operation="StartConversation")
    assert (first["status"], second["error"]) == (200, "ThrottlingException")
    # Lex's model calls the words sensitive.
    assert first["params"]["botId"] == "BOT4567890"
    assert first["params"]["requestEventStream"] == [{"TextInputEvent": {"text": {"$hidden": True}}}]


# Every operation whose input is a stream: its scope and path, the member, and an event.
TALKS = [
    (
        "bedrock-runtime.InvokeModelWithBidirectionalStream",
        "bedrock",
        "/model/amazon.nova-sonic-v1:0/invoke-with-bidirectional-stream",
        "body",
        ("chunk", {"bytes": "aGk="}),
    ),
    (
        "connecthealth.StartMedicalScribeListeningSession",
        "health-agent",
        "/medical-scribe-stream/",
        "inputStream",
        ("audioEvent", {"audioChunk": "aGk="}),
    ),
    ("lexv2-runtime.StartConversation", "lex", LEX, "requestEventStream", ("TextInputEvent", {"text": "hi"})),
    ("polly.StartSpeechSynthesisStream", "polly", "/v1/synthesisStream", "ActionStream", ("TextEvent", {"Text": "hi"})),
    (
        "qbusiness.Chat",
        "qbusiness",
        "/applications/01234567-89ab-cdef-0123-456789abcdef/conversations",
        "inputStream",
        ("textEvent", {"userMessage": "hi"}),
    ),
]


@pytest.mark.parametrize("name,scope,path,member,sent", TALKS)
def test_operations_that_take_events(control, server, name, scope, path, member, sent):
    control.rules({"match": name, "respond": {}})
    body = b"".join(signed(event(*sent)) for _ in range(2)) + signed(b"")
    status, _, _ = post(server, path, body, Authorization=SCOPE.replace("/lex/", f"/{scope}/"))
    assert status == 200
    (entry,) = control.requests()
    assert (f"{entry['service']}.{entry['operation']}", entry["error"]) == (name, None)
    assert [list(event) for event in entry["params"][member]] == [[sent[0]]] * 2


def test_events_that_cannot_be_read(control, server):
    status, headers, body = post(server, LEX, HI[:-1], Authorization=SCOPE)
    assert (status, headers["x-amzn-ErrorType"]) == (400, "SerializationException")
    assert "bytes into an event" in json.loads(body)["message"]


# The stream's own name of an error is the code that clients see; one that the stream does not model comes as it is.
BREAKS = [
    ("s3", "SelectObjectContent", "SlowDown", "SlowDown"),
    ("bedrock-runtime", "ConverseStream", "ThrottlingException", "throttlingException"),
    ("bedrock-runtime", "InvokeModelWithResponseStream", "ModelStreamErrorException", "modelStreamErrorException"),
    ("lambda", "InvokeWithResponseStream", "TooManyRequestsException", "TooManyRequestsException"),
    ("logs", "StartLiveTail", "SessionTimeoutException", "SessionTimeoutException"),
    ("logs", "StartLiveTail", "ThrottlingException", "ThrottlingException"),
]


def selection(control):
    """An object, and what selects from it."""
    control.buckets("orders", objects={"a.csv": "id\n1\n"})
    return {"Key": "a.csv", "Expression": "SELECT * FROM s3object"}


@pytest.mark.parametrize("after", [0, 3])
@pytest.mark.parametrize("service,operation,error,code", BREAKS)
def test_a_stream_breaks(control, client, service, operation, error, code, after):
    name = f"{service}.{operation}"
    more = selection(control) if service == "s3" else {}
    control.rules({"match": name, "events": {"after": after, "error": {"code": error, "message": "Told & <so>."}}})
    answer = call(client, service, operation, **more)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    events = iter(stream_of(answer))
    found = [next(events) for _ in range(after)]
    assert all(len(event) == 1 for event in found)
    with pytest.raises(EventStreamError) as caught:
        next(events)
    assert caught.value.response["Error"] == {"Code": code, "Message": "Told & <so>."}
    assert caught.value.operation_name == operation
    (entry,) = control.requests(operation=operation)
    assert (entry["status"], entry["error"], entry["delivered"]) == (200, error, "whole")
    control.assert_verified({"match": name, "count": 1, "ends": error})
    status, _ = control.verify({"match": name, "ends": "success"})
    assert status != 200


def test_the_rule_says_what_comes_before(control, client):
    rows = [{"Records": {"Payload": "${params.Key}\n"}}, {"Records": {"Payload": "lost"}}, {"End": {}}]
    broken = {"after": 1, "error": "InternalError", "respond": {"Payload": rows}}
    control.rules({"match": "s3.SelectObjectContent", "sequence": [{"events": broken}, {"events": broken}]})
    for _ in range(2):
        events = iter(call(client, "s3", "SelectObjectContent", Key="a.csv")["Payload"])
        assert next(events)["Records"]["Payload"] == b"a.csv\n"
        with pytest.raises(EventStreamError, match="InternalError"):
            next(events)
    whole = list(call(client, "s3", "SelectObjectContent", **selection(control))["Payload"])
    assert [next(iter(event)) for event in whole] == ["Records", "Stats", "End"]
