# SPDX-License-Identifier: Apache-2.0
"""The audit of retries agrees with what is measured inside the client: real botocores, of both ages, in each mode.

Client and server read one monotonic clock, so that the order of moments is strict whatever the machine's load: the
client's wait lies within the journal's gap, and that within the time from one sending to the next receiving.
"""

import contextlib
from xml.etree import ElementTree

import pytest

from harness import audited
from harness.raw import KINESIS, Wire, awsjson
from harness.retrying import IS_NEW

MODES = ["legacy", "standard", "adaptive"]
# The catalogue's version obeys the variable; the newer one follows the new rules whatever it says.
AGES = [False, True]
CAUSES = {"transient": {"error": "InternalError"}, "throttle": {"error": "RequestThrottled"}}
# How much longer than the wait a gap may be.
ALLOWANCE = 0.5


def rule_set(mode: str, is_new: bool) -> str:
    return "standard-2026" if mode == "standard" and (is_new or IS_NEW) else mode


def longest(rules: str, cause: str, retry: int) -> float:
    """The longest wait before a retry by a rule set, written down here anew."""
    base = 0.05 if rules == "standard-2026" and cause == "transient" else 1
    held = 2 if rules == "adaptive" else 0
    return base * 2 ** (retry - 1) + held


def fail(control, times: int, **rule) -> None:
    """So many requests fail; then the message is taken, queue or none."""
    control.rules({"match": "sqs.SendMessage", "times": times} | rule, {"match": "sqs.SendMessage", "respond": {}})


def judged(control, **demands) -> tuple[bool, list[str], list[str]]:
    """Whether it holds, the problems and the notes."""
    status, report = control.verify({"match": "sqs.SendMessage"} | demands)
    [finding] = report["expectations"]
    assert (status == 200) == finding["holds"]
    return finding["holds"], finding["problems"], finding.get("notes", [])


def agree(control, seen: dict) -> list[float]:
    """The journal's gaps in seconds, each held against the client's own moments."""
    entries = control.requests(service="sqs")
    [call] = control.demand("GET", "calls", service="sqs")["calls"]
    assert len(entries) == len(call["attempts"]) == len(seen["sent"]) == len(seen["received"])
    assert len(call["gaps"]) == len(seen["sleeps"]) == len(entries) - 1
    gaps = [gap["milliseconds"] / 1000 for gap in call["gaps"]]
    arrived = [entry["monotonic"] for entry in entries]
    for index, sleep in enumerate(seen["sleeps"]):
        assert seen["sent"][index] <= arrived[index]
        # Milliseconds are told to the microsecond.
        finished = arrived[index] + entries[index]["milliseconds"] * 1e6
        assert finished <= sleep["began"] + 1000
        assert sleep["ended"] <= arrived[index + 1] <= seen["received"][index + 1]
        slept = (sleep["ended"] - sleep["began"]) / 1e9
        between = (seen["received"][index + 1] - seen["sent"][index]) / 1e9
        assert slept - 2e-6 <= gaps[index] <= between + 2e-6
    return gaps


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("is_new", AGES)
@pytest.mark.parametrize("mode", MODES)
def test_gaps(control, endpoint, mode, is_new, cause):
    fail(control, times=2, **CAUSES[cause])
    seen = audited.run(endpoint, mode, is_new)
    assert seen["outcome"] == "success" and len(seen["sleeps"]) == 2
    gaps = agree(control, seen)
    rules = rule_set(mode, is_new)
    holds, problems, _ = judged(control, backoff=rules, attempts=3, calls=1, ends="success")
    late = [retry for retry, gap in enumerate(gaps, 1) if gap > longest(rules, cause, retry) + ALLOWANCE]
    # Only a client that was held up that long itself may be told so.
    assert holds == (not late), problems
    [call] = control.demand("GET", "calls")["calls"]
    assert (rules in call["fits"]) == holds
    assert call["outcome"] == "success" and call["service"] == "sqs" and call["operation"] == "SendMessage"
    assert [attempt["number"] for attempt in call["attempts"]] == [1, 2, 3]
    assert call["attempts"][0]["error"] is not None and call["attempts"][2]["error"] is None


def test_another_rule_set_is_told(control, endpoint):
    """A client of the legacy rules, whose first wait is longer than the new ones allow after what is no throttle."""
    fail(control, times=1, **CAUSES["transient"])
    seen = audited.run(endpoint, "legacy", draws=[0.7])
    [gap] = agree(control, seen)
    holds, [problem], _ = judged(control, backoff="standard-2026")
    assert not holds
    assert "too late: attempt 2 of call" in problem and "standard-2026 waits 50 ms at most" in problem
    if gap < 1.4:
        assert problem.endswith("fits: legacy, standard, adaptive")


@pytest.mark.parametrize("rules", ["legacy", "standard", "standard-2026", "adaptive"])
def test_hammering_is_told(control, endpoint, rules):
    """botocore with its waits taken away: seven attempts, one after another."""
    fail(control, times=6, **CAUSES["throttle"])
    seen = audited.run(endpoint, "legacy", attempts=7, sleepless=True)
    assert seen["outcome"] == "success"
    gaps = agree(control, seen)
    assert len(gaps) == 6
    _, [problem], _ = judged(control, backoff=rules)
    assert "too fast: 6 gaps last " in problem and " in the mean" in problem and "of call" in problem
    [call] = control.demand("GET", "calls")["calls"]
    assert call["fits"] == [] and "too fast" in call["misses"][rules][0]


