# SPDX-License-Identifier: Apache-2.0
"""The sandbox's clock, as the control interface reads and moves it."""

from email.utils import parsedate_to_datetime

import pytest
from botocore.exceptions import ClientError

from harness.checks import raised

OUTAGE = {
    "scenario": "ten-minutes-dark",
    "options": {"clock": "2026-03-01T12:00:00Z", "frozen": True},
    "rules": [
        {"match": "s3.*", "after": "60s", "until": "660s", "error": "ServiceUnavailable"},
        {"match": "s3.ListBuckets", "respond": {"Buckets": []}},
    ],
}


def status(client):
    try:
        return client.list_buckets()["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]


def test_it_is_read_set_moved_and_stopped(control):
    first = control.demand("POST", "clock", {"set": "2026-03-01T12:00:00Z", "freeze": True})
    assert first == {"now": "2026-03-01T12:00:00Z", "frozen": True}
    assert control.demand("POST", "clock", {"advance": "90s"})["now"] == "2026-03-01T12:01:30Z"
    assert control.demand("POST", "clock", {"advance": 30})["now"] == "2026-03-01T12:02:00Z"
    assert control.demand("GET", "clock") == {"now": "2026-03-01T12:02:00Z", "frozen": True}
    assert control.demand("POST", "clock", {"run": True})["frozen"] is False
    control.reset()
    assert control.demand("GET", "clock")["now"] > "2026-03-02"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "expected one or more"),
        ({"set": "yesterday"}, "2026-03-01T12:00:00Z"),
        ({"advance": "10 parsecs"}, "10m"),
        ({"advance": "-5s"}, "10m"),
        ({"freese": True}, "did you mean freeze"),
        ({"freeze": True, "run": True}, "exclude"),
        ({"set": "9999-12-31T23:59:59Z", "advance": "1s"}, "would leave"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(control, body, told):
    before = control.demand("POST", "clock", {"set": "2026-03-01T12:00:00Z", "freeze": True})
    code, answer = control.call("POST", "clock", body)
    assert code == 400 and told in answer["error"], answer
    assert control.demand("GET", "clock") == before


def test_an_outage_of_ten_minutes_comes_and_goes_with_the_clock(control, client):
    control.load(OUTAGE)
    s3 = client("s3")
    seen = [status(s3)]
    for step in ("59999ms", "1ms", "9m", "59999ms", "1ms"):
        control.demand("POST", "clock", {"advance": step})
        seen.append(status(s3))
    assert seen == [200, 200, 503, 503, 503, 200]


def test_scenarios_beside_each_other_agree_on_the_clock(control):
    control.load(OUTAGE)
    other = {"scenario": "another", "options": {"clock": "2027-01-01T00:00:00Z"}, "rules": []}
    status, answer = control.call("PUT", "scenarios/another", other)
    assert status == 422 and "contradicts the scenario `ten-minutes-dark`" in answer["mistakes"][0]["message"]
    control.load(OUTAGE | {"options": {"clock": "2027-01-01T00:00:00Z", "frozen": True}})
    assert control.demand("GET", "clock") == {"now": "2027-01-01T00:00:00Z", "frozen": True}


def test_the_date_that_the_client_sees_is_the_sandboxs(control, client):
    control.demand("POST", "clock", {"set": "2030-01-02T03:04:05Z", "freeze": True})
    headers = client("sts").get_caller_identity()["ResponseMetadata"]["HTTPHeaders"]
    assert headers["date"] == "Wed, 02 Jan 2030 03:04:05 GMT"
    error = raised(client("iam").get_user, UserName="x" * 200)
    assert parsedate_to_datetime(error.response["ResponseMetadata"]["HTTPHeaders"]["date"]).year == 2030
