# SPDX-License-Identifier: Apache-2.0
"""Uploads in parts."""

import base64
import hashlib
import zlib

import pytest

from .asking import body, refused

MIB = 1 << 20
FULL = b"x" * (5 * MIB)


@pytest.fixture
def upload(s3, bucket):
    """Begins an upload: what its calls are given."""

    def make(key="k", **more):
        made = s3.create_multipart_upload(Bucket=bucket, Key=key, **more)
        return {"Bucket": bucket, "Key": key, "UploadId": made["UploadId"]}

    return make


def send(s3, upload, number, data, **more):
    sent = s3.upload_part(**upload, PartNumber=number, Body=data, **more)
    return {name: value for name, value in sent.items() if name == "ETag"} | {"PartNumber": number}


def complete(s3, upload, *parts, **more):
    return s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": list(parts)}, **more)


def test_an_upload(s3, bucket, upload):
    begun = upload(Metadata={"a": "1"}, ContentType="text/plain", StorageClass="STANDARD_IA")
    parts = [send(s3, begun, 1, FULL), send(s3, begun, 3, b"end")]
    [listed] = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]
    assert (listed["Key"], listed["UploadId"], listed["StorageClass"]) == ("k", begun["UploadId"], "STANDARD_IA")
    page = s3.list_parts(**begun)
    assert [(part["PartNumber"], part["Size"]) for part in page["Parts"]] == [(1, 5 * MIB), (3, 3)]
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    done = complete(s3, begun, *parts)
    digests = hashlib.md5(FULL).digest() + hashlib.md5(b"end").digest()
    assert done["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-2"'
    assert done["Location"].endswith(f"/{bucket}/k") and done["ChecksumType"] == "FULL_OBJECT"
    read = s3.get_object(Bucket=bucket, Key="k")
    assert read["Metadata"] == {"a": "1"} and read["ContentType"] == "text/plain"
    assert body(read) == FULL + b"end"
    assert body(s3.get_object(Bucket=bucket, Key="k", Range=f"bytes={5 * MIB - 2}-{5 * MIB + 1}")) == b"xxen"
    part = s3.get_object(Bucket=bucket, Key="k", PartNumber=3)
    assert (body(part), part["PartsCount"], part["ContentRange"]) == (b"end", 2, "bytes 5242880-5242882/5242883")
    refused(416, "InvalidPartNumber", s3.get_object, {"PartNumberRequested": "2", "ActualPartCount": "2"},
            Bucket=bucket, Key="k", PartNumber=2)  # fmt: skip
    refused(400, "InvalidRequest", s3.get_object, Bucket=bucket, Key="k", PartNumber=1, Range="bytes=0-1")
    # Who completes it again is told the same; anything else has no upload any more.
    assert complete(s3, begun, *parts)["ETag"] == done["ETag"]
    refused(404, "NoSuchUpload", s3.list_parts, {"UploadId": begun["UploadId"]}, **begun)


def test_a_part_is_replaced_and_left_out(s3, bucket, upload):
    begun = upload()
    send(s3, begun, 1, b"old")
    left = send(s3, begun, 2, b"left out")
    complete(s3, begun, send(s3, begun, 1, b"new"))
    assert left and body(s3.get_object(Bucket=bucket, Key="k")) == b"new"


def test_uploads_that_cannot_be_completed(s3, bucket, upload):
    begun = upload()
    id = begun["UploadId"]
    one, two = send(s3, begun, 1, b"small"), send(s3, begun, 2, b"end")
    call = lambda *parts: dict(**begun, MultipartUpload={"Parts": list(parts)})  # noqa: E731
    small = {"ProposedSize": "5", "MinSizeAllowed": "5242880", "PartNumber": "1", "ETag": one["ETag"].strip('"')}
    done = s3.complete_multipart_upload
    refused(400, "EntityTooSmall", done, small, **call(one, two))
    refused(400, "InvalidPartOrder", done, {"UploadId": id}, **call(two, one))
    refused(400, "InvalidPartOrder", done, {"UploadId": id}, **call(one, one))
    wrong = {"UploadId": id, "PartNumber": "1", "ETag": "x"}
    refused(400, "InvalidPart", done, wrong, **call(one | {"ETag": '"x"'}))
    refused(400, "InvalidPart", done, **call({"ETag": '"x"', "PartNumber": 7}))
    refused(400, "MalformedXML", done, {}, **call())
    refused(400, "InvalidRequest", done, **call(one), MpuObjectSize=6)
    refused(404, "NoSuchUpload", done, {"UploadId": "none"}, **call(one) | {"UploadId": "none"})
    refused(404, "NoSuchUpload", done, **call(one) | {"Key": "other"})
    complete(s3, begun, one)


def test_part_numbers(s3, upload):
    begun = upload()
    for number in (0, 10_001):
        refused(400, "InvalidArgument", s3.upload_part,
                {"ArgumentName": "partNumber", "ArgumentValue": str(number)}, **begun, PartNumber=number)  # fmt: skip
    send(s3, begun, 10_000, b"last")


def test_an_upload_is_aborted(s3, bucket, upload):
    begun = upload()
    send(s3, begun, 1, b"x")
    s3.abort_multipart_upload(**begun)
    for call, more in [(s3.abort_multipart_upload, {}), (s3.upload_part, {"PartNumber": 1}), (s3.list_parts, {})]:
        refused(404, "NoSuchUpload", call, {"UploadId": begun["UploadId"]}, **begun, **more)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_parts_are_copied(s3, bucket, upload):
    s3.put_object(Bucket=bucket, Key="source", Body=b"0123456789")
    begun = upload()
    copy = dict(**begun, PartNumber=1, CopySource=f"{bucket}/source")
    copied = s3.upload_part_copy(**copy, CopySourceRange="bytes=2-4")["CopyPartResult"]
    assert copied["ETag"] == f'"{hashlib.md5(b"234").hexdigest()}"'
    for header in ("bytes=2-", "bytes=-2", "2-4", "bytes=2-10"):
        named = {"ArgumentName": "x-amz-copy-source-range", "ArgumentValue": header}
        refused(400, "InvalidArgument", s3.upload_part_copy, named, **copy, CopySourceRange=header)
    refused(412, "PreconditionFailed", s3.upload_part_copy, **copy, CopySourceIfMatch='"x"')
    complete(s3, begun, {"ETag": copied["ETag"], "PartNumber": 1})
    assert body(s3.get_object(Bucket=bucket, Key="k")) == b"234"


def test_conditions_of_completion(s3, bucket, upload, advance):
    s3.put_object(Bucket=bucket, Key="k", Body=b"there")
    begun = upload()
    part = send(s3, begun, 1, b"x")
    call = dict(**begun, MultipartUpload={"Parts": [part]})
    done = s3.complete_multipart_upload
    refused(412, "PreconditionFailed", done, {"Condition": "If-None-Match"}, **call, IfNoneMatch="*")
    refused(412, "PreconditionFailed", done, {"Condition": "If-Match"}, **call, IfMatch='"x"')
    s3.delete_object(Bucket=bucket, Key="k")
    # What happened since the upload began is a conflict.
    conflict = {"Condition": "If-None-Match", "Key": "k"}
    refused(409, "ConditionalRequestConflict", done, conflict, **call, IfNoneMatch="*")
    advance("1s")
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"later")["ETag"]
    refused(409, "ConditionalRequestConflict", done, {"Condition": "If-Match", "Key": "k"}, **call, IfMatch=etag)
    fresh = upload("new")
    complete(s3, fresh, send(s3, fresh, 1, b"x"), IfNoneMatch="*")


