# SPDX-License-Identifier: Apache-2.0
"""Sandboxes as things of their own: listed, made with chosen scenarios, dropped; and the states of scenarios."""

import json
import urllib.parse
import urllib.request

import pytest

from harness import clients
from harness.checks import raised
from harness.control import Control
from harness.server import Server

RULE = "scenario: {0}\nrules:\n  - match: iam.ListUsers\n    error: {1}\n"
STATES = {
    "scenario": "moody",
    "rules": [
        {"match": "sts.GetCallerIdentity", "state": "down", "error": "ServiceUnavailable"},
        {"match": "iam.ListUsers", "become": "down", "respond": {}},
    ],
}


@pytest.fixture(scope="module")
def chosen(tmp_path_factory):
    """The control interface of a server with the base scenario `base`, and `one` and `two` available."""
    folder = tmp_path_factory.mktemp("chosen")
    for name, code in [("base", "AccessDenied"), ("one", "ServiceFailure"), ("two", "NoSuchEntity")]:
        (folder / f"{name}.yaml").write_text(RULE.format(name, code))
    options = [option for name in ("one", "two") for option in ("--available", str(folder / f"{name}.yaml"))]
    server = Server(str(folder / "base.yaml"), *options)
    yield Control(server.endpoint)
    assert server.stop() in (0, None)


def code(control, sandbox):
    client = clients.client(f"{control.endpoint}/_sandbox/{sandbox}", "iam")
    return raised(client.list_users).response["Error"]["Code"]


def test_a_sandbox_is_made_with_chosen_scenarios(chosen):
    made = chosen.demand("PUT", "sandboxes/picky", {"scenarios": ["two", "one"]})
    assert made["scenarios"] == ["two", "one"]
    assert (made["accessKey"], made["path"]) == ("sandbox.picky", "/_sandbox/picky")
    assert code(chosen, "picky") == "NoSuchEntity"
    assert code(chosen, "plain") == "AccessDenied"
    assert chosen.demand("GET", "sandboxes/picky")["requests"] == 1


def test_made_again_it_is_empty(chosen):
    chosen.demand("PUT", "sandboxes/again", {"scenarios": ["one"]})
    assert code(chosen, "again") == "ServiceFailure"
    assert chosen.call("PUT", "sandboxes/again", {})[0] == 200
    assert Control(chosen.endpoint, "again").requests() == []
    assert code(chosen, "again") == "AccessDenied"


def test_a_sandbox_is_dropped(chosen):
    assert chosen.call("PUT", "sandboxes/gone", {"scenarios": []})[0] == 201
    assert "gone" in [one["sandbox"] for one in chosen.demand("GET", "sandboxes")["sandboxes"]]
    assert chosen.call("DELETE", "sandboxes/gone")[0] == 204
    assert chosen.call("DELETE", "sandboxes/gone")[0] == 404
    assert "gone" not in [one["sandbox"] for one in chosen.demand("GET", "sandboxes")["sandboxes"]]


@pytest.mark.parametrize(
    "name,body,status,text",
    [
        ("x", {"scenarios": ["onne"]}, 422, "did you mean one"),
        ("x", {"scenarios": "one"}, 400, "expected a list"),
        ("x", {"scenario": ["one"]}, 400, "did you mean scenarios"),
        ("a.b", {}, 400, "no sandbox's name"),
        ("all", {}, 400, "no sandbox's name"),
    ],
)
def test_what_makes_no_sandbox(chosen, name, body, status, text):
    got, answer = chosen.call("PUT", f"sandboxes/{name}", body)
    assert got == status and text in answer["error"]
    assert chosen.call("GET", f"sandboxes/{name}")[0] == 404


def test_a_name_that_no_client_can_use_is_refused(control):
    assert Control(control.endpoint, "a/b").call("GET", "requests")[0] == 400


def test_states_are_read_and_set(control, client):
    control.load(STATES)
    assert control.demand("GET", "scenarios/moody/state") == {"state": "start"}
    client("iam").list_users()
    assert control.demand("GET", "scenarios/moody/state") == {"state": "down"}
    raised(client("sts").get_caller_identity)
    control.demand("PUT", "scenarios/moody/state", {"state": "start"})
    client("sts").get_caller_identity()
    assert control.call("PUT", "scenarios/moody/state", {"sate": "up"})[0] == 400
    status, answer = control.call("PUT", "scenarios/moody/state", {"state": "dwn"})
    assert status == 422 and "knows the state `dwn`; did you mean down" in answer["error"]
    assert control.call("GET", "scenarios/mody/state")[0] == 404


SECRET = {"aws_secret_access_key": "test"}


@pytest.mark.parametrize("name", ["test[1]", "a%b", "", "x" * 65])
def test_a_sandbox_that_cannot_be_is_not_taken_for_another(control, endpoint, name):
    """Names of parametrised tests are such: all of them would share `default`."""
    path = f"{endpoint}/_sandbox/{urllib.parse.quote(name, safe='[]')}"
    error = raised(clients.session().client("kinesis", endpoint_url=path).list_streams).response["Error"]
    assert error["Code"] == "InvalidSandboxName" and "is no sandbox's name" in error["Message"]
    key = clients.session().client("sqs", endpoint_url=endpoint, aws_access_key_id=f"sandbox.{name}", **SECRET)
    error = raised(key.list_queues).response["Error"]
    assert error["Code"] == "InvalidSandboxName" and f"'{name}' is no sandbox's name" in error["Message"]


def test_the_control_interface_is_below_a_sandbox_too(control, endpoint):
    """A program that was given a sandbox's endpoint may add the path to it."""

    def get(path):
        with urllib.request.urlopen(f"{endpoint}/_sandbox/{path}") as answer:
            return json.load(answer)

    assert get("below-it/_awry/health") == {"status": "ready"}
    queues = clients.session().client("sqs", endpoint_url=endpoint + "/_sandbox/below-it")
    queues.list_queues()
    assert [entry["sandbox"] for entry in get("below-it/_awry/requests")["requests"]] == ["below-it"]
    assert get("beside-it/_awry/requests")["requests"] == []
    assert [entry["sandbox"] for entry in get("beside-it/_awry/requests?sandbox=below-it")["requests"]] == ["below-it"]
