# SPDX-License-Identifier: Apache-2.0
"""Tests as people write them for moto's server mode, by its documentation; they know nothing of Awry."""

import json
import urllib.request

import boto3
import pytest

from harness.checks import raised


def post(url, body=b""):
    with urllib.request.urlopen(urllib.request.Request(url, data=body, method="POST"), timeout=30) as answer:
        return answer.status, answer.read()


@pytest.fixture
def sts(control, endpoint):
    """As moto's documentation has it: a client of the server, and a reset before each test."""
    assert post(f"{endpoint}/moto-api/reset") == (200, json.dumps({"status": "ok"}, indent=2).encode() + b"\n")
    return boto3.client(
        "sts", region_name="us-east-1", endpoint_url=endpoint, aws_access_key_id="a", aws_secret_access_key="b"
    )


def test_reset(sts, control, endpoint):
    control.rules({"match": "sts.*", "error": "AccessDenied"})
    raised(sts.get_caller_identity)
    post(f"{endpoint}/moto-api/reset")
    assert control.requests() == []
    sts.get_caller_identity()


def test_data(sts, endpoint):
    with urllib.request.urlopen(f"{endpoint}/moto-api/data.json") as answer:
        assert json.load(answer) == {}


def test_a_seed_repeats_identifiers(sts, endpoint):
    def identifiers(seed):
        assert post(f"{endpoint}/moto-api/seed?a={seed}")[0] == 200
        return [sts.get_caller_identity()["ResponseMetadata"]["RequestId"] for _ in range(3)]

    first = identifiers(42)
    assert identifiers(42) == first
    assert not set(identifiers(43)) & set(first)


def test_configuration(sts, endpoint):
    status, body = post(f"{endpoint}/moto-api/config", json.dumps({"batch": {"use_docker": False}}).encode())
    assert status == 201 and json.loads(body) == {"batch": {"use_docker": False}}
    with urllib.request.urlopen(f"{endpoint}/moto-api/config") as answer:
        assert json.load(answer) == {"batch": {"use_docker": False}}


def test_a_bucket_of_that_name_is_a_bucket(control, client):
    s3 = client("s3")
    for bucket in ("moto-api", "moto-apis"):
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="reset", Body=b"")
    assert [entry["operation"] for entry in control.requests()] == ["CreateBucket", "PutObject"] * 2
