# SPDX-License-Identifier: Apache-2.0
"""`awry run`: one command, served for and judged."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

import pytest

from harness.server import awry, binary

SCENARIO = """
scenario: run-me
rules:
  - match: sts.GetCallerIdentity
    times: 1
    error: Throttling
env: { GREETING: hello }
expect:
  - match: sts.GetCallerIdentity
    calls: 1
    attempts: 2
    ends: success
"""
CALL = "import boto3; boto3.client('sts').get_caller_identity()"


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "run-me.yaml"
    path.write_text(SCENARIO)
    return str(path)


def python(text):
    return [sys.executable, "-c", text]


def test_what_was_expected_comes_true(scenario):
    result = awry("run", scenario, "--", *python(CALL))
    assert result.returncode == 0, result.stderr
    verdict, _, title, first, second, fits = result.stderr.splitlines()
    assert result.stdout == "" and verdict == "awry: 1 expectation, all hold"
    assert title.startswith("sts.GetCallerIdentity  success after ") and ", 2 attempts, call " in title
    assert first.endswith("  400 Throttling") and second.endswith(" 200") and fits.startswith("  fits: ")


def test_what_was_expected_does_not_come_true(scenario):
    result = awry("run", scenario, "--", *python("print('idle')"))
    assert result.returncode == 3
    assert result.stdout == "idle\n"
    assert f"{scenario}:9: expected 1 call of sts.GetCallerIdentity, saw 0" in result.stderr


DROPPED = """
import boto3, os, urllib.request
endpoint = os.environ["AWRY_ENDPOINT"]
for name in {names}:
    sts = boto3.client("sts", endpoint_url=f"{endpoint}/_sandbox/{name}")
    sts.get_caller_identity()
    if name == "twice":
        sts.get_caller_identity()
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/_awry/sandboxes/{name}", method="DELETE"))
"""


def test_sandboxes_that_go_early_are_judged_too(scenario):
    """As a fixture does, that drops its sandbox after each test."""
    well = awry("run", scenario, "--", *python(DROPPED.replace("{names}", "['once']")))
    assert well.returncode == 0, well.stderr
    assert "sandbox once: 1 expectation, all hold" in well.stderr and "never used" not in well.stderr
    result = awry("run", "--json", scenario, "--", *python(DROPPED.replace("{names}", "['once', 'twice']")))
    assert result.returncode == 3, result.stderr
    sandboxes = json.loads(result.stdout)["sandboxes"]
    assert [(sandbox["sandbox"], sandbox["holds"]) for sandbox in sandboxes] == [("once", True), ("twice", False)]


@pytest.mark.parametrize("text,status", [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)])
def test_the_commands_own_status_wins(scenario, text, status):
    result = awry("run", scenario, "--", *python(text))
    assert result.returncode == status and "not met" in result.stderr


def test_no_such_command():
    result = awry("run", "--", "/nonexistent/program")
    assert result.returncode == 127
    assert result.stderr == "awry: /nonexistent/program: No such file or directory\n"


def test_a_command_is_needed(scenario):
    assert awry("run", scenario).returncode == 64


def test_a_mistake_keeps_the_command_from_running(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("scenario: bad\nrules:\n  - match: sts.GetCaller\n    error: Throttling\n")
    result = awry("run", str(path), "--", *python("print('ran')"))
    assert result.returncode == 2 and result.stdout == "" and f"{path}:3:" in result.stderr


def test_the_environment(scenario):
    text = "import json, os; print(json.dumps(dict(os.environ)))"
    surroundings = dict(os.environ, AWS_ENDPOINT_URL_S3="https://s3.example", AWS_REGION="eu-west-1")
    surroundings |= {"AWS_PROFILE": "mine"}
    surroundings |= {"AWS_SESSION_TOKEN": "real", "AWS_SECRET_ACCESS_KEY": "real", "HTTP_PROXY": "http://proxy:1"}
    surroundings.pop("AWS_DEFAULT_REGION", None)
    got = json.loads(awry("run", scenario, "--", *python(text), env=surroundings).stdout)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", got["AWS_ENDPOINT_URL"])
    assert got["AWRY_ENDPOINT"] == got["AWS_ENDPOINT_URL"]
    assert got["AWS_REGION"] == got["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert got["AWS_ACCESS_KEY_ID"] == got["AWS_SECRET_ACCESS_KEY"] == "test"
    assert got["GREETING"] == "hello" and got["NO_PROXY"].endswith("127.0.0.1")
    assert not {"AWS_ENDPOINT_URL_S3", "AWS_PROFILE", "AWS_SESSION_TOKEN"} & set(got)


def test_json_stands_alone_on_standard_output(scenario):
    result = awry("run", "--json", scenario, "--", *python("print('chatter');" + CALL))
    verdict = json.loads(result.stdout)
    assert verdict["holds"] is True and verdict["status"] == 0 and verdict["command"][0] == sys.executable
    assert verdict["sandboxes"][0]["expectations"][0]["match"] == "sts.GetCallerIdentity"
    assert result.stderr == "chatter\n"


def test_junit(scenario, tmp_path):
    path = tmp_path / "verdict.xml"
    assert awry("run", "--junit", str(path), scenario, "--", "true").returncode == 3
    suite = ElementTree.parse(path).getroot().find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    command, expectation = suite.findall("testcase")
    assert command.get("name") == "true" and command.find("failure") is None
    assert (expectation.get("name"), expectation.get("file")) == ("sts.GetCallerIdentity", scenario)
    assert "expected 1 call" in expectation.find("failure").get("message")


def test_verbose_says_each_call_on_standard_error(scenario):
    result = awry("run", "-v", scenario, "--", *python(CALL))
    assert result.stdout == ""
    assert "✗ sts.GetCallerIdentity  400 Throttling  rule run-me#1  attempt 1" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_are_passed_on(number):
    text = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit(5))\n"
        "assert not signal.pthread_sigmask(signal.SIG_BLOCK, [])\n"
        "print('ready', flush=True)\n"
        # A signal that comes just before one long sleep would be looked at after it.
        "while True: time.sleep(0.05)\n"
    )
    running = subprocess.Popen([binary(), "run", "--", *python(text)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout.readline() == b"ready\n"
    running.send_signal(number)
    assert running.wait(15) == 5, running.stderr.read()
    running.communicate()


def test_a_call_under_way_at_the_end_is_judged(tmp_path):
    path = tmp_path / "late.yaml"
    path.write_text("scenario: late\nrules:\n  - match: iam.ListUsers\n    delay: 60s\n    pass: true\n"
                    "expect:\n  - match: iam.ListUsers\n    count: 1\n    ends: connection\n")
    text = (
        "import boto3, os, threading, time\n"
        "threading.Thread(target=boto3.client('iam').list_users, daemon=True).start()\n"
        "import urllib.request as u\n"
        "u.urlopen(os.environ['AWRY_ENDPOINT'] + '/_awry/requests?wait=20s&count=1').read()\n"
        "os._exit(0)\n"
    )
    began = time.monotonic()
    result = awry("run", str(path), "--", *python(text))
    assert result.returncode == 0, result.stderr
    assert time.monotonic() - began < 30
