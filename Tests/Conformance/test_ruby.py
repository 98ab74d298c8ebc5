# SPDX-License-Identifier: Apache-2.0
"""Amazon's SDKs for Ruby, as Debian packages them, raise their own class for each scripted error."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from harness.server import FIXTURES

PROGRAM = Path(__file__).parent / "ruby" / "calls.rb"


@pytest.fixture(scope="module")
def outcomes(bare_control, endpoint):
    """What each call of the program raised or gave, by its name, with the journal's entries of it."""
    assert shutil.which("ruby"), "no ruby; Tests/setup.sh ruby installs it and the SDKs"
    bare_control.clear()
    bare_control.load(FIXTURES / "programs" / "other-sdks.yaml")
    ran = subprocess.run(["ruby", PROGRAM, endpoint], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    for name, outcome in found.items():
        service, operation = name.split(".")
        outcome["requests"] = bare_control.requests(service=service, operation=operation)
    found["verify"] = bare_control.verify()
    bare_control.clear()
    return found


# The call, the class that it raises, the code, and how many requests it makes with two retries.
RAISED = [
    (
        "dynamodb.GetItem",
        "AWS::DynamoDB::Errors::ProvisionedThroughputExceededException",
        "ProvisionedThroughputExceededException",
        3,
    ),
    ("ec2.DescribeInstances", "AWS::EC2::Errors::RequestLimitExceeded", "RequestLimitExceeded", 3),
    ("ec2.RunInstances", "AWS::EC2::Errors::UnauthorizedOperation", "UnauthorizedOperation", 1),
    ("s3.GetObject", "Aws::S3::Errors::NoSuchKey", "NoSuchKey", 1),
    ("s3.HeadObject", "Aws::S3::Errors::NotFound", "NotFound", 1),
    ("sts.AssumeRole", "Aws::STS::Errors::AccessDenied", "AccessDenied", 1),
]


@pytest.mark.parametrize("call,name,code,requests", RAISED)
def test_raises_its_own_class(outcomes, call, name, code, requests):
    outcome = outcomes[call]
    assert (outcome["class"], outcome["code"]) == (name, code)
    assert [entry["attempt"] for entry in outcome["requests"]] == list(range(1, requests + 1))
    assert {entry["error"] for entry in outcome["requests"]} <= {code, "NoSuchKey"}


def test_is_refused_with_an_expired_token(outcomes):
    assert outcomes["sts.GetCallerIdentity"]["class"] == "Aws::STS::Errors::ExpiredToken"


def test_unscripted_calls_succeed(outcomes):
    assert outcomes["dynamodb.ListTables"]["gave"] == "AWS::Core::Response"
    assert [entry["status"] for entry in outcomes["s3.PutObject"]["requests"]] == [503, 200]
    assert outcomes["s3.PutObject"]["gave"] == "Seahorse::Client::Response"


def test_the_journal_holds_what_was_asked(outcomes):
    status, report = outcomes["verify"]
    assert status == 200, json.dumps(report, indent=1)
