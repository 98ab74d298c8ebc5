# SPDX-License-Identifier: Apache-2.0
"""`awry check`, `errors`, `new`, `schema`, `services`, and how `serve` begins and ends."""

import json
import os
import re
import signal
import socket

import jsonschema
import pytest
import yaml

from harness.clients import SERVICES
from harness.model import all_pairs
from harness.server import FIXTURES, Server, awry

GOOD = sorted(path for name in ("quickstart", "programs", "botocore") for path in FIXTURES.glob(f"{name}/*.y*ml"))
BROKEN = sorted(path for path in FIXTURES.glob("broken/**/*") if path.suffix in (".yaml", ".yml", ".json"))


# True of every `setup` until the service has its fake, and not what these files are about.
NOT_FAKED = "cannot be called by `setup`: Awry has no fake of it yet"


def schema():
    return json.loads(awry("schema").stdout)


FOLDERS = [FIXTURES / name for name in ("quickstart", "programs", "botocore", "packs", "partial")]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_fixture_has_no_mistakes(folder):
    for path in sorted(folder.glob("*.yaml")):
        result = awry("check", str(path))
        assert (result.returncode, result.stderr) == (0, ""), "not even warnings"
        assert "no mistakes" in result.stdout


def test_the_fixtures_can_be_served_together():
    """What `make check` looks at; two that set the same variable are warned of."""
    result = awry("check", *map(str, FOLDERS))
    assert result.returncode == 0, result.stderr
    assert all(": warning: `env." in line for line in result.stderr.splitlines())


def test_there_are_enough_broken_ones():
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_check_names_the_place(path):
    """`NAME.expected` beside each holds what must be said of it: line, column, severity, message."""
    result = awry("check", path.name, cwd=path.parent)
    expected = [f"{path.name}:{line}" for line in path.with_suffix(".expected").read_text().strip().split("\n")]
    said = [line for line in result.stderr.strip().split("\n") if line in expected or not line.endswith(NOT_FAKED)]
    assert said == expected
    assert result.returncode == (2 if any(": mistake: " in line for line in expected) else 0)


def test_check_tells_all_mistakes_at_once_as_json():
    result = awry("check", "--json", str(FIXTURES / "broken"))
    assert result.returncode == 2
    assert len(json.loads(result.stdout)) >= 40


def test_a_file_that_is_not_there():
    result = awry("check", "/nowhere.yaml")
    assert result.returncode == 2
    assert "/nowhere.yaml" in result.stderr and len(result.stderr.strip().split("\n")) == 1


def test_a_file_whose_name_is_misspelt():
    path = FIXTURES / "quickstat"
    assert f"did you mean `{FIXTURES / 'quickstart'}`?" in awry("check", str(path)).stderr


VARIABLES = [
    ("PORT", "abc", "AWRY_PORT=abc: expected a number from 0 to 65535"),
    ("QUOTAS", "asw", "AWRY_QUOTAS=asw: expected aws or off"),
    ("SHARDS", "0", "--shards 0: expected a number from 1 to 64"),
    ("DOMAIN", "a b", "--domain 'a b': expected a host's name"),
    ("MAX_BODDY", "5", "warning: AWRY_MAX_BODDY is no variable of ours; did you mean AWRY_MAX_BODY?"),
]


@pytest.mark.parametrize("name,value,said", VARIABLES)
def test_a_variable_that_is_wrong(name, value, said):
    # Where the variable itself is only told, something else must end it.
    end = {"AWRY_AUTH": "none"} if "warning" in said else {}
    result = awry("serve", env=os.environ | end | {"AWRY_" + name: value})
    assert result.returncode == 2 and said in result.stderr


def test_what_kubernetes_sets_for_a_service_of_this_name_is_no_wish():
    """AWRY_PORT is then a URL: "Discovering services", environment variables."""
    server = Server("--quiet", AWRY_PORT_4566_TCP="tcp://10.0.0.1:4566", AWRY_SERVICE_HOST="10.0.0.1")
    try:
        port = server.endpoint.rsplit(":", 1)[1]
        health = awry("health", "--port", port, env=os.environ | {"AWRY_PORT": "tcp://10.0.0.1:4566"})
        assert (health.returncode, health.stdout) == (0, "ready\n")
        refused = awry("serve", env=os.environ | {"AWRY_PORT": "tcp://10.0.0.1:4566", "AWRY_AUTH": "none"})
        assert refused.stderr == "awry: AWRY_AUTH=none: expected off, verify or enforce\n"
    finally:
        server.stop()
    assert not any("warning" in line for line in server.lines)


def test_wrong_usage():
    assert awry("serve", "--no-such-option").returncode == 64
    assert awry("no-such-command").returncode == 64
    assert "awry: serv: no such command; did you mean serve?" in awry("serv").stderr


@pytest.mark.parametrize("name", ["serve", "check", "errors", "new", "schema", "services"])
def test_help(name):
    result = awry(name, "--help")
    assert result.returncode == 0 and "USAGE" in result.stdout.upper()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_fixtures_satisfy_the_schema(path):
    document = json.loads(json.dumps(yaml.safe_load(path.read_text()), default=str))
    jsonschema.validate(document, schema())


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_refuses_what_is_wrong():
    wrong = [{"rules": []}, {"scenario": "s", "rulez": []}, {"scenario": "s", "rules": [{"match": 7}]}]
    for document in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, schema())


def test_errors_of_an_operation():
    result = awry("errors", "kinesis.DescribeStream")
    assert result.returncode == 0, result.stderr
    for code in ("LimitExceededException", "ResourceNotFoundException", "AccessDeniedException"):
        assert code in result.stdout
    assert "400" in result.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_errors_of_a_service_are_all_of_the_models(service):
    result = awry("errors", service)
    for pair in all_pairs():
        if pair.service == service:
            assert pair.error.code in result.stdout


def test_errors_of_an_unknown_operation():
    result = awry("errors", "kinesis.DescribeStreams")
    assert result.returncode in (2, 64)
    assert "DescribeStream?" in result.stderr


def test_new_writes_a_scenario_that_checks(tmp_path):
    result = awry("new", "kinesis.DescribeStream", "LimitExceededException")
    assert result.returncode == 0, result.stderr
    path = tmp_path / "new.yaml"
    path.write_text(result.stdout)
    assert awry("check", str(path)).returncode == 0
    assert "LimitExceededException" in result.stdout
    jsonschema.validate(yaml.safe_load(result.stdout), schema())


def test_services():
    result = awry("services")
    assert result.returncode == 0
    for service in [*SERVICES, "logs", "dynamodb", "ec2"]:
        assert re.search(rf"\b{service}\b", result.stdout)


def test_serve_refuses_a_broken_scenario(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("scenario: broken\nrules:\n  - match: kinesis.DescribeStreams\n    error: LimitExceededException\n")
    result = awry("serve", "--port", "0", str(path))
    assert result.returncode == 2
    assert f"{path}:3:" in result.stderr and "did you mean" in result.stderr


def test_serve_refuses_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = awry("serve", "--port", str(port))
    assert result.returncode == 2
    assert str(port) in result.stderr and len(result.stderr.strip().split("\n")) == 1


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serve_stops_when_told(stop):
    server = Server(str(FIXTURES / "quickstart"))
    assert any("kinesis-throttled-then-recovers" in line for line in server.lines)
    if server.process is not None:
        server.process.send_signal(stop)
        assert server.process.wait(10) == 0