def test_hammering_without_an_sdk(control, server):
    """Requests that are alike are one call."""
    control.rules({"match": "kinesis.*", "times": 7, "error": "throttle"})
    with Wire(server.address) as wire:
        statuses = []
        for _ in range(8):
            wire.send(awsjson(KINESIS + "ListStreams"))
            statuses.append(wire.answer().status)
    assert statuses == [400] * 7 + [200]
    status, report = control.verify({"match": "kinesis.*", "calls": 1, "attempts": 8, "backoff": "standard"})
    assert status == 409
    assert ["too fast: 7 gaps last" in problem for problem in report["expectations"][0]["problems"]] == [True]


@pytest.mark.parametrize("fault,unknown", [("close", False), ("reset", False), ("stall", True), ("blackhole", True)])
def test_gaps_after_broken_conversations(control, server, fault, unknown):
    """Silence ends when the client has had enough, and only the client knows when that was."""
    control.rules({"match": "kinesis.*", "times": 1, "connection": fault})
    for _ in range(2):
        with Wire(server.address, timeout=0.2) as wire:
            wire.send(awsjson(KINESIS + "ListStreams"))
            with contextlib.suppress(OSError, EOFError):
                wire.answer()
    [call] = control.demand("GET", "calls")["calls"]
    assert [attempt["fault"] for attempt in call["attempts"]] == [fault, None]
    [gap] = call["gaps"]
    assert ("time-out" in gap.get("unknown", "")) == unknown and (gap["milliseconds"] is None) == unknown
    status, report = control.verify({"match": "kinesis.*", "backoff": "legacy"})
    [finding] = report["expectations"]
    assert ("cannot be judged" in "".join(finding["problems"])) == unknown


@pytest.mark.parametrize("is_new", AGES)
@pytest.mark.parametrize("mode", MODES)
def test_retry_after(control, endpoint, mode, is_new):
    """The new rules read `x-amz-retry-after`, the old ones do not."""
    asked = 300 if is_new or IS_NEW else 3000
    fail(control, times=1, **CAUSES["throttle"], retryAfter={"millis": asked})
    [gap] = agree(control, audited.run(endpoint, mode, is_new))
    assert control.requests()[0]["retryAfter"] == {"milliseconds": asked, "seconds": None}
    rules = rule_set(mode, is_new)
    reads = rules == "standard-2026" or mode == "adaptive" and (is_new or IS_NEW)
    holds, problems, notes = judged(control, backoff=rules, obeys="retryAfter")
    if reads:
        assert gap >= asked / 1000 and holds, problems
    elif gap < asked / 1000:
        if mode == "adaptive":
            assert "disobeys: attempt 2 of call" in problems[-1]
        else:
            assert holds and f"{rules} does not read it: attempt 2 of call" in notes[-1]
        strict, problems, _ = judged(control, backoff=rules, obeys={"retryAfter": "strict"})
        assert not strict and f"which asked for x-amz-retry-after: {asked}" in problems[-1]


def test_gaps_said_outright(control, endpoint):
    fail(control, times=2, **CAUSES["throttle"])
    agree(control, audited.run(endpoint, "standard"))
    assert judged(control, gaps=["0-20s", "10ms-20s"])[0]
    holds, [problem], _ = judged(control, gaps=["0-20s", "100s-200s"])
    assert not holds and "attempt 3 of call" in problem and problem.endswith("; expected 100 s to 200 s")
    assert "though none was expected" in judged(control, gaps=["0-20s"])[1][0]


def test_forms_of_the_reports(control, endpoint):
    fail(control, times=2, **CAUSES["throttle"])
    audited.run(endpoint, "standard")
    expect = {"expect": [{"match": "sqs.SendMessage", "ends": "InternalError"}, {"match": "sqs.*", "attempts": 3}]}
    status, report = control.call("POST", "verify", expect, format="junit")
    suites = ElementTree.fromstring(report["text"])
    assert status == 409
    [suite] = suites.findall("testsuite")
    assert suite.attrib["tests"] == "2" and suite.attrib["failures"] == "1" and suite.attrib["name"] == "awry"
    failed, held = suite.findall("testcase")
    assert "ended with success at attempt 3" in failed.find("failure").attrib["message"]
    assert failed.attrib["classname"] == "awry.expect.default" and held.find("failure") is None
    status, report = control.call("POST", "verify", expect, format="text")
    assert status == 409 and "2 expectations, 1 not met\n\nsqs.SendMessage  success after " in report["text"]
    status, drawn = control.call("GET", "calls", format="text")
    lines = drawn["text"].splitlines()
    assert status == 200 and len(lines) == 5 and lines[1].startswith("  1  █") and "█  +" in lines[3]
    assert lines[4].startswith("  fits: ")
    assert control.call("GET", "calls", format="yaml")[0] == 400
    assert control.call("GET", "calls", formt="text")[1]["error"].startswith("unknown parameter `formt`; did you mean")
    assert control.demand("GET", "calls", operation="ListQueues")["calls"] == []
