# SPDX-License-Identifier: Apache-2.0
"""SQS's legacy form: a query in a form or an address, answered in XML, as older SDKs speak it."""

import xml.etree.ElementTree as ElementTree

import pytest

from harness.raw import SCOPE, exchange

NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/"


def form(server, **members):
    body = "&".join(f"{name}={value}" for name, value in members.items())
    head = (
        f"POST /123456789012/orders HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('sqs')}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return exchange(server.address, head + body)


ERRORS = [
    ("QueueDoesNotExist", 400, "AWS.SimpleQueueService.NonExistentQueue", "Sender"),
    ("OverLimit", 403, "OverLimit", "Sender"),
    ("InternalError", 500, "InternalError", "Receiver"),
]


@pytest.mark.parametrize("name,status,code,side", ERRORS)
def test_an_error(control, server, name, status, code, side):
    control.rules({"match": "sqs.ReceiveMessage", "error": name})
    answer = form(server, Action="ReceiveMessage", Version="2012-11-05")
    assert answer.status == status and answer.header("content-type") == "text/xml"
    root = ElementTree.fromstring(answer.body)
    assert root.tag == f"{{{NAMESPACE}}}ErrorResponse"
    error = root.find(f"{{{NAMESPACE}}}Error")
    assert [child.tag.split("}")[1] for child in error] == ["Type", "Code", "Message", "Detail"]
    assert [error[0].text, error[1].text] == [side, code]
    assert root.find(f"{{{NAMESPACE}}}RequestId").text == answer.header("x-amzn-requestid")


def test_the_old_wording(control, server):
    control.rules({"match": "sqs.ReceiveMessage", "error": "QueueDoesNotExist"})
    answer = form(server, Action="ReceiveMessage", Version="2012-11-05")
    assert b"The specified queue does not exist for this wsdl version." in answer.body


def test_a_success(control, server):
    message = {"MessageId": "m-1", "MD5OfMessageBody": "5d41402abc4b2a76b9719d911017c592"}
    control.rules({"match": "sqs.SendMessage", "respond": message})
    answer = form(server, Action="SendMessage", MessageBody="hello", Version="2012-11-05")
    assert answer.status == 200
    root = ElementTree.fromstring(answer.body)
    assert root.find(f".//{{{NAMESPACE}}}MessageId").text == "m-1"


def test_an_unknown_action(server):
    answer = form(server, Action="SendMesage", Version="2012-11-05")
    assert answer.status == 400 and b"<Code>InvalidAction</Code>" in answer.body


def test_a_message_comes_through_a_queue(control, server):
    control.queues("orders")
    sent = form(server, Action="SendMessage", MessageBody="hello", Version="2012-11-05")
    assert sent.status == 200, sent.body
    received = form(server, Action="ReceiveMessage", Version="2012-11-05", **{"AttributeName.1": "SentTimestamp"})
    root = ElementTree.fromstring(received.body)
    assert root.find(f".//{{{NAMESPACE}}}Body").text == "hello"
    ids = [ElementTree.fromstring(each.body).find(f".//{{{NAMESPACE}}}MessageId").text for each in (sent, received)]
    assert ids[0] == ids[1]


def test_a_queue_that_is_not_there(control, server):
    answer = form(server, Action="ReceiveMessage", Version="2012-11-05")
    assert answer.status == 400 and b"<Code>AWS.SimpleQueueService.NonExistentQueue</Code>" in answer.body
