# SPDX-License-Identifier: Apache-2.0
"""Unchanged clients on the S3 fake, each through the same life of objects: create, put, 64 MiB in parts, a list of
2,500 keys, a range, a copy, deletion, and the client's own error for what is not there."""

import hashlib
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from .conftest import KEYS

MIB = 1 << 20


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """64 MiB that no part is like another."""
    path = tmp_path_factory.mktemp("large") / "large.bin"
    block = hashlib.sha256(b"large").digest() * 2048
    path.write_bytes(b"".join(number.to_bytes(8, "big") + block[8:] for number in range(64 * MIB // len(block))))
    return path


@pytest.fixture(scope="module")
def environment(endpoint, tmp_path_factory):
    """What the programs find around them."""
    home = tmp_path_factory.mktemp("home")
    known = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return known | {
        "HOME": str(home),
        "AWS_ACCESS_KEY_ID": "123456789012",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PATH": str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"],
    }


class Tool:
    """A program with the arguments that every call of it has."""

    def __init__(self, environment, *command):
        self.environment, self.command = environment, command

    def __call__(self, *arguments, fails=None):
        """What it says; `fails` is the exit status with which it is to fail."""
        ran = subprocess.run(
            [*self.command, *map(str, arguments)], env=self.environment, capture_output=True, text=True, timeout=120
        )
        assert ran.returncode == (fails or 0), (arguments, ran.returncode, ran.stdout[-2000:], ran.stderr[-2000:])
        return ran.stdout + ran.stderr


@pytest.fixture
def tool(control, environment):
    """A program; the test is skipped where it is not installed."""

    def make(name, *arguments):
        if shutil.which(name, path=environment["PATH"]) is None:
            pytest.skip(f"no {name}; Tests/setup.sh python installs it")
        return Tool(environment, name, *arguments)

    return make


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_aws_s3(tool, aws, s3, large, many, tmp_path):
    api, aws = aws, partial(aws, "s3")
    assert "make_bucket: one" in aws("mb", "s3://one")
    assert "BucketAlreadyExists" not in aws("ls")
    small = tmp_path / "tree" / "a b.txt"
    small.parent.mkdir()
    small.write_text("hello")
    (tmp_path / "tree" / "käse.txt").write_text("cheese")
    aws("cp", small, "s3://one/small.txt", "--metadata", "k=v", "--content-type", "text/x-small")
    head = s3.head_object(Bucket="one", Key="small.txt")
    assert head["Metadata"] == {"k": "v"} and head["ContentType"] == "text/x-small"
    aws("cp", large, "s3://one/large.bin")
    assert s3.head_object(Bucket="one", Key="large.bin")["ETag"].endswith('-8"')
    aws("cp", "s3://one/large.bin", tmp_path / "back.bin")
    assert digest(tmp_path / "back.bin") == digest(large)
    aws("cp", "s3://one/large.bin", "s3://one/copied.bin")
    assert s3.head_object(Bucket="one", Key="copied.bin")["ContentLength"] == 64 * MIB
    many()
    assert len(aws("ls", "s3://one/many/").splitlines()) == KEYS
    assert "Total Objects: 2503" in aws("ls", "s3://one", "--recursive", "--summarize").replace("  ", " ")
    # Twice: what is there already is not sent again.
    assert aws("sync", tmp_path / "tree", "s3://one/tree").count("upload:") == 2
    assert aws("sync", tmp_path / "tree", "s3://one/tree") == ""
    small.unlink()
    assert "delete: s3://one/tree/a b.txt" in aws("sync", tmp_path / "tree", "s3://one/tree", "--delete")
    assert "download:" in aws("sync", "s3://one/tree", tmp_path / "down")
    assert (tmp_path / "down" / "käse.txt").read_text() == "cheese"
    aws("mv", "s3://one/small.txt", "s3://one/moved.txt")
    assert aws("cp", "s3://one/moved.txt", "-") == "hello"
    url = aws("presign", "s3://one/moved.txt").strip()
    assert subprocess.run(["curl", "-s", url], capture_output=True, text=True).stdout == "hello"
    part = api("s3api", "get-object", "--bucket=one", "--key=large.bin", "--range=bytes=8-15", tmp_path / "part")
    assert "bytes 8-15/67108864" in part and (tmp_path / "part").read_bytes() == large.read_bytes()[8:16]
    said = aws("rm", "s3://one/many", "--recursive", "--exclude=*", "--include=*0")
    assert said.count("delete:") == KEYS // 10
    assert "delete: s3://one/moved.txt" in aws("rm", "s3://one/moved.txt")
    empty(s3, but="large.bin")
    assert "remove_bucket: one" in aws("rb", "s3://one", "--force")
    assert "(NoSuchBucket) when calling the ListObjectsV2 operation" in tool("aws", "s3")("ls", "s3://one", fails=255)


def empty(s3, but):
    """Deletes what a program would delete key by key, all but one."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket="one"):
        objects = [{"Key": entry["Key"]} for entry in page["Contents"] if entry["Key"] != but]
        s3.delete_objects(Bucket="one", Delete={"Objects": objects, "Quiet": True})


def test_s5cmd(tool, s3, control, endpoint, large, many, tmp_path):
    s5cmd = tool("s5cmd", "--endpoint-url", endpoint)
    s5cmd("mb", "s3://one")
    assert "s3://one" in s5cmd("ls")
    small = tmp_path / "small.txt"
    small.write_text("hello")
    s5cmd("cp", small, "s3://one/small.txt")
    s5cmd("cp", "--part-size", "8", large, "s3://one/large.bin")
    assert s3.head_object(Bucket="one", Key="large.bin")["ETag"].endswith('-8"')
    s5cmd("cp", "s3://one/large.bin", tmp_path / "back.bin")
    assert digest(tmp_path / "back.bin") == digest(large)
    many()
    assert len(s5cmd("ls", "s3://one/many/*").splitlines()) == KEYS
    s5cmd("cp", "s3://one/small.txt", "s3://one/copied.txt")
    assert s5cmd("cat", "s3://one/copied.txt") == "hello"
    # It reads large objects in ranges.
    assert {"206"} == {str(entry["status"]) for entry in control.requests(operation="GetObject")[:2]}
    assert "not found" in s5cmd("cat", "s3://one/none", fails=1)
    assert "NoSuchBucket" in s5cmd("ls", "s3://none", fails=1)
    assert len(s5cmd("rm", "s3://one/*").splitlines()) == KEYS + 3
    s5cmd("rb", "s3://one")


def test_rclone(tool, s3, endpoint, large, many, tmp_path):
    remote = f":s3,provider=Other,env_auth,region=us-east-1,endpoint='{endpoint}':"
    # Of its own accord it asks for the ACL `private`, which buckets have refused since April 2023.
    acl = "--s3-acl=bucket-owner-full-control"
    rclone = tool("rclone", "--config", "/dev/null", acl, "--s3-upload-cutoff=8M", "--s3-chunk-size=8M", "--retries=1")
    rclone("mkdir", remote + "one")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a b.txt").write_text("hello")
    shutil.copy(large, tmp_path / "tree" / "large.bin")
    rclone("copy", tmp_path / "tree", remote + "one/tree")
    assert s3.head_object(Bucket="one", Key="tree/large.bin")["ETag"].endswith('-8"')
    rclone("check", "--download", tmp_path / "tree", remote + "one/tree")
    many()
    assert len(rclone("lsf", remote + "one/many").splitlines()) == KEYS
    assert rclone("cat", "--offset", "1", "--count", "3", remote + "one/tree/a b.txt") == "ell"
    rclone("copyto", remote + "one/tree/a b.txt", remote + "one/copied.txt")
    assert rclone("cat", remote + "one/copied.txt") == "hello"
    assert "directory not found" in rclone("lsf", remote + "none", fails=3)
    rclone("purge", remote + "one")
    assert s3.list_buckets()["Buckets"] == []


def test_s3cmd(tool, s3, control, server, large, many, tmp_path):
    host = "%s:%d" % server.address
    s3cmd = tool(
        "s3cmd", "--no-ssl", f"--host={host}", f"--host-bucket={host}", "--region=us-east-1", "--no-progress",
        "--access_key=123456789012", "--secret_key=test", "--multipart-chunk-size-mb=8",
    )  # fmt: skip
    assert "Bucket 's3://one/' created" in s3cmd("mb", "s3://one")
    # It copies an object's ACL with it, which buckets have refused since April 2023 unless told otherwise.
    rules = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    s3.put_bucket_ownership_controls(Bucket="one", OwnershipControls=rules)
    small = tmp_path / "small.txt"
    small.write_text("hello")
    s3cmd("put", small, "s3://one/small.txt")
    s3cmd("put", large, "s3://one/large.bin")
    assert s3.head_object(Bucket="one", Key="large.bin")["ETag"].endswith('-8"')
    s3cmd("get", "s3://one/large.bin", tmp_path / "back.bin")
    assert digest(tmp_path / "back.bin") == digest(large)
    many()
    assert len(s3cmd("ls", "s3://one/many/").splitlines()) == KEYS
    s3cmd("cp", "s3://one/small.txt", "s3://one/copied.txt")
    assert "5" in s3cmd("info", "s3://one/copied.txt")
    # What is there already of a file is not read again.
    (tmp_path / "part.bin").write_bytes(large.read_bytes()[: 60 * MIB])
    s3cmd("get", "--continue", "s3://one/large.bin", tmp_path / "part.bin")
    assert digest(tmp_path / "part.bin") == digest(large)
    assert control.requests(operation="GetObject")[-1]["status"] == 206
    assert "does not exist" in s3cmd("get", "s3://one/none", tmp_path / "none", fails=64)
    assert "NoSuchBucket" in s3cmd("ls", "s3://none", fails=12)
    s3cmd("del", "--recursive", "--force", "s3://one/")
    assert "removed" in s3cmd("rb", "s3://one")
