# SPDX-License-Identifier: Apache-2.0
"""Inventories: lists of a bucket's objects that come by the clock, day by day or Sunday by Sunday."""

import base64
import csv
import gzip
import hashlib
import json

import pytest

FOLDER = "lists/one/all"
DAY = f"{FOLDER}/2026-03-02T00-00Z"
OPTIONAL = (
    "Size LastModifiedDate ETag StorageClass IsMultipartUploaded ReplicationStatus EncryptionStatus "
    "ObjectLockRetainUntilDate ObjectLockMode ObjectLockLegalHoldStatus IntelligentTieringAccessTier BucketKeyStatus "
    "ChecksumAlgorithm ObjectAccessControlList ObjectOwner LifecycleExpirationDate"
).split()


@pytest.fixture
def advance(control):
    return lambda span: control.demand("POST", "clock", {"advance": span})


@pytest.fixture
def listed(s3, bucket):
    """A bucket and its inventory, which goes to another."""
    one, lists = bucket(versioned=True), bucket("lists")

    def put(**changes):
        target = {"Bucket": f"arn:aws:s3:::{lists}", "Format": "CSV", "Prefix": "lists"} | changes.pop("target", {})
        document = {
            "Id": "all",
            "Destination": {"S3BucketDestination": target},
            "IsEnabled": True,
            "IncludedObjectVersions": "Current",
            "Schedule": {"Frequency": "Daily"},
        }
        s3.put_bucket_inventory_configuration(Bucket=one, Id="all", InventoryConfiguration=document | changes)
        return one

    return put


def keys(s3):
    return [entry["Key"] for entry in s3.list_objects_v2(Bucket="lists").get("Contents", [])]


def read(s3, key):
    return s3.get_object(Bucket="lists", Key=key)["Body"].read()


def rows(s3, day=DAY):
    """What a manifest leads to, by the columns that it names; everything that it says is looked at."""
    text = read(s3, f"{day}/manifest.json")
    assert read(s3, f"{day}/manifest.checksum").decode() == hashlib.md5(text).hexdigest()
    manifest = json.loads(text)
    assert (manifest["version"], manifest["fileFormat"]) == ("2016-11-30", "CSV")
    assert (manifest["sourceBucket"], manifest["destinationBucket"]) == ("one", "arn:aws:s3:::lists")
    (file,) = manifest["files"]
    data = read(s3, file["key"])
    assert (len(data), hashlib.md5(data).hexdigest()) == (file["size"], file["MD5checksum"])
    assert file["key"].startswith(f"{FOLDER}/data/") and file["key"].endswith(".csv.gz")
    columns = manifest["fileSchema"].split(", ")
    return [dict(zip(columns, row, strict=True)) for row in csv.reader(gzip.decompress(data).decode().splitlines())]


def test_an_inventory_comes_at_midnight(s3, listed, advance):
    one = listed()
    s3.put_object(Bucket=one, Key="a b/ü", Body=b"1")
    s3.put_object(Bucket=one, Key="gone")
    s3.delete_object(Bucket=one, Key="gone")
    assert keys(s3) == []
    advance("12h")
    assert rows(s3) == [{"Bucket": "one", "Key": "a%20b/%C3%BC"}]
    files = keys(s3)
    assert [f"{DAY}/manifest.checksum", f"{DAY}/manifest.json"] == files[:2] and len(files) == 4
    link = f"{FOLDER}/hive/dt=2026-03-02-00-00/symlink.txt"
    assert files[3] == link and read(s3, link).decode() == f"s3://lists/{files[2]}"
    created = json.loads(read(s3, f"{DAY}/manifest.json"))["creationTimestamp"]
    assert created == "1772409600000"
    advance("24h")
    assert len(rows(s3, f"{FOLDER}/2026-03-03T00-00Z")) == 1


