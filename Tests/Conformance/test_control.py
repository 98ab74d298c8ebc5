# SPDX-License-Identifier: Apache-2.0
"""The control interface: loading, ad hoc rules, the journal, verification, sandboxes; and nothing half loaded."""

import urllib.parse

import pytest

from harness.checks import raised
from harness.control import Control

GOOD = "scenario: loaded\nrules:\n  - match: iam.ListUsers\n    error: AccessDenied\n"


def test_health_and_version(control):
    assert control.demand("GET", "health")["status"] == "ready"
    assert "botocore" in str(control.demand("GET", "version")).lower()


MISTAKES = {
    "an operation's name": ("scenario: loaded\nrules:\n  - match: iam.ListUser\n    error: AccessDenied\n", 3),
    "a code": ("scenario: loaded\nrules:\n  - match: iam.ListUsers\n    error: AccessDenid\n", 4),
    "a key": ("scenario: loaded\nrules:\n  - match: iam.ListUsers\n    errror: AccessDenied\n", 4),
    "the YAML": ("scenario: loaded\nrules: [\n", 2),
    "a type": ("scenario: loaded\nrules:\n  - match: iam.ListUsers\n    times: many\n    error: AccessDenied\n", 4),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_broken_scenario_never_unseats_a_loaded_one(control, client, name):
    control.load(GOOD)
    text, line = MISTAKES[name]
    status, answer = control.call("PUT", "scenarios/loaded", text)
    assert status == 422
    mistake = answer["mistakes"][0]
    assert mistake["line"] in (line, line + 1) and mistake["column"] >= 1 and mistake["message"]
    assert raised(client("iam").list_users).response["Error"]["Code"] == "AccessDenied"


def test_ad_hoc_rules_come_first(control, client):
    control.load(GOOD)
    control.rules({"match": "iam.ListUsers", "times": 1, "error": "Throttling"})
    iam = client("iam")
    assert [raised(iam.list_users).response["Error"]["Code"] for _ in range(2)] == ["Throttling", "AccessDenied"]
    control.reset()
    assert control.demand("GET", "rules")["rules"][0]["scenario"] == "loaded"


def test_an_ad_hoc_rule_is_removed(control, client):
    answer = control.demand("POST", "rules", {"match": "iam.ListUsers", "error": "Throttling"})
    control.demand("DELETE", "rules/" + urllib.parse.quote(answer["ids"][0], safe=""))
    client("iam").list_users()
    assert control.call("DELETE", "rules/nothing")[0] == 404


def test_the_journal(control, client):
    control.rules({"match": {"service": "iam", "params": {"UserName": "u"}}, "error": "LimitExceeded"})
    raised(client("iam").create_user, UserName="u")
    client("sts").get_caller_identity()
    first, second = control.requests()
    assert (first["service"], first["operation"], first["status"], first["error"]) == (
        "iam",
        "CreateUser",
        409,
        "LimitExceeded",
    )
    assert first["params"] == {"UserName": "u"} and first["decidedBy"]
    assert (second["operation"], second["status"], second["error"]) == ("GetCallerIdentity", 200, None)
    assert control.requests(service="sts") == [second]
    assert control.requests(status="409") == [first]
    assert control.requests(error="LimitExceeded") == [first]
    control.reset()
    assert control.requests() == []


def test_verify_tells_what_differs(control, client):
    client("sts").get_caller_identity()
    status, report = control.verify({"match": "sts.GetCallerIdentity", "count": 2})
    assert status == 409 and not report["holds"]
    control.assert_verified({"match": "sts.GetCallerIdentity", "count": 1}, {"match": "iam.*", "count": 0})


def test_marks(control, client):
    control.rules({"id": "mine", "match": "iam.ListUsers", "error": "AccessDenied"})
    headers = raised(client("iam").list_users).response["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-awry-rule"] == "mine"
    assert control.requests(id=headers["x-awry-request"])[0]["operation"] == "ListUsers"


def test_sandboxes_are_apart(control, client, endpoint):
    control.rules({"match": "iam.ListUsers", "error": "AccessDenied"})
    other = Control(endpoint, "elsewhere")
    other.clear()
    from harness import clients

    clients.client(endpoint + "/_sandbox/elsewhere", "iam").list_users()
    raised(client("iam").list_users)
    assert [entry["status"] for entry in other.requests()] == [200]
    assert [entry["status"] for entry in control.requests()] == [403]


def test_env(control):
    control.load({"scenario": "told", "env": {"POOL": "a'b"}, "rules": []})
    assert control.demand("GET", "env") == {"POOL": "a'b"}
    assert control.demand("GET", "env", None, format="shell")["text"] == "export POOL='a'\\''b'\n"


def test_a_reset_begins_the_identifiers_anew(control, endpoint):
    """Same seed, same clock, same calls: the same bytes."""
    import urllib.request

    def answers():
        control.load({"scenario": "fixed", "seed": 7, "options": {"clock": "2026-03-01T12:00:00Z", "frozen": True}})
        for number in range(3):
            body = b'{"QueueName": "orders"}' if number == 0 else b"{}"
            target = "CreateQueue" if number == 0 else "ListQueues"
            headers = {"X-Amz-Target": f"AmazonSQS.{target}", "Content-Type": "application/x-amz-json-1.0"}
            with urllib.request.urlopen(urllib.request.Request(endpoint, body, headers)) as answer:
                yield dict(answer.headers), answer.read()

    first = list(answers())
    control.clear()
    assert list(answers()) == first
    assert len({headers["x-amzn-RequestId"] for headers, _ in first}) == 3


def test_messages(control):
    assert control.demand("GET", "messages", None, channel="sms", to="+15550100") == {"messages": [], "dropped": 0}
    assert control.call("GET", "messages", None, channel="fax")[0] == 400
    status, answer = control.call("GET", "messages", None, chanel="sms")
    assert status == 400 and "did you mean channel" in answer["error"]


@pytest.mark.parametrize("method,path,status", [("GET", "nothing", 404), ("DELETE", "health", 405)])
def test_unknown_calls(control, method, path, status):
    assert control.call(method, path)[0] == status


@pytest.mark.parametrize(
    "method,path,query,near",
    [
        ("POST", "reset", {"sandobx": "mine"}, "sandbox"),
        ("GET", "explain", {"requst": "1"}, "request"),
        ("GET", "requests", {"service": "kinesys"}, "kinesis"),
    ],
)
def test_what_would_be_passed_over_is_refused(control, method, path, query, near):
    """A misspelt sandbox would be another one's, a misspelt service one that nobody called."""
    status, answer = control.call(method, path, **query)
    assert status == 400 and f"did you mean {near}?" in answer["error"]


def test_a_scenario_is_loaded_by_its_own_name(control):
    status, answer = control.call("PUT", "scenarios/another", GOOD)
    assert status == 422 and "called `loaded`, and was to be loaded as `another`" in answer["error"]
    assert control.call("GET", "scenarios/loaded")[0] == 404