def crc(data):
    return zlib.crc32(data).to_bytes(4, "big")


def test_composite_checksums(s3, bucket, upload):
    begun = upload(ChecksumAlgorithm="CRC32")
    parts = []
    for number, data in ((1, FULL), (2, b"end")):
        sent = s3.upload_part(**begun, PartNumber=number, Body=data, ChecksumAlgorithm="CRC32")
        assert sent["ChecksumCRC32"] == base64.b64encode(crc(data)).decode()
        parts.append({"ETag": sent["ETag"], "PartNumber": number, "ChecksumCRC32": sent["ChecksumCRC32"]})
    bare = [{name: part[name] for name in ("ETag", "PartNumber")} for part in parts]
    refused(400, "InvalidRequest", s3.complete_multipart_upload, **begun, MultipartUpload={"Parts": bare})
    wrong = [parts[0] | {"ChecksumCRC32": "AAAAAA=="}, parts[1]]
    refused(400, "InvalidPart", s3.complete_multipart_upload, **begun, MultipartUpload={"Parts": wrong})
    done = complete(s3, begun, *parts)
    composite = base64.b64encode(crc(crc(FULL) + crc(b"end"))).decode()
    assert (done["ChecksumCRC32"], done["ChecksumType"]) == (f"{composite}-2", "COMPOSITE")
    attributes = s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["Checksum", "ObjectParts"])
    assert attributes["Checksum"] == {"ChecksumCRC32": composite, "ChecksumType": "COMPOSITE"}
    shown = attributes["ObjectParts"]
    assert shown["TotalPartsCount"] == 2 and [part["Size"] for part in shown["Parts"]] == [5 * MIB, 3]
    part = s3.head_object(Bucket=bucket, Key="k", PartNumber=2, ChecksumMode="ENABLED")
    assert part["ChecksumCRC32"] == parts[1]["ChecksumCRC32"]


