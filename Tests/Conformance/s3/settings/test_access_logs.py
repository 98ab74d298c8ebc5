# SPDX-License-Identifier: Apache-2.0
"""Server access logs: what PutBucketLogging lets come into the target bucket, hour by hour of the clock."""

import json
import re
from urllib.parse import quote

import pytest

from harness.clients import method

# "Amazon S3 server access log format": words, dates in brackets, texts in quotes.
FIELD = re.compile(r'\[[^]]*]|"[^"]*"|\S+')
NAMES = (
    "owner bucket time address requester request_id operation key request status error sent size total turn referer "
    "agent version host_id signature cipher authentication host tls access_point acl_required source_region"
).split()
MISSING = "-"


def records(s3, bucket="logs", **more):
    """The records of all logs in a bucket, in order, by the fields' names."""
    found = []
    for entry in s3.list_objects_v2(Bucket=bucket, **more).get("Contents", []):
        body = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read().decode()
        assert body.endswith("\n")
        for line in body.splitlines():
            fields = FIELD.findall(line)
            assert len(fields) == len(NAMES), line
            found.append(dict(zip(NAMES, fields)))
    return found


@pytest.fixture
def logged(s3, bucket):
    """A bucket whose log goes to another."""
    one, logs = bucket(), bucket("logs")

    def switch(**more):
        enabled = {"TargetBucket": logs, "TargetPrefix": "of/"} | more
        s3.put_bucket_logging(Bucket=one, BucketLoggingStatus={"LoggingEnabled": enabled})
        return one

    return switch


@pytest.fixture
def advance(control):
    return lambda span: control.demand("POST", "clock", {"advance": span})


def test_a_record_has_all_fields(s3, logged, advance):
    one = logged()
    put = s3.put_object(Bucket=one, Key="a b/ü", Body=b"12345")["ResponseMetadata"]
    s3.get_object(Bucket=one, Key="a b/ü", Range="bytes=1-2")["Body"].read()
    assert "Contents" not in s3.list_objects_v2(Bucket="logs")
    advance("1h")
    first, second, third = records(s3)
    assert first["operation"] == "REST.PUT.LOGGING_STATUS" and first["key"] == MISSING
    owner = s3.list_buckets()["Owner"]["ID"]
    assert second == {
        "owner": owner,
        "bucket": one,
        "time": "[01/Mar/2026:12:00:00 +0000]",
        "address": "127.0.0.1",
        "requester": owner,
        "request_id": put["RequestId"],
        "operation": "REST.PUT.OBJECT",
        "key": "a%20b/%C3%BC",
        "request": '"PUT /one/a%20b/%C3%BC HTTP/1.1"',
        "status": "200",
        "error": MISSING,
        "sent": MISSING,
        "size": "5",
        "total": "0",
        "turn": "0",
        "referer": '"-"',
        "agent": second["agent"],
        "version": MISSING,
        "host_id": put["HostId"],
        "signature": "SigV4",
        "cipher": MISSING,
        "authentication": "AuthHeader",
        "host": s3.meta.endpoint_url.split("//")[1],
        "tls": MISSING,
        "access_point": MISSING,
        "acl_required": MISSING,
        "source_region": MISSING,
    }
    assert second["agent"].startswith('"Boto3/')
    assert (third["operation"], third["status"], third["sent"], third["size"]) == ("REST.GET.OBJECT", "206", "2", "5")


def test_refusals_are_logged_and_those_of_rules(s3, logged, control, advance):
    one = logged()
    scenario = {"scenario": "slow", "rules": [{"match": "s3.PutObject", "error": "SlowDown", "delay": "20ms"}]}
    control.load(scenario)
    for call in (
        lambda: s3.get_object(Bucket=one, Key="none"),
        lambda: s3.head_object(Bucket=one, Key="none"),
        lambda: s3.put_object(Bucket=one, Key="k"),
    ):
        with pytest.raises(s3.exceptions.ClientError):
            call()
    advance("1h")
    seen = [(r["operation"], r["status"], r["error"], r["total"]) for r in records(s3)[1:]]
    assert seen[:2] == [("REST.GET.OBJECT", "404", "NoSuchKey", "0"), ("REST.HEAD.OBJECT", "404", "NoSuchKey", "0")]
    assert set(seen[2:]) == {("REST.PUT.OBJECT", "503", "SlowDown", "20")}


@pytest.mark.parametrize(
    ("operation", "parameters", "name"),
    [
        ("ListObjectsV2", {}, "REST.GET.BUCKET"),
        ("ListObjectVersions", {}, "REST.GET.BUCKETVERSIONS"),
        ("HeadBucket", {}, "REST.HEAD.BUCKET"),
        ("GetBucketVersioning", {}, "REST.GET.VERSIONING"),
        ("GetBucketRequestPayment", {}, "REST.GET.REQUEST_PAYMENT"),
        ("GetBucketAcl", {}, "REST.GET.ACL"),
        ("GetPublicAccessBlock", {}, "REST.GET.PUBLIC_ACCESS_BLOCK"),
        ("GetBucketNotificationConfiguration", {}, "REST.GET.NOTIFICATION"),
        ("ListBucketInventoryConfigurations", {}, "REST.GET.INVENTORY"),
        ("CreateMultipartUpload", {"Key": "k"}, "REST.POST.UPLOADS"),
        ("GetObjectTagging", {"Key": "held"}, "REST.GET.OBJECT_TAGGING"),
        ("DeleteObject", {"Key": "held"}, "REST.DELETE.OBJECT"),
    ],
)
def test_operations_have_names(s3, logged, advance, operation, parameters, name):
    one = logged()
    s3.put_object(Bucket=one, Key="held")
    method(s3, operation)(Bucket=one, **parameters)
    advance("1h")
    assert records(s3)[-1]["operation"] == name


