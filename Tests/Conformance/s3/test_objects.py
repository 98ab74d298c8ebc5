# SPDX-License-Identifier: Apache-2.0
"""Objects: put, read, copied and deleted, with all that stands beside their bytes."""

import base64
import hashlib

import pytest

from .asking import body, refused

MD5 = hashlib.md5(b"content").hexdigest()
HEADERS = {
    "CacheControl": "max-age=60",
    "ContentDisposition": "inline",
    "ContentEncoding": "gzip",
    "ContentLanguage": "de",
    "ContentType": "text/plain",
    "WebsiteRedirectLocation": "/other",
}
KEYS = ["k", "a/b/c", "/", "//", "a//b", ".", "..", "a b+c%20d&e?f=g#h", "问题"]
KEYS += ["e\u0301", "\u00e9", "\U0001f600", "k" * 1024]


@pytest.mark.parametrize("key", KEYS)
def test_keys(s3, bucket, key):
    if key in (".", ".."):
        pytest.skip("botocore resolves dots in paths itself")
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert body(s3.get_object(Bucket=bucket, Key=key)) == key.encode()
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    assert [entry["Key"] for entry in s3.list_object_versions(Bucket=bucket)["Versions"]] == [key]
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
    assert body(s3.get_object(Bucket=bucket, Key="copy")) == key.encode()
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key}, {"Key": "copy"}]})
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_a_key_that_is_too_long(s3, bucket):
    for call in (s3.put_object, s3.get_object, s3.delete_object, s3.create_multipart_upload):
        refused(400, "KeyTooLongError", call, {"Size": "1026", "MaxSizeAllowed": "1024"}, Bucket=bucket, Key="é" * 513)


def test_an_object_and_what_stands_beside_it(s3, bucket):
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"content", Metadata={"Who": "me", "x": "y"}, **HEADERS)
    assert (put["ETag"], put["ServerSideEncryption"], put["ChecksumType"]) == (f'"{MD5}"', "AES256", "FULL_OBJECT")
    assert "VersionId" not in put
    read, head = s3.get_object(Bucket=bucket, Key="k"), s3.head_object(Bucket=bucket, Key="k")
    assert body(read) == b"content"
    for answer in (read, head):
        assert answer["Metadata"] == {"who": "me", "x": "y"}
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert (answer["ETag"], answer["ContentLength"], answer["AcceptRanges"]) == (f'"{MD5}"', 7, "bytes")
        assert answer["LastModified"].isoformat() == "2026-03-01T12:00:00+00:00"
        assert "StorageClass" not in answer and "VersionId" not in answer
    s3.put_object(Bucket=bucket, Key="k")
    read = s3.get_object(Bucket=bucket, Key="k")
    assert (read["ContentType"], read["Metadata"], body(read)) == ("binary/octet-stream", {}, b"")


def test_headers_of_the_answer(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"content", **HEADERS)
    wanted = {"CacheControl": "no-store", "ContentDisposition": "attachment", "ContentType": "text/csv"}
    answer = s3.get_object(Bucket=bucket, Key="k", **{f"Response{name}": value for name, value in wanted.items()})
    assert {name: answer[name] for name in wanted} == wanted and answer["ContentLanguage"] == "de"


@pytest.mark.parametrize(
    ("header", "seen", "shown"),
    [
        ("bytes=0-0", b"0", "bytes 0-0/10"),
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=8-", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=5-2", b"0123456789", None),
        ("bytes=0-1,3-4", b"0123456789", None),
        ("lines=0-1", b"0123456789", None),
    ],
)
def test_ranges(s3, bucket, header, seen, shown):
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    answer = s3.get_object(Bucket=bucket, Key="k", Range=header)
    assert body(answer) == seen and answer.get("ContentRange") == shown
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == (206 if shown else 200)
    assert s3.head_object(Bucket=bucket, Key="k", Range=header)["ContentLength"] == len(seen)


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_that_is_not_there(s3, bucket, header):
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    for call in (s3.get_object, s3.head_object):
        refused(416, "InvalidRange", call, {"RangeRequested": header, "ActualObjectSize": "10"}, Bucket=bucket, Key="k",
                Range=header)  # fmt: skip


