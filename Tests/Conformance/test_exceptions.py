# SPDX-License-Identifier: Apache-2.0
"""Every exception of botocore's that a server can cause, each by a scenario of its own in Fixtures/botocore."""

import re
from importlib.util import find_spec

import pytest
from botocore.eventstream import ChecksumMismatch

from harness.program import Program
from harness.provoking import PROVOKED, SELECT
from harness.server import FIXTURES, ROOT, awry

GUIDE = ROOT / "Sources/awry/Documentation.docc/Exceptions.md"


@pytest.fixture
def program(endpoint, control, sleeps, monkeypatch, tmp_path):
    return Program(endpoint, monkeypatch, tmp_path)


@pytest.mark.parametrize("case", PROVOKED, ids=lambda case: case.fixture)
def test_provoked(case, program, control):
    if case.fixture.startswith("login-") and find_spec("awscrt") is None:
        pytest.skip("botocore signs in with awscrt alone")
    control.load(FIXTURES / "botocore" / f"{case.fixture}.yaml")
    with pytest.raises(case.error) as caught:
        case.act(program)
    assert type(caught.value) is case.error, repr(caught.value)


def test_events_before_a_damaged_one_arrive(program, control):
    control.load(FIXTURES / "botocore" / "checksum-mismatch.yaml")
    events = iter(program.client("s3").select_object_content(**SELECT)["Payload"])
    assert "Records" in next(events)
    with pytest.raises(ChecksumMismatch):
        next(events)


def test_the_guide_the_scenarios_and_the_tests_agree():
    """Each row of the guide's table is a file and a test, and the other way round."""
    rows = re.findall(r"^\| `([A-Za-z0-9_.]+)` \| `([a-z0-9-]+)\.yaml` \|", GUIDE.read_text(), re.M)
    assert sorted(rows) == sorted((case.name, case.fixture) for case in PROVOKED)
    files = {file.stem: file.read_text() for file in (FIXTURES / "botocore").iterdir()}
    assert sorted(files) == sorted(case.fixture for case in PROVOKED)
    for case in PROVOKED:
        assert f"\nscenario: {case.fixture}\n" in files[case.fixture]
        assert case.name.rsplit(".", 1)[-1] in files[case.fixture].split("scenario:")[0]


def test_the_scenarios_are_without_mistakes_and_warnings():
    checked = awry("check", str(FIXTURES / "botocore"))
    assert checked.returncode == 0 and checked.stdout.endswith("no mistakes\n"), checked.stdout + checked.stderr
