# SPDX-License-Identifier: Apache-2.0
"""Scripted failures on top of S3's fake: what is left in it when the client has done what clients do."""

import pytest
from botocore.exceptions import ClientError, WaiterError


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


# Waiters and paginators

WAITERS = ["bucket_exists", "bucket_not_exists", "object_exists", "object_not_exists"]


@pytest.mark.parametrize("name", WAITERS)
def test_a_waiter_succeeds_times_out_and_fails(control, s3, one, sleeps, name):
    waiter = s3.get_waiter(name)
    about = {"Bucket": one} if "bucket" in name else {"Bucket": one, "Key": "a"}
    gone = {"Bucket": "none"} if "bucket" in name else {"Bucket": one, "Key": "none"}
    s3.put_object(Bucket=one, Key="a", Body=b"")
    there, missing = (gone, about) if "not" in name else (about, gone)
    waiter.wait(**there)
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        waiter.wait(**missing, WaiterConfig={"Delay": 1, "MaxAttempts": 3})
    operation = "s3.HeadBucket" if "bucket" in name else "s3.HeadObject"
    control.rules({"match": operation, "error": "InternalError"})
    with pytest.raises(WaiterError):
        waiter.wait(**there, WaiterConfig={"Delay": 1, "MaxAttempts": 3})


def uploads(s3):
    for number in range(5):
        s3.create_multipart_upload(Bucket="one", Key=f"u{number}")


def parts(s3):
    upload = s3.create_multipart_upload(Bucket="one", Key="u")["UploadId"]
    for number in range(1, 6):
        s3.upload_part(Bucket="one", Key="u", UploadId=upload, PartNumber=number, Body=b"x")
    return {"Key": "u", "UploadId": upload}


def objects(s3):
    for number in range(5):
        s3.put_object(Bucket="one", Key=f"k{number}", Body=b"")


def buckets(s3):
    for number in range(4):
        s3.create_bucket(Bucket=f"more{number}")
    return {"Bucket": None}


PAGES = {
    "list_objects": (objects, "Contents"),
    "list_objects_v2": (objects, "Contents"),
    "list_object_versions": (objects, "Versions"),
    "list_multipart_uploads": (uploads, "Uploads"),
    "list_parts": (parts, "Parts"),
    "list_buckets": (buckets, "Buckets"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_paginator_walks_pages_and_meets_an_error_on_the_way(control, s3, one, name):
    make, listed = PAGES[name]
    about = {"Bucket": one} | (make(s3) or {})
    about = {key: value for key, value in about.items() if value is not None}
    pages = list(s3.get_paginator(name).paginate(**about, PaginationConfig={"PageSize": 2}))
    assert [len(page[listed]) for page in pages] == [2, 2, 1], pages
    operation = "s3." + "".join(word.capitalize() for word in name.split("_"))
    control.rules({"match": operation, "nth": "2-", "error": "AccessDenied"})
    walked = iter(s3.get_paginator(name).paginate(**about, PaginationConfig={"PageSize": 2}))
    assert len(next(walked)[listed]) == 2
    with pytest.raises(ClientError, match="AccessDenied"):
        next(walked)


def test_directory_buckets_come_in_pages_of_one_empty(s3, one):
    pages = list(s3.get_paginator("list_directory_buckets").paginate())
    assert len(pages) == 1 and not pages[0].get("Buckets")


def test_an_empty_put_leaves_its_connection_usable(s3, one):
    # botocore waits for 100 Continue, and reads nothing right on a connection that did without.
    s3.put_object(Bucket=one, Key="empty", Body=b"")
    s3.put_object(Bucket=one, Key="full", Body=b"x")
    assert keys(s3) == ["empty", "full"]
