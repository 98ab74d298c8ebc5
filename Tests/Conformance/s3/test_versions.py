# SPDX-License-Identifier: Apache-2.0
"""Versions, delete markers, and what a lock keeps."""

import datetime

import pytest

from .asking import body, refused

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = datetime.timedelta(days=1)


def put(s3, bucket, text, key="k", **more):
    return s3.put_object(Bucket=bucket, Key=key, Body=text, **more).get("VersionId")


def listed(s3, bucket, **more):
    """Ids of all versions and markers, in the order of each list."""
    answer = s3.list_object_versions(Bucket=bucket, **more)
    return [[entry["VersionId"] for entry in answer.get(name, [])] for name in ("Versions", "DeleteMarkers")]


def test_versions_are_kept(s3, bucket):
    assert put(s3, bucket, "0") is None
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    one, two = put(s3, bucket, "1"), put(s3, bucket, "2")
    assert len(one) == len(two) == 32 and one != two
    read = s3.get_object(Bucket=bucket, Key="k")
    assert (body(read), read["VersionId"]) == (b"2", two)
    for id, text in ((one, b"1"), ("null", b"0")):
        read = s3.get_object(Bucket=bucket, Key="k", VersionId=id)
        assert (body(read), read["VersionId"]) == (text, id)
    assert listed(s3, bucket) == [[two, one, "null"], []]
    assert [entry["IsLatest"] for entry in s3.list_object_versions(Bucket=bucket)["Versions"]] == [True, False, False]
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 1
    copied = s3.copy_object(Bucket=bucket, Key="k", CopySource=f"{bucket}/k?versionId={one}")
    assert copied["CopySourceVersionId"] == one and body(s3.get_object(Bucket=bucket, Key="k")) == b"1"


def test_a_delete_marker(s3, versioned):
    one = put(s3, versioned, "1")
    gone = s3.delete_object(Bucket=versioned, Key="k")
    marker = gone["VersionId"]
    assert gone["DeleteMarker"] is True
    for call in (s3.get_object, s3.head_object):
        error = refused(404, "NoSuchKey", call, {"Key": "k"}, Bucket=versioned, Key="k")
        headers = error["ResponseMetadata"]["HTTPHeaders"]
        assert (headers["x-amz-delete-marker"], headers["x-amz-version-id"]) == ("true", marker)
        error = refused(405, "MethodNotAllowed", call, {"Method": "GET", "ResourceType": "DeleteMarker"},
                        Bucket=versioned, Key="k", VersionId=marker)  # fmt: skip
        assert error["ResponseMetadata"]["HTTPHeaders"]["allow"] == "DELETE"
    assert listed(s3, versioned) == [[one], [marker]]
    refused(405, "MethodNotAllowed", s3.put_object_tagging, Bucket=versioned, Key="k", Tagging={"TagSet": []})
    refused(404, "NoSuchKey", s3.copy_object, Bucket=versioned, Key="c", CopySource=f"{versioned}/k")
    refused(400, "InvalidRequest", s3.copy_object, Bucket=versioned, Key="c",
            CopySource=f"{versioned}/k?versionId={marker}")  # fmt: skip
    assert s3.delete_object(Bucket=versioned, Key="k", VersionId=marker)["DeleteMarker"] is True
    assert body(s3.get_object(Bucket=versioned, Key="k")) == b"1"
    assert "DeleteMarker" not in s3.delete_object(Bucket=versioned, Key="k", VersionId=one)
    assert listed(s3, versioned) == [[], []]
    s3.delete_bucket(Bucket=versioned)


def test_versioning_suspended(s3, versioned):
    one = put(s3, versioned, "1")
    s3.put_bucket_versioning(Bucket=versioned, VersioningConfiguration={"Status": "Suspended"})
    assert put(s3, versioned, "2") == put(s3, versioned, "3") == "null"
    assert listed(s3, versioned) == [["null", one], []]
    gone = s3.delete_object(Bucket=versioned, Key="k")
    assert (gone["VersionId"], gone["DeleteMarker"]) == ("null", True)
    assert listed(s3, versioned) == [[one], ["null"]]


