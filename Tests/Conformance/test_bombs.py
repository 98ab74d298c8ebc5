# SPDX-License-Identifier: Apache-2.0
"""Bodies made to hurt: entity bombs, nesting, entities from outside. A 400 for little CPU, and the server lives."""

import pytest

from harness.raw import KINESIS, SCOPE, awsjson, exchange

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(20))
    + "]><Tagging><TagSet><Tag><Key>&u;</Key><Value>v</Value></Tag></TagSet></Tagging>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<Tagging><TagSet><Tag><Key>&x;</Key><Value>v</Value></Tag></TagSet></Tagging>"
)
DEEP = "<Tagging>" + "<a>" * 100_000


def put_tagging(body: str) -> bytes:
    data = body.encode()
    head = f"PUT /orders?tagging HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


@pytest.fixture
def watched(control):
    """Rules that need the decoded body, so that it is decoded whoever answers."""
    control.rules(
        {"match": {"service": "s3", "params": {"Tagging.TagSet.*.Key": "never"}}, "error": "AccessDenied"},
        {"match": {"service": "kinesis", "params": {"ExclusiveStartStreamName": "never"}}, "error": "throttle"},
        {"match": {"service": "iam", "params": {"UserName": "never"}}, "error": "AccessDenied"},
    )


@pytest.mark.parametrize("name", ["BOMB", "OUTSIDE", "DEEP"])
def test_xml(watched, server, name):
    body = put_tagging(globals()[name])
    began = server.cpu()
    answer = exchange(server.address, body)
    took = server.cpu() - began
    assert answer.status == 400, answer
    assert b"<Code>MalformedXML</Code>" in answer.body
    assert b"root:" not in answer.body
    assert took < 0.1


JSON_BODIES = {
    "deep lists": '{"StreamName":' + "[" * 100_000,
    "deep mappings": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "not closed": '{"StreamName":"a"',
    "not UTF-8": b'{"StreamName":"\xff\xfe"}',
    "a long number": '{"Limit":' + "9" * 1_000_000 + "}",
    "not a mapping": "[]",
}


@pytest.mark.parametrize("name", JSON_BODIES)
def test_json(watched, server, name):
    began = server.cpu()
    answer = exchange(server.address, awsjson(KINESIS + "ListStreams", JSON_BODIES[name]))
    took = server.cpu() - began
    assert answer.status == 400, answer
    assert b'"__type"' in answer.body
    assert took < 0.1


def test_a_form_of_many_members(watched, server):
    data = "Action=CreateUser&" + "&".join(f"Tags.member.{n}.Key=k" for n in range(200_000))
    request = (
        f"POST / HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('iam')}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n{data}"
    )
    began = server.cpu()
    answer = exchange(server.address, request)
    assert answer.status in (400, 404) and b"<Error>" in answer.body
    assert server.cpu() - began < 1


def test_a_form_with_a_huge_index(watched, server):
    data = "Action=CreateUser&UserName=u&Tags.member.999999999999.Key=k"
    request = (
        f"POST / HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('iam')}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n{data}"
    )
    assert exchange(server.address, request).status in (200, 400)
