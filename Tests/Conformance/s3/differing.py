# SPDX-License-Identifier: Apache-2.0
"""One long program of S3 calls, to be run on two servers."""

from datetime import UTC, datetime

from . import locking

TAGS = {"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}]}
RULE = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
LIFECYCLE = {"Rules": [{"ID": "a", "Filter": {"Prefix": "x"}, "Status": "Enabled", "Expiration": {"Days": 9}}]}
ENCRYPTION = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
ENABLED = {"Status": "Enabled"}
KEYS = ["a", "a/b", "a/b/c", "a b", "a+b", "ä/ö", "b/1", "b/2", "b/10", "c.txt", "d?e=f", "x&y", "zz"]

# What is set for a bucket: by which operations, as what.
SETTINGS = {
    "bucket_tagging": {"Tagging": TAGS},
    "bucket_cors": {"CORSConfiguration": {"CORSRules": [RULE]}},
    "bucket_website": {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "i.html"}}},
    "bucket_lifecycle_configuration": {"LifecycleConfiguration": LIFECYCLE},
    "bucket_encryption": {"ServerSideEncryptionConfiguration": ENCRYPTION},
    "bucket_ownership_controls": {"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}},
    "public_access_block": {
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": False,
            "RestrictPublicBuckets": False,
        }
    },
    "bucket_versioning": {"VersioningConfiguration": ENABLED},
    "bucket_accelerate_configuration": {"AccelerateConfiguration": ENABLED},
    "bucket_request_payment": {"RequestPaymentConfiguration": {"Payer": "Requester"}},
    "bucket_logging": {"BucketLoggingStatus": {}},
    "bucket_notification_configuration": {"NotificationConfiguration": {}},
}  # fmt: skip
DELETES = {
    "bucket_tagging", "bucket_cors", "bucket_website", "bucket_encryption", "bucket_ownership_controls",
    "public_access_block",
}  # fmt: skip


def program():
    """The calls: a name to find each by, the method and its parameters. `@name` stands for what a call before gave."""
    yield from settings()
    yield from objects()
    yield from versions()
    yield from parts()
    yield from locking.program()
    yield from refusals()


def settings():
    yield "make settings", "create_bucket", {"Bucket": "settings"}
    for noun, document in SETTINGS.items():
        yield f"{noun} before", f"get_{noun}", {"Bucket": "settings"}
        yield f"{noun} put", f"put_{noun}", {"Bucket": "settings"} | document
        yield f"{noun} got", f"get_{noun}", {"Bucket": "settings"}
        if noun in DELETES:
            yield f"{noun} delete", f"delete_{noun}", {"Bucket": "settings"}
            yield f"{noun} after", f"get_{noun}", {"Bucket": "settings"}
        for verb in ("get", "put"):
            more = document if verb == "put" else {}
            yield f"{noun} {verb} nowhere", f"{verb}_{noun}", {"Bucket": "nowhere"} | more
    yield "location", "get_bucket_location", {"Bucket": "settings"}
    yield "head", "head_bucket", {"Bucket": "settings"}


