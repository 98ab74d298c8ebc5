# SPDX-License-Identifier: Apache-2.0
"""The rest of the program that runs on two servers: access, locks, archives, and settings with ids."""

import json
from datetime import UTC, datetime

ENABLED = {"Status": "Enabled"}
LATER = datetime(2030, 1, 1, tzinfo=UTC)
ARN = "arn:aws:s3:::settings"
ALLOW = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "s3:GetObject"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [ALLOW | {"Resource": f"{ARN}/*"}]})
REPLICATION = {
    "Role": "arn:aws:iam::123456789012:role/r",
    "Rules": [
        {
            "ID": "a", "Status": "Enabled", "Priority": 1, "Filter": {"Prefix": "x"},
            "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": "arn:aws:s3:::versions"},
        }
    ],
}  # fmt: skip
RULE = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
DESTINATION = {"S3BucketDestination": {"Bucket": ARN, "Format": "CSV", "Prefix": "p"}}
INVENTORY = {
    "Id": "a", "Destination": DESTINATION, "IsEnabled": True, "IncludedObjectVersions": "All",
    "Schedule": {"Frequency": "Daily"},
}  # fmt: skip
SELECT = {"ExpressionType": "SQL", "InputSerialization": {"CSV": {}}, "OutputSerialization": {"CSV": {}}}


def program():
    yield from access()
    yield from replication()
    yield from locks()
    yield from archives()
    yield from inventories()


def access():
    about = {"Bucket": "settings"}
    yield "policy before", "get_bucket_policy", about
    yield "policy put", "put_bucket_policy", about | {"Policy": POLICY}
    yield "policy got", "get_bucket_policy", about
    yield "policy status", "get_bucket_policy_status", about
    yield "policy wrong", "put_bucket_policy", about | {"Policy": "{}"}
    yield "policy delete", "delete_bucket_policy", about
    yield "policy after", "get_bucket_policy", about
    yield "policy nowhere", "get_bucket_policy", {"Bucket": "nowhere"}
    yield "lifecycle delete", "delete_bucket_lifecycle", about
    yield "lifecycle after", "get_bucket_lifecycle_configuration", about
    yield "make open", "create_bucket", {"Bucket": "open", "ObjectOwnership": "ObjectWriter"}
    yield "open up", "delete_public_access_block", {"Bucket": "open"}
    yield "acl before", "get_bucket_acl", {"Bucket": "open"}
    for acl in ("public-read", "authenticated-read", "private"):
        yield f"acl {acl}", "put_bucket_acl", {"Bucket": "open", "ACL": acl}
        yield f"acl {acl} got", "get_bucket_acl", {"Bucket": "open"}
        yield f"put {acl}", "put_object", {"Bucket": "open", "Key": acl, "Body": b"x", "ACL": acl}
        yield f"put {acl} got", "get_object_acl", {"Bucket": "open", "Key": acl}
    yield "object acl", "put_object_acl", {"Bucket": "open", "Key": "private", "ACL": "public-read"}
    yield "object acl got", "get_object_acl", {"Bucket": "open", "Key": "private"}
    yield "object acl none", "put_object_acl", {"Bucket": "open", "Key": "none", "ACL": "private"}
    yield "acl nowhere", "get_bucket_acl", {"Bucket": "nowhere"}


def replication():
    about = {"Bucket": "settings"}
    yield "replication before", "get_bucket_replication", about
    yield "replication unversioned", "put_bucket_replication", {
        "Bucket": "objects", "ReplicationConfiguration": REPLICATION,
    }  # fmt: skip
    yield "replication version", "put_bucket_versioning", about | {"VersioningConfiguration": ENABLED}
    yield "replication enable", "put_bucket_versioning", {"Bucket": "versions", "VersioningConfiguration": ENABLED}
    yield "replication put", "put_bucket_replication", about | {"ReplicationConfiguration": REPLICATION}
    yield "replication got", "get_bucket_replication", about
    yield "replication delete", "delete_bucket_replication", about
    yield "replication after", "get_bucket_replication", about