def test_what_is_not_there(s3, bucket):
    for call in (s3.get_object, s3.head_object, s3.get_object_tagging, s3.get_object_acl):
        refused(404, "NoSuchKey", call, {"Key": "k"}, Bucket=bucket, Key="k")
        refused(404, "NoSuchBucket", call, {"BucketName": "none"}, Bucket="none", Key="k")
    for call in (s3.put_object, s3.delete_object, s3.create_multipart_upload):
        refused(404, "NoSuchBucket", call, {"BucketName": "none"}, Bucket="none", Key="k")
    # What is not there cannot be deleted, and nobody is told.
    assert s3.delete_object(Bucket=bucket, Key="k")["ResponseMetadata"]["HTTPStatusCode"] == 204


def test_metadata_has_a_limit(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Metadata={"a": "x" * 2047})
    refused(400, "MetadataTooLarge", s3.put_object, {"Size": "2049", "MaxSizeAllowed": "2048"}, Bucket=bucket, Key="k",
            Metadata={"a": "x" * 2048})  # fmt: skip


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"ContentMD5": "AAAA"}, "InvalidDigest"),
        ({"ContentMD5": base64.b64encode(bytes(16)).decode()}, "BadDigest"),
        ({"ChecksumSHA256": base64.b64encode(bytes(32)).decode()}, "BadDigest"),
        ({"ChecksumCRC32": "AAAAAA=="}, "BadDigest"),
        ({"ChecksumCRC32": "AAAA"}, "InvalidRequest"),
        ({"ChecksumSHA1": "nonsense"}, "InvalidRequest"),
        ({"StorageClass": "OUTPOSTS"}, "InvalidStorageClass"),
        ({"WebsiteRedirectLocation": "elsewhere"}, "InvalidRedirectLocation"),
        ({"Tagging": "a=1&a=2"}, "InvalidArgument"),
        ({"Tagging": "&".join(f"k{number}=v" for number in range(11))}, "BadRequest"),
        ({"Tagging": "aws:a=b"}, "InvalidTag"),
        ({"SSEKMSKeyId": "key"}, "InvalidArgument"),
        ({"ObjectLockMode": "GOVERNANCE"}, "InvalidRequest"),
        ({"ACL": "public-read"}, "AccessControlListNotSupported"),
    ],
)
def test_an_object_that_cannot_be(s3, bucket, parameters, code):
    refused(400, code, s3.put_object, Bucket=bucket, Key="k", Body=b"content", **parameters)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksums(s3, bucket, algorithm):
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"content", ChecksumAlgorithm=algorithm)
    member = f"Checksum{algorithm}"
    read = s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert read[member] == put[member] and read["ChecksumType"] == "FULL_OBJECT"
    assert member not in s3.get_object(Bucket=bucket, Key="k", Range="bytes=0-1", ChecksumMode="ENABLED")
    assert s3.head_object(Bucket=bucket, Key="k").get(member) is None
    attributes = s3.get_object_attributes(
        Bucket=bucket, Key="k", ObjectAttributes=["Checksum", "ETag", "ObjectSize", "StorageClass", "ObjectParts"]
    )
    assert attributes["Checksum"] == {member: put[member], "ChecksumType": "FULL_OBJECT"}
    assert (attributes["ETag"], attributes["ObjectSize"], attributes["StorageClass"]) == (MD5, 7, "STANDARD")
    assert "ObjectParts" not in attributes
    [entry] = s3.list_objects_v2(Bucket=bucket)["Contents"]
    assert entry["ChecksumAlgorithm"] == [algorithm]


def test_a_checksum_that_nobody_gave(control, client, bucket):
    plain = client("s3", request_checksum_calculation="when_required", response_checksum_validation="when_required")
    put = plain.put_object(Bucket=bucket, Key="k", Body=b"123456789")
    # The check value of CRC-64/NVME.
    assert put["ChecksumCRC64NVME"] == base64.b64encode(bytes.fromhex("ae8b14860a799888")).decode()


def test_tags(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Tagging="a=1&b=%20x")

    def tags():
        return {tag["Key"]: tag["Value"] for tag in s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"]}

    assert tags() == {"a": "1", "b": " x"} and s3.head_object(Bucket=bucket, Key="k")["TagCount"] == 2
    s3.put_object_tagging(Bucket=bucket, Key="k", Tagging={"TagSet": [{"Key": "c", "Value": "2"}]})
    assert tags() == {"c": "2"}
    same = [{"Key": "c", "Value": "2"}] * 2
    refused(400, "InvalidTag", s3.put_object_tagging, Bucket=bucket, Key="k", Tagging={"TagSet": same})
    s3.delete_object_tagging(Bucket=bucket, Key="k")
    assert tags() == {} and "TagCount" not in s3.head_object(Bucket=bucket, Key="k")
    refused(404, "NoSuchKey", s3.put_object_tagging, {"Key": "none"}, Bucket=bucket, Key="none",
            Tagging={"TagSet": []})  # fmt: skip


def test_encryption_by_kms(s3, bucket):
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"content", ServerSideEncryption="aws:kms", SSEKMSKeyId="one",
                        BucketKeyEnabled=True)  # fmt: skip
    assert put["SSEKMSKeyId"] == "arn:aws:kms:us-east-1:123456789012:key/one" and put["BucketKeyEnabled"]
    assert put["ETag"] != f'"{MD5}"' and len(put["ETag"]) == 34
    head = s3.head_object(Bucket=bucket, Key="k")
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", put["SSEKMSKeyId"])


