# SPDX-License-Identifier: Apache-2.0
"""Queues that a scenario makes, and what keeps queues apart."""

import json

import boto3

from harness.clients import ACCOUNT, REGION

from .asking import bodies

SCENARIO = {
    "scenario": "with-a-queue",
    "setup": [
        {"sqs.CreateQueue": {"QueueName": "orders"}, "as": "q"},
        {"sqs.SendMessage": {"QueueUrl": "${q.QueueUrl}", "MessageBody": "first"}},
    ],
    "env": {"QUEUE_URL": "${q.QueueUrl}"},
    "rules": [{"match": "sqs.ListQueues", "respond": {"QueueUrls": ["${q.QueueUrl}"]}}],
}


def test_setup_makes_the_world(control, client):
    control.load(SCENARIO)
    sqs = client("sqs")
    url = control.demand("GET", "env")["QUEUE_URL"]
    assert url.endswith(f"/{ACCOUNT}/orders") and sqs.list_queues()["QueueUrls"] == [url]
    assert bodies(sqs, url) == ["first"] and bodies(sqs, url) == []
    control.demand("POST", "reset", {"state": True})
    assert bodies(sqs, url) == ["first"]


def test_a_setup_that_fails_is_refused(control):
    broken = SCENARIO | {"setup": [{"sqs.CreateQueue": {"QueueName": "a b"}}], "env": {}, "rules": []}
    code, answer = control.call("PUT", "scenarios", broken)
    assert code == 422 and "sqs.CreateQueue fails: InvalidParameterValue" in json.dumps(answer), answer
    assert control.scenarios() == []


def test_sandboxes_and_regions_are_apart(control, client, endpoint):
    client("sqs").create_queue(QueueName="orders")
    there = {"endpoint_url": f"{endpoint}/_sandbox/other", "region_name": REGION}
    keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "test"}
    other = boto3.client("sqs", **there, **keys)
    assert "QueueUrls" not in other.list_queues()
    url = other.create_queue(QueueName="theirs")["QueueUrl"]
    assert url == f"{endpoint}/_sandbox/other/{ACCOUNT}/theirs"
    far = boto3.client("sqs", **there | {"region_name": "eu-west-1"}, **keys)
    assert "QueueUrls" not in far.list_queues()
