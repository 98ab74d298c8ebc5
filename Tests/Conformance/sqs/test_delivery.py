# SPDX-License-Identifier: Apache-2.0
"""What standard queues do not promise, where a scenario has it: `options.delivery`."""

import pytest

from .asking import bodies, counts, received

COUNT = 40


@pytest.fixture
def load(control):
    def load(seed=1, **delivery):
        control.load({"scenario": "delivery", "seed": seed, "options": {"delivery": delivery}})

    return load


@pytest.fixture
def drain(sqs):
    """Sends numbers and receives what comes, deleting all of it."""

    def drain(url, **more):
        for number in range(COUNT):
            sqs.send_message(QueueUrl=url, MessageBody=str(number), **more)
        came = []
        while messages := received(sqs, url):
            for message in messages:
                came.append((int(message["Body"]), message["MessageId"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        assert counts(sqs, url) == [0, 0, 0]
        return came

    return drain


def test_each_once_and_in_order_without_it(queue, drain):
    assert [number for number, _ in drain(queue())] == list(range(COUNT))


def test_messages_come_twice(load, queue, drain):
    load(duplicates=0.25)
    came = drain(queue())
    assert len(set(came)) == COUNT and COUNT < len(came) < COUNT * 1.6
    assert max(came.count(each) for each in came) == 2


def test_all_of_them_twice(load, queue, drain):
    load(duplicates=1)
    assert len(drain(queue())) == 2 * COUNT


def test_a_copy_is_there_while_the_other_is_invisible(load, sqs, queue, clock):
    load(duplicates=1)
    url = queue()
    sqs.send_message(QueueUrl=url, MessageBody="m")
    (first,) = received(sqs, url)
    (second,) = received(sqs, url)
    assert first["MessageId"] == second["MessageId"] and first["ReceiptHandle"] != second["ReceiptHandle"]
    assert received(sqs, url) == []
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])
    clock(30)
    (third,) = received(sqs, url)
    assert third["MessageId"] == first["MessageId"]


def test_messages_come_out_of_order(load, queue, drain):
    load(disorder=True)
    came = [number for number, _ in drain(queue())]
    assert sorted(came) == list(range(COUNT)) != came


def test_the_seed_says_which_and_in_what_order(control, load, queue, drain):
    def run(seed):
        load(seed, duplicates=0.2, disorder=True)
        control.demand("POST", "reset", {"state": True})
        return [number for number, _ in drain(queue())]

    first = run(1)
    assert run(1) == first


def test_fifo_queues_promise_both(load, queue, drain):
    load(duplicates=1, disorder=True)
    url = queue("q.fifo", ContentBasedDeduplication="true")
    assert [number for number, _ in drain(url, MessageGroupId="g")] == list(range(COUNT))


def test_counts_come_late(load, sqs, queue, clock):
    load(lag="5s")
    url = queue()
    clock(10)
    for _ in range(3):
        sqs.send_message(QueueUrl=url, MessageBody="m")
    assert counts(sqs, url) == [0, 0, 0]
    clock(4)
    assert len(bodies(sqs, url)) == 3 and counts(sqs, url) == [0, 0, 0]
    clock(1)
    assert counts(sqs, url) == [3, 0, 0]
    clock(4)
    assert counts(sqs, url) == [0, 3, 0]


def test_it_ends_with_the_scenario(control, load, sqs, queue):
    load(duplicates=1, lag="1m")
    url = queue()
    control.unload("delivery")
    sqs.send_message(QueueUrl=url, MessageBody="m")
    assert counts(sqs, url) == [1, 0, 0] and bodies(sqs, url) == ["m"] and bodies(sqs, url) == []
