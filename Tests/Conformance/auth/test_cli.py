# SPDX-License-Identifier: Apache-2.0
"""The AWS command line, aiobotocore and pyarrow where signatures are checked and rights are asked for."""

import asyncio
import os
import subprocess

import pytest
from harness import commandline

ROOT = "123456789012"


@pytest.fixture(params=["verify", "enforce"])
def mode(request, control):
    control.demand("PUT", "scenarios/asking", {"scenario": "asking", "options": {"auth": request.param}})
    return request.param


@pytest.fixture
def aws(endpoint, tmp_path, mode):
    def run(*arguments, key=ROOT, secret="test", token=""):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_PAGER": "",
        }
        if token:
            environment["AWS_SESSION_TOKEN"] = token
        command = [commandline.AWS, "--endpoint-url", endpoint, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)

    return run


def test_the_command_line(aws, tmp_path):
    (tmp_path / "file.txt").write_text("here")
    for arguments in (
        ("s3", "mb", "s3://told"),
        ("s3", "cp", str(tmp_path / "file.txt"), "s3://told/a b/file.txt"),
        ("s3", "ls", "s3://told/a b/"),
        ("s3", "cp", "s3://told/a b/file.txt", str(tmp_path / "back.txt")),
        ("s3", "rm", "s3://told/a b/file.txt"),
        ("sqs", "create-queue", "--queue-name", "q"),
        ("sts", "get-caller-identity"),
    ):
        done = aws(*arguments)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "back.txt").read_text() == "here"


@pytest.mark.parametrize(
    "service, call, code",
    [
        ("sts", "get-caller-identity", "InvalidClientTokenId"),
        ("iam", "list-users", "InvalidClientTokenId"),
        ("kinesis", "list-streams", "UnrecognizedClientException"),
        ("s3api", "list-buckets", "InvalidAccessKeyId"),
    ],
)
def test_an_unknown_key(aws, service, call, code):
    """Program 10, by the command line."""
    done = aws(service, call, key="AKIANOBODYKNOWSTHIS1")
    assert done.returncode in (254, 255)
    operation = "".join(word.title() for word in call.split("-"))
    assert f"An error occurred ({code}) when calling the {operation} operation: " in done.stderr


def test_a_stale_token_over_a_good_key(aws):
    done = aws("s3api", "list-buckets", token="stale")
    assert done.returncode in (254, 255) and "InvalidToken" in done.stderr


def test_aiobotocore(endpoint, mode):
    awaited = pytest.importorskip("aiobotocore.session")

    async def main():
        session = awaited.get_session()
        async with session.create_client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=ROOT,
            aws_secret_access_key="test",
        ) as s3:
            await s3.create_bucket(Bucket="awaited")
            await s3.put_object(Bucket="awaited", Key="k", Body=b"here")
            answer = await s3.get_object(Bucket="awaited", Key="k")
            return await answer["Body"].read()

    assert asyncio.run(main()) == b"here"


def test_pyarrow(endpoint, mode):
    fs = pytest.importorskip("pyarrow.fs")
    s3 = fs.S3FileSystem(
        access_key=ROOT,
        secret_key="test",
        region="us-east-1",
        scheme="http",
        endpoint_override=endpoint.removeprefix("http://"),
        allow_bucket_creation=True,
    )
    s3.create_dir("arrows")
    with s3.open_output_stream("arrows/k") as out:
        out.write(b"x" * 300_000)
    with s3.open_input_stream("arrows/k") as body:
        assert body.read() == b"x" * 300_000