def objects():
    yield "make objects", "create_bucket", {"Bucket": "objects"}
    for key in KEYS:
        about = {"Bucket": "objects", "Key": key}
        more = {"Metadata": {"k": "v"}, "ContentType": "a/b"}
        yield f"put {key}", "put_object", about | more | {"Body": key.encode() * 3}
        yield f"get {key}", "get_object", about
        yield f"head {key}", "head_object", about
        yield f"range {key}", "get_object", about | {"Range": "bytes=1-2"}
        yield f"suffix {key}", "get_object", about | {"Range": "bytes=-2"}
        yield f"past {key}", "get_object", about | {"Range": "bytes=900-"}
        yield f"tag {key}", "put_object_tagging", about | {"Tagging": TAGS}
        yield f"tags {key}", "get_object_tagging", about
        yield f"untag {key}", "delete_object_tagging", about
        yield f"attributes {key}", "get_object_attributes", about | {"ObjectAttributes": ["ETag", "ObjectSize"]}
        yield f"copy {key}", "copy_object", {
            "Bucket": "objects", "Key": f"copy/{key}", "CopySource": {"Bucket": "objects", "Key": key},
        }  # fmt: skip
        yield f"none match {key}", "get_object", about | {"IfNoneMatch": '"0"'}
        yield f"match {key}", "get_object", about | {"IfMatch": '"0"'}
        yield f"since {key}", "get_object", about | {"IfUnmodifiedSince": datetime(2000, 1, 1, tzinfo=UTC)}
        yield f"first {key}", "put_object", about | {"Body": b"", "IfNoneMatch": "*"}
    for version in ("", "_v2"):
        for prefix in ("", "a", "a/", "b/", "copy/", "none"):
            for delimiter in ("", "/"):
                for size in (3, 1000):
                    yield f"list{version} {prefix!r} {delimiter!r} {size}", f"list_objects{version}", {
                        "Bucket": "objects", "Prefix": prefix, "Delimiter": delimiter, "MaxKeys": size,
                    }  # fmt: skip
    yield "list after", "list_objects_v2", {"Bucket": "objects", "StartAfter": "b/1"}
    yield "list marker", "list_objects", {"Bucket": "objects", "Marker": "b/1"}
    yield "list none", "list_objects_v2", {"Bucket": "objects", "MaxKeys": 0}
    yield "delete many", "delete_objects", {
        "Bucket": "objects", "Delete": {"Objects": [{"Key": "zz"}, {"Key": "none"}]},
    }  # fmt: skip
    yield "delete quietly", "delete_objects", {
        "Bucket": "objects", "Delete": {"Objects": [{"Key": "copy/zz"}], "Quiet": True},
    }  # fmt: skip
    yield "delete", "delete_object", {"Bucket": "objects", "Key": "c.txt"}
    yield "delete again", "delete_object", {"Bucket": "objects", "Key": "c.txt"}
    yield "delete full bucket", "delete_bucket", {"Bucket": "objects"}


def versions():
    yield "make versions", "create_bucket", {"Bucket": "versions"}
    yield "unversioned", "put_object", {"Bucket": "versions", "Key": "k", "Body": b"0"}
    yield "enable", "put_bucket_versioning", {"Bucket": "versions", "VersioningConfiguration": ENABLED}
    for number in range(4):
        yield f"version {number}", "put_object", {"Bucket": "versions", "Key": "k", "Body": b"%d" % number}
        yield f"get version {number}", "get_object", {
            "Bucket": "versions", "Key": "k", "VersionId": f"@version {number}.VersionId",
        }  # fmt: skip
        yield f"head version {number}", "head_object", {
            "Bucket": "versions", "Key": "k", "VersionId": f"@version {number}.VersionId",
        }  # fmt: skip
    yield "null version", "get_object", {"Bucket": "versions", "Key": "k", "VersionId": "null"}
    yield "mark", "delete_object", {"Bucket": "versions", "Key": "k"}
    yield "marked", "get_object", {"Bucket": "versions", "Key": "k"}
    yield "marker", "get_object", {"Bucket": "versions", "Key": "k", "VersionId": "@mark.VersionId"}
    yield "marker's head", "head_object", {"Bucket": "versions", "Key": "k", "VersionId": "@mark.VersionId"}
    yield "all versions", "list_object_versions", {"Bucket": "versions"}
    yield "two versions", "list_object_versions", {"Bucket": "versions", "MaxKeys": 2}
    yield "unmark", "delete_object", {"Bucket": "versions", "Key": "k", "VersionId": "@mark.VersionId"}
    yield "unmarked", "get_object", {"Bucket": "versions", "Key": "k"}
    yield "suspend", "put_bucket_versioning", {
        "Bucket": "versions", "VersioningConfiguration": {"Status": "Suspended"},
    }  # fmt: skip
    yield "put suspended", "put_object", {"Bucket": "versions", "Key": "k", "Body": b"s"}
    yield "delete suspended", "delete_object", {"Bucket": "versions", "Key": "k"}
    yield "versions at last", "list_object_versions", {"Bucket": "versions"}


