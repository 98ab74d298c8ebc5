# SPDX-License-Identifier: Apache-2.0
"""Tests as people write them for LocalStack's internal endpoints and its Chaos API, by its documentation."""

import json
import time
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError

KINESIS = {"service": "kinesis", "region": "us-east-1"}
LAMBDA = {"service": "lambda", "operation": "ListFunctions", "error": {"statusCode": 404, "code": "ServiceException"}}


@pytest.fixture
def chaos(control, endpoint):
    def call(method, path="faults", body=None):
        data = None if body is None else json.dumps(body).encode()
        url = f"{endpoint}/_localstack/chaos/{path}"
        headers = {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return json.load(answer)

    return call


def outcome(call):
    try:
        call()
        return None
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]


def test_faults_are_set_added_and_removed(chaos, client):
    kinesis, functions = client("kinesis").list_streams, client("lambda").list_functions
    assert chaos("GET") == []
    assert chaos("POST", body=[KINESIS]) == [KINESIS]
    assert outcome(kinesis) == ("ServiceUnavailable", 503)
    assert outcome(functions) is None
    assert chaos("PATCH", body=[LAMBDA]) == [KINESIS, LAMBDA] == chaos("GET")
    assert outcome(functions) == ("ServiceException", 404)
    assert chaos("DELETE", body=[KINESIS]) == [LAMBDA] == chaos("GET")
    assert outcome(kinesis) is None
    assert chaos("POST", body=[]) == []
    assert outcome(functions) is None


def test_a_rule_without_conditions_is_for_everything(chaos, client):
    chaos("POST", body=[{}])
    assert {outcome(client("sts").get_caller_identity), outcome(client("s3").list_buckets)} == {
        ("ServiceUnavailable", 503)
    }


def test_the_first_rule_that_fits_answers(chaos, client):
    chaos("POST", body=[LAMBDA, {"service": "lambda"}])
    assert outcome(client("lambda").list_functions) == ("ServiceException", 404)
    assert outcome(client("lambda").list_layers) == ("ServiceUnavailable", 503)


def test_regions_and_probability(chaos, control, client):
    chaos("POST", body=[{"service": "kinesis", "region": "eu-west-1"}])
    assert outcome(client("kinesis").list_streams) is None
    chaos("POST", body=[{"service": "kinesis", "probability": 0.5}])
    kinesis = client("kinesis")
    failed = sum(outcome(kinesis.list_streams) is not None for _ in range(60))
    assert 10 < failed < 50


def test_latency(chaos, client):
    sts = client("sts")
    assert chaos("GET", "effects") == {"latency": 0}
    assert chaos("POST", "effects", {"latency": 300}) == {"latency": 300} == chaos("GET", "effects")
    chaos("POST", body=[KINESIS])
    for call in sts.get_caller_identity, lambda: outcome(client("kinesis").list_streams):
        began = time.monotonic()
        call()
        assert time.monotonic() - began >= 0.3
    chaos("POST", "effects", {"latency": 0})
    assert chaos("GET", "effects") == {"latency": 0}


def test_what_is_wrong_is_said_and_changes_nothing(chaos):
    chaos("POST", body=[KINESIS])
    for wrong in [{"sevice": "s3"}, {"service": "s33"}, {"error": {"status": 1}}, {"probability": 7}, "s3"]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            chaos("PATCH", body=[wrong])
        assert refused.value.code == 400 and json.load(refused.value)["error"]
    assert chaos("GET") == [KINESIS]


def test_health_and_reset(control, endpoint):
    with urllib.request.urlopen(f"{endpoint}/_localstack/health") as answer:
        health = json.load(answer)
    assert health["services"]["s3"] == health["services"]["kinesis"] == "available"
    request = urllib.request.Request(f"{endpoint}/_localstack/state/reset", method="POST")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
