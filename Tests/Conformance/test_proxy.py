# SPDX-License-Identifier: Apache-2.0
"""Programs that know no endpoint of ours, and reach it as their proxy."""

import json
import os
import shutil
import ssl
import subprocess
import sys

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError, ProxyConnectionError, SSLError
from botocore.utils import InstanceMetadataFetcher

from harness import clients
from harness.control import Control
from harness.owned import owned_server
from harness.raw import KINESIS, Wire, awsjson
from harness.server import ROOT, Server

GUIDE = ROOT / "Sources/awry/Documentation.docc/Proxy.md"
SQS = "sqs.us-east-1.amazonaws.com"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with owned_server("--proxy", "--domain", "aws.test", state=tmp_path_factory.mktemp("state")) as running:
        yield running


@pytest.fixture(scope="module")
def bare_control(server):
    return Control(server.endpoint)


@pytest.fixture(scope="module")
def authority(server):
    return server.authority


@pytest.fixture
def proxied(server, authority):
    """A boto3 client that has a proxy and no endpoint."""

    def make(service, verify=authority, scheme="https", attempts=1, **options):
        config = Config(
            proxies={scheme: server.endpoint}, retries={"mode": "standard", "total_max_attempts": attempts}, **options
        )
        use_ssl = scheme == "https"
        return clients.session().client(service, config=config, verify=verify, use_ssl=use_ssl)

    return make


@pytest.fixture
def environment(server, authority, tmp_path):
    """What a program is given that shall reach AWS by the proxy."""
    return os.environ | {
        "HTTPS_PROXY": server.endpoint,
        "HTTP_PROXY": server.endpoint,
        "AWS_CA_BUNDLE": authority,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "HOME": str(tmp_path),
    }


def last(control):
    return control.requests()[-1]


def test_what_to_trust_is_printed(server, authority):
    line = next(line for line in server.lines if f"HTTPS_PROXY={server.endpoint}" in line)
    assert f"AWS_CA_BUNDLE={authority}" in line


def test_sqs(control, proxied):
    control.rules({"match": {"service": "sqs", "host": SQS}, "respond": {"QueueUrls": ["https://q/1"]}})
    assert proxied("sqs").list_queues()["QueueUrls"] == ["https://q/1"]


def test_sts(control, proxied):
    control.rules({"match": "sts.GetCallerIdentity", "respond": {"Account": "210987654321"}})
    assert proxied("sts").get_caller_identity()["Account"] == "210987654321"


@pytest.mark.parametrize("bucket", ["bucket", "with.dots", "b" * 63])
@pytest.mark.parametrize("style", ["virtual", "path"])
def test_s3(control, proxied, bucket, style):
    """A name of 63 letters makes a host that is longer than a certificate's common name may be."""
    match = {"operation": "GetObject", "params": {"Bucket": bucket, "Key": "a/b"}}
    control.buckets(bucket)
    control.rules({"match": match, "raw": {"status": 200, "body": "found"}})
    if style == "virtual" and "." in bucket:
        style = "auto"
    s3 = proxied("s3", s3={"addressing_style": style})
    assert s3.get_object(Bucket=bucket, Key="a/b")["Body"].read() == b"found"
    s3.put_object(Bucket=bucket, Key="a/b", Body=b"x" * 300_000)


@pytest.mark.parametrize("service", ["sqs", "sts", "kinesis", "iam"])
def test_absolute_targets(control, proxied, service):
    """Plain HTTP: `POST http://sqs.us-east-1.amazonaws.com/ HTTP/1.1`."""
    control.rules({"match": service + ".*", "error": "AccessDenied"})
    client = proxied(service, scheme="http")
    calls = {"sqs": "list_queues", "sts": "get_caller_identity", "kinesis": "list_streams", "iam": "list_users"}
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        getattr(client, calls[service])()


def test_a_bucket_in_an_absolute_target(control, proxied):
    control.rules({"match": {"operation": "GetObject", "params": {"Bucket": "bucket"}}, "error": "NoSuchKey"})
    s3 = proxied("s3", scheme="http", s3={"addressing_style": "virtual"})
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket="bucket", Key="k")


def test_the_target_names_the_host(control, server):
    """RFC 9112 3.2.2: whatever the Host header says."""
    control.rules({"match": {"host": "*.amazonaws.com"}, "raw": {"status": 418}})
    with Wire(server.address) as wire:
        head, rest = awsjson(KINESIS + "ListStreams").split(b"\r\n", 1)
        wire.send(head.replace(b" / ", b" http://kinesis.us-east-1.amazonaws.com/ ") + b"\r\n" + rest)
        assert wire.answer().status == 418


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("reset", ProxyConnectionError),
        ("close", ProxyConnectionError),
        ("truncate", ConnectionClosedError),
        ("badChunk", ConnectionClosedError),
    ],
)

