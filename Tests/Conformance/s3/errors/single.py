# SPDX-License-Identifier: Apache-2.0
"""Refusals that single operations know."""

import base64
import hashlib
from datetime import UTC, datetime

from .calls import EVERY
from .world import DIRECTORY, KEY, NAMED, NOW, ZERO, ZONED

ELSEWHERE = {"LocationConstraint": "eu-west-1"}
CONDITION = {"Condition": "If-Match"}
UNHEARD = {"IfMatch": '"x"'}
PAST = datetime(2020, 1, 1, tzinfo=UTC)
SECRET = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
GROUP = "uri=http://acs.amazonaws.com/groups/global/AllUsers"
ACL = {"Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": "a" * 64}, "Permission": "NONE"}], "Owner": {"ID": "b"}}


def argument(name, value):
    return {"ArgumentName": name, "ArgumentValue": value}


def header(name, more=None):
    return {"Header": name} | ({"additionalMessage": more} if more else {})


def digests(body):
    return {"ExpectedDigest": ZERO, "CalculatedDigest": base64.b64encode(hashlib.md5(body).digest()).decode()}


TOKEN = argument("continuation-token", "x")
NONE_MATCH = header("If-None-Match", "We don't accept the provided value of If-None-Match header for this API")
SYSTEM_TAG = {"TagKey": "aws:a", "TagValue": "1"}
LARGE = {"Size": "2049", "MaxSizeAllowed": "2048"}


# Where nothing is set, what is asked for is not there.
MISSING = {
    "GetBucketCors": "NoSuchCORSConfiguration",
    "GetBucketLifecycle": "NoSuchLifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "NoSuchLifecycleConfiguration",
    "GetBucketPolicy": "NoSuchBucketPolicy",
    "GetBucketPolicyStatus": "NoSuchBucketPolicy",
    "GetBucketReplication": "ReplicationConfigurationNotFoundError",
    "GetBucketTagging": "NoSuchTagSet",
    "GetBucketWebsite": "NoSuchWebsiteConfiguration",
    "GetObjectLockConfiguration": "ObjectLockConfigurationNotFoundError",
    "GetPublicAccessBlock": "NoSuchPublicAccessBlockConfiguration",
    "GetBucketOwnershipControls": "OwnershipControlsNotFoundError",
} | {
    operation: "MetadataConfigurationNotFound"
    for operation in EVERY
    if "Metadata" in operation and not operation.startswith("Create")
}  # fmt: skip

SINGLE = [(operation, {"Bucket": "bare"}, 404, code, {"BucketName": "bare"}) for operation, code in MISSING.items()]
for verb in ("Get", "Delete"):
    SINGLE += [(f"{verb}Bucket{noun}Configuration", {"Id": "none"}, 404, "NoSuchConfiguration", {}) for noun in NAMED]
for noun, (member, content) in NAMED.items():
    put = f"PutBucket{noun}Configuration"
    SINGLE += [
        (put, {member: content | {"Id": "b"}}, 400, "IdMismatch", {}),
        (put, {"Id": "a b", member: content | {"Id": "a b"}}, 400, "InvalidConfigurationId", {}),
        (f"ListBucket{noun}Configurations", {"ContinuationToken": "x"}, 400, "InvalidArgument", TOKEN),
    ]

