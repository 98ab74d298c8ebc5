# SPDX-License-Identifier: Apache-2.0
"""Every exception of botocore's that a server can cause, each by a scenario of its own in Fixtures/botocore."""

import re
import socket

import pytest
from botocore import exceptions
from botocore.eventstream import ChecksumMismatch

from harness.causes import BASES, CAUSES, OWN
from harness.program import Program
from harness.provoking import PROVOKED, SELECT, get, send
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


def meet(act, error, program, control, sleeps):
    """Meets exactly this class; gives the failing call's attempts."""
    with pytest.raises(error) as caught:
        act(program)
    assert type(caught.value) is error, repr(caught.value)
    seen = control.requests()
    return seen[-1]["attempt"] if seen else len(sleeps) + 1


@pytest.mark.parametrize("case,mode,attempts", RUNS, ids=lambda value: getattr(value, "fixture", str(value)))
def test_provoked(case, mode, attempts, program, control, sleeps):
    load(control, program, case.fixture)
    program.mode = mode
    assert meet(case.act, case.error, program, control, sleeps) == attempts


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.fixture)
def test_other_causes(cause, program, control, sleeps):
    [case] = [case for case in PROVOKED if case.fixture == cause.fixture]
    control.buckets("reports", objects={"2026/01": "a,b\n" * 500, "original": "content"})
    control.rules(cause.rule)
    assert meet(cause.act or case.act, case.error, program, control, sleeps) == cause.attempts[1]


def test_every_class_is_provoked_or_none_that_a_server_can_cause():
    """A class that a new botocore brings is to be judged."""
    found = [kind for kind in vars(exceptions).values() if isinstance(kind, type)]
    classes = [kind.__name__ for kind in found if kind.__module__ == exceptions.__name__]
    caused = {case.error.__name__ for case in PROVOKED if case.error.__module__ == exceptions.__name__}
    others = {case.error for case in PROVOKED} - {getattr(exceptions, name) for name in caused}
    groups = [caused, set(BASES.split()), set(OWN.split())]
    assert sorted(classes) == sorted(name for group in groups for name in group)
    assert [len(group) for group in groups] == [28, 8, 64] and len(others) == 13


def test_a_redirect_without_a_region_goes_round_in_circles(program, control):
    """botocore asks HeadBucket for the region, which is redirected too: what ends it is Python's recursion limit."""
    astray = {"error": "PermanentRedirect", "headers": {"x-amz-bucket-region": None}}
    control.rules({"match": ["s3.GetObject", "s3.HeadBucket"]} | astray)
    with pytest.raises((exceptions.HTTPClientError, RecursionError), match="recursion"):
        get(program)
    assert {entry["operation"] for entry in control.requests()[2:]} == {"HeadBucket"}


def test_what_is_no_error(program, control):
    """A head that breaks off, JSON that does not parse, a body shorter than what is read, a body beyond its length."""
    control.queues("orders")
    control.rules({"match": "sqs.SendMessage", "connection": "closeMidHeaders"})
    assert send(program.client("sqs")).keys() == {"ResponseMetadata"}
    control.rules({"match": "sqs.SendMessage", "connection": "badJson"})
    assert send(program.client("sqs")).keys() == {"ResponseMetadata"}
    control.buckets("reports", objects={"2026/01": "x" * 2000})
    control.rules({"match": "s3.GetObject", "connection": {"fault": "truncate", "after": 1000}})
    assert len(get(program).read(2000)) == 1000
    control.rules({"match": "s3.GetObject", "raw": {"bytes": "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nan object"}})
    assert get(program).read() == b"an "


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
