# SPDX-License-Identifier: Apache-2.0
"""Programs that meet failures of queues: what a batch that fails in part costs whom, and pages that fail."""

import pytest

from harness.checks import raised
from harness.server import FIXTURES

from .asking import bodies

LOSES = FIXTURES / "partial" / "sqs-consumer-loses-orders.yaml"
ORDERS = [f"order-{number}" for number in range(1, 5)]


@pytest.fixture
def urls(control):
    control.load(LOSES)
    known = control.demand("GET", "env")
    return known["ORDERS"], known["PAID"]


def move(sqs, source, target, minds_failures):
    """One turn of a worker; how many messages it took."""
    messages = sqs.receive_message(QueueUrl=source, MaxNumberOfMessages=10).get("Messages", [])
    left = {str(at): message["Body"] for at, message in enumerate(messages)}
    while left:
        entries = [{"Id": name, "MessageBody": body} for name, body in left.items()]
        failed = {each["Id"] for each in sqs.send_message_batch(QueueUrl=target, Entries=entries).get("Failed", [])}
        left = {name: body for name, body in left.items() if name in failed} if minds_failures else {}
    for message in messages:
        sqs.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
    return len(messages)


@pytest.mark.parametrize("minds_failures", [True, False])
def test_who_ignores_failures_loses_messages(control, client, urls, minds_failures):
    sqs, (source, target) = client("sqs"), urls
    while move(sqs, source, target, minds_failures):
        pass
    # What is in neither queue is lost.
    there = sorted(bodies(sqs, target) + bodies(sqs, source))
    status, report = control.verify()
    if minds_failures:
        assert there == ORDERS and status == 200, report
    else:
        assert there == ["order-1", "order-4"] and status != 200, report


PAGES = {"list_queues": "QueueUrls", "list_dead_letter_source_queues": "queueUrls"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fails(control, client, name, sleeps):
    """The second page of real queues: throttled once, and refused."""
    sqs = client("sqs", mode="standard")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    policy = '{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead", "maxReceiveCount": 1}'
    made = [
        sqs.create_queue(QueueName=f"q{number}", Attributes={"RedrivePolicy": policy})["QueueUrl"]
        for number in range(4)
    ]
    operation = sqs.meta.method_to_api_mapping[name]
    second = {"service": "sqs", "operation": operation, "params": {"NextToken": {"exists": True}}}
    own = {"QueueUrl": dead} if name != "list_queues" else {"QueueNamePrefix": "q"}

    def pages():
        return sqs.get_paginator(name).paginate(**own, PaginationConfig={"PageSize": 3})

    control.rules({"match": second, "error": "throttle", "times": 1})
    assert [url for page in pages() for url in page[PAGES[name]]] == sorted(made)
    control.rules({"match": second, "error": "AccessDenied"})
    seen = []
    error = raised(lambda: [seen.extend(page[PAGES[name]]) for page in pages()])
    assert error.response["Error"]["Code"] == "AccessDenied"
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert seen == sorted(made)[:3]
