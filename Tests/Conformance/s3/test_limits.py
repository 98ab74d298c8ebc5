# SPDX-License-Identifier: Apache-2.0
"""S3's limits: so many are taken, and one more is refused, by the page of the operation in the API reference."""

import json

import pytest

from .asking import refused

ACCOUNT = "123456789012"
MALFORMED = (400, "MalformedXML")


def lifecycle(count):
    rule = lambda number: {  # noqa: E731
        "ID": str(number), "Status": "Enabled", "Filter": {"Prefix": f"{number}/"}, "Expiration": {"Days": 1}}
    return {"LifecycleConfiguration": {"Rules": [rule(number) for number in range(count)]}}


def cors(count):
    return {"CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}] * count}}


def tags(count):
    return {"Tagging": {"TagSet": [{"Key": str(number), "Value": "v"} for number in range(count)]}}


def routing(count):
    rule = {"Condition": {"KeyPrefixEquals": "a"}, "Redirect": {"HostName": "b"}}
    return {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "i"}, "RoutingRules": [rule] * count}}


def replication(count):
    rule = lambda number: {  # noqa: E731
        "ID": str(number), "Priority": number, "Status": "Enabled", "Filter": {"Prefix": f"{number}/"},
        "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": "arn:aws:s3:::other"}}
    role = f"arn:aws:iam::{ACCOUNT}:role/r"
    return {"ReplicationConfiguration": {"Role": role, "Rules": [rule(number) for number in range(count)]}}


def policy(length):
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    statement["Resource"] += "x" * (length - len(json.dumps(document, separators=(",", ":"))))
    return {"Policy": json.dumps(document, separators=(",", ":"))}


def deletions(count):
    return {"Delete": {"Quiet": True, "Objects": [{"Key": str(number)} for number in range(count)]}}


LIMITS = [
    ("put_bucket_lifecycle_configuration", lifecycle, 1000, MALFORMED),
    ("put_bucket_cors", cors, 100, MALFORMED),
    ("put_bucket_tagging", tags, 50, (400, "BadRequest")),
    ("put_bucket_website", routing, 50, MALFORMED),
    ("put_bucket_replication", replication, 1000, MALFORMED),
    ("put_bucket_policy", policy, 20480, (400, "MalformedPolicy")),
    ("delete_objects", deletions, 1000, MALFORMED),
    ("put_object_tagging", lambda count: {"Key": "k"} | tags(count), 10, (400, "BadRequest")),
    ("put_object", lambda count: {"Key": "k", "Tagging": "&".join(f"{number}=v" for number in range(count))}, 10,
     (400, "BadRequest")),
    ("put_object", lambda count: {"Key": "k" * count}, 1024, (400, "KeyTooLongError")),
    ("put_object", lambda count: {"Key": "é" * (count // 2) + "k" * (count % 2)}, 1024, (400, "KeyTooLongError")),
    ("put_object", lambda count: {"Key": "k", "Metadata": {"a": "b" * (count - 1)}}, 2048,
     (400, "MetadataTooLarge")),
]  # fmt: skip


@pytest.mark.parametrize("operation, request_of, most, error", LIMITS)
def test_a_limit(s3, bucket, operation, request_of, most, error):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    if operation == "put_bucket_replication":
        for name in (bucket, "other"):
            if name != bucket:
                s3.create_bucket(Bucket=name)
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    call = getattr(s3, operation)
    call(Bucket=bucket, **request_of(most))
    refused(*error, call, Bucket=bucket, **request_of(most + 1))


@pytest.mark.parametrize("kind", ["analytics", "intelligent_tiering", "inventory", "metrics"])
def test_configurations_with_ids(s3, bucket, kind):
    """A thousand of a kind; a page shows a hundred."""
    documents = {
        "analytics": ("AnalyticsConfiguration", {"StorageClassAnalysis": {}}),
        "intelligent_tiering": ("IntelligentTieringConfiguration", {
            "Status": "Enabled", "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]}),
        "inventory": ("InventoryConfiguration", {
            "Destination": {"S3BucketDestination": {"Bucket": f"arn:aws:s3:::{bucket}", "Format": "CSV"}},
            "IsEnabled": True, "IncludedObjectVersions": "All", "Schedule": {"Frequency": "Daily"}}),
        "metrics": ("MetricsConfiguration", {}),
    }  # fmt: skip
    member, document = documents[kind]
    put = lambda name: dict(Bucket=bucket, Id=name, **{member: document | {"Id": name}})  # noqa: E731
    call = getattr(s3, f"put_bucket_{kind}_configuration")
    for number in range(1000):
        call(**put(f"{number:04}"))
    refused(400, "TooManyConfigurations", call, {}, **put("more"))
    call(**put("0000"))
    page = getattr(s3, f"list_bucket_{kind}_configurations")(Bucket=bucket)
    assert len(page[f"{member}List"]) == 100 and page["IsTruncated"]


@pytest.mark.parametrize("name", ["mars-1", "us-east-1", "eu-west-9"])
def test_locations_that_are_none(s3, name):
    refused(400, "InvalidLocationConstraint", s3.create_bucket, {"LocationConstraint": name}, Bucket="there",
            CreateBucketConfiguration={"LocationConstraint": name})  # fmt: skip