@pytest.mark.parametrize(("id", "status", "code"), [("x" * 32, 404, "NoSuchVersion"), ("x", 400, "InvalidArgument")])
def test_a_version_that_is_none(s3, versioned, id, status, code):
    put(s3, versioned, "1")
    for call in (s3.get_object, s3.head_object, s3.get_object_tagging):
        refused(status, code, call, Bucket=versioned, Key="k", VersionId=id)
    if status == 404:
        assert s3.delete_object(Bucket=versioned, Key="k", VersionId=id)["VersionId"] == id


def test_pages_of_versions(s3, versioned):
    for key in ("a", "b/1", "b/2", "c"):
        for text in "12":
            put(s3, versioned, text, key)
    whole = listed(s3, versioned)[0]
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=versioned, PaginationConfig={"PageSize": 3})
    pages = [[entry["VersionId"] for entry in page["Versions"]] for page in pages]
    assert pages == [whole[:3], whole[3:6], whole[6:]]
    page = s3.list_object_versions(Bucket=versioned, Delimiter="/", MaxKeys=3)
    assert page["CommonPrefixes"] == [{"Prefix": "b/"}] and page["NextKeyMarker"] == "b/"
    rest = s3.list_object_versions(Bucket=versioned, Delimiter="/", KeyMarker="b/")
    assert [entry["Key"] for entry in rest["Versions"]] == ["c", "c"] and "CommonPrefixes" not in rest
    refused(400, "InvalidArgument", s3.list_object_versions, Bucket=versioned, VersionIdMarker=whole[0])


def test_retention(s3, locked, advance):
    held = put(s3, locked, "1", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=NOON + DAY)
    head = s3.head_object(Bucket=locked, Key="k")
    assert (head["ObjectLockMode"], head["ObjectLockRetainUntilDate"]) == ("COMPLIANCE", NOON + DAY)
    version = {"Bucket": locked, "Key": "k", "VersionId": held}
    refused(403, "AccessDenied", s3.delete_object, {}, **version, BypassGovernanceRetention=True)
    # Without its id it is only hidden.
    marker = s3.delete_object(Bucket=locked, Key="k")["VersionId"]
    s3.delete_object(Bucket=locked, Key="k", VersionId=marker)
    shorter = {"Mode": "COMPLIANCE", "RetainUntilDate": NOON + DAY / 2}
    refused(403, "AccessDenied", s3.put_object_retention, **version, Retention=shorter)
    longer = shorter | {"RetainUntilDate": NOON + DAY * 2}
    s3.put_object_retention(**version, Retention=longer)
    assert s3.get_object_retention(**version)["Retention"] == longer
    advance("25h")
    refused(403, "AccessDenied", s3.delete_object, **version)
    advance("24h")
    s3.delete_object(**version)


def test_governance_is_bypassed(s3, locked):
    held = put(s3, locked, "1", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=NOON + DAY)
    version = {"Bucket": locked, "Key": "k", "VersionId": held}
    refused(403, "AccessDenied", s3.delete_object, **version)
    refused(403, "AccessDenied", s3.put_object_retention, **version, Retention={})
    objects = {"Objects": [{"Key": "k", "VersionId": held}]}
    assert s3.delete_objects(Bucket=locked, Delete=objects)["Errors"][0]["Code"] == "AccessDenied"
    s3.put_object_retention(**version, Retention={}, BypassGovernanceRetention=True)
    refused(404, "NoSuchObjectLockConfiguration", s3.get_object_retention, **version)
    s3.delete_object(**version)


def test_a_legal_hold(s3, locked):
    held = put(s3, locked, "1")
    version = {"Bucket": locked, "Key": "k", "VersionId": held}
    refused(404, "NoSuchObjectLockConfiguration", s3.get_object_legal_hold, **version)
    s3.put_object_legal_hold(**version, LegalHold={"Status": "ON"})
    assert s3.head_object(**version)["ObjectLockLegalHoldStatus"] == "ON"
    refused(403, "AccessDenied", s3.delete_object, **version, BypassGovernanceRetention=True)
    s3.put_object_legal_hold(**version, LegalHold={"Status": "OFF"})
    assert s3.get_object_legal_hold(**version)["LegalHold"] == {"Status": "OFF"}
    s3.delete_object(**version)


