# SPDX-License-Identifier: Apache-2.0
"""Every exception of botocore's that a server can cause, each by a scenario of its own in Fixtures/botocore."""

import re
import socket
from importlib.util import find_spec

import pytest
from botocore.eventstream import ChecksumMismatch

from harness.program import Program
from harness.provoking import PROVOKED, SELECT
from harness.server import FIXTURES, ROOT, awry

GUIDE = ROOT / "Sources/awry/Documentation.docc/Exceptions.md"


RUNS = [(case, mode, count) for case in PROVOKED for mode, count in case.modes]


@pytest.fixture
def program(endpoint, control, sleeps, monkeypatch, tmp_path):
    return Program(endpoint, monkeypatch, tmp_path)


def load(control, program, name):
    """Loads the file; a port that it opens becomes one that is free here."""
    text = (FIXTURES / "botocore" / f"{name}.yaml").read_text()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        program.port = probe.getsockname()[1]
    control.load(re.sub(r"port: \d+", f"port: {program.port}", text))


@pytest.mark.parametrize("case,mode,attempts", RUNS, ids=lambda value: getattr(value, "fixture", str(value)))
def test_provoked(case, mode, attempts, program, control, sleeps):
    if case.fixture.startswith("login-") and find_spec("awscrt") is None:
        pytest.skip("botocore signs in with awscrt alone")
    load(control, program, case.fixture)
    program.mode = mode
    with pytest.raises(case.error) as caught:
        case.act(program)
    assert type(caught.value) is case.error, repr(caught.value)
    seen = control.requests()
    assert attempts == (seen[-1]["attempt"] if seen else len(sleeps) + 1)


def test_the_standard_mode_takes_a_wrong_checksum_of_dynamodb_in_the_end(program, control, sleeps):
    load(control, program, "checksum-error")
    answer = program.client("dynamodb").get_item(TableName="orders", Key={"id": {"S": "a"}})
    assert answer["Item"] == {"id": {"S": "a"}} and answer["ResponseMetadata"]["RetryAttempts"] == 2


def test_events_before_a_damaged_one_arrive(program, control):
    load(control, program, "checksum-mismatch")
    events = iter(program.client("s3").select_object_content(**SELECT)["Payload"])
    assert "Records" in next(events)
    with pytest.raises(ChecksumMismatch):
        next(events)


def test_the_guide_the_scenarios_and_the_tests_agree():
    """Each row of the guide's table is a file and a test, and the other way round."""
    rows = re.findall(r"^\| `([A-Za-z0-9_.]+)` \| `([a-z0-9-]+)\.yaml` \| ([^|]+) \|", GUIDE.read_text(), re.M)
    assert sorted(rows) == sorted((case.name, case.fixture, case.shown) for case in PROVOKED)
    files = {file.stem: file.read_text() for file in (FIXTURES / "botocore").iterdir()}
    assert sorted(files) == sorted(case.fixture for case in PROVOKED)
    for case in PROVOKED:
        assert f"\nscenario: {case.fixture}\n" in files[case.fixture]
        assert case.name.rsplit(".", 1)[-1] in files[case.fixture].split("scenario:")[0]


def test_the_scenarios_are_without_mistakes_and_warnings():
    checked = awry("check", str(FIXTURES / "botocore"))
    assert checked.returncode == 0 and checked.stdout.endswith("no mistakes\n"), checked.stdout + checked.stderr
