# SPDX-License-Identifier: Apache-2.0
"""The plugin: the fixture `awry`, and one server for the run."""

import os
import re
import sys
import uuid

import pytest

from .control import AwryError
from .sandbox import PACK, Sandbox
from .sharing import Desk, Holder, Visitor

HOLDER = pytest.StashKey()
DESK = pytest.StashKey()
# They would lead a client elsewhere than to the sandbox.
LEADING_ASTRAY = re.compile(
    r"AWS_(ENDPOINT_URL_.*|PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|IGNORE_CONFIGURED_ENDPOINT_URLS|USE_FIPS_ENDPOINT"
    r"|USE_DUALSTACK_ENDPOINT|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS_.*)"
)


def pytest_addoption(parser):
    """The ini option `awry_scenarios`: what every test's sandbox begins with."""
    parser.addini("awry_scenarios", "scenarios (files, folders, pack:NAME) of each test's sandbox", "args", [])


def pytest_configure(config):
    """Nothing is started before a test asks for it; a worker of pytest-xdist asks the controller."""
    desk = getattr(config, "workerinput", {}).get("awry_desk")
    folder = config.inipath.parent if config.inipath else config.rootpath
    scenarios = [each if each.startswith(PACK) else str(folder / each) for each in config.getini("awry_scenarios")]
    config.stash[HOLDER] = Visitor(desk) if desk else Holder(scenarios)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """A worker is about to be started: it is told where to ask."""
    stash = node.config.stash
    if DESK not in stash:
        stash[DESK] = Desk(stash[HOLDER])
    node.workerinput["awry_desk"] = stash[DESK].address


def pytest_unconfigure(config):
    """What this run started ends with it."""
    if DESK in config.stash:
        config.stash[DESK].close()
    if HOLDER in config.stash:
        config.stash[HOLDER].stop()


@pytest.fixture
def awry(request, monkeypatch):
    """A sandbox of the test's own on an Awry server, to which every AWS client of the test leads."""
    holder = request.config.stash[HOLDER]
    try:
        endpoint = holder.endpoint()
    except AwryError as failure:
        pytest.fail(str(failure), pytrace=False)
    sandbox = Sandbox(endpoint, sandbox_name(request.node.name), request.path.parent)
    lead_clients(monkeypatch, sandbox)
    yield sandbox
    sandbox.drop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that fails shows what its clients asked and got."""
    outcome = yield
    report = outcome.get_result()
    sandbox = item.funcargs.get("awry") if hasattr(item, "funcargs") else None
    if report.when == "call" and report.failed and isinstance(sandbox, Sandbox):
        try:
            report.sections.append((f"awry sandbox {sandbox.name}", sandbox.journal))
        except AwryError as error:
            report.sections.append((f"awry sandbox {sandbox.name}", str(error)))


def sandbox_name(test: str) -> str:
    """A name for the test's sandbox: what it is called, as far as a host name may say it, and what makes it unique."""
    words = re.sub(r"[^a-z0-9]+", "-", test.lower()).strip("-")[:40].strip("-")
    return f"{words}-{uuid.uuid4().hex[:16]}"


def lead_clients(monkeypatch, sandbox: Sandbox) -> None:
    """Sets the environment for the test, and takes away what would lead a client elsewhere."""
    for name in [name for name in os.environ if LEADING_ASTRAY.fullmatch(name)]:
        monkeypatch.delenv(name)
    for name, value in sandbox.env.items():
        monkeypatch.setenv(name, value)
    # boto3 keeps a session, and with it the credentials, from the first client of the process.
    if "boto3" in sys.modules:
        monkeypatch.setattr(sys.modules["boto3"], "DEFAULT_SESSION", None, raising=False)
