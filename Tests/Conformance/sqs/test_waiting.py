# SPDX-License-Identifier: Apache-2.0
"""Long polls: what wakes them, what ends them, and what they cost."""

import json
import socket
import threading
import time

import pytest

from harness.clients import ACCOUNT
from harness.raw import SCOPE

from .asking import bodies, counts

WAITERS = 1000


@pytest.fixture
def sqs(control, client):
    """The machine's clock and the sandbox's both run."""
    return client("sqs")


def poll(server, url, seconds=20):
    """A socket on which a long poll was sent."""
    body = json.dumps({"QueueUrl": url, "WaitTimeSeconds": seconds})
    head = (
        f"POST / HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('sqs')}X-Amz-Target: AmazonSQS.ReceiveMessage\r\n"
        f"Content-Type: application/x-amz-json-1.0\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    opened = socket.create_connection(server.address, timeout=30)
    opened.sendall((head + body).encode())
    return opened


def answer(opened):
    """The body of an answer that is there or comes."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += opened.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += opened.recv(65536)
    return json.loads(body)


def answered(sockets):
    """Those of the sockets to which something came."""
    found = []
    for each in sockets:
        each.setblocking(False)
        try:
            if each.recv(1, socket.MSG_PEEK):
                found.append(each)
        except BlockingIOError:
            pass
        finally:
            each.setblocking(True)
    return found


def test_a_thousand_wait_for_nothing_and_one_message_wakes_one(server, sqs):
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    waiting = [poll(server, url) for _ in range(WAITERS)]
    try:
        still(server)
        begun = server.cpu()
        time.sleep(2)
        # A tick of the system's clock is 10 ms.
        assert server.cpu() - begun <= 0.01
        for number in range(1, 4):
            sqs.send_message(QueueUrl=url, MessageBody=str(number))
            (woken,) = until(lambda: answered(waiting), len)
            waiting.remove(woken)
            assert [each["Body"] for each in answer(woken)["Messages"]] == [str(number)]
            woken.close()
            # An answer to anybody else would have been sent before this one.
            assert counts(sqs, url) == [0, number, 0] and not answered(waiting)
    finally:
        for each in waiting:
            each.close()


def still(server):
    """Waits until what was sent has been read: a server that has nothing to do uses no CPU."""
    last = -1.0
    while last != server.cpu():
        last = server.cpu()
        time.sleep(0.2)


def until(ask, holds, most=10):
    """What `ask` gives as soon as it holds."""
    end = time.monotonic() + most
    while True:
        found = ask()
        if holds(found) or time.monotonic() > end:
            return found
        time.sleep(0.001)


def test_who_came_first_is_woken_first(server, sqs):
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    first = poll(server, url)
    counts(sqs, url)
    second = poll(server, url)
    counts(sqs, url)
    for opened, body in ((first, "one"), (second, "two")):
        sqs.send_message(QueueUrl=url, MessageBody=body)
        assert answer(opened)["Messages"][0]["Body"] == body
        opened.close()


def test_no_message_is_spent_on_who_has_gone(server, sqs):
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    still(server)
    before = server.descriptors()
    gone, there = [poll(server, url) for _ in range(50)], poll(server, url)
    until(server.descriptors, lambda count: count == before + 51)
    for each in gone:
        each.close()
    assert until(server.descriptors, lambda count: count == before + 1) == before + 1
    sqs.send_message(QueueUrl=url, MessageBody="m")
    assert answer(there)["Messages"][0]["Body"] == "m"
    there.close()


@pytest.mark.parametrize("by", ["delay", "visibility", "change", "dead letter", "group"])
def test_what_comes_up_by_itself_wakes_too(server, sqs, by):
    kind = ".fifo" if by == "group" else ""
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"} if kind else {}
    url = sqs.create_queue(QueueName=f"orders{kind}", Attributes=attributes)["QueueUrl"]
    more = {"MessageGroupId": "g"} if kind else {}
    source = url
    if by == "dead letter":
        policy = json.dumps({"deadLetterTargetArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:orders", "maxReceiveCount": 1})
        source = sqs.create_queue(QueueName="source", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    if by == "delay":
        more["DelaySeconds"] = 1
    sqs.send_message(QueueUrl=source, MessageBody="m", **more)
    if by != "delay":
        visible = {"VisibilityTimeout": 1} if by == "visibility" else {}
        (message,) = sqs.receive_message(QueueUrl=source, **visible)["Messages"]
        receipt = {"QueueUrl": source, "ReceiptHandle": message["ReceiptHandle"]}
    if kind:
        sqs.send_message(QueueUrl=url, MessageBody="next", **more)
    opened = poll(server, url)
    counts(sqs, url)
    if by == "change":
        sqs.change_message_visibility(**receipt, VisibilityTimeout=0)
    elif by == "dead letter":
        sqs.change_message_visibility(**receipt, VisibilityTimeout=0)
        assert bodies(sqs, source) == []
    elif kind:
        sqs.delete_message(**receipt)
    assert answer(opened)["Messages"][0]["Body"] == ("next" if kind else "m")
    opened.close()


def test_a_poll_ends_by_the_sandboxs_clock(server, sqs, control):
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    control.demand("POST", "clock", {"freeze": True})
    opened = poll(server, url)
    counts(sqs, url)
    control.advance(19)
    counts(sqs, url)
    assert not answered([opened])
    control.advance(1)
    assert answer(opened) == {}
    opened.close()


def test_a_poll_ends_by_the_machines_clock(sqs, control):
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    control.demand("POST", "clock", {"freeze": True})
    begun = time.monotonic()
    assert bodies(sqs, url, WaitTimeSeconds=1) == [] and time.monotonic() - begun >= 1


def test_the_queue_says_how_long(server, sqs):
    url = sqs.create_queue(QueueName="orders", Attributes={"ReceiveMessageWaitTimeSeconds": "20"})["QueueUrl"]
    got = []
    thread = threading.Thread(target=lambda: got.append(bodies(sqs, url)))
    thread.start()
    until(lambda: got, bool, most=0.3)
    assert not got
    sqs.send_message(QueueUrl=url, MessageBody="m")
    thread.join(10)
    assert got == [["m"]]
    # Asked for no wait, there is none.
    assert bodies(sqs, url, WaitTimeSeconds=0) == []
