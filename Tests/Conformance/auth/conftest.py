# SPDX-License-Identifier: Apache-2.0
"""What the tests of rights share."""

import json
import os
import subprocess

import pytest
from harness import commandline
from harness.server import awry

from .asking import ACCOUNT, client_of, document


@pytest.fixture(scope="session")
def faked():
    """How many operations of each service do their work."""
    return {one["service"]: one["faked"] for one in json.loads(awry("services", "--json").stdout)}


@pytest.fixture(autouse=True)
def needs(request, faked):
    """`@pytest.mark.needs("iam")`: there is nothing to judge by before that service is faked."""
    for mark in request.node.iter_markers("needs"):
        for service in mark.args:
            if not faked[service]:
                pytest.skip(f"{service} is not faked")


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(service): skipped where the service is not faked")


@pytest.fixture
def make(endpoint, control):
    """`make(service, credentials)`: a client of a sandbox that enforces; the account's root's without credentials."""
    control.demand("PUT", "scenarios/enforcing", {"scenario": "enforcing", "options": {"auth": "enforce"}})
    return lambda service, *credentials, **more: client_of(endpoint, service, *credentials, **more)


@pytest.fixture
def user(make):
    """`user(name, *statements)`: a user with an inline policy, as credentials."""

    def create(name="beep", *statements, account=ACCOUNT):
        iam = make("iam", account=account)
        iam.create_user(UserName=name)
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=document(*statements))
        return iam.create_access_key(UserName=name)["AccessKey"]

    return create


@pytest.fixture
def aws(endpoint, tmp_path, make):
    """`aws(credentials, *arguments, **variables)`: what the command line says in a sandbox that enforces; without
    credentials it has those of its files alone."""

    def run(key, *arguments, **variables):
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": "",
        }  # fmt: skip
        if key:
            environment |= {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
            environment |= {"AWS_SESSION_TOKEN": key["SessionToken"]} if key.get("SessionToken") else {}
        command = [commandline.AWS, "--endpoint-url", endpoint, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment | variables, timeout=60)

    return run
