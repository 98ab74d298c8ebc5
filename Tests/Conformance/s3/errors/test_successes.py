# SPDX-License-Identifier: Apache-2.0
"""Each operation succeeds in a world where it can, with just the members that it should give."""

import pytest

from harness.model import service_model
from harness.server import awry
from harness.sweeping import missing

from .calls import CALLS, NEVER

MODEL = service_model("s3")
# The members that each gives; those that are not here give none.
OUTPUTS = {
    "CreateBucket": "BucketArn Location",
    "CreateSession": "Credentials ServerSideEncryption",
    "PutObject": "ChecksumCRC32 ChecksumType ETag ServerSideEncryption",
    "CopyObject": "CopyObjectResult ServerSideEncryption",
    "CreateMultipartUpload": "Bucket Key ServerSideEncryption UploadId",
    "UploadPart": "ChecksumCRC32 ETag ServerSideEncryption",
    "UploadPartCopy": "CopyPartResult ServerSideEncryption",
    "PutBucketLifecycleConfiguration": "TransitionDefaultMinimumObjectSize",
    "GetBucketAbac": "AbacStatus",
    "GetBucketAccelerateConfiguration": "Status",
    "GetBucketCors": "CORSRules",
    "GetBucketEncryption": "ServerSideEncryptionConfiguration",
    "GetBucketLifecycle": "Rules",
    "GetBucketLifecycleConfiguration": "Rules TransitionDefaultMinimumObjectSize",
    "GetBucketLogging": "LoggingEnabled",
    "GetBucketNotification": "QueueConfiguration",
    "GetBucketNotificationConfiguration": "QueueConfigurations",
    "GetBucketOwnershipControls": "OwnershipControls",
    "GetBucketReplication": "ReplicationConfiguration",
    "GetBucketRequestPayment": "Payer",
    "GetBucketTagging": "TagSet",
    "GetBucketVersioning": "Status",
    "GetBucketWebsite": "IndexDocument",
    "GetPublicAccessBlock": "PublicAccessBlockConfiguration",
    "GetObjectLockConfiguration": "ObjectLockConfiguration",
    "GetBucketAnalyticsConfiguration": "AnalyticsConfiguration",
    "GetBucketIntelligentTieringConfiguration": "IntelligentTieringConfiguration",
    "GetBucketInventoryConfiguration": "InventoryConfiguration",
    "GetBucketMetricsConfiguration": "MetricsConfiguration",
    "ListBucketAnalyticsConfigurations": "AnalyticsConfigurationList IsTruncated",
    "ListBucketIntelligentTieringConfigurations": "IntelligentTieringConfigurationList IsTruncated",
    "ListBucketInventoryConfigurations": "InventoryConfigurationList IsTruncated",
    "ListBucketMetricsConfigurations": "IsTruncated MetricsConfigurationList",
    "GetBucketLocation": "LocationConstraint",
    "GetBucketAcl": "Grants Owner",
    "GetBucketPolicy": "Policy",
    "GetBucketPolicyStatus": "PolicyStatus",
    "GetObject": "AcceptRanges Body ChecksumCRC32 ChecksumType ContentLength ContentType ETag Metadata "
    "LastModified SSEKMSKeyId ServerSideEncryption TagCount",
    "HeadObject": "AcceptRanges ContentLength ContentType ETag LastModified Metadata SSEKMSKeyId TagCount "
    "ServerSideEncryption",
    "HeadBucket": "AccessPointAlias BucketArn BucketRegion",
    "GetObjectAcl": "Grants Owner",
    "GetObjectAttributes": "Checksum ETag LastModified ObjectSize StorageClass",
    "GetObjectLegalHold": "LegalHold",
    "GetObjectRetention": "Retention",
    "GetObjectTagging": "TagSet",
    "ListBuckets": "Buckets Owner",
    "ListDirectoryBuckets": "Buckets",
    "ListMultipartUploads": "Bucket IsTruncated KeyMarker MaxUploads Prefix UploadIdMarker Uploads",
    "ListObjectVersions": "DeleteMarkers EncodingType IsTruncated KeyMarker MaxKeys Name Prefix VersionIdMarker "
    "Versions",
    "ListObjects": "Contents EncodingType IsTruncated Marker MaxKeys Name Prefix",
    "ListObjectsV2": "Contents EncodingType IsTruncated KeyCount MaxKeys Name Prefix",
    "ListParts": "Bucket Initiator IsTruncated Key MaxParts NextPartNumberMarker Owner PartNumberMarker "
    "Parts StorageClass UploadId",
    "SelectObjectContent": "Payload",
    "GetBucketMetadataConfiguration": "GetBucketMetadataConfigurationResult",
    "GetBucketMetadataTableConfiguration": "GetBucketMetadataTableConfigurationResult",
    "DeleteObjects": "Deleted",
    "CompleteMultipartUpload": "Bucket ChecksumCRC64NVME ChecksumType ETag Key Location ServerSideEncryption",
}  # fmt: skip


def test_each_operation_is_here():
    assert set(CALLS) | set(NEVER) == set(MODEL.operation_names) and len(CALLS) + len(NEVER) == 111
    assert "111 operations can be scripted, 111 are faked" in awry("services", "s3").stdout


@pytest.mark.parametrize("operation", CALLS)
def test_it_succeeds(answers, operation):
    answer = answers[operation]
    if isinstance(answer, Exception):
        raise answer
    metadata = answer.pop("ResponseMetadata")
    assert set(answer) == set(OUTPUTS.get(operation, "").split())
    shape = MODEL.operation_model(operation).output_shape
    assert not shape or not missing(shape, answer)
    is_deletion = operation.startswith(("Delete", "Abort")) and operation != "DeleteObjects"
    assert metadata["HTTPStatusCode"] == 204 if is_deletion else metadata["HTTPStatusCode"] // 100 == 2
    headers = metadata["HTTPHeaders"]
    assert metadata["RequestId"] == headers["x-amz-request-id"] and metadata["HostId"] == headers["x-amz-id-2"]
