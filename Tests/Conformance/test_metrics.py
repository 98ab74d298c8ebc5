# SPDX-License-Identifier: Apache-2.0
"""Counts for Prometheus, and the control interface's description of itself."""

import re

import pytest

from harness.checks import raised
from harness.control import Control
from harness.owned import owned_server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that nobody else has asked: it counts apart what a bounded number of rules and operations answer."""
    with owned_server(state=tmp_path_factory.mktemp("state")) as running:
        yield running


@pytest.fixture(scope="module")
def endpoint(server):
    return server.endpoint


@pytest.fixture(scope="module")
def bare_control(endpoint):
    return Control(endpoint)


def metrics(control):
    """Each value by its name and labels; every line must be one of Prometheus's text format."""
    values = {}
    for line in control.demand("GET", "metrics")["text"].splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (HELP awry_\w+ .+|TYPE awry_\w+ (counter|gauge|histogram))", line), line
            continue
        found = re.fullmatch(r'(awry_\w+(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)*\})?) ([0-9.e+-]+)', line)
        assert found, line
        values[found[1]] = float(found[2])
    return values


def test_requests_are_counted(control, client):
    control.rules({"id": "counted", "match": "iam.ListUsers", "error": "AccessDenied"})
    before = metrics(control)
    raised(client("iam").list_users)
    client("sts").get_caller_identity()
    control.reset()
    after = metrics(control)

    def more(name):
        return after[name] - before.get(name, 0)

    denied = 'awry_requests_total{service="iam",operation="ListUsers",status="403",rule="counted"}'
    assert more(denied) == 1
    assert more('awry_requests_total{service="sts",operation="GetCallerIdentity",status="200",rule=""}') == 1
    assert more("awry_request_duration_seconds_count") == 2
    assert more('awry_request_duration_seconds_bucket{le="+Inf"}') == 2
    assert more("awry_request_duration_seconds_sum") > 0
    assert more("awry_connections_total") >= 2 and more("awry_sent_bytes_total") > 0
    assert after["awry_sandboxes"] >= 1


def test_the_document_describes_what_answers(control):
    document = control.demand("GET", "openapi.json")
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method in methods:
            call = path.removeprefix("/_awry/").replace("{name}", "nothing")
            # Events have no end; asked wrongly, they are refused at once.
            query = {"heartbeat": "never"} if call == "events" else {}
            status, answer = control.call(method.upper(), call, b"[", **query)
            assert status != 405 and "no such call" not in str(answer.get("error")), (method, path)
    assert control.call("PATCH", "health")[0] == 405