def test_faults_reach_through(control, proxied, fault, error):
    """An answer that never begins is the proxy's fault to urllib3."""
    control.rules({"match": "sqs.ListQueues", "connection": fault})
    with pytest.raises(error):
        proxied("sqs").list_queues()


def test_one_that_does_not_trust_us(proxied):
    with pytest.raises(SSLError):
        proxied("sqs", verify=None).list_queues()


def test_a_host_that_is_not_aws_s(control, server):
    """The reason is in the status line, since no client shows the body of an answer to CONNECT."""
    config = Config(proxies={"https": server.endpoint}, retries={"total_max_attempts": 1})
    client = clients.session().client("sqs", endpoint_url="https://example.com", config=config)
    with pytest.raises(ProxyConnectionError) as caught:
        client.list_queues()
    assert "403 example.com is not proxied: AWS's hosts, " in str(caught.value.kwargs["error"])
    assert "example.com is not proxied" in last(control)["note"]


@pytest.mark.parametrize("target", ["http://example.com/", "http://amazonaws.com.evil.test/", "https://xamazonaws.com"])
def test_a_target_that_is_not_aws_s(server, target):
    with Wire(server.address) as wire:
        wire.send(f"GET {target} HTTP/1.1\r\nHost: sqs.us-east-1.amazonaws.com\r\n\r\n")
        answer = wire.answer()
        assert answer.status == 403
        assert b"is not proxied" in answer.body
        assert wire.to_end() == b""


@pytest.mark.parametrize("host", ["localhost:443", "127.0.0.1:443", "[::1]:443", "aws.test:443", "b.s3.aws.test:443"])
def test_own_names(server, authority, host):
    with Wire(server.address) as wire:
        wire.send(f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n")
        assert wire.until(b"\r\n\r\n") == b"HTTP/1.1 200 Connection established"
        name = host.rsplit(":", 1)[0].strip("[]")
        wire.secure(ssl.create_default_context(cafile=authority), name)
        for _ in range(2):
            wire.send(awsjson(KINESIS + "ListStreams"))
            assert wire.answer().status == 200


def test_plain_http_in_a_tunnel(server):
    with Wire(server.address) as wire:
        request = awsjson(KINESIS + "ListStreams")
        wire.send(b"CONNECT kinesis.us-east-1.amazonaws.com:80 HTTP/1.0\r\n\r\n" + request)
        assert wire.until(b"\r\n\r\n") == b"HTTP/1.1 200 Connection established"
        assert wire.answer().status == 200


def test_the_control_interface_by_the_proxy(server):
    with Wire(server.address) as wire:
        wire.send(f"GET {server.endpoint}/_awry/health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert wire.answer().status == 200


def test_instance_metadata(control, server, monkeypatch):
    """botocore asks 169.254.169.254 by HTTP_PROXY."""
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, server.endpoint)
    for name in ("AWS_EC2_METADATA_DISABLED", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert InstanceMetadataFetcher(num_attempts=1).retrieve_iam_role_credentials()["access_key"]
    control.rules({"match": "imds.GetRoleCredentials", "respond": {"AccessKeyId": "AKIDOURS"}})
    assert InstanceMetadataFetcher(num_attempts=1).retrieve_iam_role_credentials()["access_key"] == "AKIDOURS"


def test_container_credentials(control, server):
    with Wire(server.address) as wire:
        wire.send("GET http://169.254.170.2/v2/credentials/x HTTP/1.1\r\nHost: 169.254.170.2\r\n\r\n")
        assert json.loads(wire.answer().body)["AccessKeyId"]
    assert last(control)["service"] == "container"


def test_the_command_line(control, environment):
    control.rules({"match": "sqs.ListQueues", "respond": {"QueueUrls": ["https://q/cli"]}})
    tool = shutil.which("aws") or os.path.join(os.path.dirname(sys.executable), "aws")
    if not os.path.exists(tool):
        pytest.skip("no aws")
    done = subprocess.run([tool, "sqs", "list-queues"], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["QueueUrls"] == ["https://q/cli"]


def test_a_program_with_variables_only(environment):
    program = "import boto3; print(boto3.client('sqs').list_queues()['ResponseMetadata']['HTTPStatusCode'])"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout == "200\n", done.stderr


def test_the_guide(server, authority):
    program = GUIDE.read_text().split("```python\n")[1].split("```")[0]
    program = program.replace("http://127.0.0.1:4566", server.endpoint)
    program = program.replace("/home/me/.local/state/awry/ca.pem", authority)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "200\n", done.stderr


def test_a_server_that_is_none():
    server = Server()
    try:
        with Wire(server.address) as wire:
            wire.send("CONNECT sqs.us-east-1.amazonaws.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = wire.answer()
            assert (answer.status, "--proxy" in answer.reason) == (501, True)
    finally:
        server.stop()