def test_a_default_retention(s3, locked):
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 2}}
    configuration = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket=locked, ObjectLockConfiguration=configuration)
    put(s3, locked, "1")
    assert s3.head_object(Bucket=locked, Key="k")["ObjectLockRetainUntilDate"] == NOON + DAY * 2


def test_locks_that_cannot_be(s3, bucket, locked):
    put(s3, bucket, "1")
    put(s3, locked, "1")
    plain = {"Bucket": bucket, "Key": "k"}
    for call in (s3.get_object_retention, s3.get_object_legal_hold):
        refused(400, "InvalidRequest", call, {}, **plain)
    refused(400, "InvalidRequest", s3.put_object_legal_hold, **plain, LegalHold={"Status": "ON"})
    refused(409, "InvalidBucketState", s3.put_bucket_versioning, Bucket=locked,
            VersioningConfiguration={"Status": "Suspended"})  # fmt: skip
    past = {"Mode": "GOVERNANCE", "RetainUntilDate": NOON - DAY}
    refused(400, "InvalidArgument", s3.put_object_retention, Bucket=locked, Key="k", Retention=past)
    refused(400, "InvalidArgument", s3.put_object, Bucket=locked, Key="k", ObjectLockMode="GOVERNANCE")


def days(*rules):
    return {"Rules": [{"Status": "Enabled", "ID": f"r{number}"} | rule for number, rule in enumerate(rules)]}


def test_lifecycles_by_the_clock(s3, bucket, advance):
    rules = days(
        {"Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 2}},
        {"Filter": {"Tag": {"Key": "keep", "Value": "no"}}, "Expiration": {"Days": 1}},
        {"Filter": {"Prefix": "cold/"}, "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}]},
        {"Filter": {"Prefix": ""}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
    )
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=rules)
    put(s3, bucket, "x", "logs/a")
    put(s3, bucket, "x", "tagged", Tagging="keep=no")
    put(s3, bucket, b"x" * (128 << 10), "cold/large")
    put(s3, bucket, "x", "cold/small")
    begun = s3.create_multipart_upload(Bucket=bucket, Key="u")
    assert begun["AbortRuleId"] == "r3" and begun["AbortDate"] == datetime.datetime(2026, 3, 3, tzinfo=UTC)
    expiry = 'expiry-date="Wed, 04 Mar 2026 00:00:00 GMT", rule-id="r0"'
    assert s3.head_object(Bucket=bucket, Key="logs/a")["Expiration"] == expiry
    keys = lambda: [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]  # noqa: E731
    advance("24h")
    assert keys() == ["cold/large", "cold/small", "logs/a", "tagged"]
    advance("12h")
    assert keys() == ["cold/large", "cold/small", "logs/a"]
    assert s3.head_object(Bucket=bucket, Key="cold/large")["StorageClass"] == "GLACIER"
    assert "StorageClass" not in s3.head_object(Bucket=bucket, Key="cold/small")
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)
    advance("24h")
    assert keys() == ["cold/large", "cold/small"]


def test_lifecycles_of_versions(s3, versioned, advance):
    rules = days(
        {"Filter": {"Prefix": "k"}, "Expiration": {"Days": 1}},
        {"Filter": {"Prefix": ""}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 1}},
        {"Filter": {"Prefix": "m"}, "Expiration": {"ExpiredObjectDeleteMarker": True}},
    )
    s3.put_bucket_lifecycle_configuration(Bucket=versioned, LifecycleConfiguration=rules)
    ids = [put(s3, versioned, text, "n") for text in "123"]
    kept = put(s3, versioned, "1", "k")
    s3.delete_object(Bucket=versioned, Key="m")
    advance("60h")
    versions, markers = listed(s3, versioned)
    assert versions == [kept, ids[2], ids[1]] and len(markers) == 1
    refused(404, "", s3.head_object, Bucket=versioned, Key="k")
