# SPDX-License-Identifier: Apache-2.0
"""Checksums of documents, xxHash's, work that is done beside the connections, and statuses that no model shows."""

import base64
import hashlib
import json
import zlib

import pytest

from harness.raw import SCOPE

from .asking import body, code, message, refused

TAGS = b"<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"
KEYS = b"<Delete><Object><Key>k</Key></Object></Delete>"
VERSIONING = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"


def base(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def md5(data: bytes) -> str:
    return base(hashlib.md5(data).digest())


def crc32(data: bytes) -> str:
    return base(zlib.crc32(data).to_bytes(4))


@pytest.fixture
def put(ask, bucket):
    """Sends a document with these headers; gives the status, and of an error its code and the answer."""

    def send(document, query="tagging", method="PUT", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        signed = dict([SCOPE.format("s3").strip().split(": ", 1)])
        status, _, answer = ask(method, f"/{bucket}?{query}", signed | headers, document)
        return status, None if status < 300 else code(answer), answer

    return send


def test_a_document_has_the_checksum_that_is_given(put):
    right = [
        {"Content_MD5": md5(TAGS)}, {"x_amz_checksum_crc32": crc32(TAGS)},
        {"x_amz_checksum_sha256": base(hashlib.sha256(TAGS).digest()), "x_amz_sdk_checksum_algorithm": "SHA256"},
        {"Content_MD5": md5(TAGS), "x_amz_checksum_sha1": base(hashlib.sha1(TAGS).digest())},
    ]
    for headers in right:
        assert put(TAGS, **headers)[:2] == (204, None)


@pytest.mark.parametrize(
    "headers, wanted, text",
    [
        ({"Content_MD5": md5(b"")}, "BadDigest", "The Content-MD5 you specified did not match what we received."),
        ({"Content_MD5": "x"}, "InvalidDigest", "The Content-MD5 you specified was invalid."),
        ({"x_amz_checksum_crc32": crc32(b"")}, "BadDigest",
         "The CRC32 you specified did not match the calculated checksum."),
        ({"x_amz_checksum_crc32": "AA=="}, "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid."),
        ({"x_amz_checksum_crc32": crc32(TAGS), "x_amz_checksum_sha1": "x"}, "InvalidRequest",
         "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."),
        ({"x_amz_sdk_checksum_algorithm": "CRC32"}, "InvalidRequest",
         "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were "
         "found."),
        ({}, "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"),
        ({"x_amz_content_sha256": hashlib.sha256(b"").hexdigest(), "Content_MD5": md5(TAGS)},
         "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed."),
    ],
)  # fmt: skip
def test_a_document_with_another_checksum(s3, put, bucket, headers, wanted, text):
    status, seen, answer = put(TAGS, **headers)
    assert (status, seen, message(answer)) == (400, wanted, text)
    if wanted == "BadDigest" and "Content_MD5" in headers:
        assert f"<ExpectedDigest>{md5(b'')}</ExpectedDigest>".encode() in answer
        assert f"<CalculatedDigest>{md5(TAGS)}</CalculatedDigest>".encode() in answer
    refused(404, "NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)


def test_which_documents_need_a_checksum(s3, put, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    lock = b"<ObjectLockConfiguration/>"
    rules = b"<%sConfiguration>%%s</%sConfiguration>"
    cors = rules % (b"CORS", b"CORS") % (
        b"<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>")
    lifecycle = rules % (b"Lifecycle", b"Lifecycle") % b"<Rule><Status>Enabled</Status></Rule>"
    documents = {"delete": KEYS, "cors": cors, "lifecycle": lifecycle, "object-lock": lock}
    for query, document in documents.items():
        status, seen, answer = put(document, query, "POST" if query == "delete" else "PUT")
        assert (status, seen) == (400, "InvalidRequest"), query
        assert message(answer).startswith("Missing required header for this request")
    assert put(VERSIONING, "versioning")[:2] == (200, None)
    assert put(KEYS, "delete", "POST", Content_MD5=md5(KEYS))[:2] == (200, None)


# Of "x", by xxHash's own program.
XXHASHES = {
    "XXHASH64": bytes.fromhex("5c80c09683041123"),
    "XXHASH3": bytes.fromhex("eaf06c6480b2cd11"),
    "XXHASH128": bytes.fromhex("5c7401c0ec22eeeeeaf06c6480b2cd11"),
}


@pytest.mark.parametrize("algorithm", XXHASHES)
def test_xxhash(s3, bucket, algorithm):
    member, value = f"Checksum{algorithm}", base(XXHASHES[algorithm])
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"x", **{member: value})
    assert (put[member], put["ChecksumType"]) == (value, "FULL_OBJECT")
    assert s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")[member] == value
    shown = s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["Checksum"])["Checksum"]
    assert shown == {member: value, "ChecksumType": "FULL_OBJECT"}
    refused(400, "BadDigest", s3.put_object, Bucket=bucket, Key="k", Body=b"y", **{member: value})
    refused(400, "InvalidRequest", s3.put_object, Bucket=bucket, Key="k", Body=b"x", **{member: "eA=="})
    assert s3.copy_object(Bucket=bucket, Key="c", CopySource=f"{bucket}/k")["CopyObjectResult"][member] == value
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m", ChecksumAlgorithm=algorithm)
    assert upload["ChecksumType"] == "COMPOSITE"
    where = dict(Bucket=bucket, Key="m", UploadId=upload["UploadId"])
    part = s3.upload_part(**where, PartNumber=1, Body=b"x", **{member: value})
    parts = [{"PartNumber": 1, "ETag": part["ETag"], member: value}]
    done = s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
    assert done[member].endswith("-1") and done["ChecksumType"] == "COMPOSITE"


# Work beside the connections

LARGE = bytes(range(256)) * 4 * 1024 * 6


@pytest.fixture
def joined(s3, bucket):
    """An object of two parts, whose digests as a whole nobody has made."""
    where = dict(Bucket=bucket, Key="joined")
    upload = s3.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")["UploadId"]
    parts = []
    for number, data in ((1, LARGE), (2, LARGE[: 300 << 10])):
        part = s3.upload_part(**where, UploadId=upload, PartNumber=number, Body=data, ChecksumAlgorithm="SHA256")
        parts.append({"PartNumber": number} | {name: part[name] for name in ("ETag", "ChecksumSHA256")})
    s3.complete_multipart_upload(**where, UploadId=upload, MultipartUpload={"Parts": parts})
    return LARGE + LARGE[: 300 << 10]


def test_copies_that_have_to_be_read(s3, bucket, joined):
    copied = s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/joined")["CopyObjectResult"]
    assert copied["ETag"] == f'"{hashlib.md5(joined).hexdigest()}"'
    assert (copied["ChecksumSHA256"], copied["ChecksumType"]) == (
        base(hashlib.sha256(joined).digest()), "FULL_OBJECT")  # fmt: skip
    assert body(s3.get_object(Bucket=bucket, Key="copy")) == joined
    again = s3.copy_object(Bucket=bucket, Key="again", CopySource=f"{bucket}/copy", ChecksumAlgorithm="SHA1")
    assert again["CopyObjectResult"]["ChecksumSHA1"] == base(hashlib.sha1(joined).digest())
    refused(412, "PreconditionFailed", s3.copy_object, {"Condition": "If-None-Match"}, Bucket=bucket, Key="copy",
            CopySource=f"{bucket}/joined", IfNoneMatch="*")  # fmt: skip
    upload = s3.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]
    part = s3.upload_part_copy(
        Bucket=bucket, Key="parts", UploadId=upload, PartNumber=1, CopySource=f"{bucket}/joined",
        CopySourceRange=f"bytes=1-{6 << 20}")  # fmt: skip
    assert part["CopyPartResult"]["ETag"] == f'"{hashlib.md5(joined[1:(6 << 20) + 1]).hexdigest()}"'


def test_a_large_form(s3, bucket, endpoint):
    import requests

    fields = s3.generate_presigned_post(bucket, "form")["fields"]
    answer = requests.post(f"{endpoint}/{bucket}", data=fields, files={"file": LARGE}, timeout=20)
    assert answer.status_code == 204, answer.text
    assert answer.headers["ETag"] == f'"{hashlib.md5(LARGE).hexdigest()}"'


def test_a_search_through_a_rule(s3, bucket, control):
    """What a rule does to an answer, it does to one that took work as well."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"1,2\n3,4\n")
    ask = dict(Bucket=bucket, Key="k", ExpressionType="SQL", Expression="select _2 from s3object",
               InputSerialization={"CSV": {}}, OutputSerialization={"CSV": {}})  # fmt: skip
    events = list(s3.select_object_content(**ask)["Payload"])
    assert [event["Records"]["Payload"] for event in events if "Records" in event] == [b"2\n4\n"]
    refused(400, "ParseUnexpectedToken", s3.select_object_content, **ask | {"Expression": "select from s3object"})
    rule = {"match": "s3.SelectObjectContent", "times": 1, "lost": {"error": "SlowDown"}}
    control.rules(rule)
    refused(503, "SlowDown", s3.select_object_content, **ask)
    assert len(list(s3.select_object_content(**ask)["Payload"])) == len(events)


# Statuses


def status(answer):
    return answer["ResponseMetadata"]["HTTPStatusCode"]


def test_statuses_that_the_model_does_not_show(s3, bucket, advance):
    assert status(s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": []})) == 204
    allow = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/no/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    assert status(s3.put_bucket_policy(Bucket=bucket, Policy=policy)) == 204
    assert status(s3.put_bucket_metrics_configuration(Bucket=bucket, Id="a", MetricsConfiguration={"Id": "a"})) == 204
    assert status(s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})) == 200
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", StorageClass="GLACIER")
    restore = dict(Bucket=bucket, Key="k", RestoreRequest={"Days": 2})
    assert status(s3.restore_object(**restore)) == 202
    advance("5h1m")
    assert status(s3.restore_object(**restore)) == 200
    assert status(s3.delete_bucket_tagging(Bucket=bucket)) == 204


# Keys of the customer's own that a bucket does not take


def test_encryption_that_a_bucket_blocks(s3, bucket):
    key = dict(SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    s3.put_object(Bucket=bucket, Key="before", Body=b"x", **key)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    block = lambda *types: s3.put_bucket_encryption(  # noqa: E731
        Bucket=bucket, ServerSideEncryptionConfiguration={
            "Rules": [rule | {"BlockedEncryptionTypes": {"EncryptionType": list(types)}}]})  # fmt: skip
    block("SSE-C")
    for call, more in (
        (s3.put_object, {"Body": b"x"}), (s3.create_multipart_upload, {}),
        (s3.copy_object, {"CopySource": f"{bucket}/before", "CopySourceSSECustomerAlgorithm": "AES256",
                          "CopySourceSSECustomerKey": "k" * 32}),
    ):  # fmt: skip
        refused(403, "AccessDenied", call, {}, Bucket=bucket, Key="k", **more, **key)
    assert body(s3.get_object(Bucket=bucket, Key="before", **key)) == b"x"
    assert s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0][
        "BlockedEncryptionTypes"] == {"EncryptionType": ["SSE-C"]}  # fmt: skip
    block("NONE")
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", **key)
