# SPDX-License-Identifier: Apache-2.0
"""A world in which everything is set, and for each operation of the model the call that succeeds there."""

import json
from datetime import UTC, datetime

from harness.control import EPOCH

ACCOUNT, OTHER = "123456789012", "222222222222"
NOW = EPOCH
ZONED = "zoned--use1-az4--x-s3"
TABLES = f"arn:aws:s3tables:us-east-1:{ACCOUNT}:bucket/tables"
QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:events"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/replicate"
KMS = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
LATER = datetime(2027, 1, 1, tzinfo=UTC)
ENABLED = {"Status": "Enabled"}
TAGS = {"TagSet": [{"Key": "a", "Value": "1"}]}
KEY = b"k" * 32
# An MD5 of sixteen zeros.
ZERO = "A" * 22 + "=="
DIRECTORY = {
    "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
    "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
}
BLOCK = {
    "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True,
}  # fmt: skip
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Principal": {"AWS": OTHER}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::whole/*",
            }
        ],
    }
)  # fmt: skip
REPLICATION = {
    "Role": ROLE,
    "Rules": [
        {
            "ID": "a", "Status": "Enabled", "Priority": 1, "Filter": {"Prefix": "x"},
            "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": "arn:aws:s3:::versions"},
        }
    ],
}  # fmt: skip
LIFECYCLE = {"Rules": [{"ID": "a", "Filter": {"Prefix": "x"}, "Status": "Enabled", "Expiration": {"Days": 9}}]}
OLDER_LIFECYCLE = {"Rules": [{"ID": "a", "Prefix": "x", "Status": "Enabled", "Expiration": {"Days": 9}}]}
JOURNAL = {"RecordExpiration": {"Expiration": "DISABLED"}}
METADATA = {"JournalTableConfiguration": JOURNAL, "InventoryTableConfiguration": {"ConfigurationState": "ENABLED"}}
ARN = "arn:aws:s3:::reports"
EXPORT = {"OutputSchemaVersion": "V_1", "Destination": {"S3BucketDestination": {"Format": "CSV", "Bucket": ARN}}}

