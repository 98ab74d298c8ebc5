# SPDX-License-Identifier: Apache-2.0
"""Why a rule did or did not take a request."""

import pytest

from harness import clients
from harness.checks import raised
from harness.control import Control
from harness.server import Server

RULES = {
    "scenario": "many-reasons",
    "rules": [
        {"match": "sqs.*", "error": "throttle"},
        {"match": {"operation": "DescribeStream", "params": {"StreamName": "invoices"}}, "error": "throttle"},
        {"match": {"operation": "DescribeStream", "region": "eu-*"}, "error": "throttle"},
        {"match": {"operation": "DescribeStream", "headers": {"x-fail": "yes"}}, "error": "throttle"},
        {"match": "kinesis.DescribeStream", "times": 1, "id": "once", "error": "ResourceInUseException"},
        {"match": "kinesis.DescribeStream", "state": "broken", "error": "throttle"},
        {"match": "kinesis.DescribeStream", "nth": "5-", "error": "throttle"},
        {"match": "kinesis.DescribeStream", "delay": "1ms"},
        {"match": "kinesis.DescribeStream", "error": "LimitExceededException"},
        {"match": "kinesis.*", "error": "throttle"},
    ],
}
EXPECTED = [
    ("unmet", "operation", "sqs.*", "kinesis.DescribeStream", None),
    ("unmet", "params.StreamName", "invoices", "orders", None),
    ("unmet", "region", "eu-*", "us-east-1", None),
    ("unmet", "headers.x-fail", "yes", None, None),
    ("unmet", "times", "at most 1", None, None),
    ("unmet", "state", "broken", None, None),
    ("not selected", "nth", "5-", None, 1),
    ("fired", None, None, None, 1),
    ("decided", None, None, None, 1),
    ("not asked", None, None, None, None),
]


@pytest.fixture
def describe(control, client):
    control.load(RULES)
    kinesis = client("kinesis")
    return lambda: raised(kinesis.describe_stream, StreamName="orders")


def told(answer):
    keys = ("verdict", "condition", "wanted", "came", "position")
    return [tuple(rule.get(key) for key in keys) for rule in answer["rules"]]


def test_each_rule_says_the_first_condition_that_failed(control, describe):
    assert describe().response["Error"]["Code"] == "ResourceInUseException"
    request = describe().response["ResponseMetadata"]["RequestId"]
    for answer in (control.demand("GET", "explain", request=request), control.demand("GET", "explain")):
        assert answer["request"]["id"] == request and answer["request"]["decidedBy"] == "many-reasons#9"
        assert told(answer) == EXPECTED
        assert [rule["line"] for rule in answer["rules"]] == [1] * len(EXPECTED)


def test_a_rule_that_came_later_says_so(control, describe):
    describe()
    control.rules({"match": "kinesis.*", "error": "throttle"})
    assert control.demand("GET", "explain")["rules"][0]["verdict"] == "loaded later"


def test_an_unknown_request_is_refused(control, describe):
    status, answer = control.call("GET", "explain")
    assert status == 404 and "journal" in answer["error"]
    describe()
    assert control.call("GET", "explain", request="nobody")[0] == 404


def test_rules_that_nothing_fired_are_named_at_the_end(tmp_path):
    path = tmp_path / "rules.yaml"
    rules = "- { match: sqs.*, error: throttle }\n- { match: iam.ListUsers, error: AccessDenied }\n"
    path.write_text("scenario: half-used\nrules:\n" + rules)
    server = Server(str(path))
    if server.process is None:
        pytest.skip("a server that was here before does not end")
    raised(clients.client(server.endpoint, "iam").list_users)
    Control(server.endpoint).reset()
    server.stop()
    server.process.wait()
    assert [line for line in server.lines if "never used" in line] == [f"never used: half-used#1  sqs.*  {path}:3"]
