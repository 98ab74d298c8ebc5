# SPDX-License-Identifier: Apache-2.0
"""The pytest plugin, as a project that uses it sees it: each test here runs a small suite of its own."""

import os
import socket
import time

import pytest

from harness.plugin import PATH, arguments
from harness.server import binary

SCENARIO = """
scenario: orders
setup:
  - kinesis.CreateStream: { StreamName: orders, ShardCount: 1 }
rules:
  - match: kinesis.DescribeStream
    times: 2
    error: LimitExceededException
expect:
  - match: kinesis.DescribeStream
    count: 3
"""


@pytest.fixture
def suite(pytester, monkeypatch):
    """`suite(text, *arguments)`: the result of a suite of this one file."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(PATH), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("AWRY_BIN", binary())
    monkeypatch.delenv("AWRY_ENDPOINT", raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "mine")
    monkeypatch.setenv("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:9")

    def run(text: str, *more: str):
        pytester.makepyfile(text)
        return pytester.runpytest_subprocess(*arguments(), *more)

    return run


def test_a_rule_of_a_test_fails_its_clients_and_no_others(suite):
    result = suite(
        """
        import boto3, pytest

        def test_fails(awry):
            awry.fail("kinesis.PutRecord", "ProvisionedThroughputExceededException", times=2, retry_after=0)
            kinesis = boto3.client("kinesis")
            kinesis.create_stream(StreamName="orders", ShardCount=1)
            kinesis.put_record(StreamName="orders", Data=b"x", PartitionKey="k")
            assert [r["status"] for r in awry.requests("kinesis.PutRecord")] == [400, 400, 200]
            assert len(awry.requests(status=400)) == 2 and awry.requests("s3.*") == []
            call, = awry.calls("kinesis.PutRecord")
            assert call.attempts == 3 and len(call.gaps) == 2 and call.gaps[0] > 0 and call.ends == "success"
            assert call.operation == "PutRecord"

        def test_is_not_concerned(awry):
            boto3.client("kinesis").list_streams()
            assert [c.attempts for c in awry.calls()] == [1]

        def test_answers(awry):
            awry.respond("sts.GetCallerIdentity", {"Account": "210987654321"})
            assert boto3.client("sts", **awry.client_config).get_caller_identity()["Account"] == "210987654321"

        def test_ends_with_an_error(awry):
            awry.fail({"service": "s3", "params": {"Key": "a*"}}, "NoSuchKey")
            s3 = boto3.client("s3")
            s3.create_bucket(Bucket="reports")
            s3.put_object(Bucket="reports", Key="b", Body=b"x")
            with pytest.raises(s3.exceptions.NoSuchKey):
                s3.get_object(Bucket="reports", Key="a/b")
            s3.get_object(Bucket="reports", Key="b")
            assert [c.ends for c in awry.calls("s3.GetObject")] == ["NoSuchKey", "success"]
        """
    )
    result.assert_outcomes(passed=4)


def test_unsigned_calls_find_their_sandbox_too(suite):
    suite(
        """
        import boto3
        from botocore import UNSIGNED
        from botocore.config import Config

        def test_unsigned(awry):
            setup = [{"sqs.CreateQueue": {"QueueName": "q"}}, {"s3.CreateBucket": {"Bucket": "reports"}}]
            tokens = {"match": "cognito-idp.InitiateAuth", "respond": {}}
            awry.load({"scenario": "world", "setup": setup, "rules": [tokens]})
            boto3.client("s3", config=Config(signature_version=UNSIGNED)).list_objects_v2(Bucket="reports")
            boto3.client("cognito-idp").initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId="c" * 26)
            boto3.client("sqs").send_message(QueueUrl="http://localhost/123456789012/q", MessageBody="m")
            assert [r["operation"] for r in awry.requests()] == ["ListObjectsV2", "InitiateAuth", "SendMessage"]
        """
    ).assert_outcomes(passed=1)


def test_a_scenario_is_loaded_by_path_text_or_mapping_and_judged(suite, pytester):
    pytester.path.joinpath("orders.yaml").write_text(SCENARIO)
    result = suite(
        """
        import boto3, pathlib, pytest, pytest_awry

        LATE = {"scenario": "late", "rules": [], "expect": [{"match": "s3.GetObject", "count": 1}]}

        def describe():
            boto3.client("kinesis").describe_stream(StreamName="orders")

        def test_path(awry):
            awry.load("orders.yaml")
            describe()
            assert awry.verify()["holds"]

        def test_text(awry):
            awry.load(pathlib.Path("orders.yaml").read_text())
            with pytest.raises(AssertionError, match="expected 3 requests of kinesis.DescribeStream, saw no|saw 0"):
                awry.verify()

        def test_mapping_and_own_expectations(awry):
            awry.load(LATE)
            s3 = boto3.client("s3")
            s3.create_bucket(Bucket="reports")
            s3.put_object(Bucket="reports", Key="k", Body=b"x")
            s3.get_object(Bucket="reports", Key="k")
            awry.verify()
            awry.verify({"match": "s3.GetObject", "calls": 1, "ends": "success"})

        def test_pack(awry):
            awry.load("pack:lost-writes")
            boto3.client("sqs").create_queue(QueueName="q")
            boto3.client("sqs").send_message(QueueUrl="http://localhost/123456789012/q", MessageBody="m")
            awry.verify()
            with pytest.raises(pytest_awry.AwryError, match="no pack `lost-write`; did you mean lost-writes"):
                awry.load("pack:lost-write")

        def test_that_fails(awry):
            awry.load("orders.yaml")
            describe()
            describe()
            awry.verify()
        """
    )
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*AssertionError: the client did not do what was expected:",
            "*orders.yaml:10: expected 3 requests of kinesis.DescribeStream, saw 4*",
            "*✗ kinesis.DescribeStream  400 LimitExceededException  rule orders#1  attempt 1*",
        ]
    )


def test_mistakes_are_told_with_their_places(suite):
    suite(
        """
        import pytest
        from pytest_awry import AwryError

        def test_mistakes(awry, tmp_path):
            with pytest.raises(AwryError, match="did you mean `PutRecord`"):
                awry.fail("kinesis.PutRecrd", "LimitExceededException")
            path = tmp_path / "bad.yaml"
            path.write_text("scenario: bad\\nrules:\\n  - match: s3.GetObject\\n    tims: 2\\n")
            with pytest.raises(AwryError, match=r"bad.yaml:4:5: unknown key `tims`"):
                awry.load(path)
            with pytest.raises(AwryError, match="<expect>:.*unknown key"):
                awry.verify({"match": "s3.GetObject", "cont": 1})
            with pytest.raises(AwryError, match="unknown parameter"):
                awry.requests(statsu=400)
        """
    ).assert_outcomes(passed=1)


def test_the_clock_is_the_tests_own(suite):
    suite(
        """
        import boto3, pytest
        from botocore.exceptions import ClientError

        def test_outage(awry):
            awry.clock.set("2026-03-01T12:00:00Z")
            assert awry.clock.freeze() == awry.clock.now and awry.clock.is_frozen
            awry.fail("s3.ListBuckets", "InternalError", until="10m", delay="0ms")
            from botocore.config import Config
            s3 = boto3.client("s3", config=Config(retries={"total_max_attempts": 1}))
            with pytest.raises(ClientError):
                s3.list_buckets()
            awry.clock.advance("10m")
            s3.list_buckets()
            assert awry.clock.run().startswith("2026-03-01T12:1")

        def test_now(awry):
            assert not awry.clock.now.startswith("2026-03-01") and not awry.clock.is_frozen
        """
    ).assert_outcomes(passed=2)


def test_programs_of_other_languages_are_led_by_the_environment(suite):
    suite(
        """
        import os, subprocess, sys

        def test_program(awry):
            assert "AWS_ENDPOINT_URL_KINESIS" not in os.environ
            subprocess.run([sys.executable, "-c", "import boto3; boto3.client('sqs').list_queues()"], check=True)
            assert len(awry.requests("sqs.ListQueues")) == 1
            assert all(os.environ[name] == value for name, value in awry.env.items())

        def test_environment_is_given_back():
            assert os.environ["AWS_ACCESS_KEY_ID"] == "mine" and "AWS_ENDPOINT_URL_KINESIS" in os.environ
        """
    ).assert_outcomes(passed=2)


def test_a_proxy_is_for_the_world_outside(suite, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "example.com")
    suite(
        """
        import os, boto3

        def test_no_proxy(awry):
            boto3.client("sqs").list_queues()
            assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == "example.com,127.0.0.1"
        """
    ).assert_outcomes(passed=1)


def test_a_base_with_a_mistake_is_told(suite, pytester):
    pytester.path.joinpath("bad.yaml").write_text("scenario: bad\nrules:\n  - match: s3.GetObjekt\n")
    pytester.makeini("[pytest]\nawry_scenarios = bad.yaml\n")
    result = suite("def test_it(awry): pass\n")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*bad.yaml:3:12: mistake: s3.GetObjekt: no such operation; did you mean*"])


def test_every_sandbox_begins_with_the_scenarios_of_the_ini_file(suite, pytester):
    pytester.path.joinpath("orders.yaml").write_text(SCENARIO)
    pytester.makeini("[pytest]\nawry_scenarios = orders.yaml pack:s3-slowdown-storm\n")
    suite(
        """
        import boto3, pytest

        @pytest.mark.parametrize("turn", [1, 2])
        def test_base(awry, turn):
            boto3.client("kinesis").describe_stream(StreamName="orders")
            assert boto3.client("s3").list_buckets()["ResponseMetadata"]["RetryAttempts"] == 2
            awry.verify()
        """
    ).assert_outcomes(passed=2)


def test_without_a_program_the_test_says_what_is_wanted(suite, monkeypatch, pytester):
    monkeypatch.setenv("AWRY_BIN", "/nowhere/awry")
    result = suite("def test_it(awry): pass\ndef test_other(): pass\n")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*/nowhere/awry*No such file*"])


def test_a_sandbox_is_gone_with_its_test(suite):
    suite(
        """
        import boto3
        names = []

        def test_first(awry):
            boto3.client("s3").list_buckets()
            names.append(awry.name)
            assert awry.name in living(awry)

        def test_second(awry):
            assert names[0] not in living(awry) and awry.name in living(awry)

        def living(awry):
            return [each["sandbox"] for each in awry.control.demand("GET", "sandboxes")["sandboxes"]]
        """
    ).assert_outcomes(passed=2)


def test_a_server_that_runs_already_is_used_and_left_running(suite, monkeypatch, endpoint, bare_control):
    monkeypatch.setenv("AWRY_ENDPOINT", endpoint)
    monkeypatch.setenv("AWRY_BIN", "/nowhere/awry")
    suite(f"def test_it(awry): assert awry.server == {endpoint!r}\n").assert_outcomes(passed=1)
    assert bare_control.demand("GET", "health")["status"] == "ready"


def test_the_server_ends_with_a_run_that_is_killed(suite, pytester):
    suite(
        """
        import os, pathlib, signal

        def test_killed(awry):
            pathlib.Path("server").write_text(awry.server)
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    port = pytester.path.joinpath("server").read_text().rsplit(":", 1)[1]
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", int(port))) != 0:
                return
        time.sleep(0.02)
    raise AssertionError("the server still runs")