def locks():
    yield "make locked", "create_bucket", {"Bucket": "locked", "ObjectLockEnabledForBucket": True}
    about = {"Bucket": "locked"}
    yield "lock before", "get_object_lock_configuration", about
    yield "lock none", "get_object_lock_configuration", {"Bucket": "objects"}
    yield "lock versioning", "get_bucket_versioning", about
    yield "lock put", "put_object_lock_configuration", about | {
        "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": RULE},
    }  # fmt: skip
    yield "lock got", "get_object_lock_configuration", about
    yield "lock object", "put_object", about | {"Key": "k", "Body": b"x"}
    key = about | {"Key": "k"}
    yield "retention default", "get_object_retention", key
    retention = {"Mode": "GOVERNANCE", "RetainUntilDate": LATER}
    yield "retention put", "put_object_retention", key | {"Retention": retention}
    yield "retention got", "get_object_retention", key
    yield "hold before", "get_object_legal_hold", key
    for status in ("ON", "OFF"):
        yield f"hold {status}", "put_object_legal_hold", key | {"LegalHold": {"Status": status}}
        yield f"hold {status} got", "get_object_legal_hold", key
    named = {"VersionId": "@lock object.VersionId"}
    yield "delete locked", "delete_object", key | named
    yield "bypass locked", "delete_object", key | named | {"BypassGovernanceRetention": True}
    yield "hold elsewhere", "put_object_legal_hold", {
        "Bucket": "objects", "Key": "a", "LegalHold": {"Status": "ON"},
    }  # fmt: skip
    yield "retention none", "get_object_retention", about | {"Key": "none"}


def archives():
    about = {"Bucket": "objects", "Key": "cold"}
    yield "put cold", "put_object", about | {"Body": b"cold", "StorageClass": "GLACIER"}
    yield "head cold", "head_object", about
    yield "get cold", "get_object", about
    yield "restore warm", "restore_object", about | {"Key": "a", "RestoreRequest": {"Days": 1}}
    yield "restore none", "restore_object", about | {"Key": "none", "RestoreRequest": {"Days": 1}}
    yield "copied begin", "create_multipart_upload", {"Bucket": "objects", "Key": "copied"}
    upload = {"Bucket": "objects", "Key": "copied", "UploadId": "@copied begin.UploadId"}
    source = {"CopySource": {"Bucket": "objects", "Key": "parts"}}
    yield "copied part", "upload_part_copy", upload | source | {"PartNumber": 1, "CopySourceRange": "bytes=0-9"}
    yield "copied none", "upload_part_copy", upload | {"PartNumber": 2, "CopySource": {"Bucket": "objects", "Key": "q"}}
    yield "copied end", "complete_multipart_upload", upload | {
        "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "@copied part.CopyPartResult.ETag"}]},
    }  # fmt: skip
    yield "copied get", "get_object", {"Bucket": "objects", "Key": "copied"}
    yield "rows", "put_object", {"Bucket": "objects", "Key": "rows", "Body": b"a,1\nb,2\n"}
    yield "select none", "select_object_content", {
        "Bucket": "objects", "Key": "none", "Expression": "SELECT * FROM S3Object",
    } | SELECT  # fmt: skip


def inventories():
    about = {"Bucket": "settings"}
    yield "inventories before", "list_bucket_inventory_configurations", about
    yield "inventory put", "put_bucket_inventory_configuration", about | {
        "Id": "a", "InventoryConfiguration": INVENTORY,
    }  # fmt: skip
    yield "inventory got", "get_bucket_inventory_configuration", about | {"Id": "a"}
    yield "inventories after", "list_bucket_inventory_configurations", about
    yield "inventory delete", "delete_bucket_inventory_configuration", about | {"Id": "a"}
    yield "inventory deleted", "get_bucket_inventory_configuration", about | {"Id": "a"}
