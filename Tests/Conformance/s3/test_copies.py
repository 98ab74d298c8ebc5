# SPDX-License-Identifier: Apache-2.0
"""Copies, deletions of many, and conditions of reads and writes."""

import datetime

import pytest

from .asking import body, refused

BEFORE = datetime.datetime(2026, 2, 28)
AFTER = datetime.datetime(2026, 3, 1, 12)


@pytest.fixture
def etag(s3, bucket):
    """The ETag of `k`, which is there."""
    return s3.put_object(Bucket=bucket, Key="k", Body=b"content", Metadata={"a": "1"}, Tagging="t=1")["ETag"]


def test_a_copy_takes_over_what_it_is_not_told(s3, bucket, etag):
    s3.create_bucket(Bucket="other")
    copied = s3.copy_object(Bucket="other", Key="copy", CopySource={"Bucket": bucket, "Key": "k"})
    assert copied["CopyObjectResult"]["ETag"] == etag
    head = s3.head_object(Bucket="other", Key="copy")
    assert head["Metadata"] == {"a": "1"} and head["TagCount"] == 1
    s3.copy_object(Bucket="other", Key="copy", CopySource=f"{bucket}/k", MetadataDirective="REPLACE",
                   Metadata={"b": "2"}, TaggingDirective="REPLACE", StorageClass="STANDARD_IA")  # fmt: skip
    head = s3.head_object(Bucket="other", Key="copy")
    assert head["Metadata"] == {"b": "2"} and "TagCount" not in head and head["StorageClass"] == "STANDARD_IA"
    assert body(s3.get_object(Bucket="other", Key="copy")) == b"content"


@pytest.mark.parametrize(
    ("source", "status", "code", "elements"),
    [
        ("reports/none", 404, "NoSuchKey", {"Key": "none"}),
        ("none/k", 404, "NoSuchBucket", {"BucketName": "none"}),
        ("k", 400, "InvalidArgument", {"ArgumentName": "x-amz-copy-source", "ArgumentValue": "k"}),
        ("reports/k", 400, "InvalidRequest", {}),
        ("reports/k?versionId=nonsense", 400, "InvalidArgument",
         {"ArgumentName": "versionId", "ArgumentValue": "nonsense"}),
        ("reports/k?versionId=" + "a" * 32, 404, "NoSuchVersion", {"Key": "k", "VersionId": "a" * 32}),
    ],
)  # fmt: skip
def test_a_source_that_is_none(s3, bucket, etag, source, status, code, elements):
    refused(status, code, s3.copy_object, elements, Bucket=bucket, Key="k", CopySource=source)


def test_many_are_deleted(s3, bucket, etag):
    s3.put_object(Bucket=bucket, Key="l")
    objects = [{"Key": "k"}, {"Key": "none"}, {"Key": "l", "VersionId": "nonsense"}]
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": objects})
    assert answer["Deleted"] == [{"Key": "k"}, {"Key": "none"}]
    [error] = answer["Errors"]
    assert (error["Key"], error["VersionId"], error["Code"]) == ("l", "nonsense", "InvalidArgument")
    assert "Deleted" not in s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "l"}], "Quiet": True})
    many = [{"Key": str(number)} for number in range(1001)]
    refused(400, "MalformedXML", s3.delete_objects, {}, Bucket=bucket, Delete={"Objects": many})


READS = [
    ({"IfMatch": "ETAG"}, 200),
    ({"IfMatch": "*"}, 200),
    ({"IfMatch": '"x", ETAG'}, 200),
    ({"IfMatch": '"x"'}, 412),
    ({"IfNoneMatch": "ETAG"}, 304),
    ({"IfNoneMatch": "*"}, 304),
    ({"IfNoneMatch": '"x"'}, 200),
    ({"IfModifiedSince": BEFORE}, 200),
    ({"IfModifiedSince": AFTER}, 304),
    ({"IfUnmodifiedSince": AFTER}, 200),
    ({"IfUnmodifiedSince": BEFORE}, 412),
    # RFC 9110, 13.2.2: an ETag is asked before a date, and instead of it.
    ({"IfMatch": "ETAG", "IfUnmodifiedSince": BEFORE}, 200),
    ({"IfNoneMatch": '"x"', "IfModifiedSince": AFTER}, 200),
]


