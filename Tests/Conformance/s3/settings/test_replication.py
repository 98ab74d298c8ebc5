# SPDX-License-Identifier: Apache-2.0
"""Replication: kept, refused, and done."""

import json

import pytest

ROLE = "arn:aws:iam::123456789012:role/replication"


def rule(destination="two", **changes):
    usual = {
        "ID": destination,
        "Priority": 1,
        "Filter": {},
        "Status": "Enabled",
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{destination}"},
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


@pytest.fixture
def pair(bucket):
    """A versioned bucket, and one in another region."""
    return bucket(versioned=True), "two"


@pytest.fixture
def far(s3, elsewhere):
    """The client of the other region, with a bucket there."""
    made = elsewhere(region="eu-west-1")
    made.create_bucket(Bucket="two", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    made.put_bucket_versioning(Bucket="two", VersioningConfiguration={"Status": "Enabled"})
    return made


def put(s3, bucket, *rules, role=ROLE):
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration={"Role": role, "Rules": list(rules)})


def test_a_replication_is_kept_and_taken_away(s3, far, pair, refused):
    one, _ = pair
    get = s3.get_bucket_replication
    assert refused("ReplicationConfigurationNotFoundError", 404, get, Bucket=one)["BucketName"] == one
    put(s3, one, rule())
    assert get(Bucket=one)["ReplicationConfiguration"] == {"Role": ROLE, "Rules": [rule()]}
    suspend = {"VersioningConfiguration": {"Status": "Suspended"}}
    refused("InvalidBucketState", 409, s3.put_bucket_versioning, Bucket=one, **suspend)
    s3.delete_bucket_replication(Bucket=one)
    s3.delete_bucket_replication(Bucket=one)
    refused("ReplicationConfigurationNotFoundError", 404, get, Bucket=one)
    older = {"Prefix": "", "Status": "Enabled", "Destination": {"Bucket": "arn:aws:s3:::two"}}
    put(s3, one, older)
    assert len(get(Bucket=one)["ReplicationConfiguration"]["Rules"][0]["ID"]) == 36


TAG = {"Key": "k", "Value": "v"}
ENABLED = {"Status": "Enabled"}
TO = "arn:aws:s3:::two"


@pytest.mark.parametrize(
    ("rules", "code", "text"),
    [
        ([], "MalformedXML", ""),
        ([rule(Status="On")], "MalformedXML", ""),
        ([rule(Filter=None)], "InvalidRequest", "Filter must be specified"),
        ([rule(Priority=None)], "InvalidRequest", "Priority must be specified"),
        ([rule(DeleteMarkerReplication=None)], "InvalidRequest", "DeleteMarkerReplication must be specified"),
        ([rule(Prefix="a")], "MalformedXML", ""),
        ([rule(Filter={"Prefix": "a", "Tag": TAG})], "MalformedXML", ""),
        ([rule(Filter={"Tag": TAG}, DeleteMarkerReplication=ENABLED)], "InvalidRequest", "Tag filter"),
        ([rule(), rule(ID="b")], "InvalidRequest", "duplicate priority 1"),
        ([rule(), rule(Priority=2)], "InvalidRequest", "Id must be unique"),
        ([rule(Destination={"Bucket": "two"})], "InvalidArgument", "Invalid bucket ARN"),
        ([rule("none")], "InvalidRequest", "Destination bucket must exist"),
        ([rule("one")], "InvalidRequest", "cannot be the same"),
        ([rule("plain")], "InvalidRequest", "must have versioning enabled"),
        ([rule(SourceSelectionCriteria={"SseKmsEncryptedObjects": ENABLED})], "InvalidRequest", "EncryptionConfig"),
        (
            [rule(Destination={"Bucket": TO, "AccessControlTranslation": {"Owner": "Destination"}})],
            "InvalidRequest",
            "Account must be specified",
        ),
        (
            [rule(Destination={"Bucket": TO, "ReplicationTime": ENABLED | {"Time": {"Minutes": 5}}})],
            "InvalidRequest",
            "15 minutes",
        ),
        (
            [rule(Destination={"Bucket": TO, "ReplicationTime": ENABLED | {"Time": {"Minutes": 15}}})],
            "InvalidRequest",
            "Metrics must be specified",
        ),
    ],
)
def test_a_replication_is_refused(s3, far, bucket, pair, refused, rules, code, text):
    bucket("plain")
    assert text in refused(code, 400, lambda: put(s3, pair[0], *rules))["Message"]


def test_a_role_and_versions_are_needed(s3, far, bucket, pair, refused):
    given = {"Role": "me", "Rules": [rule()]}
    call = s3.put_bucket_replication
    refused("InvalidArgument", 400, call, Bucket=pair[0], ReplicationConfiguration=given)
    error = refused("InvalidRequest", 400, call, Bucket=bucket("plain"), ReplicationConfiguration=given)
    assert "Versioning must be 'Enabled'" in error["Message"]


def test_objects_are_copied_as_they_come(s3, far, pair):
    one, two = pair
    s3.put_object(Bucket=one, Key="before", Body=b"x")
    put(s3, one, rule(Filter={"Prefix": "in/"}, Destination={"Bucket": TO, "StorageClass": "STANDARD_IA"}))
    made = s3.put_object(Bucket=one, Key="in/a", Body=b"hello", Metadata={"k": "v"}, Tagging="a=1")
    s3.put_object(Bucket=one, Key="out/a", Body=b"x")
    assert s3.head_object(Bucket=one, Key="in/a")["ReplicationStatus"] == "COMPLETED"
    assert "ReplicationStatus" not in s3.head_object(Bucket=one, Key="out/a")
    copied = far.get_object(Bucket=two, Key="in/a")
    assert (copied["Body"].read(), copied["Metadata"], copied["VersionId"]) == (b"hello", {"k": "v"}, made["VersionId"])
    assert (copied["ReplicationStatus"], copied["StorageClass"], copied["ETag"]) == (
        "REPLICA", "STANDARD_IA", made["ETag"],
    )  # fmt: skip
    assert [found["Key"] for found in far.list_objects_v2(Bucket=two)["Contents"]] == ["in/a"]
    s3.put_object_tagging(Bucket=one, Key="in/a", Tagging={"TagSet": [TAG]})
    assert far.get_object_tagging(Bucket=two, Key="in/a")["TagSet"] == [TAG]
    # What is deleted here stays there.
    s3.delete_object(Bucket=one, Key="in/a")
    s3.delete_object(Bucket=one, Key="in/a", VersionId=made["VersionId"])
    assert far.head_object(Bucket=two, Key="in/a")["VersionId"] == made["VersionId"]


def test_delete_markers_are_copied_where_that_is_asked_for(s3, far, pair, refused):
    one, two = pair
    put(s3, one, rule(DeleteMarkerReplication=ENABLED))
    s3.put_object(Bucket=one, Key="a", Body=b"x")
    marker = s3.delete_object(Bucket=one, Key="a")["VersionId"]
    versions = far.list_object_versions(Bucket=two)
    assert [found["VersionId"] for found in versions["DeleteMarkers"]] == [marker]
    refused("NoSuchKey", 404, far.get_object, Bucket=two, Key="a")


def test_tags_and_keys_choose(s3, far, pair):
    one, two = pair
    key = "arn:aws:kms:eu-west-1:123456789012:key/1"
    encrypted = {
        "SourceSelectionCriteria": {"SseKmsEncryptedObjects": ENABLED},
        "Destination": {"Bucket": TO, "EncryptionConfiguration": {"ReplicaKmsKeyID": key}},
    }
    tagged = rule(Filter={"And": {"Prefix": "", "Tags": [TAG]}})
    put(s3, one, tagged, rule(ID="k", Priority=2, Filter={"Prefix": "k/"}, **encrypted))
    s3.put_object(Bucket=one, Key="a", Body=b"x", Tagging="k=v")
    s3.put_object(Bucket=one, Key="b", Body=b"x", Tagging="k=w")
    s3.put_object(Bucket=one, Key="c", Body=b"x", Tagging="k=v", ServerSideEncryption="aws:kms")
    s3.put_object(Bucket=one, Key="k/d", Body=b"x", ServerSideEncryption="aws:kms")
    assert [found["Key"] for found in far.list_objects_v2(Bucket=two)["Contents"]] == ["a", "k/d"]
    assert far.head_object(Bucket=two, Key="k/d")["SSEKMSKeyId"] == key


def test_a_copy_fails_where_its_bucket_is_gone(s3, far, pair):
    one, two = pair
    put(s3, one, rule())
    far.delete_bucket(Bucket=two)
    s3.put_object(Bucket=one, Key="a", Body=b"x")
    assert s3.head_object(Bucket=one, Key="a")["ReplicationStatus"] == "FAILED"


def test_who_waits_for_a_copy_is_told(s3, far, pair, elsewhere):
    one, two = pair
    sqs = elsewhere("sqs", region="eu-west-1")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    target = {"QueueArn": "arn:aws:sqs:eu-west-1:123456789012:q", "Events": ["s3:ObjectCreated:*"]}
    given = {"QueueConfigurations": [target]}
    far.put_bucket_notification_configuration(Bucket=two, NotificationConfiguration=given)
    put(s3, one, rule())
    s3.put_object(Bucket=one, Key="a", Body=b"x")
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    bodies = [json.loads(found["Body"]) for found in messages]
    assert [body["Records"][0]["s3"]["bucket"]["name"] for body in bodies if "Records" in body] == [two]
