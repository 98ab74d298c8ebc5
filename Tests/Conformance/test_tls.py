# SPDX-License-Identifier: Apache-2.0
"""TLS on the port that speaks plain HTTP too, with an authority of its own or a certificate that was given."""

import os
import ssl
import subprocess
import urllib.request

import pytest
from botocore.exceptions import SSLError
from urllib3.exceptions import InsecureRequestWarning

from harness import clients
from harness.control import Control
from harness.owned import owned_server
from harness.raw import KINESIS, Wire, awsjson
from harness.server import Server, binary


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def server(state):
    with owned_server("--tls", "--domain", "aws.test", state=state) as running:
        yield running


@pytest.fixture(scope="module")
def bare_control(server):
    return Control(server.endpoint)


@pytest.fixture(scope="module")
def authority(server, state):
    return state / "awry/ca.pem"


@pytest.fixture
def secure(server, authority):
    """A boto3 client over TLS."""

    def make(service, verify=authority, **options):
        endpoint = server.endpoint.replace("http:", "https:").replace("127.0.0.1", "localhost")
        return clients.session().client(
            service, endpoint_url=endpoint, verify=str(verify) if verify else verify, config=clients.config(**options)
        )

    return make


def test_paths_are_printed(server, authority):
    assert any(f"AWS_CA_BUNDLE={authority}" in line and "https://" in line for line in server.lines)


def test_keys_are_for_their_owner(state, authority):
    assert (state / "awry/authority.pem").stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in authority.read_bytes()


def test_boto3(control, secure):
    control.rules({"match": "kinesis.ListStreams", "respond": {"StreamNames": ["a"], "HasMoreStreams": False}})
    assert secure("kinesis").list_streams()["StreamNames"] == ["a"]


def test_a_client_that_does_not_trust_it(control, secure):
    with pytest.raises(SSLError):
        secure("kinesis", verify=None).list_streams()
    with pytest.warns(InsecureRequestWarning):
        assert secure("kinesis", verify=False).list_streams()


@pytest.mark.parametrize("name", ["localhost", "bucket.s3.localhost", "aws.test", "s3.aws.test"])
def test_names(server, authority, name):
    """OpenSSL's clients take no wildcard straight below a top-level name, so `bucket.localhost` is not among them."""
    context = ssl.create_default_context(cafile=authority)
    with Wire(server.address, tls=context, name=name) as wire:
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == 200


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_versions(server, authority, version):
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = context.maximum_version = version
    with Wire(server.address, tls=context) as wire:
        for _ in range(3):
            wire.send(awsjson(KINESIS + "ListStreams"))
            assert wire.answer().status == 200


def test_large_bodies(control, secure, server, authority):
    """Both ways, more than any buffer between them holds."""
    body = {"$repeat": "0123456789abcdef", "count": 1 << 18}
    control.buckets("b-1")
    control.rules({"match": "s3.GetObject", "raw": {"status": 200, "body": body}})
    s3 = secure("s3", s3={"addressing_style": "path"})
    assert s3.get_object(Bucket="b-1", Key="k")["Body"].read() == b"0123456789abcdef" * (1 << 18)
    s3.put_object(Bucket="b-1", Key="k", Body=b"x" * (8 << 20))


def test_a_slow_answer_comes_byte_by_byte(control, server, authority):
    """What is paced is sent as it is due, not when a whole record of it is."""
    control.rules({"match": "kinesis.*", "bandwidth": "100B/s", "raw": {"status": 200, "body": "0123456789" * 3}})
    with Wire(server.address, tls=ssl.create_default_context(cafile=authority)) as wire:
        wire.send(awsjson(KINESIS + "ListStreams"))
        wire.until(b"\r\n\r\n")
        sizes = []
        while sum(sizes) < 30:
            sizes.append(len(wire.rest or wire.socket.recv(100)))
            wire.rest = b""
        assert max(sizes) < 20


def test_what_is_no_handshake(server):
    for data in (b"\x16", b"\x16\x03\x01\x00\x05hello", b"\x16" * 1000, b"\x16\x03\x01\xff\xff" + b"\0" * 70_000):
        with Wire(server.address) as wire:
            wire.send(data)
            if len(data) > 1:
                assert not wire.to_end().startswith(b"HTTP")
    with Wire(server.address) as wire:
        wire.send(awsjson(KINESIS + "ListStreams"))
        assert wire.answer().status == 200


def test_the_authority_is_kept(server, state, authority):
    before = authority.read_bytes()
    other = Server("--tls", XDG_STATE_HOME=str(state))
    try:
        assert authority.read_bytes() == before
        context = ssl.create_default_context(cafile=authority)
        address = f"https://localhost:{other.address[1]}/_awry/health"
        assert urllib.request.urlopen(address, context=context, timeout=10).status == 200
    finally:
        other.stop()


def test_a_given_certificate(tmp_path):
    """In two files, and in one."""
    certificate, key, both = tmp_path / "cert.pem", tmp_path / "key.pem", tmp_path / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    for arguments in (["--tls-cert", str(both)], ["--tls-cert", str(certificate), "--tls-key", str(key)]):
        other = Server(*arguments, XDG_STATE_HOME=str(tmp_path / "none"))
        try:
            with Wire(other.address, tls=ssl.create_default_context(cafile=certificate)) as wire:
                wire.send(awsjson(KINESIS + "ListStreams"))
                assert wire.answer().status == 200
            assert not (tmp_path / "none").exists()
        finally:
            other.stop()


@pytest.mark.parametrize(
    "arguments,said",
    [
        (["--tls-cert", "/nonexistent.pem"], "/nonexistent.pem: no such file"),
        (["--tls-cert", "/etc/hostname"], "--tls-cert /etc/hostname: the certificate and the key cannot be used"),
        (["--tls-key", "/etc/hostname"], "--tls-key needs --tls-cert"),
    ],
)
def test_refusals(arguments, said):
    run = subprocess.run([binary(), "serve", "--port", "0", *arguments], capture_output=True, text=True, timeout=30)
    assert run.returncode == 2 and said in run.stderr


def test_no_folder_to_write_to():
    environment = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_STATE_HOME")}
    run = subprocess.run(
        [binary(), "serve", "--port", "0", "--tls"], capture_output=True, text=True, timeout=30, env=environment
    )
    assert run.returncode == 2 and "HOME" in run.stderr