def parts():
    about = {"Bucket": "objects", "Key": "parts"}
    yield "begin", "create_multipart_upload", about | {"Metadata": {"k": "v"}}
    upload = about | {"UploadId": "@begin.UploadId"}
    for number, size in ((1, 5 << 20), (2, 5 << 20), (3, 7)):
        body = bytes([number]) * size
        yield f"part {number}", "upload_part", upload | {"PartNumber": number, "Body": body}
    yield "parts", "list_parts", upload
    yield "two parts", "list_parts", upload | {"MaxParts": 2}
    yield "uploads", "list_multipart_uploads", {"Bucket": "objects"}
    told = [{"PartNumber": number, "ETag": f"@part {number}.ETag"} for number in (1, 2, 3)]
    for name, wrong in (("out of order", told[::-1]), ("unknown", [{"PartNumber": 9, "ETag": '"0"'}])):
        yield f"complete {name}", "complete_multipart_upload", upload | {"MultipartUpload": {"Parts": wrong}}
    yield "complete", "complete_multipart_upload", upload | {"MultipartUpload": {"Parts": told}}
    yield "whole", "head_object", about
    yield "middle", "get_object", about | {"Range": "bytes=5242878-5242881"}
    yield "second part", "head_object", about | {"PartNumber": 2}
    yield "begin another", "create_multipart_upload", about
    yield "abort", "abort_multipart_upload", about | {"UploadId": "@begin another.UploadId"}
    yield "abort again", "abort_multipart_upload", about | {"UploadId": "@begin another.UploadId"}
    yield "part of none", "upload_part", about | {"UploadId": "none", "PartNumber": 1, "Body": b"x"}


def refusals():
    for verb in ("get_object", "head_object", "get_object_tagging", "get_object_acl"):
        yield f"{verb} none", verb, {"Bucket": "objects", "Key": "none"}
        yield f"{verb} nowhere", verb, {"Bucket": "nowhere", "Key": "none"}
    for verb in ("list_objects", "list_objects_v2", "list_object_versions", "list_multipart_uploads", "head_bucket"):
        yield f"{verb} nowhere", verb, {"Bucket": "nowhere"}
    yield "put nowhere", "put_object", {"Bucket": "nowhere", "Key": "k", "Body": b""}
    yield "delete nowhere", "delete_object", {"Bucket": "nowhere", "Key": "k"}
    yield "remove nowhere", "delete_bucket", {"Bucket": "nowhere"}
    yield "long key", "put_object", {"Bucket": "objects", "Key": "k" * 1025, "Body": b""}
    yield "wrong class", "put_object", {"Bucket": "objects", "Key": "k", "Body": b"", "StorageClass": "NONE"}
    yield "copy to itself", "copy_object", {
        "Bucket": "objects", "Key": "a", "CopySource": {"Bucket": "objects", "Key": "a"},
    }  # fmt: skip
    yield "copy none", "copy_object", {
        "Bucket": "objects", "Key": "q", "CopySource": {"Bucket": "objects", "Key": "none"},
    }  # fmt: skip
    for noun in ("analytics", "inventory", "metrics", "intelligent_tiering"):
        yield f"{noun} none", f"get_bucket_{noun}_configuration", {"Bucket": "settings", "Id": "a"}
    for name in ("UPPER", "a_b", "ab", "a..b", "192.168.1.1"):
        yield f"name {name}", "create_bucket", {"Bucket": name}
    yield "make twice", "create_bucket", {"Bucket": "settings"}
    yield "list buckets", "list_buckets", {}
