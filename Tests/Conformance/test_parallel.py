# SPDX-License-Identifier: Apache-2.0
"""`attempts: "1-2"`: each of 50 parallel calls fails twice and then succeeds; 150 requests, ten times of ten."""

from concurrent.futures import ThreadPoolExecutor

import pytest

CALLS = 50
RULE = {"match": "sqs.SendMessage", "attempts": "1-2", "error": "InternalError"}
MESSAGE = {"QueueUrl": "http://localhost/123456789012/orders", "MessageBody": "m"}


def judge(control, answers):
    assert [answer["ResponseMetadata"]["RetryAttempts"] for answer in answers] == [2] * CALLS
    journal = control.requests()
    assert len(journal) == 3 * CALLS
    by_call = {}
    for entry in journal:
        by_call.setdefault(entry["call"], []).append((entry["attempt"], entry["status"]))
    assert len(by_call) == CALLS
    assert all(attempts == [(1, 500), (2, 500), (3, 200)] for attempts in by_call.values())
    control.assert_verified({"match": "sqs.SendMessage", "count": 3 * CALLS})


@pytest.mark.parametrize("run", range(10))
def test_one_client_in_legacy_mode(control, client, sleeps, run):
    control.queues("orders")
    control.rules(RULE)
    sqs = client("sqs", "legacy", max_pool_connections=CALLS)
    with ThreadPoolExecutor(CALLS) as pool:
        answers = list(pool.map(lambda _: sqs.send_message(**MESSAGE), range(CALLS)))
    judge(control, answers)


@pytest.mark.parametrize("run", range(10))
def test_fifty_clients_in_standard_mode(control, client, sleeps, run):
    control.queues("orders")
    control.rules(RULE)
    made = [client("sqs", "standard") for _ in range(CALLS)]
    with ThreadPoolExecutor(CALLS) as pool:
        answers = list(pool.map(lambda sqs: sqs.send_message(**MESSAGE), made))
    judge(control, answers)