def test_all_versions_with_all_columns(s3, listed, advance):
    one = listed(IncludedObjectVersions="All", OptionalFields=list(reversed(OPTIONAL)))
    etag = s3.put_object(Bucket=one, Key="k", Body=b"12345", ChecksumAlgorithm="SHA256")["ETag"].strip('"')
    s3.put_object(Bucket=one, Key="k", StorageClass="GLACIER_IR", ServerSideEncryption="aws:kms", BucketKeyEnabled=True)
    s3.delete_object(Bucket=one, Key="k")
    advance("12h")
    marker, new, old = rows(s3)
    assert list(old) == ["Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker", *OPTIONAL]
    assert (marker["IsLatest"], marker["IsDeleteMarker"], marker["Size"], marker["ETag"]) == ("true", "true", "", "")
    assert (new["StorageClass"], new["EncryptionStatus"], new["BucketKeyStatus"]) == (
        "GLACIER_IR",
        "SSE-KMS",
        "ENABLED",
    )
    listing = s3.list_object_versions(Bucket=one)["Versions"]
    grants = old.pop("ObjectAccessControlList")
    owner = s3.list_buckets()["Owner"]["ID"]
    assert json.loads(base64.b64decode(grants)) == {
        "version": "2022-11-10",
        "status": "AVAILABLE",
        "grants": [{"canonicalId": owner, "type": "CanonicalUser", "permission": "FULL_CONTROL"}],
    }
    assert old == {name: "" for name in OPTIONAL if name != "ObjectAccessControlList"} | {
        "Bucket": one,
        "Key": "k",
        "VersionId": listing[1]["VersionId"],
        "IsLatest": "false",
        "IsDeleteMarker": "false",
        "Size": "5",
        "LastModifiedDate": "2026-03-01T12:00:00.000Z",
        "ETag": etag,
        "StorageClass": "STANDARD",
        "IsMultipartUploaded": "false",
        "EncryptionStatus": "SSE-S3",
        "BucketKeyStatus": "DISABLED",
        "ChecksumAlgorithm": "SHA256",
        "ObjectOwner": owner,
    }


def test_a_prefix_keeps_others_out(s3, listed, advance):
    one = listed(Filter={"Prefix": "b/"}, target={"Encryption": {"SSEKMS": {"KeyId": "key-1"}}})
    for key in ("a", "b/1", "b/2", "c"):
        s3.put_object(Bucket=one, Key=key)
    advance("12h")
    assert [row["Key"] for row in rows(s3)] == ["b/1", "b/2"]
    head = s3.head_object(Bucket="lists", Key=f"{DAY}/manifest.json")
    assert (head["ServerSideEncryption"], head["ContentType"]) == ("aws:kms", "application/json")


def test_weekly_ones_come_on_sundays(s3, listed, advance):
    listed(Schedule={"Frequency": "Weekly"})
    advance("84h")
    assert keys(s3) == []
    advance("72h")
    assert rows(s3, f"{FOLDER}/2026-03-08T00-00Z") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"IsEnabled": False},
        {"target": {"Format": "ORC"}},
        {"target": {"Format": "Parquet"}},
        {"target": {"Bucket": "arn:aws:s3:::nowhere"}},
    ],
)
def test_what_is_not_written(s3, listed, advance, changes):
    listed(**changes)
    advance("48h")
    assert keys(s3) == []


@pytest.mark.parametrize("comes", [False, True])
def test_the_destination_must_let_it_in_where_rights_are_judged(s3, control, listed, advance, comes):
    control.load({"scenario": "strict", "options": {"auth": "enforce"}})
    listed()
    if comes:
        one = {
            "Effect": "Allow",
            "Principal": {"Service": "s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::lists/*",
            "Condition": {
                "ArnLike": {"aws:SourceArn": "arn:aws:s3:::one"},
                "StringEquals": {"aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control"},
            },
        }
        s3.put_bucket_policy(Bucket="lists", Policy=json.dumps({"Version": "2012-10-17", "Statement": [one]}))
    advance("24h")
    assert bool(keys(s3)) == comes
