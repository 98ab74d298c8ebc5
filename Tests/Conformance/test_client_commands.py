# SPDX-License-Identifier: Apache-2.0
"""The commands that speak to a running server: requests, verify, reset, load, clock."""

import json
import os

import pytest

from harness.checks import raised
from harness.server import awry

GOOD = "scenario: loaded\nrules:\n  - match: iam.ListUsers\n    error: AccessDenied\n"


@pytest.fixture
def ask(control, endpoint):
    """`ask(arguments…)`: a command that is told where the server is as a program would be."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWRY_", "AWS_"))}

    def run(*arguments, where=endpoint):
        return awry(*arguments, env=environment | {"AWS_ENDPOINT_URL": where})

    return run


def test_requests(ask, control, client):
    control.rules({"id": "mine", "match": "iam.ListUsers", "error": "AccessDenied"})
    raised(client("iam").list_users)
    client("sts").get_caller_identity()
    first, second = ask("requests").stdout.splitlines()
    assert first.startswith("✗ iam.ListUsers  403 AccessDenied  rule mine  attempt 1  ") and first.endswith(" ms")
    assert second.startswith("✓ sts.GetCallerIdentity  200  attempt 1  ")
    assert ask("requests", "--service", "sts").stdout == second + "\n"
    assert ask("requests", "--status", "403", "--error", "AccessDenied", "--rule", "mine").stdout == first + "\n"
    entries = json.loads(ask("requests", "--json").stdout)["requests"]
    assert [entry["operation"] for entry in entries] == ["ListUsers", "GetCallerIdentity"]


def test_requests_are_waited_for(ask, control, client):
    client("sts").get_caller_identity()
    assert ask("requests", "--wait", "5s").returncode == 0
    assert ask("requests", "--wait", "10ms", "--count", "2").returncode == 3
    assert ask("requests", "--count", "2").returncode == 64
    refused = ask("requests", "--since", "yesterday")
    assert refused.returncode == 2 and "since=yesterday: expected a moment" in refused.stderr


def test_load_and_verify(ask, control, client, tmp_path):
    path = tmp_path / "loaded.yaml"
    path.write_text(GOOD + "expect:\n  - match: iam.ListUsers\n    count: 1\n")
    loaded = ask("load", str(path))
    assert (loaded.returncode, loaded.stdout) == (0, f"loaded  {path}\n"), loaded.stderr
    assert control.scenarios() == ["loaded"]
    unmet = ask("verify")
    assert unmet.returncode == 3 and "expected 1 request of iam.ListUsers, saw 0" in unmet.stdout
    assert unmet.stdout.endswith("1 expectation, 1 not met\n")
    raised(client("iam").list_users)
    assert (ask("verify").returncode, ask("verify").stdout) == (0, "1 expectation, all hold\n")
    assert json.loads(ask("verify", "--json").stdout)["holds"] is True


def test_verify_a_file(ask, control, client, tmp_path):
    client("sts").get_caller_identity()
    path = tmp_path / "expected.yaml"
    path.write_text("expect:\n  - match: sts.GetCallerIdentity\n    count: 2\n")
    assert ask("verify", str(path)).returncode == 3
    path.write_text("- match: sts.GetCallerIdentity\n  cuont: 2\n")
    refused = ask("verify", str(path))
    assert refused.returncode == 2 and "did you mean `count`" in refused.stderr


def test_a_mistake_keeps_all_of_them_out(ask, control, tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace("AccessDenied", "AccessDenid").replace("loaded", "other"))
    refused = ask("load", str(good), str(bad))
    assert refused.returncode == 2 and f"{bad}:4:" in refused.stderr
    assert control.scenarios() == []


def test_reset(ask, control, client):
    control.rules({"match": "iam.ListUsers", "error": "AccessDenied"})
    client("sts").get_caller_identity()
    assert ask("reset", "journal").returncode == 0
    assert control.requests() == [] and control.demand("GET", "rules")["rules"]
    assert ask("reset").returncode == 0
    assert control.demand("GET", "rules")["rules"] == []
    assert ask("reset", "everything").returncode == 64


def test_clock(ask, control):
    assert ask("clock", "--set", "2026-03-01T12:00:00Z", "--freeze").stdout.endswith("  stopped\n")
    moved = ask("clock", "--advance", "10m")
    assert moved.stdout.startswith("2026-03-01T12:10:00"), moved.stderr
    assert json.loads(ask("clock", "--json").stdout)["frozen"] is True
    assert "stopped" not in ask("clock", "--run").stdout
    assert ask("clock", "--advance", "soon").returncode == 2


def test_explain(ask, control, client):
    assert "no request in the journal" in ask("explain").stderr
    control.rules({"id": "mine", "match": "iam.ListUsers", "error": "AccessDenied", "nth": 2})
    control.rules({"id": "other", "match": "iam.ListRoles", "error": "AccessDenied"})
    client("iam").list_users()
    lines = ask("explain").stdout.splitlines()
    assert lines[0].startswith("✓ iam.ListUsers  200  attempt 1  ")
    assert [line.split("  <body>")[0] for line in lines[1:]] == [
        "  other  unmet: operation wants iam.ListRoles, came iam.ListUsers",
        "  mine  not selected: nth wants 2",
    ]
    assert json.loads(ask("explain", "--json").stdout)["rules"][0]["rule"] == "other"
    assert ask("explain", "no-such-request").returncode == 2


def test_messages(ask, control):
    assert (ask("messages").returncode, ask("messages").stdout) == (0, "")
    assert json.loads(ask("messages", "--json").stdout) == {"messages": [], "dropped": 0}
    assert "channel=fax: expected sms or email" in ask("messages", "--channel", "fax").stderr


def test_another_sandbox(ask, control, client, endpoint):
    client("sts").get_caller_identity()
    assert ask("requests", "--sandbox", "untouched").stdout == ""
    assert ask("requests", where=endpoint + "/_sandbox/untouched").stdout == ""
    assert "sts.GetCallerIdentity" in ask("requests", "--sandbox", "all").stdout


def test_nobody_serves_there(ask):
    refused = ask("requests", where="http://127.0.0.1:1")
    assert refused.returncode == 2
    assert refused.stderr == "awry: http://127.0.0.1:1: Connection refused; does awry serve there?\n"
    assert "expected an endpoint like" in ask("requests", where="https://example.com").stderr
