# SPDX-License-Identifier: Apache-2.0
"""Rules of a lifecycle: kept, shown, refused. What they do by the clock is tested beside the objects."""

import datetime

import pytest

MIDNIGHT = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
NOON = MIDNIGHT.replace(hour=12)


def rule(**changes):
    usual = {"ID": "a", "Filter": {"Prefix": "logs/"}, "Status": "Enabled", "Expiration": {"Days": 30}}
    return {name: value for name, value in (usual | changes).items() if value is not None}


def moved(storage, **when):
    return [{"StorageClass": storage} | (when or {"Days": 30})]


def test_a_lifecycle_is_kept_shown_and_taken_away(s3, bucket, refused):
    one = bucket()
    get, put = s3.get_bucket_lifecycle_configuration, s3.put_bucket_lifecycle_configuration
    assert refused("NoSuchLifecycleConfiguration", 404, get, Bucket=one)["BucketName"] == one
    rules = [
        rule(Transitions=moved("STANDARD_IA") + moved("GLACIER", Days=60), Expiration={"Days": 365}),
        rule(ID="b", Filter={"Tag": {"Key": "k", "Value": "v"}}, Expiration={"Date": MIDNIGHT}),
        rule(
            ID="c",
            Filter={"And": {"Prefix": "x", "ObjectSizeGreaterThan": 1, "ObjectSizeLessThan": 9}},
            Expiration={"ExpiredObjectDeleteMarker": True},
            NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 2},
            NoncurrentVersionTransitions=[{"NoncurrentDays": 30, "StorageClass": "ONEZONE_IA"}],
            AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7},
        ),
        rule(ID="d", Filter={}, Status="Disabled"),
    ]
    answer = put(Bucket=one, LifecycleConfiguration={"Rules": rules})
    assert answer["TransitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"
    answer = get(Bucket=one)
    assert answer["TransitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"
    assert answer["Rules"] == rules
    put(
        Bucket=one,
        LifecycleConfiguration={"Rules": [rule(ID=None)]},
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    answer = get(Bucket=one)
    assert len(answer["Rules"][0]["ID"]) == 36
    assert answer["TransitionDefaultMinimumObjectSize"] == "varies_by_storage_class"
    for _ in range(2):
        assert s3.delete_bucket_lifecycle(Bucket=one)["ResponseMetadata"]["HTTPStatusCode"] == 204
    refused("NoSuchLifecycleConfiguration", 404, get, Bucket=one)
    refused("NoSuchBucket", 404, put, Bucket="none", LifecycleConfiguration={"Rules": [rule()]})


def test_the_older_operations_are_the_same_to_a_client(s3, bucket):
    one = bucket()
    older = {"ID": "a", "Prefix": "x", "Status": "Enabled", "Expiration": {"Days": 9}}
    older["Transition"] = moved("GLACIER", Days=5)[0]
    s3.put_bucket_lifecycle(Bucket=one, LifecycleConfiguration={"Rules": [older]})
    assert s3.get_bucket_lifecycle(Bucket=one)["Rules"] == [older]
    newer = s3.get_bucket_lifecycle_configuration(Bucket=one)["Rules"]
    assert newer[0]["Transitions"] == moved("GLACIER", Days=5) and newer[0]["Prefix"] == "x"


TAG = {"Key": "a", "Value": "1"}


@pytest.mark.parametrize(
    ("changes", "code", "text"),
    [
        ({"Filter": None}, "MalformedXML", ""),
        ({"Prefix": "a"}, "MalformedXML", ""),
        ({"Status": "On"}, "MalformedXML", ""),
        ({"Filter": {"Prefix": "a", "Tag": TAG}}, "MalformedXML", ""),
        ({"Filter": {"And": {"Prefix": "a", "Tags": [TAG, TAG]}}}, "InvalidRequest", "Duplicate Tag Keys"),
        (
            {"Filter": {"And": {"ObjectSizeGreaterThan": 9, "ObjectSizeLessThan": 9}}},
            "InvalidRequest",
            "greater than 'ObjectSizeGreaterThan'",
        ),
        ({"ID": "x" * 256}, "InvalidArgument", "255"),
        ({"Expiration": None}, "InvalidRequest", "At least one action"),
        ({"Expiration": {}}, "MalformedXML", ""),
        ({"Expiration": {"Days": 1, "ExpiredObjectDeleteMarker": True}}, "MalformedXML", ""),
        ({"Expiration": {"Days": 0}}, "InvalidArgument", "must be a positive integer"),
        ({"Expiration": {"Date": NOON}}, "InvalidArgument", "midnight GMT"),
        (
            {"Filter": {"Tag": TAG}, "Expiration": {"ExpiredObjectDeleteMarker": True}},
            "InvalidRequest",
            "cannot be specified with Tags",
        ),
        ({"Transitions": [{"Days": 30}]}, "MalformedXML", ""),
        ({"Transitions": [{"StorageClass": "GLACIER"}]}, "MalformedXML", ""),
        ({"Transitions": moved("GLACIER", Days=-1)}, "InvalidArgument", "nonnegative"),
        ({"Transitions": moved("GLACIER", Date=NOON)}, "InvalidArgument", "midnight GMT"),
        (
            {"Transitions": moved("STANDARD_IA", Days=29)},
            "InvalidArgument",
            "greater than or equal to 30 for storageClass 'STANDARD_IA'",
        ),
        ({"Transitions": moved("GLACIER")}, "InvalidArgument", "for filter '(prefix=logs/)' must be greater than"),
        (
            {"Transitions": moved("GLACIER", Days=1) + moved("GLACIER", Days=2)},
            "InvalidRequest",
            "'StorageClass' must be different",
        ),
        ({"Transitions": moved("GLACIER", Date=MIDNIGHT)}, "InvalidRequest", "Found mixed 'Date' and 'Days'"),
        ({"NoncurrentVersionExpiration": {}}, "MalformedXML", ""),
        ({"NoncurrentVersionExpiration": {"NoncurrentDays": 0}}, "InvalidArgument", "positive integer"),
        (
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 101}},
            "InvalidArgument",
            "between 1 and 100",
        ),
        (
            {"NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "STANDARD_IA"}]},
            "InvalidArgument",
            "greater than or equal to 30",
        ),
        ({"AbortIncompleteMultipartUpload": {}}, "MalformedXML", ""),
        ({"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 0}}, "InvalidArgument", "positive integer"),
        (
            {"Filter": {"Tag": TAG}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
            "InvalidRequest",
            "cannot be specified with Tags",
        ),
    ],
)
def test_a_rule_is_refused(s3, bucket, refused, changes, code, text):
    put = s3.put_bucket_lifecycle_configuration
    error = refused(code, 400, put, Bucket=bucket(), LifecycleConfiguration={"Rules": [rule(**changes)]})
    assert text in error["Message"]


@pytest.mark.parametrize(
    ("rules", "code"),
    [([], "MalformedXML"), ([rule()] * 1001, "MalformedXML"), ([rule(), rule()], "InvalidArgument")],
)
def test_rules_are_refused_together(s3, bucket, refused, rules, code):
    refused(
        code, 400, s3.put_bucket_lifecycle_configuration, Bucket=bucket(), LifecycleConfiguration={"Rules": rules}
    )