def filled(conditions, etag):
    return {
        name: value.replace("ETAG", etag) if isinstance(value, str) else value for name, value in conditions.items()
    }


@pytest.mark.parametrize(("conditions", "status"), READS)
def test_conditions_of_reads(s3, bucket, etag, conditions, status):
    wanted = filled(conditions, etag)
    for call in (s3.get_object, s3.head_object):
        if status == 200:
            assert call(Bucket=bucket, Key="k", **wanted)["ETag"] == etag
            continue
        error = refused(status, "PreconditionFailed", call, Bucket=bucket, Key="k", **wanted)
        if status == 304:
            assert error["ResponseMetadata"]["HTTPHeaders"]["etag"] == etag
        elif call == s3.get_object:
            assert error["Error"]["Condition"] in ("If-Match", "If-Unmodified-Since")


@pytest.mark.parametrize(("conditions", "status"), READS)
def test_conditions_of_a_source(s3, bucket, etag, conditions, status):
    wanted = {f"CopySource{name}": value for name, value in filled(conditions, etag).items()}
    copy = {"Bucket": bucket, "Key": "copy", "CopySource": f"{bucket}/k"}
    if status == 200:
        s3.copy_object(**copy, **wanted)
    else:
        error = refused(412, "PreconditionFailed", s3.copy_object, **copy, **wanted)
        assert error["Error"]["Condition"].startswith("x-amz-copy-source-If-")
        refused(404, "", s3.head_object, Bucket=bucket, Key="copy")


def test_conditions_of_writes(s3, bucket, etag):
    copy = {"CopySource": f"{bucket}/source"}
    s3.put_object(Bucket=bucket, Key="source", Body=b"new")
    for call, more in [(s3.put_object, {"Body": b"new"}), (s3.copy_object, copy)]:
        held = {"Bucket": bucket, "Key": "k", **more}
        refused(412, "PreconditionFailed", call, {"Condition": "If-None-Match"}, IfNoneMatch="*", **held)
        refused(412, "PreconditionFailed", call, {"Condition": "If-Match"}, IfMatch='"x"', **held)
        refused(501, "NotImplemented", call, IfNoneMatch='"x"', **held)
        refused(501, "NotImplemented", call, IfMatch="*", **held)
        refused(501, "NotImplemented", call, IfMatch=etag, IfNoneMatch="*", **held)
        new = {"Bucket": bucket, "Key": f"new-{call.__name__}", **more}
        refused(404, "NoSuchKey", call, {"Key": new["Key"]}, IfMatch=etag, **new)
        call(IfNoneMatch="*", **new)
        call(IfMatch=etag, **held)
        etag_now = s3.head_object(Bucket=bucket, Key="k")["ETag"]
        assert etag_now != etag
        s3.put_object(Bucket=bucket, Key="k", Body=b"content")


def test_conditions_of_deletions(s3, bucket, etag):
    held = {"Bucket": bucket, "Key": "k"}
    refused(412, "PreconditionFailed", s3.delete_object, {"Condition": "If-Match"}, IfMatch='"x"', **held)
    refused(404, "NoSuchKey", s3.delete_object, {"Key": "none"}, IfMatch="*", Bucket=bucket, Key="none")
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "k", "ETag": '"x"'}]})
    assert answer["Errors"][0]["Code"] == "PreconditionFailed"
    refused(501, "NotImplemented", s3.delete_object, IfMatchSize=7, **held)
    s3.delete_object(IfMatch=etag, **held)
    refused(404, "", s3.head_object, **held)