def test_copies_and_batches_have_records_for_each(s3, logged, advance):
    one = logged()
    s3.put_object(Bucket=one, Key="a")
    s3.copy_object(Bucket=one, Key="b", CopySource=f"{one}/a")
    s3.delete_objects(Bucket=one, Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]})
    advance("1h")
    seen = [(r["operation"], r["key"], r["status"]) for r in records(s3)[2:]]
    assert seen == [
        ("REST.COPY.OBJECT", "b", "200"),
        ("REST.COPY.OBJECT_GET", "a", "200"),
        ("REST.POST.MULTI_OBJECT_DELETE", MISSING, "200"),
        ("BATCH.DELETE.OBJECT", "a", "204"),
        ("BATCH.DELETE.OBJECT", "b", "204"),
    ]


def test_lifecycles_are_logged(s3, logged, advance):
    one = logged()
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    s3.put_bucket_lifecycle_configuration(Bucket=one, LifecycleConfiguration={"Rules": [rule]})
    s3.put_object(Bucket=one, Key="old", Body=b"123")
    advance("48h")
    s3.list_buckets()
    advance("1h")
    last = records(s3)[-1]
    assert (last["operation"], last["key"], last["requester"]) == ("S3.EXPIRE.OBJECT", "old", "AmazonS3")
    assert (last["status"], last["request"], last["size"]) == (MISSING, '"-"', "3")


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ({}, r"of/2026-03-01-13-00-00-[0-9A-F]{16}"),
        ({"SimplePrefix": {}}, r"of/2026-03-01-13-00-00-[0-9A-F]{16}"),
        (
            {"PartitionedPrefix": {"PartitionDateSource": "DeliveryTime"}},
            r"of/123456789012/us-east-1/one/2026/03/01/2026-03-01-13-00-00-[0-9A-F]{16}",
        ),
        (
            {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}},
            r"of/123456789012/us-east-1/one/2026/03/01/2026-03-01-00-00-00-[0-9A-F]{16}",
        ),
    ],
)
def test_keys_are_simple_or_partitioned(s3, logged, advance, form, pattern):
    logged(**({"TargetObjectKeyFormat": form} if form else {}))
    advance("90m")
    (entry,) = s3.list_objects_v2(Bucket="logs")["Contents"]
    assert re.fullmatch(pattern, entry["Key"]), entry["Key"]
    head = s3.head_object(Bucket="logs", Key=entry["Key"])
    assert (head["ContentType"], head["LastModified"].hour) == ("text/plain", 13)


def test_each_hour_has_its_log_and_then_none(s3, logged, advance):
    one = logged()
    advance("1h")
    s3.head_bucket(Bucket=one)
    advance("1h")
    s3.put_bucket_logging(Bucket=one, BucketLoggingStatus={})
    s3.head_bucket(Bucket=one)
    advance("2h")
    entries = s3.list_objects_v2(Bucket="logs")["Contents"]
    assert [entry["LastModified"].hour for entry in entries] == [13, 14]


def test_grants_count_where_acls_do(s3, bucket, advance, refused):
    one, logs = bucket(), bucket("logs", ObjectOwnership="ObjectWriter")
    reader = {"Grantee": {"Type": "CanonicalUser", "ID": "a" * 64}, "Permission": "READ"}
    enabled = {"TargetBucket": logs, "TargetPrefix": "", "TargetGrants": [reader]}
    put = lambda: s3.put_bucket_logging(Bucket=one, BucketLoggingStatus={"LoggingEnabled": enabled})  # noqa: E731
    refused("InvalidTargetBucketForLogging", 400, put)
    s3.put_bucket_acl(Bucket=logs, ACL="log-delivery-write")
    put()
    advance("1h")
    (entry,) = s3.list_objects_v2(Bucket=logs)["Contents"]
    grants = s3.get_object_acl(Bucket=logs, Key=entry["Key"])["Grants"]
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL", "READ"]


def statement(**condition):
    one = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::logs/of/*",
        "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::one"}} | condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [one]})


@pytest.mark.parametrize(
    ("policy", "comes"),
    [
        (None, False),
        (statement(), True),
        (statement(StringEquals={"aws:SourceAccount": "123456789012"}), True),
        (statement(StringEquals={"aws:SourceAccount": "210987654321"}), False),
    ],
)
def test_the_target_must_let_them_in_where_rights_are_judged(s3, control, logged, advance, policy, comes):
    control.load({"scenario": "strict", "options": {"auth": "enforce"}})
    logged()
    if policy:
        s3.put_bucket_policy(Bucket="logs", Policy=policy)
    advance("1h")
    assert bool(records(s3)) == comes


def test_logs_do_not_come_at_the_requesters_cost(s3, logged, advance):
    logged()
    s3.put_bucket_request_payment(Bucket="logs", RequestPaymentConfiguration={"Payer": "Requester"})
    advance("1h")
    assert records(s3) == []


@pytest.mark.parametrize("key", ["k", "a&b"])
def test_a_batch_tells_what_was_not_deleted(s3, bucket, logged, advance, key):
    locked = bucket("locked", ObjectLockEnabledForBucket=True)
    logged()
    s3.put_bucket_logging(
        Bucket=locked, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "locked/"}}
    )
    version = s3.put_object(Bucket=locked, Key=key, ObjectLockLegalHoldStatus="ON")["VersionId"]
    s3.delete_objects(Bucket=locked, Delete={"Objects": [{"Key": key, "VersionId": version}]})
    advance("1h")
    last = records(s3, Prefix="locked/")[-1]
    assert (last["operation"], last["key"], last["version"]) == ("BATCH.DELETE.OBJECT", quote(key), version)
    assert (last["status"], last["error"]) == ("403", "AccessDenied")
