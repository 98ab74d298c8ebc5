# SPDX-License-Identifier: Apache-2.0
"""Buckets: made, found, listed and deleted; whose they are and where."""

import boto3
import pytest
from botocore.config import Config

from harness.raw import SCOPE, exchange

from .asking import refused


@pytest.fixture
def elsewhere(endpoint):
    """A client of another region, or of another account."""

    def make(region="us-east-1", account="123456789012"):
        config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
        return boto3.client(
            "s3", endpoint_url=endpoint, region_name=region, aws_access_key_id=account, aws_secret_access_key="x",
            config=config,
        )  # fmt: skip

    return make


def test_a_bucket_is_made_found_listed_and_deleted(s3):
    made = s3.create_bucket(Bucket="reports")
    assert (made["Location"], made["BucketArn"]) == ("/reports", "arn:aws:s3:::reports")
    head = s3.head_bucket(Bucket="reports")
    assert (head["BucketRegion"], head["AccessPointAlias"]) == ("us-east-1", False)
    assert s3.get_bucket_location(Bucket="reports")["LocationConstraint"] is None
    listed = s3.list_buckets()
    [entry] = listed["Buckets"]
    assert (entry["Name"], entry["BucketRegion"]) == ("reports", "us-east-1")
    assert entry["CreationDate"].isoformat().startswith("2026-03-01T12:00:00")
    assert len(listed["Owner"]["ID"]) == 64
    s3.delete_bucket(Bucket="reports")
    for call in (s3.head_bucket, s3.delete_bucket, s3.get_bucket_location, s3.list_objects_v2):
        refused(404, "NoSuchBucket", call, {"BucketName": "reports"}, Bucket="reports")


def test_names_are_taken_once(s3, bucket, elsewhere):
    refused(409, "BucketAlreadyExists", elsewhere(account="210987654321").create_bucket, {"BucketName": bucket},
            Bucket=bucket)  # fmt: skip
    # At home one's own may be made again, elsewhere not.
    assert s3.create_bucket(Bucket=bucket)["Location"] == "/reports"
    there = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
    far = elsewhere("eu-west-1")
    assert far.create_bucket(Bucket="far", **there)["Location"] == "http://far.s3.amazonaws.com/"
    refused(409, "BucketAlreadyOwnedByYou", far.create_bucket, {"BucketName": "far"}, Bucket="far", **there)
    refused(409, "BucketAlreadyOwnedByYou", far.create_bucket, {"BucketName": bucket}, Bucket=bucket, **there)
    assert [entry["Name"] for entry in elsewhere(account="210987654321").list_buckets()["Buckets"]] == []


def test_locations(s3, elsewhere):
    constraint = {"LocationConstraint": "eu-west-1"}
    s3.create_bucket(Bucket="far", CreateBucketConfiguration=constraint)
    assert s3.get_bucket_location(Bucket="far")["LocationConstraint"] == "eu-west-1"
    assert elsewhere("eu-west-1").head_bucket(Bucket="far")["BucketRegion"] == "eu-west-1"
    far = elsewhere("eu-west-1")
    refused(400, "IllegalLocationConstraintException", far.create_bucket, {}, Bucket="other")
    refused(400, "IllegalLocationConstraintException", far.create_bucket, {}, Bucket="other",
            CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})  # fmt: skip


def test_a_bucket_of_another_region(control, server, bucket, elsewhere):
    """botocore goes where it is sent; a client that cannot is told where."""
    assert elsewhere("eu-west-1").list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    told, asked = control.requests()[-2:]
    assert (told["status"], told["error"], asked["status"]) == (301, "PermanentRedirect", 200)
    scope = SCOPE.format("s3").replace("us-east-1", "eu-west-1")
    request = f"GET /{bucket} HTTP/1.1\r\nHost: localhost\r\n{scope}\r\n"
    answer = exchange(server.address, request)
    assert answer.status == 301 and answer.header("x-amz-bucket-region") == "us-east-1"
    assert f"<Endpoint>{bucket}.s3.us-east-1.amazonaws.com</Endpoint>".encode() in answer.body


@pytest.mark.parametrize(
    "name", ["ab", "myTestBucket", "a..b", "192.168.5.4", "bucket-", "xn--bucket", "a_b", "a" * 64]
)
def test_a_name_that_may_not_be(client, control, name):
    careless = client("s3", parameter_validation=False)
    for call in (careless.create_bucket, careless.list_objects_v2, careless.delete_bucket):
        refused(400, "InvalidBucketName", call, {"BucketName": name}, Bucket=name)


def test_a_bucket_that_is_not_empty(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    refused(409, "BucketNotEmpty", s3.delete_bucket, {"BucketName": bucket}, Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.delete_object(Bucket=bucket, Key="k")
    error = refused(409, "BucketNotEmpty", s3.delete_bucket, Bucket=bucket)
    assert "delete all versions" in error["Error"]["Message"]


def test_the_owner_that_is_expected(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    for call, more in [
        (s3.list_objects_v2, {}), (s3.head_bucket, {}), (s3.get_object, {"Key": "k"}), (s3.delete_bucket, {}),
        (s3.get_bucket_location, {}), (s3.put_object, {"Key": "k"}), (s3.delete_object, {"Key": "k"}),
    ]:  # fmt: skip
        refused(403, "AccessDenied", call, {}, Bucket=bucket, ExpectedBucketOwner="210987654321", **more)
    assert s3.list_objects_v2(Bucket=bucket, ExpectedBucketOwner="123456789012")["KeyCount"] == 1


def test_pages_of_buckets(s3):
    names = [f"bucket-{number}" for number in range(5)]
    for name in names:
        s3.create_bucket(Bucket=name)
    s3.create_bucket(Bucket="other")
    pages = s3.get_paginator("list_buckets").paginate(Prefix="bucket-", PaginationConfig={"PageSize": 2})
    assert [[entry["Name"] for entry in page["Buckets"]] for page in pages] == [names[:2], names[2:4], names[4:]]
    refused(400, "InvalidArgument", s3.list_buckets,
            {"ArgumentName": "continuation-token", "ArgumentValue": "x"}, ContinuationToken="x")  # fmt: skip


def test_sandboxes_have_buckets_of_the_same_name(s3, bucket, endpoint):
    other = boto3.client("s3", endpoint_url=f"{endpoint}/_sandbox/other", region_name="us-east-1",
                         aws_access_key_id="x", aws_secret_access_key="x")  # fmt: skip
    refused(404, "", other.head_bucket, Bucket=bucket)
    other.create_bucket(Bucket=bucket)
    s3.delete_bucket(Bucket=bucket)
    assert other.head_bucket(Bucket=bucket)
    other.delete_bucket(Bucket=bucket)


def test_versioning(s3, bucket):
    status = lambda: s3.get_bucket_versioning(Bucket=bucket).get("Status")  # noqa: E731
    put = lambda **more: s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=more)  # noqa: E731
    assert status() is None
    for wanted in ("Enabled", "Suspended", "Enabled"):
        put(Status=wanted)
        assert status() == wanted
    refused(400, "IllegalVersioningConfigurationException", s3.put_bucket_versioning, {}, Bucket=bucket,
            VersioningConfiguration={"MFADelete": "Disabled"})  # fmt: skip
    refused(403, "AccessDenied", s3.put_bucket_versioning, {}, Bucket=bucket,
            VersioningConfiguration={"Status": "Enabled", "MFADelete": "Enabled"})  # fmt: skip
