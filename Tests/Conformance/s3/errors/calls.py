# SPDX-License-Identifier: Apache-2.0
"""For each operation the call that succeeds, in an order in which all do. `@name` stands for an id of the world."""

from .world import (
    DIRECTORY, DOCUMENTS, JOURNAL, LATER, METADATA, NAMED, POLICY, SELECT, TABLES, TAGS, ZONED,
)  # fmt: skip

PLAIN = {"Bucket": "plain", "Key": "k"}
FREE = {"Bucket": "locked", "Key": "free"}
UPLOAD = {"Bucket": "plain", "Key": "parts", "UploadId": "@upload"}
SOURCE = {"CopySource": {"Bucket": "plain", "Key": "k"}}
WHOLE = {"Bucket": "whole"}
NEW = {"Bucket": "fresh"}
PARTS = {"MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "@part"}]}}
SETS = {
    f"Put{noun}": {"Bucket": "locked" if noun == "ObjectLockConfiguration" else "whole", member: document}
    for noun, (member, document) in DOCUMENTS.items()
}
GETS = {f"Get{noun}": {"Bucket": SETS[f"Put{noun}"]["Bucket"]} for noun in DOCUMENTS}
# Of these, what is there is a setting and not a document that can be taken away.
STANDING = {
    "BucketAbac", "BucketAccelerateConfiguration", "BucketLifecycleConfiguration", "BucketLogging",
    "BucketNotification", "BucketNotificationConfiguration", "BucketRequestPayment", "BucketVersioning",
    "ObjectLockConfiguration",
}  # fmt: skip
DELETES = {f"Delete{noun}": WHOLE for noun in DOCUMENTS if noun not in STANDING}

BEGINS = {
    "CreateBucket": NEW,
    "CreateSession": {"Bucket": ZONED},
    "PutObject": {"Bucket": "new", "Key": "k", "Body": b"content"},
    "CopyObject": {"Bucket": "new", "Key": "copy"} | SOURCE,
    "CreateMultipartUpload": {"Bucket": "new", "Key": "parts"},
    "UploadPart": UPLOAD | {"PartNumber": 1, "Body": b"part"},
    "UploadPartCopy": UPLOAD | {"PartNumber": 2} | SOURCE,
}
READS = {
    "GetBucketLocation": {"Bucket": "far"},
    "GetBucketAcl": WHOLE,
    "GetBucketPolicy": WHOLE,
    "GetBucketPolicyStatus": WHOLE,
    "GetObject": PLAIN,
    "HeadObject": PLAIN,
    "HeadBucket": WHOLE,
    "GetObjectAcl": PLAIN,
    "GetObjectAttributes": PLAIN | {"ObjectAttributes": ["ETag", "Checksum", "ObjectSize", "StorageClass"]},
    "GetObjectLegalHold": FREE,
    "GetObjectRetention": FREE,
    "GetObjectTagging": PLAIN,
    "ListBuckets": {},
    "ListDirectoryBuckets": {},
    "ListMultipartUploads": {"Bucket": "plain"},
    "ListObjectVersions": {"Bucket": "versions"},
    "ListObjects": {"Bucket": "plain"},
    "ListObjectsV2": {"Bucket": "plain"},
    "ListParts": UPLOAD,
    "SelectObjectContent": PLAIN | SELECT,
}
WRITES = {
    "PutBucketAcl": {"Bucket": "open", "ACL": "public-read"},
    "PutBucketPolicy": WHOLE | {"Policy": POLICY},
    "PutObjectAcl": {"Bucket": "open", "Key": "k", "ACL": "public-read"},
    "PutObjectLegalHold": FREE | {"LegalHold": {"Status": "OFF"}},
    "PutObjectRetention": FREE | {"Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": LATER}},
    "PutObjectTagging": PLAIN | {"Tagging": TAGS},
    "RenameObject": {"Bucket": ZONED, "Key": "renamed", "RenameSource": f"{ZONED}/k"},
    "RestoreObject": {"Bucket": "plain", "Key": "cold", "RestoreRequest": {"Days": 1}},
    "UpdateObjectEncryption": PLAIN | {"ObjectEncryption": {"SSEKMS": {"KMSKeyArn": "@key"}}},
}
METADATA_TABLES = {
    "CreateBucketMetadataConfiguration": {"Bucket": "plain", "MetadataConfiguration": METADATA},
    "UpdateBucketMetadataInventoryTableConfiguration": {
        "Bucket": "plain", "InventoryTableConfiguration": {"ConfigurationState": "DISABLED"},
    },
    "UpdateBucketMetadataJournalTableConfiguration": {"Bucket": "plain", "JournalTableConfiguration": JOURNAL},
    "GetBucketMetadataConfiguration": {"Bucket": "plain"},
    "DeleteBucketMetadataConfiguration": {"Bucket": "plain"},
    "CreateBucketMetadataTableConfiguration": {
        "Bucket": "reports",
        "MetadataTableConfiguration": {"S3TablesDestination": {"TableBucketArn": TABLES, "TableName": "t"}},
    },
    "GetBucketMetadataTableConfiguration": {"Bucket": "reports"},
    "DeleteBucketMetadataTableConfiguration": {"Bucket": "reports"},
}  # fmt: skip
ENDS = {
    "DeleteObjectTagging": PLAIN,
    "DeleteObjects": {"Bucket": "new", "Delete": {"Objects": [{"Key": "copy"}, {"Key": "none"}]}},
    "DeleteObject": {"Bucket": "new", "Key": "k"},
    "CompleteMultipartUpload": UPLOAD | PARTS,
    "AbortMultipartUpload": UPLOAD | {"UploadId": "@keyed"},
    "DeleteBucketLifecycle": WHOLE,
    "DeleteBucketPolicy": WHOLE,
    "DeleteBucket": {"Bucket": "reports"},
}


def named(verb, **more):
    """The operations of what a bucket may have many of."""
    return {
        f"{verb}Bucket{noun}Configuration": WHOLE | {"Id": "a"} | ({member: {"Id": "a"} | content} if more else {})
        for noun, (member, content) in NAMED.items()
    }


LISTS = {f"ListBucket{noun}Configurations": WHOLE for noun in NAMED}
# What S3 does no longer, or does for its own Lambda functions alone, and what it answers.
NEVER = {
    "GetObjectTorrent": PLAIN,
    "WriteGetObjectResponse": {"RequestRoute": "r", "RequestToken": "t", "StatusCode": 200},
}
CALLS = (
    BEGINS | SETS | named("Put", document=True) | WRITES | GETS | named("Get") | LISTS | READS | METADATA_TABLES
    | named("Delete") | DELETES | ENDS
)  # fmt: skip
EVERY = CALLS | NEVER | {"CreateBucket": {"Bucket": ZONED, "CreateBucketConfiguration": DIRECTORY}}
