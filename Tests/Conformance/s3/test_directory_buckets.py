# SPDX-License-Identifier: Apache-2.0
"""Directory buckets: sessions, appends, renames. botocore calls them by a host of their own, with a session's keys."""

import pytest

from harness import clients
from harness.resolving import know_localhost

from .asking import body, refused

NAME = "base--use1-az4--x-s3"
CONFIGURATION = {
    "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
    "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
}


@pytest.fixture
def directory(control, endpoint, monkeypatch):
    """A client, and the bucket. AWS makes such buckets at another endpoint, where nobody asks for a session."""
    know_localhost()
    made = lambda: clients.client(endpoint.replace("127.0.0.1", "localhost"), "s3")  # noqa: E731
    monkeypatch.setenv("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true")
    answer = made().create_bucket(Bucket=NAME, CreateBucketConfiguration=CONFIGURATION)
    assert answer["Location"] == f"https://{NAME}.s3express-use1-az4.us-east-1.amazonaws.com/"
    monkeypatch.delenv("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH")
    return made()


def test_a_directory_bucket(directory, control):
    arn = f"arn:aws:s3express:us-east-1:123456789012:bucket/{NAME}"
    [entry] = directory.list_directory_buckets()["Buckets"]
    assert (entry["Name"], entry["BucketArn"]) == (NAME, arn)
    assert directory.list_buckets()["Buckets"] == []
    head = directory.head_bucket(Bucket=NAME)
    assert (head["BucketLocationType"], head["BucketLocationName"]) == ("AvailabilityZone", "use1-az4")
    directory.put_object(Bucket=NAME, Key="k", Body=b"abc")
    read = directory.get_object(Bucket=NAME, Key="k")
    assert body(read) == b"abc" and read["StorageClass"] == "EXPRESS_ONEZONE"
    assert "CreateSession" in [entry["operation"] for entry in control.requests()]
    refused(409, "BucketNotEmpty", directory.delete_bucket, Bucket=NAME)
    directory.delete_object(Bucket=NAME, Key="k")
    directory.delete_bucket(Bucket=NAME)


def test_sessions(directory, s3, bucket):
    keys = directory.create_session(Bucket=NAME)["Credentials"]
    assert keys["AccessKeyId"].startswith("ASIA") and keys["Expiration"].isoformat() == "2026-03-01T12:05:00+00:00"


def test_appends(directory):
    directory.put_object(Bucket=NAME, Key="k", Body=b"abc")
    assert directory.put_object(Bucket=NAME, Key="k", Body=b"def", WriteOffsetBytes=3)["Size"] == 6
    assert body(directory.get_object(Bucket=NAME, Key="k")) == b"abcdef"
    refused(400, "InvalidWriteOffset", directory.put_object, Bucket=NAME, Key="k", Body=b"x", WriteOffsetBytes=3)


def test_a_rename(directory):
    etag = directory.put_object(Bucket=NAME, Key="k", Body=b"abc")["ETag"]
    directory.put_object(Bucket=NAME, Key="held", Body=b"x")
    rename = {"Bucket": NAME, "Key": "held", "RenameSource": f"{NAME}/k"}
    refused(412, "PreconditionFailed", directory.rename_object, **rename)
    refused(412, "PreconditionFailed", directory.rename_object, **rename, SourceIfMatch='"x"')
    refused(404, "NoSuchKey", directory.rename_object, {"Key": "none"}, **rename | {"RenameSource": f"/{NAME}/none"})
    directory.rename_object(**rename | {"Key": "new"}, SourceIfMatch=etag)
    assert [entry["Key"] for entry in directory.list_objects_v2(Bucket=NAME)["Contents"]] == ["held", "new"]


@pytest.mark.parametrize("name", ["base", "base--x-s3", "base--use1-az5--x-s3"])
def test_a_name_that_is_none_of_a_directory_bucket(s3, name):
    if name.endswith("--x-s3"):
        pytest.skip("botocore asks for a session first")
    refused(400, "InvalidBucketName", s3.create_bucket, {"BucketName": name}, Bucket=name,
            CreateBucketConfiguration=CONFIGURATION)  # fmt: skip


def test_what_general_purpose_buckets_do_not_have(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k")
    refused(501, "NotImplemented", s3.put_object, Bucket=bucket, Key="k", WriteOffsetBytes=0)
    refused(501, "NotImplemented", s3.rename_object, Bucket=bucket, Key="l", RenameSource="bucket/k")


def test_what_directory_buckets_do_not_have(directory):
    directory.put_object(Bucket=NAME, Key="k", Body=b"x")
    versioning = {"VersioningConfiguration": {"Status": "Enabled"}}
    for call, more in (
        (directory.list_objects, {}), (directory.list_object_versions, {}),
        (directory.put_bucket_versioning, versioning),
        (directory.get_bucket_cors, {}), (directory.get_bucket_acl, {}), (directory.get_object_tagging, {"Key": "k"}),
        (directory.restore_object, {"Key": "k"}), (directory.get_object_acl, {"Key": "k"}),
    ):  # fmt: skip
        refused(501, "NotImplemented", call, {}, Bucket=NAME, **more)


def test_prefixes_end_in_a_slash(directory):
    directory.put_object(Bucket=NAME, Key="a/k")
    assert directory.list_objects_v2(Bucket=NAME, Prefix="a/")["KeyCount"] == 1
    refused(400, "InvalidRequest", directory.list_objects_v2, Bucket=NAME, Prefix="a")
    refused(400, "InvalidRequest", directory.list_multipart_uploads, Bucket=NAME, Prefix="a")
