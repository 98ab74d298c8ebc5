# SPDX-License-Identifier: Apache-2.0
"""Settings of which a bucket may have many, each with its id; object lock; metadata tables; what S3 has given up."""

import pytest

ARN = "arn:aws:s3:::reports"
TABLES = "arn:aws:s3tables:us-east-1:123456789012:bucket/tables"

KINDS = {
    "analytics": (
        "AnalyticsConfiguration",
        "AnalyticsConfigurationList",
        {
            "StorageClassAnalysis": {
                "DataExport": {
                    "OutputSchemaVersion": "V_1",
                    "Destination": {"S3BucketDestination": {"Format": "CSV", "Bucket": ARN, "Prefix": "a/"}},
                }
            }
        },
    ),
    "inventory": (
        "InventoryConfiguration",
        "InventoryConfigurationList",
        {
            "Destination": {"S3BucketDestination": {"Bucket": ARN, "Format": "ORC", "Encryption": {"SSES3": {}}}},
            "IsEnabled": True,
            "IncludedObjectVersions": "All",
            "OptionalFields": ["Size", "ETag"],
            "Schedule": {"Frequency": "Daily"},
        },
    ),
    "metrics": ("MetricsConfiguration", "MetricsConfigurationList", {"Filter": {"Prefix": "a/"}}),
    "intelligent_tiering": (
        "IntelligentTieringConfiguration",
        "IntelligentTieringConfigurationList",
        {"Status": "Enabled", "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]},
    ),
}


class Kind:
    """The four operations of one kind."""

    def __init__(self, s3, name):
        noun = f"bucket_{name}_configuration"
        self.member, self.listed, self.content = KINDS[name]
        self.s3, self.noun = s3, noun
        self.get, self.delete = getattr(s3, f"get_{noun}"), getattr(s3, f"delete_{noun}")
        self.list = getattr(s3, f"list_bucket_{name}_configurations")

    def document(self, name, **changes):
        return {"Id": name} | self.content | changes

    def put(self, bucket, name, document=None):
        document = self.document(name) if document is None else document
        return getattr(self.s3, f"put_{self.noun}")(Bucket=bucket, Id=name, **{self.member: document})


@pytest.fixture(params=KINDS)
def kind(s3, request):
    return Kind(s3, request.param)


def test_configurations_are_kept_by_their_ids(s3, bucket, refused, kind):
    one = bucket()
    assert kind.list(Bucket=one)["IsTruncated"] is False and kind.listed not in kind.list(Bucket=one)
    for name in ("b", "a"):
        kind.put(one, name)
    assert kind.get(Bucket=one, Id="a")[kind.member] == kind.document("a")
    assert [entry["Id"] for entry in kind.list(Bucket=one)[kind.listed]] == ["a", "b"]
    assert kind.delete(Bucket=one, Id="a")["ResponseMetadata"]["HTTPStatusCode"] == 204
    for call in (kind.get, kind.delete):
        refused("NoSuchConfiguration", 404, call, Bucket=one, Id="a")
        refused("NoSuchBucket", 404, call, Bucket="none", Id="a")
    refused("NoSuchBucket", 404, kind.list, Bucket="none")


def test_configurations_are_refused(s3, bucket, refused, kind):
    one = bucket()
    refused("IdMismatch", 400, kind.put, bucket=one, name="a", document=kind.document("b"))
    refused("InvalidConfigurationId", 400, kind.put, bucket=one, name="a b")
    refused("InvalidConfigurationId", 400, kind.put, bucket=one, name="a" * 65)
    refused("NoSuchBucket", 404, kind.put, bucket="none", name="a")
    refused("InvalidArgument", 400, kind.list, Bucket=one, ContinuationToken="x")
    assert kind.listed not in kind.list(Bucket=one)


def test_configurations_come_in_pages_of_a_hundred(s3, bucket):
    kind, one = Kind(s3, "metrics"), bucket()
    for number in range(101):
        kind.put(one, f"m{number:03}")
    first = kind.list(Bucket=one)
    assert first["IsTruncated"] and len(first[kind.listed]) == 100
    token = first["NextContinuationToken"]
    second = kind.list(Bucket=one, ContinuationToken=token)
    assert second["ContinuationToken"] == token and not second["IsTruncated"]
    assert [entry["Id"] for entry in second[kind.listed]] == ["m100"]


def test_there_may_be_a_thousand(control, s3, refused):
    put, name = "s3.PutBucketMetricsConfiguration", "full"
    document = lambda id: {"Bucket": name, "Id": id, "MetricsConfiguration": {"Id": id}}  # noqa: E731
    setup = [{"s3.CreateBucket": {"Bucket": name}}, *({put: document(f"m{number}")} for number in range(1000))]
    control.load({"scenario": "full", "setup": setup})
    refused("TooManyConfigurations", 400, s3.put_bucket_metrics_configuration, **document("one-more"))
    # What is there already is put again.
    s3.put_bucket_metrics_configuration(**document("m0"))


def inventory(**destination):
    content = KINDS["inventory"][2]
    changed = content["Destination"]["S3BucketDestination"] | destination
    return {"Destination": {"S3BucketDestination": changed}}


TAG = {"Key": "a", "Value": "1"}


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("inventory", inventory(Bucket="reports"), "InvalidS3DestinationBucket"),
        ("inventory", inventory(Format="XML"), "MalformedXML"),
        ("inventory", inventory(Encryption={"SSES3": {}, "SSEKMS": {"KeyId": "k"}}), "MalformedXML"),
        ("inventory", {"Schedule": {"Frequency": "Hourly"}}, "MalformedXML"),
        ("metrics", {"Filter": {"Prefix": "a", "Tag": TAG}}, "MalformedXML"),
        ("metrics", {"Filter": {"And": {"Prefix": "a", "Tags": [TAG, TAG]}}}, "InvalidRequest"),
        ("intelligent_tiering", {"Tierings": [{"Days": 89, "AccessTier": "ARCHIVE_ACCESS"}]}, "InvalidArgument"),
        ("intelligent_tiering", {"Tierings": [{"Days": 731, "AccessTier": "DEEP_ARCHIVE_ACCESS"}]}, "InvalidArgument"),
        ("intelligent_tiering", {"Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}] * 2}, "MalformedXML"),
        ("intelligent_tiering", {"Status": "On"}, "MalformedXML"),
    ],
)
def test_a_configuration_is_refused(s3, bucket, refused, name, changes, code):
    kind = Kind(s3, name)
    refused(code, 400, kind.put, bucket=bucket(), name="a", document=kind.document("a", **changes))


# Object lock


def lock(**retention):
    return {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}


def test_object_lock_has_a_default_retention(s3, bucket, refused):
    get, put = s3.get_object_lock_configuration, s3.put_object_lock_configuration
    plain, locked = bucket(), bucket("locked", ObjectLockEnabledForBucket=True)
    assert refused("ObjectLockConfigurationNotFoundError", 404, get, Bucket=plain)["BucketName"] == plain
    refused("InvalidBucketState", 409, put, Bucket=plain, ObjectLockConfiguration=lock(Mode="GOVERNANCE", Days=1))
    assert get(Bucket=locked)["ObjectLockConfiguration"] == {"ObjectLockEnabled": "Enabled"}
    for retention in ({"Mode": "GOVERNANCE", "Days": 30}, {"Mode": "COMPLIANCE", "Years": 1}):
        put(Bucket=locked, ObjectLockConfiguration=lock(**retention))
        assert get(Bucket=locked)["ObjectLockConfiguration"] == lock(**retention)
    put(Bucket=locked, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    assert get(Bucket=locked)["ObjectLockConfiguration"] == {"ObjectLockEnabled": "Enabled"}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (lock(Mode="GOVERNANCE", Days=1, Years=1), "MalformedXML"),
        (lock(Mode="GOVERNANCE"), "MalformedXML"),
        (lock(Days=1), "MalformedXML"),
        (lock(Mode="NONE", Days=1), "MalformedXML"),
        ({"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}, "MalformedXML"),
        (lock(Mode="GOVERNANCE", Days=0), "InvalidArgument"),
        (lock(Mode="GOVERNANCE", Days=36501), "InvalidArgument"),
        (lock(Mode="GOVERNANCE", Years=101), "InvalidArgument"),
    ],
)
def test_a_lock_is_refused(s3, bucket, refused, document, code):
    locked = bucket("locked", ObjectLockEnabledForBucket=True)
    refused(code, 400, s3.put_object_lock_configuration, Bucket=locked, ObjectLockConfiguration=document)


# Metadata tables


def journal(expiration="DISABLED", **more):
    return {"JournalTableConfiguration": {"RecordExpiration": {"Expiration": expiration} | more}}


def test_metadata_configurations_name_their_tables(s3, bucket, refused):
    one = bucket()
    get, delete = s3.get_bucket_metadata_configuration, s3.delete_bucket_metadata_configuration
    for call in (get, delete):
        refused("MetadataConfigurationNotFound", 404, call, Bucket=one)
    given = journal("ENABLED", Days=30) | {"InventoryTableConfiguration": {"ConfigurationState": "ENABLED"}}
    s3.create_bucket_metadata_configuration(Bucket=one, MetadataConfiguration=given)
    result = get(Bucket=one)["GetBucketMetadataConfigurationResult"]["MetadataConfigurationResult"]
    assert result["DestinationResult"]["TableNamespace"] == "b_one"
    assert result["JournalTableConfigurationResult"]["RecordExpiration"] == {"Expiration": "ENABLED", "Days": 30}
    assert result["InventoryTableConfigurationResult"]["TableStatus"] == "ACTIVE"
    again = s3.create_bucket_metadata_configuration
    refused("InvalidBucketState", 409, again, Bucket=one, MetadataConfiguration=given)
    s3.update_bucket_metadata_journal_table_configuration(Bucket=one, **journal())
    s3.update_bucket_metadata_inventory_table_configuration(
        Bucket=one, InventoryTableConfiguration={"ConfigurationState": "DISABLED"}
    )
    result = get(Bucket=one)["GetBucketMetadataConfigurationResult"]["MetadataConfigurationResult"]
    assert result["JournalTableConfigurationResult"]["RecordExpiration"] == {"Expiration": "DISABLED"}
    assert result["InventoryTableConfigurationResult"] == {"ConfigurationState": "DISABLED"}
    delete(Bucket=one)
    update = s3.update_bucket_metadata_journal_table_configuration
    refused("MetadataConfigurationNotFound", 404, update, Bucket=one, **journal())


def test_metadata_configurations_are_refused(s3, bucket, refused):
    one, create = bucket(), s3.create_bucket_metadata_configuration
    for wrong in (journal("ENABLED"), journal("ENABLED", Days=6)):
        refused("InvalidArgument", 400, create, Bucket=one, MetadataConfiguration=wrong)
    refused("MalformedXML", 400, create, Bucket=one, MetadataConfiguration=journal("DISABLED", Days=7))
    wrong = journal()
    wrong["JournalTableConfiguration"]["EncryptionConfiguration"] = {"SseAlgorithm": "aws:kms"}
    refused("InvalidRequest", 400, create, Bucket=one, MetadataConfiguration=wrong)


def test_the_older_metadata_tables(s3, bucket, refused):
    one = bucket()
    get, delete = s3.get_bucket_metadata_table_configuration, s3.delete_bucket_metadata_table_configuration
    create = s3.create_bucket_metadata_table_configuration

    def given(arn):
        return {"S3TablesDestination": {"TableBucketArn": arn, "TableName": "t"}}

    for call in (get, delete):
        refused("MetadataConfigurationNotFound", 404, call, Bucket=one)
    refused("InvalidArgument", 400, create, Bucket=one, MetadataTableConfiguration=given("x"))
    create(Bucket=one, MetadataTableConfiguration=given(TABLES))
    result = get(Bucket=one)["GetBucketMetadataTableConfigurationResult"]
    assert result["Status"] == "ACTIVE"
    shown = result["MetadataTableConfigurationResult"]["S3TablesDestinationResult"]
    assert shown["TableArn"] == f"{TABLES}/table/t" and shown["TableNamespace"] == "aws_s3_metadata"
    refused("InvalidBucketState", 409, create, Bucket=one, MetadataTableConfiguration=given(TABLES))
    delete(Bucket=one)


# What S3 has given up


def test_torrents_are_no_more(s3, bucket, refused):
    refused("MethodNotAllowed", 405, s3.get_object_torrent, Bucket=bucket(), Key="a")


def test_object_lambda_knows_no_token(control, client, refused):
    # Its host begins with the route, which an address cannot bear.
    write = client("s3", inject_host_prefix=False).write_get_object_response
    error = refused("InvalidToken", 400, write, RequestRoute="r", RequestToken="t", StatusCode=200)
    assert error["Token-0"] == "t"
