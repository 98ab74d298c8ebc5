# SPDX-License-Identifier: Apache-2.0
"""Scripted failures on top of S3's fake: what is left in it when the client has done what clients do."""

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def one(s3):
    s3.create_bucket(Bucket="one")
    return "one"


def keys(s3):
    return [found["Key"] for found in s3.list_objects_v2(Bucket="one").get("Contents", [])]


def test_a_lost_put_leaves_one_object(control, client, s3, one, sleeps):
    s3.put_bucket_versioning(Bucket=one, VersioningConfiguration={"Status": "Enabled"})
    control.rules({"match": "s3.PutObject", "times": 1, "lost": "reset"})
    answer = client("s3", "standard").put_object(Bucket=one, Key="a", Body=b"hello")
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1
    assert keys(s3) == ["a"] and s3.get_object(Bucket=one, Key="a")["Body"].read() == b"hello"
    # The first put was done: what versions keep, shows it.
    versions = s3.list_object_versions(Bucket=one)["Versions"]
    assert len(versions) == 2 and versions[0]["VersionId"] == answer["VersionId"]


def test_a_put_that_must_be_the_first_meets_its_own_lost_one(control, client, one, sleeps):
    control.rules({"match": "s3.PutObject", "times": 1, "lost": "reset"})
    with pytest.raises(ClientError) as caught:
        client("s3", "standard").put_object(Bucket=one, Key="a", Body=b"hello", IfNoneMatch="*")
    assert caught.value.response["Error"]["Code"] == "PreconditionFailed"


def test_two_failures_and_then_the_object_is_there(control, client, s3, one, sleeps):
    control.rules({"match": "s3.PutObject", "times": 2, "error": "SlowDown"})
    answer = client("s3", "standard").put_object(Bucket=one, Key="a", Body=b"hello")
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2 and keys(s3) == ["a"]


def test_every_third_key_is_not_deleted(control, s3, one):
    named = [f"k{number}" for number in range(9)]
    for key in named:
        s3.put_object(Bucket=one, Key=key, Body=b"")
    control.rules({"match": "s3.DeleteObjects", "entries": {"fail": [0, 3, 6], "error": "AccessDenied"}})
    answer = s3.delete_objects(Bucket=one, Delete={"Objects": [{"Key": key} for key in named]})
    failed = named[::3]
    assert [(error["Key"], error["Code"]) for error in answer["Errors"]] == [(key, "AccessDenied") for key in failed]
    assert {found["Key"] for found in answer["Deleted"]} == set(named) - set(failed)
    assert keys(s3) == failed


def test_a_copy_whose_200_holds_an_error_is_done_at_the_second_try(control, client, s3, one, sleeps):
    s3.put_object(Bucket=one, Key="a", Body=b"hello")
    control.rules({"match": "s3.CopyObject", "times": 1, "late": {"error": "InternalError"}})
    answer = client("s3", "standard").copy_object(Bucket=one, Key="b", CopySource={"Bucket": one, "Key": "a"})
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1
    assert s3.get_object(Bucket=one, Key="b")["Body"].read() == b"hello"


def test_program_2_names_that_are_taken(s3, one, endpoint):
    from harness.clients import config, session

    resource = session().resource("s3", endpoint_url=endpoint, config=config(s3={"addressing_style": "path"}))
    import boto3

    other = boto3.Session("222222222222", "test", region_name="us-east-1")
    other.client("s3", endpoint_url=endpoint).create_bucket(Bucket="theirs")
    with pytest.raises(resource.meta.client.exceptions.BucketAlreadyExists) as caught:
        resource.create_bucket(Bucket="theirs")
    assert caught.value.response["Error"]["BucketName"] == "theirs"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    far = boto3.Session("123456789012", "test", region_name="eu-west-1").resource("s3", endpoint_url=endpoint)
    where = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
    far.create_bucket(Bucket="mine", **where)
    with pytest.raises(far.meta.client.exceptions.BucketAlreadyOwnedByYou):
        far.create_bucket(Bucket="mine", **where)


def test_program_4_heads_have_no_body(s3, one, endpoint):
    import boto3

    theirs = boto3.Session("222222222222", "test", region_name="eu-west-1").client("s3", endpoint_url=endpoint)
    theirs.create_bucket(Bucket="far", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    for call, status in (
        (lambda: s3.head_bucket(Bucket="none"), 404),
        (lambda: s3.head_object(Bucket=one, Key="none"), 404),
        (lambda: s3.head_bucket(Bucket=one, ExpectedBucketOwner="999999999999"), 403),
    ):
        with pytest.raises(ClientError) as caught:
            call()
        error = caught.value.response
        assert error["Error"]["Code"] == str(status) and error["ResponseMetadata"]["HTTPStatusCode"] == status


def test_an_empty_put_leaves_its_connection_usable(s3, one):
    # botocore waits for 100 Continue, and reads nothing right on a connection that did without.
    s3.put_object(Bucket=one, Key="empty", Body=b"")
    s3.put_object(Bucket=one, Key="full", Body=b"x")
    assert keys(s3) == ["empty", "full"]
