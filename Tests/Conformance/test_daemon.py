# SPDX-License-Identifier: Apache-2.0
"""`awry start`, `stop`, `status`, `logs`: one daemon for each state folder."""

import json
import os
import select
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from harness.server import awry, binary

SCENARIO = "scenario: daemonic\nrules:\n  - match: sts.GetCallerIdentity\n    error: ExpiredToken\n"


@pytest.fixture
def daemon(tmp_path):
    """`daemon(arguments…)`: awry with a state folder of this test's own; a daemon that is left is stopped."""
    environment = dict(os.environ, XDG_STATE_HOME=str(tmp_path / "state"))

    def run(*arguments):
        return awry(*arguments, env=environment)

    yield run
    assert run("stop").returncode == 0


def endpoint(daemon):
    return json.loads(daemon("status", "--json").stdout)["endpoint"]


def test_its_life(daemon, tmp_path):
    scenario = tmp_path / "daemonic.yaml"
    scenario.write_text(SCENARIO)
    assert daemon("status").returncode == 3
    started = daemon("start", "--port", "0", str(scenario))
    assert started.returncode == 0, started.stderr
    status = json.loads(daemon("status", "--json").stdout)
    assert status["running"] and status["endpoint"] in started.stdout and str(status["pid"]) in started.stdout
    with urllib.request.urlopen(status["endpoint"] + "/_awry/scenarios") as answer:
        assert [one["scenario"] for one in json.load(answer)["scenarios"]] == ["daemonic"]
    stopped = daemon("stop")
    assert stopped.returncode == 0 and str(status["pid"]) in stopped.stdout
    with pytest.raises(OSError):
        urllib.request.urlopen(status["endpoint"] + "/_awry/health")
    assert daemon("status").returncode == 3
    assert daemon("stop").returncode == 0


def test_a_second_start_says_that_it_runs(daemon):
    assert daemon("start", "--port", "0").returncode == 0
    second = daemon("start", "--port", "0")
    assert second.returncode == 2 and second.stdout == ""
    assert f"runs already: {endpoint(daemon)} (pid " in second.stderr


def test_a_killed_daemon_is_not_in_the_way(daemon):
    daemon("start", "--port", "0")
    pid = json.loads(daemon("status", "--json").stdout)["pid"]
    os.kill(pid, signal.SIGKILL)
    for _ in range(500):
        if daemon("status").returncode == 3:
            break
        time.sleep(0.01)
    assert daemon("start", "--port", "0").returncode == 0
    assert json.loads(daemon("status", "--json").stdout)["pid"] != pid


def test_what_cannot_serve_does_not_start(daemon, tmp_path):
    scenario = tmp_path / "bad.yaml"
    scenario.write_text(SCENARIO.replace("ExpiredToken", "ExpiredTokn"))
    refused = daemon("start", "--port", "0", str(scenario))
    assert refused.returncode == 2 and f"{scenario}:4:" in refused.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = daemon("start", "--port", port)
    assert refused.returncode == 2 and port in refused.stderr
    assert daemon("status").returncode == 3
    assert daemon("start", "--nonsense").returncode == 64


def test_logs(daemon):
    assert daemon("logs").returncode == 2
    daemon("start", "--port", "0")
    where = endpoint(daemon)
    urllib.request.urlopen(where + "/_awry/health").read()
    assert daemon("logs").stdout.startswith("awry ")
    assert where in daemon("logs").stdout


def test_logs_are_followed_to_the_end(daemon, tmp_path):
    daemon("start", "--port", "0")
    environment = dict(os.environ, XDG_STATE_HOME=str(tmp_path / "state"))
    with subprocess.Popen([binary(), "logs", "--follow"], stdout=subprocess.PIPE, env=environment) as following:
        assert following.stdout.readline().startswith(b"awry ")
        assert daemon("stop").returncode == 0
        assert following.wait(10) == 0


def test_the_daemon_outlives_its_terminal(daemon):
    daemon("start", "--port", "0")
    pid = json.loads(daemon("status", "--json").stdout)["pid"]
    assert os.getsid(pid) == pid != os.getsid(0)


def test_two_starts_at_once_make_one_daemon(daemon, tmp_path):
    environment = dict(os.environ, XDG_STATE_HOME=str(tmp_path / "state"))
    command = [binary(), "start", "--port", "0"]
    options = {"env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    starts = [subprocess.Popen(command, **options) for _ in "1234"]
    for start in starts:
        start.communicate(timeout=60)
    assert sorted(start.returncode for start in starts) == [0, 2, 2, 2]


def test_who_waits_for_a_server_is_told(tmp_path):
    ready, told = os.pipe()
    environment = dict(os.environ, AWRY_READY_FD=str(told))
    command = [binary(), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, pass_fds=[told], stdout=subprocess.DEVNULL) as serving:
        os.close(told)
        assert select.select([ready], [], [], 30)[0]
        with os.fdopen(ready) as pipe:
            where = pipe.read().strip()
        urllib.request.urlopen(where + "/_awry/health").read()
        serving.terminate()
        assert serving.wait(15) == 0
