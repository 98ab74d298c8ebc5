# SPDX-License-Identifier: Apache-2.0
"""`awry import`: what other tools' files become, to the byte, and what clients meet then.

The golden files are what `awry import Fixtures/import/stubs.json` prints: standard output in stubs.yaml, standard error
in stubs.notes.
"""

import json
import urllib.request

import botocore.exceptions
import pytest

from harness.checks import raised
from harness.server import FIXTURES, ROOT, awry

FOLDER = FIXTURES / "import"
SOURCES = ["chaos.json", "stubs.json", "session.har"]


@pytest.mark.parametrize("name", SOURCES)
def test_to_the_byte(name):
    source = FOLDER / name
    imported = awry("import", str(source.relative_to(ROOT)), cwd=ROOT)
    assert imported.returncode == 0, imported.stderr
    assert imported.stdout == source.with_suffix(".yaml").read_text()
    assert imported.stderr == source.with_suffix(".notes").read_text()


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_imported_has_no_mistake_and_is_imported_without_loss_of_notes(name):
    checked = awry("check", str((FOLDER / name).with_suffix(".yaml")))
    assert checked.returncode == 0, checked.stderr
    text = (FOLDER / name).with_suffix(".yaml").read_text()
    for note in (FOLDER / name).with_suffix(".notes").read_text().splitlines():
        assert "# " + note.split(": ", 1)[1] in text


@pytest.fixture
def imported(control):
    """`imported(name)`: loads what a file became, each of its scenarios."""

    def load(name):
        for text in (FOLDER / name).with_suffix(".yaml").read_text().split("\n---\n"):
            control.load(text)

    return load


def test_fault_rules(imported, client):
    imported("chaos.json")
    error = raised(client("kinesis").list_streams)
    assert (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]) == (
        "ServiceUnavailable",
        503,
    )
    assert raised(client("iam", region_name="eu-central-1").list_users)


def test_stubs(imported, client, endpoint):
    imported("stubs.json")
    assert raised(client("s3").list_buckets).response["Error"] == {"Code": "SlowDown", "Message": "Cost: ${5}"}
    throttled = raised(client("sqs").list_queues, QueueNamePrefix="jobs")
    assert throttled.response["Error"]["Message"] == "slow down"
    assert "QueueUrls" not in client("sqs").list_queues(QueueNamePrefix="dead")
    dynamodb = client("dynamodb")
    item = {"TableName": "orders", "Key": {"id": {"S": "1"}}}
    with pytest.raises(botocore.exceptions.ConnectionClosedError):
        dynamodb.get_item(**item)
    assert "Item" not in dynamodb.get_item(**item)
    with urllib.request.urlopen(endpoint + "/orders?page=1") as answer:
        assert answer.read() == b"Hello {{request.path}}"


def test_a_recording(imported, client):
    imported("session.har")
    s3 = client("s3")
    assert raised(s3.get_object, Bucket="photos", Key="2026/a b.txt").response["Error"]["Code"] == "SlowDown"
    assert s3.get_object(Bucket="photos", Key="2026/a b.txt")["Body"].read() == b"hello"
    assert client("dynamodb").list_tables()["TableNames"] == ["a", "b"]


def test_the_kind_and_the_name_may_be_said(tmp_path):
    path = tmp_path / "My Stubs.v2.json"
    path.write_text(json.dumps({"request": {"urlPath": "/"}, "response": {"status": 204}}))
    assert awry("import", str(path)).stdout.startswith("scenario: my-stubs\n")
    named = awry("import", str(path), "--from", "wiremock", "--name", "other")
    assert named.stdout == (
        'scenario: other\ndescription: "WireMock\'s stub mappings, imported."\n'
        'rules:\n  - match: { path: "/" }\n    raw: { status: 204 }\n'
    )


MISTAKES = {
    "[": ("not JSON", []),
    "{}": ("expected LocalStack's fault rules (a list), WireMock's", []),
    '{"log": {"entries": [{}]}}': ("log.entries[0].request: expected a request with `method` and `url`", []),
    '{"mappings": [1]}': ("mappings[0]: expected a stub mapping, found", []),
    "[1]": ("expected a stub mapping", ["--from", "wiremock"]),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_files_that_are_none(text, tmp_path):
    path = tmp_path / "file.json"
    path.write_text(text)
    wanted, options = MISTAKES[text]
    refused = awry("import", str(path), *options)
    assert refused.returncode == 2 and refused.stdout == ""
    assert refused.stderr.startswith(f"awry: {path}:1") and wanted in refused.stderr


def test_no_file():
    assert awry("import", "/nonexistent.json").returncode == 2
    assert awry("import", "/dev/null", "--from", "mountebank").returncode == 64