def test_checksums_of_the_whole(s3, bucket, upload):
    begun = upload(ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    parts = [send(s3, begun, 1, FULL), send(s3, begun, 2, b"end")]
    whole = base64.b64encode(crc(FULL + b"end")).decode()
    refused(400, "BadDigest", s3.complete_multipart_upload, **begun, MultipartUpload={"Parts": parts},
            ChecksumCRC32="AAAAAA==")  # fmt: skip
    assert complete(s3, begun, *parts, ChecksumCRC32=whole)["ChecksumCRC32"] == whole


@pytest.mark.parametrize(
    "parameters",
    [
        {"ChecksumType": "COMPOSITE"},
        {"ChecksumAlgorithm": "SHA256", "ChecksumType": "FULL_OBJECT"},
        {"ChecksumAlgorithm": "CRC64NVME", "ChecksumType": "COMPOSITE"},
    ],
)
def test_checksums_that_cannot_be(s3, bucket, parameters):
    refused(400, "InvalidRequest", s3.create_multipart_upload, {}, Bucket=bucket, Key="k", **parameters)


def test_a_part_with_another_checksum(s3, upload):
    begun = upload(ChecksumAlgorithm="SHA256")
    refused(400, "InvalidRequest", s3.upload_part, **begun, PartNumber=1, Body=b"x", ChecksumAlgorithm="SHA1")


def test_pages_of_uploads_and_parts(s3, bucket, upload):
    made = [upload(key) for key in ("a", "a", "b/1", "b/2", "c")]
    pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2})
    ids = [entry["UploadId"] for page in pages for entry in page["Uploads"]]
    assert sorted(ids) == sorted(one["UploadId"] for one in made)
    page = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/", Prefix="b")
    assert page["CommonPrefixes"] == [{"Prefix": "b/"}] and "Uploads" not in page
    for number in range(1, 6):
        send(s3, made[4], number, b"x")
    pages = s3.get_paginator("list_parts").paginate(**made[4], PaginationConfig={"PageSize": 2})
    assert [[part["PartNumber"] for part in page["Parts"]] for page in pages] == [[1, 2], [3, 4], [5]]
