# SPDX-License-Identifier: Apache-2.0
"""Texts in JSON, in every way in which they can be written: the value of a tag comes back as it was meant."""

import json

import pytest

from harness.clients import ACCOUNT
from harness.raw import SCOPE, exchange


@pytest.fixture
def tag(server, client, control):
    """Sends a tag whose value is written so; gives the status and the answer."""
    control.queues("orders")

    def send(written):
        body = b'{"QueueUrl": "http://localhost/%s/orders", "Tags": {"k": "%s"}}' % (ACCOUNT.encode(), written)
        head = (
            f"POST / HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('sqs')}X-Amz-Target: AmazonSQS.TagQueue\r\n"
            f"Content-Type: application/x-amz-json-1.0\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return exchange(server.address, head.encode() + body)

    return send


def read(client, endpoint):
    return client("sqs").list_queue_tags(QueueUrl=f"{endpoint}/{ACCOUNT}/orders")["Tags"]["k"]


WRITTEN = [
    r"plain", r"", r"\"", r"a\"b", r"\"\\\/\b\f\n\r\t", r"\u0041\u00e9\u20AC", r"\ud83d\ude00", r"\uD83D\uDE00x",
    r"\\\\\\", r"{\"a\": [\"b\", {\"c\": \"d\"}]}" * 5, "é\\n€\\t😀", r"\u005c\u0022",
    "x" * 100 + r"\n" + "y" * 100,
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_written_is_read(tag, client, endpoint, written):
    assert tag(written.encode()).status == 200
    assert read(client, endpoint) == json.loads(f'"{written}"')


@pytest.mark.parametrize(
    ("written", "meant"),
    [(r"\ud800", "\ufffd"), (r"\udc00x", "\ufffdx"), (r"\ud800\ud800", "\ufffd\ufffd"), (r"\ud800\n", "\ufffd\n"),
     (r"\ud800\u0041", "\ufffdA")],
)  # fmt: skip
def test_half_a_letter_is_replaced(tag, client, endpoint, written, meant):
    assert tag(written.encode()).status == 200 and read(client, endpoint) == meant


@pytest.mark.parametrize(
    "written",
    [b"\\x", b"\\u12", b"\\u12g4", b"\\", b"a\nb", b"\\n\n", b"\\\n", b"\xff", b"\\n\xff", b"\\ud83d\\u", b'" x',
     b'\\"\\'],
)  # fmt: skip
def test_what_no_text_can_be_is_refused(tag, written):
    answer = tag(written)
    assert answer.status == 400 and b"SerializationException" in answer.body, answer.body
