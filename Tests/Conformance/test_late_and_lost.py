# SPDX-License-Identifier: Apache-2.0
"""Answers that a client misreads: a 200 that turns out to be an error, and one that never comes though all was done."""

import http.client
import socket
import struct
import time
import urllib.parse

import pytest
from botocore.exceptions import ClientError

from harness.checks import raised

COPY = {"Bucket": "reports", "Key": "copy", "CopySource": "reports/original"}
OPERATIONS = {
    "copy_object": "s3.CopyObject",
    "upload_part_copy": "s3.UploadPartCopy",
    "complete_multipart_upload": "s3.CompleteMultipartUpload",
}


@pytest.fixture
def reports(control):
    """A bucket with an object and an upload of one part; what each operation is given there."""
    whole, original = {"Bucket": "reports", "Key": "whole"}, {"Bucket": "reports", "Key": "original"}
    part = {**whole, "UploadId": "${upload.UploadId}", "PartNumber": 1}
    setup = [
        {"s3.CreateBucket": {"Bucket": "reports"}},
        {"s3.PutObject": {**original, "Body": "content"}},
        {"s3.CreateMultipartUpload": whole, "as": "upload"},
        {"s3.UploadPart": {**part, "Body": "content"}, "as": "part"},
    ]
    env = {"UPLOAD": "${upload.UploadId}", "PART": "${part.ETag}"}
    control.load({"scenario": "reports", "setup": setup, "env": env})
    made = control.demand("GET", "env")
    upload = {**whole, "UploadId": made["UPLOAD"]}
    return {
        "copy_object": COPY,
        "upload_part_copy": {**upload, "CopySource": COPY["CopySource"], "PartNumber": 2},
        "complete_multipart_upload": {
            **upload,
            "MultipartUpload": {"Parts": [{"ETag": made["PART"], "PartNumber": 1}]},
        },
    }


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("mode, attempts", [("legacy", 5), ("standard", 3)])
def test_a_late_error_is_retried_as_a_500(control, client, sleeps, reports, name, mode, attempts):
    control.rules({"match": OPERATIONS[name], "late": {"error": "InternalError"}})
    error = raised(getattr(client("s3", mode), name), **reports[name])
    assert error.response["Error"]["Code"] == "InternalError"
    assert error.response["Error"]["Message"].startswith("We encountered an internal error.")
    # botocore takes such an answer for a 500.
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    seen = control.requests()
    assert [entry["attempt"] for entry in seen] == list(range(1, attempts + 1))
    assert {(entry["status"], entry["error"]) for entry in seen} == {(200, "InternalError")}


def test_a_late_error_and_then_the_copy(control, client, sleeps, reports):
    control.rules({"match": "s3.CopyObject", "times": 2, "late": {"error": "SlowDown"}})
    answer = client("s3", "standard").copy_object(**COPY)
    assert "CopyObjectResult" in answer
    assert [entry["error"] for entry in control.requests()] == ["SlowDown", "SlowDown", None]


def test_a_late_error_on_the_wire(control, endpoint, reports):
    control.rules({"match": "s3.CopyObject", "late": {"error": "InternalError"}})
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(endpoint).netloc)
    connection.request("PUT", "/reports/copy", headers={"x-amz-copy-source": "reports/original"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status == 200
    assert answer.headers["Transfer-Encoding"] == "chunked" and answer.headers["Content-Length"] is None
    declaration, space, rest = body.partition("\n")
    assert declaration == '<?xml version="1.0" encoding="UTF-8"?>' and space
    assert rest.startswith("\n") and rest.lstrip().startswith("<Error><Code>InternalError</Code>")


def test_a_lost_answer(control, client, sleeps):
    control.queues("q")
    control.rules({"match": "sqs.SendMessage", "times": 1, "lost": {"error": "ServiceUnavailable"}})
    sent = client("sqs", "standard").send_message(QueueUrl="http://localhost/123456789012/q", MessageBody="order")
    assert sent["MD5OfMessageBody"]
    assert [(entry["error"], entry["status"]) for entry in control.requests()] == [
        ("ServiceUnavailable", 503),
        (None, 200),
    ]


def test_a_refused_call_gets_its_refusal_and_the_rule_has_not_fired(control, client, endpoint):
    control.streams("orders")
    control.load(
        {
            "scenario": "lost-once",
            "rules": [
                {
                    "match": "kinesis.PutRecord",
                    "times": 1,
                    "become": "lost",
                    "lost": {"error": "InternalFailure"},
                    "headers": {"x-lost": "yes"},
                },
                {"match": "kinesis.DeleteStream", "times": 1, "headers": {"x-seen": "yes"}},
            ],
        }
    )
    careless = client("kinesis", parameter_validation=False)
    refused = raised(careless.put_record, StreamName="orders", Data=b"x")
    assert "partitionKey" in refused.response["Error"]["Message"]
    assert "x-lost" not in refused.response["ResponseMetadata"]["HTTPHeaders"]
    assert raised(careless.delete_stream, StreamName="no such name!")
    assert [(entry["rules"], entry["decidedBy"]) for entry in control.requests()] == [([], None), ([], None)]
    assert [rule["hits"] for rule in control.demand("GET", "rules")["rules"]] == [0, 0]

    lost = raised(careless.put_record, StreamName="orders", Data=b"x", PartitionKey="k")
    assert lost.response["Error"]["Code"] == "InternalFailureException"
    assert lost.response["ResponseMetadata"]["HTTPHeaders"]["x-lost"] == "yes"
    assert careless.put_record(StreamName="orders", Data=b"x", PartitionKey="k")
    seen = careless.delete_stream(StreamName="orders")
    assert seen["ResponseMetadata"]["HTTPHeaders"]["x-seen"] == "yes"
    assert [rule["hits"] for rule in control.demand("GET", "rules")["rules"]] == [1, 1]


def test_steps_may_be_late_and_lost(control, client, reports):
    steps = [{"late": {"error": "InternalError"}}, {"lost": {"error": "SlowDown"}}, "pass"]
    control.rules({"match": "s3.CopyObject", "sequence": steps})
    s3 = client("s3")
    assert raised(s3.copy_object, **COPY).response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert raised(s3.copy_object, **COPY).response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert s3.copy_object(**COPY)["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_wait_before_the_operation(control, client):
    control.streams("orders", "parts")
    control.rules({"match": "kinesis.DeleteStream", "times": 1, "delay": {"before": "300ms"}})
    careless = client("kinesis", parameter_validation=False)
    for name in ["no such name!", "orders", "parts"]:
        try:
            careless.delete_stream(StreamName=name)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ValidationException"
    refused, waited, passed = control.requests()
    # What is refused after the wait has waited, and the rule has not fired.
    assert refused["rules"] == [] and refused["milliseconds"] >= 300
    assert waited["rules"] and waited["milliseconds"] >= 300
    assert passed["rules"] == []


def test_who_goes_away_while_the_operation_waits(control, endpoint):
    control.streams("orders")
    control.rules({"match": "kinesis.DeleteStream", "delay": {"before": "1h"}})
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(endpoint).netloc)
    headers = {"X-Amz-Target": "Kinesis_20131202.DeleteStream", "Content-Type": "application/x-amz-json-1.1"}
    connection.request("POST", "/", body=b'{"StreamName":"orders"}', headers=headers)
    until(lambda: control.demand("GET", "rules")["rules"][0]["hits"])
    assert control.requests() == []
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    until(lambda: control.requests())
    [seen] = control.requests()
    assert (seen["operation"], seen["status"], seen["delivered"]) == ("DeleteStream", 200, "nothing")


def until(holds, seconds=10):
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
