# SPDX-License-Identifier: Apache-2.0
"""Each operation is refused in each way that state can cause, and what is refused changes nothing."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from http.client import responses

import pytest
from botocore.exceptions import ClientError

from harness.checks import raised
from harness.server import awry

from .calls import EVERY
from .explained import EXPLAINED
from .refusals import BODY, MODEL, rows

ROWS = rows()


def named(row):
    return f"{row[0]}-{row[3]}"


@pytest.fixture(scope="module")
def before(caller):
    return seen(caller)


def seen(caller):
    """All that can be read of the world."""
    found = {}
    for operation, parameters in EVERY.items():
        if not operation.startswith(("Get", "Head", "List")):
            continue
        for bucket in ("whole", "plain", "locked", "versions", "new", "bare") if "Bucket" in parameters else (None,):
            try:
                answer = caller(operation, parameters | ({"Bucket": bucket} if bucket else {}))
                found[operation, bucket] = {name: answer[name] for name in answer if name != "ResponseMetadata"}
                found[operation, bucket].pop("Body", None)
            except ClientError as error:
                found[operation, bucket] = error.response["Error"]
    return found


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_it_is_refused(caller, before, row):
    operation, changes, status, code, elements = row
    changes = dict(changes)
    body = changes.pop(BODY, None)
    parameters = {name: value for name, value in (EVERY[operation] | changes).items() if value is not None}
    error = raised(lambda: caller(operation, parameters, body)).response
    told = error["Error"]
    if operation.startswith("Head"):
        code, elements = str(status), {}
        assert told["Message"] == responses[status]
    assert (error["ResponseMetadata"]["HTTPStatusCode"], told["Code"]) == (status, code), told
    extra = {name: value for name, value in told.items() if name not in ("Code", "Message")}
    expected = {name: extra.get(name) if value is ... else value for name, value in caller.filled(elements).items()}
    assert extra == expected and all(extra.values()), extra
    assert told["Message"]


def test_nothing_has_changed(caller, before):
    assert seen(caller) == before


def known(operation):
    """The codes that `awry errors` has for an operation, but for those of every service."""
    told = awry("errors", f"s3.{operation}", "--json")
    return [entry["code"] for entry in json.loads(told.stdout) if entry["knownTo"] != "common"]


def test_no_error_is_left_out():
    """What the directory of errors says an operation may answer is met above, or cannot come of any state."""
    met, unused, left = set(), set(EXPLAINED), []
    for operation, _, status, code, _ in ROWS:
        met.add((operation, "NotModified" if status == 304 else code))
    names = MODEL.operation_names
    with ThreadPoolExecutor(2) as pool:
        for operation, codes in zip(names, pool.map(known, names)):
            for code in codes:
                if (operation, code) in met:
                    continue
                reasons = {why for why in EXPLAINED if re.fullmatch(why[0], operation) and code in why[1].split()}
                unused -= reasons
                if not reasons:
                    left.append(f"{operation} {code}")
    assert not left, "\n".join(left)
    assert not unused, unused
