# SPDX-License-Identifier: Apache-2.0
"""The ready scenarios: each tells a client that copes from one that does not, and is found by its name."""

import json
import random
import re

import pytest

from harness.packs import Programs
from harness.server import FIXTURES, ROOT, Server, awry

PACKS = sorted(path.stem for path in (FIXTURES / "packs").glob("*.yaml"))


# Its subject is the waits themselves.
WAITING = "retry-conformance"


@pytest.fixture
def run(control, endpoint, request):
    """`run(pack, kind)`: the verdict on the program of this kind, as status and report."""

    def run(pack: str, kind: str):
        control.queues("orders")
        control.buckets("reports")
        control.streams("orders")
        control.load(FIXTURES / "packs" / f"{pack}.yaml")
        if (pack, kind) != (WAITING, "good"):
            request.getfixturevalue("sleeps")
        Programs(endpoint).run(pack, kind)
        return control.verify()

    return run


@pytest.mark.parametrize("pack", PACKS)
def test_a_client_that_copes_passes(run, pack):
    # botocore draws its jitter from here.
    random.seed(7)
    status, report = run(pack, "good")
    assert status == 200 and report["holds"], report
    assert report["expectations"]


@pytest.mark.parametrize("pack", PACKS)
def test_a_client_that_does_not_cope_fails(run, pack):
    status, report = run(pack, "bad")
    assert status == 409 and any(finding["problems"] for finding in report["expectations"]), report


def test_the_one_that_hammers_is_told_so(run):
    _, report = run(WAITING, "bad")
    problems = " ".join(problem for finding in report["expectations"] for problem in finding["problems"])
    assert "too fast" in problems, report


def test_every_pack_is_in_the_guide():
    guide = (ROOT / "Sources/awry/Documentation.docc/Packs.md").read_text()
    assert re.findall(r"^## (\S+)$", guide, re.M) == sorted(PACKS)


def test_packs_are_loaded_by_name():
    checked = awry("check", *(f"pack:{pack}" for pack in PACKS))
    assert checked.returncode == 0 and f"{len(PACKS)} scenarios" in checked.stdout, checked.stderr
    listed = json.loads(awry("packs", "--json").stdout)["packs"]
    assert [entry["pack"] for entry in listed] == PACKS and all(entry["description"] for entry in listed)
    table = awry("packs").stdout
    assert all(entry["description"] in table for entry in listed)
    wrong = awry("check", "pack:s3-slowdown-strom")
    assert wrong.returncode == 2 and "did you mean s3-slowdown-storm?" in wrong.stderr
    nowhere = awry("check", "pack:brown-out", env={"AWRY_PACKS": "/nonexistent"})
    assert nowhere.returncode == 2 and "no such pack in /nonexistent" in nowhere.stderr


def test_packs_are_read_by_the_control_interface(control):
    assert control.demand("GET", "packs")["packs"] == PACKS
    assert control.demand("GET", f"packs/{PACKS[0]}")["text"] == (FIXTURES / f"packs/{PACKS[0]}.yaml").read_text()
    assert control.call("GET", "packs/..%2Fpacks%2Fbrown-out")[0] == 404


def test_a_server_serves_a_pack_by_name(monkeypatch):
    monkeypatch.delenv("AWRY_ENDPOINT", raising=False)
    server = Server("pack:brown-out")
    try:
        assert any("brown-out" in line for line in server.lines)
        checked = awry("health", "--port", str(server.address[1]))
        assert (checked.returncode, checked.stdout) == (0, "ready\n")
    finally:
        assert server.stop() == 0
    gone = awry("health", "--port", str(server.address[1]))
    assert gone.returncode == 1 and "no answer" in gone.stderr
