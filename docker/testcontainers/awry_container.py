# SPDX-License-Identifier: Apache-2.0
"""Awry by Testcontainers for Python: `pip install testcontainers boto3 pytest`."""

import json
import os
import urllib.request

import boto3
import pytest
from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs

RULE = {"match": "kinesis.ListStreams", "times": 2, "error": "ServiceUnavailable"}


@pytest.fixture(scope="session")
def endpoint():
    image = os.environ.get("AWRY_IMAGE", "awry:0.1.0")
    with DockerContainer(image).with_exposed_ports(4566) as container:
        wait_for_logs(container, "awry .* on http")
        yield f"http://{container.get_container_host_ip()}:{container.get_exposed_port(4566)}"


def post(url, body):
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), method="POST"))


def test_describe_stream_is_tried_again(endpoint):
    post(f"{endpoint}/_awry/rules", RULE)
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    boto3.client("kinesis", endpoint_url=endpoint, **keys).list_streams()
    # 409, and so an exception, where the client did otherwise.
    post(f"{endpoint}/_awry/verify", {"expect": [{"match": "kinesis.ListStreams", "calls": 1, "attempts": 3}]})