# What is set for a bucket as one document: the operation's noun, the member, the document.
DOCUMENTS = {
    "BucketAbac": ("AbacStatus", ENABLED),
    "BucketAccelerateConfiguration": ("AccelerateConfiguration", ENABLED),
    "BucketCors": (
        "CORSConfiguration", {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://a"]}]},
    ),
    "BucketEncryption": (
        "ServerSideEncryptionConfiguration",
        {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
    ),
    "BucketLifecycleConfiguration": ("LifecycleConfiguration", LIFECYCLE),
    "BucketLifecycle": ("LifecycleConfiguration", OLDER_LIFECYCLE),
    "BucketLogging": ("BucketLoggingStatus", {"LoggingEnabled": {"TargetBucket": "reports", "TargetPrefix": "l/"}}),
    "BucketNotification": ("NotificationConfiguration", {}),
    "BucketNotificationConfiguration": (
        "NotificationConfiguration",
        {"QueueConfigurations": [{"Id": "a", "QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}]},
    ),
    "BucketOwnershipControls": ("OwnershipControls", {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}),
    "BucketReplication": ("ReplicationConfiguration", REPLICATION),
    "BucketRequestPayment": ("RequestPaymentConfiguration", {"Payer": "Requester"}),
    "BucketTagging": ("Tagging", TAGS),
    "BucketVersioning": ("VersioningConfiguration", ENABLED),
    "BucketWebsite": ("WebsiteConfiguration", {"IndexDocument": {"Suffix": "index.html"}}),
    "PublicAccessBlock": ("PublicAccessBlockConfiguration", BLOCK),
    "ObjectLockConfiguration": (
        "ObjectLockConfiguration",
        {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}},
    ),
}  # fmt: skip
# Of which there may be many, each with its id.
NAMED = {
    "Analytics": ("AnalyticsConfiguration", {"StorageClassAnalysis": {"DataExport": EXPORT}}),
    "IntelligentTiering": (
        "IntelligentTieringConfiguration",
        ENABLED | {"Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]},
    ),
    "Inventory": (
        "InventoryConfiguration",
        {
            "Destination": {"S3BucketDestination": {"Bucket": ARN, "Format": "CSV"}}, "IsEnabled": True,
            "IncludedObjectVersions": "All", "Schedule": {"Frequency": "Daily"},
        },
    ),
    "Metrics": ("MetricsConfiguration", {"Filter": {"Prefix": "a/"}}),
}  # fmt: skip
SELECT = {
    "Expression": "SELECT * FROM S3Object", "ExpressionType": "SQL",
    "InputSerialization": {"CSV": {}}, "OutputSerialization": {"CSV": {}},
}  # fmt: skip


def build(s3, control):
    """Makes the world; gives the ids that calls need, by names."""
    control.queues("events")
    for name in ("reports", "whole", "plain", "versions", "new"):
        s3.create_bucket(Bucket=name)
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    s3.create_bucket(Bucket="far", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.create_bucket(Bucket=ZONED, CreateBucketConfiguration=DIRECTORY)
    s3.create_bucket(Bucket="open", ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket="open")
    s3.put_object(Bucket="open", Key="k", Body=b"x")
    for name in ("versions", "whole"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=ENABLED)
    s3.put_object(Bucket="plain", Key="k", Body=b"0123456789", Tagging="a=1", Metadata={"a": "1"})
    s3.put_object(Bucket="plain", Key="cold", Body=b"cold", StorageClass="GLACIER")
    s3.put_object(Bucket="plain", Key="frozen", Body=b"cold", StorageClass="DEEP_ARCHIVE")
    s3.restore_object(Bucket="plain", Key="frozen", RestoreRequest={"Days": 1})
    s3.put_object(Bucket="plain", Key="tiered", Body=b"x", StorageClass="INTELLIGENT_TIERING")
    s3.put_object(Bucket="plain", Key="secret", Body=b"s", SSECustomerAlgorithm="AES256", SSECustomerKey=KEY)
    for name in ("k", "first"):
        s3.put_object(Bucket=ZONED, Key=name, Body=b"0123456789")
    s3.rename_object(Bucket=ZONED, Key="other", RenameSource=f"{ZONED}/first", ClientToken="token")
    until = {"ObjectLockRetainUntilDate": LATER}
    s3.put_object(Bucket="locked", Key="free", Body=b"x")
    given = {}
    for key, more in LOCKS.items():
        made = s3.put_object(Bucket="locked", Key=key, Body=b"x", **more | ({} if key == "held" else until))
        given[key] = made["VersionId"]
    given["version"] = s3.put_object(Bucket="versions", Key="k", Body=b"first")["VersionId"]
    given["etag"] = s3.put_object(Bucket="versions", Key="k", Body=b"second")["ETag"]
    s3.put_object(Bucket="versions", Key="gone", Body=b"x")
    given["marker"] = s3.delete_object(Bucket="versions", Key="gone")["VersionId"]
    for name, more in {"upload": {}, "keyed": {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}}.items():
        given[name] = s3.create_multipart_upload(Bucket="plain", Key="parts", **more)["UploadId"]
    for number in (1, 2):
        part = s3.upload_part(Bucket="plain", Key="parts", UploadId=given["upload"], PartNumber=number, Body=b"part")
        given["part"], given["bare"] = part["ETag"], part["ETag"].strip('"')
    given["again"] = s3.create_multipart_upload(Bucket="plain", Key="k")["UploadId"]
    s3.upload_part(Bucket="plain", Key="k", UploadId=given["again"], PartNumber=1, Body=b"part")
    # What is there when an upload is begun, and gone when it ends, has been a conflict.
    s3.put_object(Bucket="new", Key="late", Body=b"x")
    given["late"] = s3.create_multipart_upload(Bucket="new", Key="late")["UploadId"]
    s3.upload_part(Bucket="new", Key="late", UploadId=given["late"], PartNumber=1, Body=b"part")
    s3.delete_object(Bucket="new", Key="late")
    settings(s3)
    return given


def settings(s3):
    """Buckets in which something is set, or nothing at all."""
    s3.create_bucket(Bucket="bare")
    s3.delete_public_access_block(Bucket="bare")
    s3.delete_bucket_ownership_controls(Bucket="bare")
    s3.create_bucket(Bucket="public", ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket="public")
    s3.put_bucket_acl(Bucket="public", ACL="public-read")
    for name in ("tabled", "older"):
        s3.create_bucket(Bucket=name)
    s3.create_bucket_metadata_configuration(Bucket="tabled", MetadataConfiguration=METADATA)
    older = {"S3TablesDestination": {"TableBucketArn": TABLES, "TableName": "t"}}
    s3.create_bucket_metadata_table_configuration(Bucket="older", MetadataTableConfiguration=older)


LOCKS = {
    "governed": {"ObjectLockMode": "GOVERNANCE"}, "kept": {"ObjectLockMode": "COMPLIANCE"},
    "held": {"ObjectLockLegalHoldStatus": "ON"},
}  # fmt: skip
