# SPDX-License-Identifier: Apache-2.0
"""SIGHUP and --watch load scenario files again, all of them or none; what a server prints, as text and as JSON."""

import json
import signal
import time

import pytest

from harness import clients
from harness.checks import raised
from harness.control import Control
from harness.server import Server

RULE = "scenario: {name}\nrules:\n  - match: iam.ListUsers\n    error: {code}\n"


@pytest.fixture
def serve(tmp_path):
    """`serve(arguments…)`: a server with the folder `scenarios`, in which one file says AccessDenied."""
    running = []
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "first.yaml").write_text(RULE.format(name="first", code="AccessDenied"))

    def start(*arguments):
        running.append(Server(str(folder), *arguments))
        return running[-1], folder

    yield start
    for server in running:
        assert server.stop() in (0, None)


def wait_for(server, *texts):
    """The first line that has one of the texts, once it is printed."""
    for _ in range(1000):
        for line in server.lines:
            if any(text in line for text in texts):
                return line
        time.sleep(0.01)
    raise AssertionError("\n".join(server.lines))


def code(server):
    return raised(clients.client(server.endpoint, "iam").list_users).response["Error"]["Code"]


def test_hang_up_reloads(serve):
    server, folder = serve()
    control = Control(server.endpoint)
    control.load({"scenario": "of-the-test", "rules": []})
    assert code(server) == "AccessDenied"
    (folder / "first.yaml").write_text(RULE.format(name="renamed", code="ServiceFailure"))
    (folder / "second.yaml").write_text(RULE.format(name="second", code="AccessDenied"))
    server.process.send_signal(signal.SIGHUP)
    assert wait_for(server, "reloaded") == "reloaded: 2 scenarios"
    assert code(server) == "ServiceFailure"
    assert control.scenarios() == ["renamed", "second", "of-the-test"]
    assert Control(server.endpoint, "a-new-one").scenarios() == ["renamed", "second"]


def test_a_mistake_leaves_what_was_loaded(serve):
    server, folder = serve()
    (folder / "first.yaml").write_text(RULE.format(name="first", code="ServiceFailure"))
    (folder / "second.yaml").write_text(RULE.format(name="second", code="AccessDenid"))
    server.process.send_signal(signal.SIGHUP)
    wait_for(server, "not reloaded: what was loaded stays")
    assert any("second.yaml:4:" in line for line in server.lines)
    assert code(server) == "AccessDenied"


def test_a_change_is_seen(serve):
    server, folder = serve("--watch")
    (folder / "first.yaml").write_text(RULE.format(name="first", code="ServiceFailure"))
    wait_for(server, "reloaded: 1 scenario")
    assert code(server) == "ServiceFailure"
    (folder / "second.yaml").write_text(RULE.format(name="second", code="AccessDenied"))
    wait_for(server, "reloaded: 2 scenarios")


def test_lines_of_json(serve):
    server, folder = serve("--log-format", "json")
    assert code(server) == "AccessDenied"
    call = json.loads(wait_for(server, '"call"'))
    assert (call["service"], call["operation"], call["status"]) == ("iam", "ListUsers", 403)
    (folder / "first.yaml").write_text("scenario: [")
    server.process.send_signal(signal.SIGHUP)
    refused = json.loads(wait_for(server, "reloadRefused"))
    assert refused["diagnostics"][0]["line"]
    (folder / "first.yaml").write_text("scenario: first\nrules:\n  - match: sts.*\n    error: AccessDenied\n")
    server.process.send_signal(signal.SIGHUP)
    assert json.loads(wait_for(server, '"reloaded"'))["scenarios"] == ["first"]
    server.stop()
    events = [json.loads(line)["event"] for line in server.lines]
    assert events[0] == "serving" and events[-1] == "neverUsed"
    assert json.loads(server.lines[0])["scenarios"] == ["first"]


def test_the_sandbox_unused_longest_goes(serve):
    server, _ = serve("--max-sandboxes", "3")
    clients.client(server.endpoint, "sts").get_caller_identity()
    sandboxes = [Control(server.endpoint, name) for name in "abc"]
    for sandbox in sandboxes[:2]:
        clients.client(f"{server.endpoint}/_sandbox/{sandbox.sandbox}", "sts").get_caller_identity()
    assert len(sandboxes[0].requests()) == 1
    sandboxes[2].rules({"match": "sts.*", "error": "AccessDenied"})
    wait_for(server, "sandbox b went: too many")
    assert [len(sandboxes[0].requests()), len(Control(server.endpoint).requests())] == [1, 1]
    assert sandboxes[1].requests() == []
    wait_for(server, "sandbox c went: too many", "sandbox a went: too many")


def test_a_client_of_a_sandbox_that_went_gets_a_new_one(serve):
    server, _ = serve("--max-sandboxes", "2")
    Control(server.endpoint).reset()
    kinesis = clients.client(f"{server.endpoint}/_sandbox/a", "kinesis")
    for other in "bcb":
        kinesis.list_streams()
        Control(server.endpoint, other).rules({"match": "sts.*", "error": "AccessDenied"})
    kinesis.list_streams()
    assert len(Control(server.endpoint, "a").requests()) == 1