SINGLE += [
    # Buckets
    ("CreateBucket", {"Bucket": "theirs", "CreateBucketConfiguration": None}, 409, "BucketAlreadyExists",
     {"BucketName": "theirs"}),
    ("CreateBucket", {}, 409, "BucketAlreadyOwnedByYou", {"BucketName": ZONED}),
    ("CreateBucket", {"Bucket": "far", "CreateBucketConfiguration": ELSEWHERE}, 409, "BucketAlreadyOwnedByYou",
     {"BucketName": "far"}),
    ("CreateBucket", {"Bucket": "a_b", "CreateBucketConfiguration": None}, 400, "InvalidBucketName",
     {"BucketName": "a_b"}),
    ("CreateBucket", {"Bucket": "plain--x-s3"}, 400, "InvalidBucketName", {"BucketName": "plain--x-s3"}),
    ("CreateBucket", {"Bucket": "n", "CreateBucketConfiguration": DIRECTORY}, 400, "InvalidBucketName",
     {"BucketName": "n"}),
    ("CreateBucket", {"Bucket": "new2", "CreateBucketConfiguration": {"LocationConstraint": "us-east-1"}}, 400,
     "InvalidLocationConstraint", {"LocationConstraint": "us-east-1"}),
    ("CreateBucket", {"Bucket": "new2", "CreateBucketConfiguration": None, "ACL": "public-read"}, 400,
     "InvalidBucketAclWithObjectOwnership", {}),
    ("CreateBucket", {"Bucket": "new2", "CreateBucketConfiguration": None, "ACL": "public-read",
                      "ObjectOwnership": "ObjectWriter"}, 400, "InvalidBucketAclWithBlockPublicAccessError", {}),
    ("CreateBucket", {"Bucket": "new2", "CreateBucketConfiguration": {"Tags": [{"Key": "aws:a", "Value": "1"}]}}, 400,
     "InvalidTag", {"TagKey": "aws:a", "TagValue": "1"}),
    ("CreateBucket", {"Bucket": "new2", "CreateBucketConfiguration": None, "ACL": "none"}, 400, "InvalidArgument",
     argument("x-amz-acl", "none")),
    ("CreateSession", {"Bucket": "plain"}, 405, "MethodNotAllowed", {"Method": "GET", "ResourceType": "BUCKET"}),
    ("DeleteBucket", {"Bucket": "plain"}, 409, "BucketNotEmpty", {"BucketName": "plain"}),
    ("DeleteBucket", {"Bucket": "versions"}, 409, "BucketNotEmpty", {"BucketName": "versions"}),
    ("ListBuckets", {"ContinuationToken": "x"}, 400, "InvalidArgument", argument("continuation-token", "x")),
    ("ListDirectoryBuckets", {"ContinuationToken": "x"}, 400, "InvalidArgument", argument("continuation-token", "x")),
    # Listings
    ("ListObjects", {"MaxKeys": -1}, 400, "InvalidArgument", argument("max-keys", "-1")),
    ("ListObjectsV2", {"MaxKeys": -1}, 400, "InvalidArgument", argument("max-keys", "-1")),
    ("ListObjectsV2", {"ContinuationToken": "x"}, 400, "InvalidArgument", argument("continuation-token", "x")),
    ("ListObjectVersions", {"MaxKeys": -1}, 400, "InvalidArgument", argument("max-keys", "-1")),
    ("ListObjectVersions", {"VersionIdMarker": "@version"}, 400, "InvalidArgument",
     argument("version-id-marker", "@version")),
    ("ListMultipartUploads", {"MaxUploads": -1}, 400, "InvalidArgument", argument("max-uploads", "-1")),
    ("ListParts", {"MaxParts": -1}, 400, "InvalidArgument", argument("max-parts", "-1")),
    # Reading
    ("GetObject", {"Range": "bytes=10-"}, 416, "InvalidRange",
     {"RangeRequested": "bytes=10-", "ActualObjectSize": "10"}),
    ("GetObject", {"PartNumber": 2}, 416, "InvalidPartNumber", {"PartNumberRequested": "2", "ActualPartCount": "1"}),
    ("GetObject", {"PartNumber": 0}, 400, "InvalidArgument", argument("partNumber", "0")),
    ("GetObject", {"PartNumber": 1, "Range": "bytes=0-1"}, 400, "InvalidRequest", {}),
    ("GetObject", UNHEARD, 412, "PreconditionFailed", CONDITION),
    ("GetObject", {"IfUnmodifiedSince": PAST}, 412, "PreconditionFailed", {"Condition": "If-Unmodified-Since"}),
    ("GetObject", {"Key": "cold"}, 403, "InvalidObjectState", {"StorageClass": "GLACIER"}),
    ("GetObject", {"Key": "frozen"}, 403, "InvalidObjectState", {"StorageClass": "DEEP_ARCHIVE"}),
    ("GetObject", {"Key": "secret"}, 400, "InvalidRequest", {}),
    ("GetObject", {"Key": "secret", "SSECustomerKey": b"x" * 32, "SSECustomerAlgorithm": "AES256"}, 403,
     "AccessDenied", {}),
    ("GetObject", {"Bucket": "versions", "Key": "gone"}, 404, "NoSuchKey", {"Key": "gone"}),
    ("GetObject", {"Bucket": "versions", "IfNoneMatch": "@etag"}, 304, "304", {}),
    ("GetObject", {"IfModifiedSince": NOW}, 304, "304", {}),
    ("HeadObject", {"Bucket": "versions", "IfNoneMatch": "@etag"}, 304, "304", {}),
    ("HeadObject", {"Range": "bytes=10-"}, 416, "InvalidRange", {}),
    ("HeadObject", {"PartNumber": 2}, 416, "InvalidPartNumber", {}),
    ("HeadObject", UNHEARD, 412, "PreconditionFailed", {}),
    ("HeadObject", {"Key": "secret"}, 400, "InvalidRequest", {}),
    ("HeadObject", {"Bucket": "versions", "Key": "gone"}, 404, "NoSuchKey", {}),
    ("GetObjectAttributes", {"Key": "secret"}, 400, "InvalidRequest", {}),
    ("GetObjectTorrent", {}, 405, "MethodNotAllowed", {"Method": "GET", "ResourceType": "TORRENT"}),
    ("SelectObjectContent", {"Key": "cold"}, 403, "InvalidObjectState", {"StorageClass": "GLACIER"}),
    ("SelectObjectContent", {"Expression": "x"}, 400, "ParseUnexpectedToken", {}),
    ("RestoreObject", {"Key": "k"}, 403, "InvalidObjectState", {"StorageClass": "STANDARD"}),
    ("RestoreObject", {"Key": "frozen"}, 409, "RestoreAlreadyInProgress", {}),
    ("RestoreObject", {"Key": "tiered"}, 403, "ObjectAlreadyInActiveTierError", {}),
    ("RestoreObject", {"RestoreRequest": {"Days": 0}}, 400, "MalformedXML", {}),
    ("RestoreObject", {"Key": "frozen", "RestoreRequest": {"Days": 1, "GlacierJobParameters": {"Tier": "Expedited"}}},
     400, "InvalidArgument", argument("Tier", "Expedited")),
    # Writing
    ("PutObject", {"ContentMD5": "x"}, 400, "InvalidDigest", {"Content-MD5": "x"}),
    ("PutObject", {"ContentMD5": ZERO}, 400, "BadDigest", digests(b"content")),
    ("PutObject", {"ChecksumCRC32": "AAAAAA=="}, 400, "BadDigest", {}),
    ("PutObject", {"ChecksumCRC32": "x"}, 400, "InvalidRequest", {}),
    ("PutObject", {"StorageClass": "OUTPOSTS"}, 400, "InvalidStorageClass", {"StorageClassRequested": "OUTPOSTS"}),
    ("PutObject", {"Tagging": "aws:a=1"}, 400, "InvalidTag", {"TagKey": "aws:a", "TagValue": "1"}),
    ("PutObject", {"Metadata": {"a": "x" * 2048}}, 400, "MetadataTooLarge",
     {"Size": "2049", "MaxSizeAllowed": "2048"}),
    ("PutObject", {"Tagging": "&".join(f"k{number}=" for number in range(11))}, 400, "BadRequest", {}),
    ("PutObject", {"ACL": "public-read"}, 400, "AccessControlListNotSupported", {}),
    ("PutObject", {"IfNoneMatch": "*", "Bucket": "plain"}, 412, "PreconditionFailed", {"Condition": "If-None-Match"}),
    ("PutObject", {"Bucket": "plain"} | UNHEARD, 412, "PreconditionFailed", CONDITION),
    ("PutObject", UNHEARD, 404, "NoSuchKey", {"Key": "k"}),
    ("PutObject", {"IfNoneMatch": '"x"'}, 501, "NotImplemented", NONE_MATCH),
    ("PutObject", {"WriteOffsetBytes": 0}, 501, "NotImplemented", header("x-amz-write-offset-bytes")),
    ("PutObject", {"Bucket": ZONED, "Key": "other", "WriteOffsetBytes": 3}, 400, "InvalidWriteOffset", {}),
    ("PutObject", {"Bucket": ZONED, "Key": "other", "WriteOffsetBytes": 10, "ServerSideEncryption": "aws:kms"}, 400,
     "EncryptionTypeMismatch", {}),
    ("PutObject", {"SSECustomerAlgorithm": "DES", "SSECustomerKey": KEY}, 400, "InvalidEncryptionAlgorithmError",
     argument("x-amz-server-side-encryption", "DES")),
    ("PutObject", {"SSECustomerAlgorithm": "AES256"}, 400, "InvalidArgument",
     argument("x-amz-server-side-encryption", "null")),
    ("PutObject", {"ServerSideEncryption": "DES"}, 400, "InvalidArgument",
     argument("x-amz-server-side-encryption", "DES")),
    ("PutObject", {"WebsiteRedirectLocation": "x"}, 400, "InvalidRedirectLocation", {}),
    ("PutObject", {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": PAST}, 400, "InvalidRequest", {}),
    ("PutObject", {"Bucket": "locked", "ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": PAST}, 400,
     "InvalidArgument", argument("x-amz-object-lock-retain-until-date", "2020-01-01T00:00:00Z")),
    ("PutObject", {"Bucket": "locked", "ObjectLockMode": "GOVERNANCE"}, 400, "InvalidArgument",
     argument("x-amz-object-lock-retain-until-date", "null")),
    ("CopyObject", {"CopySource": "x"}, 400, "InvalidArgument", argument("x-amz-copy-source", "x")),
    ("CopyObject", {"Bucket": "plain", "Key": "k"}, 400, "InvalidRequest", {}),
    ("CopyObject", {"CopySource": {"Bucket": "versions", "Key": "gone", "VersionId": "@marker"}}, 400,
     "InvalidRequest", {}),
    ("CopyObject", {"CopySource": {"Bucket": "plain", "Key": "secret"}}, 400, "InvalidRequest", {}),
    ("CopyObject", {"StorageClass": "NONE"}, 400, "InvalidStorageClass", {"StorageClassRequested": "NONE"}),
    ("CopyObject", {"SSECustomerAlgorithm": "DES", "SSECustomerKey": KEY}, 400, "InvalidEncryptionAlgorithmError",
     argument("x-amz-server-side-encryption", "DES")),
    ("CopyObject", {"ACL": "public-read"}, 400, "AccessControlListNotSupported", {}),
    ("CopyObject", {"Tagging": "aws:a=1", "TaggingDirective": "REPLACE"}, 400, "InvalidTag", SYSTEM_TAG),
    ("CopyObject", {"MetadataDirective": "REPLACE", "Metadata": {"a": "x" * 2048}}, 400, "MetadataTooLarge", LARGE),
    ("CopyObject", {"Bucket": "plain", "Key": "cold"} | UNHEARD, 412, "PreconditionFailed", CONDITION),
    ("CreateMultipartUpload", {"StorageClass": "NONE"}, 400, "InvalidStorageClass", {"StorageClassRequested": "NONE"}),
    ("CreateMultipartUpload", {"ACL": "public-read"}, 400, "AccessControlListNotSupported", {}),
    ("CreateMultipartUpload", {"ChecksumType": "COMPOSITE"}, 400, "InvalidRequest", {}),
    ("CreateMultipartUpload", {"Tagging": "aws:a=1"}, 400, "InvalidTag", SYSTEM_TAG),
    ("CreateMultipartUpload", {"SSECustomerAlgorithm": "DES", "SSECustomerKey": KEY}, 400,
     "InvalidEncryptionAlgorithmError", argument("x-amz-server-side-encryption", "DES")),
    ("CreateMultipartUpload", {"Metadata": {"a": "x" * 2048}}, 400, "MetadataTooLarge", LARGE),
    ("CreateMultipartUpload", {"ServerSideEncryption": "DES"}, 400, "InvalidArgument",
     argument("x-amz-server-side-encryption", "DES")),
    ("UploadPart", {"PartNumber": 0}, 400, "InvalidArgument", argument("partNumber", "0")),
    ("UploadPart", {"PartNumber": 10001}, 400, "InvalidArgument", argument("partNumber", "10001")),
    ("UploadPart", {"ContentMD5": "x"}, 400, "InvalidDigest", {"Content-MD5": "x"}),
    ("UploadPart", {"ContentMD5": ZERO}, 400, "BadDigest", digests(b"part")),
    ("UploadPart", SECRET, 400, "InvalidRequest", {}),
    ("UploadPart", {"UploadId": "@keyed"}, 400, "InvalidRequest", {}),
    ("UploadPartCopy", {"PartNumber": 0}, 400, "InvalidArgument", argument("partNumber", "0")),
    ("UploadPartCopy", {"CopySourceRange": "x"}, 400, "InvalidArgument", argument("x-amz-copy-source-range", "x")),
    ("UploadPartCopy", SECRET, 400, "InvalidRequest", {}),
    ("CompleteMultipartUpload", {"MultipartUpload": {"Parts": [
        {"PartNumber": 1, "ETag": "@part"}, {"PartNumber": 2, "ETag": "@part"}]}}, 400, "EntityTooSmall",
     {"ProposedSize": "4", "MinSizeAllowed": "5242880", "PartNumber": "1", "ETag": "@bare"}),
    ("CompleteMultipartUpload", {"MultipartUpload": {"Parts": [
        {"PartNumber": 2, "ETag": "@part"}, {"PartNumber": 1, "ETag": "@part"}]}}, 400, "InvalidPartOrder",
     {"UploadId": "@upload"}),
    ("CompleteMultipartUpload", {"MultipartUpload": {"Parts": [{"PartNumber": 9, "ETag": "x"}]}}, 400, "InvalidPart",
     {"UploadId": "@upload", "PartNumber": "9", "ETag": "x"}),
    ("CompleteMultipartUpload", {"MpuObjectSize": 9}, 400, "InvalidRequest", {}),
    ("CompleteMultipartUpload", UNHEARD, 404, "NoSuchKey", {"Key": "parts"}),
    ("CompleteMultipartUpload", {"IfNoneMatch": '"x"'}, 501, "NotImplemented", NONE_MATCH),
    ("CompleteMultipartUpload", {"UploadId": "@again", "Key": "k", "IfNoneMatch": "*"}, 412, "PreconditionFailed",
     {"Condition": "If-None-Match"}),
    ("CompleteMultipartUpload", {"UploadId": "@again", "Key": "k"} | UNHEARD, 412, "PreconditionFailed", CONDITION),
    ("CompleteMultipartUpload", {"Bucket": "new", "UploadId": "@late", "Key": "late", "IfNoneMatch": "*"}, 409,
     "ConditionalRequestConflict", {"Condition": "If-None-Match", "Key": "late"}),
    ("RenameObject", {"Bucket": "plain"}, 501, "NotImplemented", {}),
    ("RenameObject", {"RenameSource": f"{ZONED}/none"}, 404, "NoSuchKey", {"Key": "none"}),
    ("RenameObject", {"Key": "other"}, 412, "PreconditionFailed", {"Condition": "If-None-Match"}),
    ("RenameObject", {"Key": "k"}, 400, "InvalidRequest", {}),
    ("RenameObject", {"SourceIfMatch": '"x"'}, 412, "PreconditionFailed", CONDITION),
    ("RenameObject", {"ClientToken": "token"}, 400, "IdempotencyParameterMismatch", {}),
    ("UpdateObjectEncryption", {"Key": "secret"}, 400, "InvalidRequest", {}),
    ("UpdateObjectEncryption", {"ObjectEncryption": {}}, 400, "MalformedXML", {}),
    # Deleting
    ("DeleteObject", {"Bucket": "plain"} | UNHEARD, 412, "PreconditionFailed", CONDITION),
    ("DeleteObject", UNHEARD, 404, "NoSuchKey", {"Key": "k"}),
    ("DeleteObject", {"IfMatchSize": 1}, 501, "NotImplemented", header("x-amz-if-match-size")),
    ("DeleteObject", {"Bucket": "versions", "VersionId": "x"}, 400, "InvalidArgument", argument("versionId", "x")),
    *(
        ("DeleteObject", {"Bucket": "locked", "Key": key, "VersionId": f"@{key}"}, 403, "AccessDenied", {})
        for key in ("governed", "kept", "held")
    ),
    ("DeleteObject", {"Bucket": "locked", "Key": "kept", "VersionId": "@kept", "BypassGovernanceRetention": True}, 403,
     "AccessDenied", {}),
    ("DeleteObjects", {"Delete": {"Objects": []}}, 400, "MalformedXML", {}),
    ("DeleteObjects", {"Delete": {"Objects": [{"Key": "k"}] * 1001}}, 400, "MalformedXML", {}),
    # What stands beside an object
    ("PutObjectAcl", {"Bucket": "plain"}, 400, "AccessControlListNotSupported", {}),
    ("PutObjectAcl", {"ACL": None}, 400, "MissingSecurityHeader", {"MissingHeaderName": "x-amz-acl"}),
    ("PutObjectAcl", {"ACL": None, "AccessControlPolicy": ACL}, 400, "MalformedACLError", {}),
    ("PutObjectAcl", {"AccessControlPolicy": {"Owner": {"ID": "b"}, "Grants": []}}, 400, "UnexpectedContent", {}),
    ("PutObjectAcl", {"GrantRead": GROUP}, 400, "InvalidRequest", {}),
    ("PutObjectAcl", {"ACL": "none"}, 400, "InvalidArgument", argument("x-amz-acl", "none")),
    ("PutObjectTagging", {"Tagging": {"TagSet": [{"Key": "aws:a", "Value": "1"}]}}, 400, "InvalidTag",
     {"TagKey": "aws:a", "TagValue": "1"}),
    ("GetObjectLegalHold", {"Bucket": "plain", "Key": "k"}, 400, "InvalidRequest", {}),
    ("GetObjectRetention", {"Bucket": "plain", "Key": "k"}, 400, "InvalidRequest", {}),
    ("PutObjectLegalHold", {"Bucket": "plain", "Key": "k"}, 400, "InvalidRequest", {}),
    ("PutObjectRetention", {"Bucket": "plain", "Key": "k"}, 400, "InvalidRequest", {}),
    ("GetObjectLegalHold", {}, 404, "NoSuchObjectLockConfiguration", {}),
    ("GetObjectRetention", {}, 404, "NoSuchObjectLockConfiguration", {}),
    ("PutObjectRetention", {"Key": "kept"}, 403, "AccessDenied", {}),
    ("PutObjectRetention", {"Key": "governed", "Retention": {}}, 403, "AccessDenied", {}),
    ("PutObjectRetention", {"Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": PAST}}, 400, "InvalidArgument",
     argument("RetainUntilDate", "2020-01-01T00:00:00Z")),
    # What is set for a bucket
    ("PutBucketAcl", {"Bucket": "plain"}, 400, "AccessControlListNotSupported", {}),
    ("PutBucketAcl", {"ACL": None}, 400, "MissingSecurityHeader", {"MissingHeaderName": "x-amz-acl"}),
    ("PutBucketAcl", {"ACL": None, "AccessControlPolicy": ACL}, 400, "MalformedACLError", {}),
    ("PutBucketAcl", {"AccessControlPolicy": {"Owner": {"ID": "b"}, "Grants": []}}, 400, "UnexpectedContent", {}),
    ("PutBucketPolicy", {"Policy": "x"}, 400, "MalformedPolicy", {}),
    ("PutBucketTagging", {"Tagging": {"TagSet": [{"Key": "aws:a", "Value": "1"}]}}, 400, "InvalidTag",
     {"TagKey": "aws:a", "TagValue": "1"}),
    ("PutBucketVersioning", {"VersioningConfiguration": {}}, 400, "IllegalVersioningConfigurationException", {}),
    ("PutBucketVersioning", {"Bucket": "locked", "VersioningConfiguration": {"Status": "Suspended"}}, 409,
     "InvalidBucketState", {}),
    ("PutBucketReplication", {"Bucket": "plain"}, 400, "InvalidRequest", {}),
    ("PutObjectLockConfiguration", {"Bucket": "plain"}, 409, "InvalidBucketState", {}),
    ("PutBucketLogging", {"BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": "none", "TargetPrefix": ""}}}, 400,
     "InvalidTargetBucketForLogging", {"TargetBucket": "none"}),
    ("PutBucketLogging", {"BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": "far", "TargetPrefix": ""}}}, 403,
     "CrossLocationLoggingProhibitted", {"SourceBucketLocation": "us-east-1", "TargetBucketLocation": "eu-west-1"}),
    ("PutBucketOwnershipControls", {"Bucket": "public"}, 400, "InvalidBucketAclWithObjectOwnership", {}),
    ("PutBucketInventoryConfiguration", {"InventoryConfiguration": NAMED["Inventory"][1] | {
        "Id": "a", "Destination": {"S3BucketDestination": {"Bucket": "x", "Format": "CSV"}}}}, 400,
     "InvalidS3DestinationBucket", {}),
    ("PutBucketAnalyticsConfiguration", {"AnalyticsConfiguration": {"Id": "a", "StorageClassAnalysis": {"DataExport": {
        "OutputSchemaVersion": "V_1", "Destination": {"S3BucketDestination": {"Format": "CSV", "Bucket": "x"}}}}}}, 400,
     "InvalidS3DestinationBucket", {}),
    ("CreateBucketMetadataConfiguration", {"Bucket": "tabled"}, 409, "InvalidBucketState", {}),
    ("CreateBucketMetadataTableConfiguration", {"Bucket": "older"}, 409, "InvalidBucketState", {}),
    ("WriteGetObjectResponse", {}, 400, "InvalidToken", {"Token-0": "t"}),
]  # fmt: skip
