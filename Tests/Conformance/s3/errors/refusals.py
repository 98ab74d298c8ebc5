# SPDX-License-Identifier: Apache-2.0
"""What S3 refuses of each operation's call: rules that hold of all operations with a member, and single cases.

Each row: the operation, what its succeeding call is changed by, status, code, and the elements beside them. `@name`
stands for an id of the world, `BODY` for another body than botocore's, `...` for what depends on the body.
"""

from itertools import chain

from harness.model import service_model

from .calls import EVERY, NEVER
from .world import OTHER, ZERO

MODEL = service_model("s3")
VERSION = "A" * 32
LONG = "k" * 1025
BODY = "body"


def members(operation):
    return MODEL.operation_model(operation).input_shape.members if EVERY[operation] else {}


def taking(*names, without=()):
    """The operations whose input has all of these members."""
    return [
        operation for operation in EVERY
        if all(name in members(operation) for name in names) and operation not in {*NEVER, *without}
    ]  # fmt: skip


def marker(operation):
    """A delete marker is there, and of the whole resource only deletion is a method."""
    method = MODEL.operation_model(operation).http["method"]
    return {"Method": method, "ResourceType": "DeleteMarker"}


# Operations on an object that is there.
OBJECTS = taking("Key", "VersionId", without=["DeleteObject"])
COPIES = taking("CopySource")
UPLOADS = taking("UploadId")
BUCKETS = taking("Bucket", without=["CreateBucket"])
PAYLOADS = [
    operation for operation in taking("Bucket")
    if (payload := MODEL.operation_model(operation).input_shape.serialization.get("payload"))
    and members(operation)[payload].type_name == "structure"
]  # fmt: skip
# What may be asked without a body (the access may be in headers, the region the endpoint's, a retention be taken
# away), and those that take no body for a wrong one.
BODILESS = {"CreateBucket", "PutBucketAcl", "PutObjectAcl", "PutObjectRetention"}
# Their calls have no body here.
ACLS = {"PutBucketAcl", "PutObjectAcl"}
BODILESS |= {"CompleteMultipartUpload", "PutObjectLegalHold", "RestoreObject"}


def rules():
    for operation in BUCKETS:
        yield operation, {"Bucket": "none"}, 404, "NoSuchBucket", {"BucketName": "none"}
        yield operation, {"Bucket": "a_b"}, 400, "InvalidBucketName", {"BucketName": "a_b"}
        if operation != "GetBucketLocation":
            there = {"Endpoint": "far.s3.eu-west-1.amazonaws.com", "Bucket": "far"}
            yield operation, {"Bucket": "far"}, 301, "PermanentRedirect", there
    for operation in taking("ExpectedBucketOwner"):
        yield operation, {"ExpectedBucketOwner": OTHER}, 403, "AccessDenied", {}
    for operation in taking("Key"):
        yield operation, {"Key": LONG}, 400, "KeyTooLongError", {"Size": "1025", "MaxSizeAllowed": "1024"}
    for operation in UPLOADS:
        yield operation, {"UploadId": "none"}, 404, "NoSuchUpload", {"UploadId": "none"}
        yield operation, {"Key": "other"}, 404, "NoSuchUpload", {"UploadId": EVERY[operation]["UploadId"]}
    for operation in [*OBJECTS, "SelectObjectContent"]:
        yield operation, {"Key": "none"}, 404, "NoSuchKey", {"Key": "none"}
    for operation in OBJECTS:
        at = {"Bucket": "versions", "Key": "k"}
        named = {"Key": "k", "VersionId": VERSION}
        yield operation, at | {"VersionId": VERSION}, 404, "NoSuchVersion", named
        wrong = {"ArgumentName": "versionId", "ArgumentValue": "x"}
        yield operation, at | {"VersionId": "x"}, 400, "InvalidArgument", wrong
        gone = {"Bucket": "versions", "Key": "gone"}
        yield operation, gone | {"VersionId": "@marker"}, 405, "MethodNotAllowed", marker(operation)
    for operation in PAYLOADS:
        for body in (b"<Other/>", b"<unfinished"):
            yield operation, {BODY: body}, 400, "MalformedXML", {}
        if operation not in BODILESS:
            yield operation, {BODY: b""}, 400, "MissingRequestBodyError", {}
    for operation in sorted({*PAYLOADS, "PutBucketPolicy"} & {*taking("ContentMD5")} - ACLS):
        yield operation, {"ContentMD5": "x"}, 400, "InvalidDigest", {"Content-MD5": "x"}
        yield operation, {"ContentMD5": ZERO}, 400, "BadDigest", {"ExpectedDigest": ZERO, "CalculatedDigest": ...}
    for operation in COPIES:
        source = lambda **more: {"CopySource": {"Bucket": "plain", "Key": "k"} | more}  # noqa: E731
        yield operation, source(Bucket="none"), 404, "NoSuchBucket", {"BucketName": "none"}
        yield operation, source(Key="none"), 404, "NoSuchKey", {"Key": "none"}
        version = {"Bucket": "versions", "Key": "k", "VersionId": VERSION}
        yield operation, source(**version), 404, "NoSuchVersion", {"Key": "k", "VersionId": VERSION}
        yield operation, {"ExpectedSourceBucketOwner": OTHER}, 403, "AccessDenied", {}
        yield operation, source(Key="cold"), 403, "InvalidObjectState", {"StorageClass": "GLACIER"}
        yield operation, {"CopySourceIfMatch": '"x"'}, 412, "PreconditionFailed", {
            "Condition": "x-amz-copy-source-If-Match"
        }


def rows():
    """All rows; what is asked of HEAD has no elements."""
    from .single import SINGLE

    return list(chain(rules(), SINGLE))