def test_encryption_by_the_customers_key(s3, client, bucket):
    # botocore sends such keys over TLS alone unless it is made careless.
    mine = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"content", **mine)
    assert put["SSECustomerAlgorithm"] == "AES256" and "ServerSideEncryption" not in put
    assert body(s3.get_object(Bucket=bucket, Key="k", **mine)) == b"content"
    for call in (s3.get_object, s3.head_object):
        refused(400, "InvalidRequest", call, Bucket=bucket, Key="k")
    other = mine | {"SSECustomerKey": "x" * 32}
    refused(403, "AccessDenied", s3.get_object, Bucket=bucket, Key="k", **other)
    refused(400, "InvalidArgument", s3.put_object, Bucket=bucket, Key="k", **mine | {"SSECustomerKey": "short"})
    s3.put_object(Bucket=bucket, Key="plain")
    refused(400, "InvalidRequest", s3.get_object, Bucket=bucket, Key="plain", **mine)
    source = {"CopySourceSSECustomerAlgorithm": "AES256", "CopySourceSSECustomerKey": "k" * 32}
    copy = {"Bucket": bucket, "Key": "copy", "CopySource": f"{bucket}/k"}
    refused(400, "InvalidRequest", s3.copy_object, **copy)
    s3.copy_object(**copy, **source)
    assert body(s3.get_object(Bucket=bucket, Key="copy")) == b"content"


def test_archives_are_restored_by_the_clock(s3, bucket, advance):
    s3.put_object(Bucket=bucket, Key="k", Body=b"content", StorageClass="GLACIER")
    s3.put_object(Bucket=bucket, Key="warm", Body=b"content")
    assert s3.head_object(Bucket=bucket, Key="k")["StorageClass"] == "GLACIER"
    refused(403, "InvalidObjectState", s3.get_object, {"StorageClass": "GLACIER"}, Bucket=bucket, Key="k")
    refused(403, "InvalidObjectState", s3.copy_object, {"StorageClass": "GLACIER"}, Bucket=bucket, Key="copy",
            CopySource=f"{bucket}/k")  # fmt: skip
    restore = lambda key="k", tier="Standard", **more: dict(  # noqa: E731
        Bucket=bucket, Key=key, RestoreRequest={"Days": 1, "GlacierJobParameters": {"Tier": tier}} | more
    )
    refused(403, "InvalidObjectState", s3.restore_object, {"StorageClass": "STANDARD"}, **restore("warm"))
    s3.restore_object(**restore())
    assert s3.head_object(Bucket=bucket, Key="k")["Restore"] == 'ongoing-request="true"'
    refused(409, "RestoreAlreadyInProgress", s3.restore_object, {}, **restore())
    refused(403, "InvalidObjectState", s3.get_object, Bucket=bucket, Key="k")
    advance("5h")
    restored = 'ongoing-request="false", expiry-date="Tue, 03 Mar 2026 00:00:00 GMT"'
    assert s3.head_object(Bucket=bucket, Key="k")["Restore"] == restored
    assert body(s3.get_object(Bucket=bucket, Key="k")) == b"content"
    listed = s3.list_objects_v2(Bucket=bucket, OptionalObjectAttributes=["RestoreStatus"])["Contents"][0]
    assert listed["RestoreStatus"]["IsRestoreInProgress"] is False
    advance("2d")
    refused(403, "InvalidObjectState", s3.get_object, Bucket=bucket, Key="k")
    assert "Restore" not in s3.head_object(Bucket=bucket, Key="k")


def test_access_lists(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k")
    [grant] = s3.get_object_acl(Bucket=bucket, Key="k")["Grants"]
    assert grant["Permission"] == "FULL_CONTROL"
    refused(400, "AccessControlListNotSupported", s3.put_object_acl, Bucket=bucket, Key="k", ACL="public-read")
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read")
    grants = s3.get_object_acl(Bucket=bucket, Key="k")["Grants"]
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL", "READ"]
