# SPDX-License-Identifier: Apache-2.0
"""Which operation a request is taken for: services that share their requests, and buckets with names of their own."""

import pytest
from botocore.exceptions import ClientError

from harness import clients

SHARED = [
    ("docdb", "describe_db_clusters", {}),
    ("neptune", "create_db_cluster", {"DBClusterIdentifier": "c", "Engine": "neptune"}),
    ("rds", "describe_db_clusters", {}),
    ("lex-models", "list_tags_for_resource", {"resourceArn": "arn:aws:lex:us-east-1:123456789012:bot:orders"}),
    ("lexv2-models", "list_tags_for_resource", {"resourceARN": "arn:aws:lex:us-east-1:123456789012:bot/orders"}),
    ("chime", "list_phone_number_orders", {}),
    ("greengrass", "get_service_role_for_account", {}),
    ("timestream-query", "describe_endpoints", {}),
    ("sms-voice", "list_configuration_sets", {}),
    ("wisdom", "list_assistants", {}),
]


@pytest.mark.parametrize("service,method,parameters", SHARED)
def test_a_rule_for_a_service_that_shares_its_requests(control, client, service, method, parameters):
    """What a scenario says of a service holds, whichever service would be taken without it."""
    control.rules({"match": f"{service}.*", "error": "throttle"})
    made = client(service)
    with pytest.raises(ClientError, match="[Tt]hrottl|TooManyRequests|RequestLimitExceeded"):
        getattr(made, method)(**parameters)
    entry = control.requests()[0]
    assert entry["service"] == service
    assert entry["note"] is None or f"a rule names {service}; the request could be " in entry["note"]


def test_the_log_says_what_was_taken_and_why(control, client, server):
    client("docdb").describe_db_clusters()
    entry = control.requests()[0]
    why = "rds is the largest API; the request could be neptune.DescribeDBClusters, docdb.DescribeDBClusters as well"
    assert (entry["service"], entry["note"]) == ("rds", why)
    if server.process is not None:
        assert any("rds.DescribeDBClusters" in line and why in line for line in server.lines)
    client("sqs").list_queues()
    assert control.requests()[-1]["note"] is None


def test_a_long_search_of_cloudsearch(control, client):
    """botocore sends it as a form; what the form holds are the parameters."""
    control.rules({"match": {"service": "cloudsearchdomain", "params": {"query": "star wars"}}, "error": 500})
    with pytest.raises(ClientError):
        client("cloudsearchdomain").search(query="star wars", size=3)
    entry = control.requests()[0]
    assert (entry["operation"], entry["params"]) == ("Search", {"query": "star wars", "size": 3})


# Names that other servers for tests keep for themselves, and parts of AWS's own paths.
BUCKETS = ["latest", "moto-api", "oauth2", "health", "service", "federation", "client"]
KEYS = ["data.json", "meta-data/iam/security-credentials", "token", "_awry/health", "_localstack/health"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_of_any_name(control, endpoint, bucket, key):
    """Signed and path-style, made, filled, read, listed and emptied; each request scripted and each is S3's."""
    rules = [
        {
            "match": {"service": "s3", "operation": "HeadBucket", "params": {"Bucket": bucket}},
            "headers": {"x-was": "1"},
        },
        {
            "match": {"service": "s3", "operation": "PutObject", "params": {"Bucket": bucket, "Key": key}},
            "respond": {"ETag": '"1"'},
        },
        {
            "match": {"service": "s3", "operation": "GetObject", "params": {"Bucket": bucket, "Key": key}},
            "respond": {"Body": "content"},
        },
        {
            "match": {"service": "s3", "operation": "ListObjectsV2", "params": {"Bucket": bucket}},
            "respond": {"Contents": [{"Key": "${params.Bucket}"}]},
        },
        {
            "match": {"service": "s3", "operation": "DeleteObject", "params": {"Bucket": bucket, "Key": key}},
            "error": "AccessDenied",
        },
        {
            "match": {"service": "s3", "operation": "DeleteBucket", "params": {"Bucket": bucket}},
            "error": "NoSuchBucket",
        },
    ]
    control.buckets(bucket)
    control.rules(*rules)
    s3 = clients.client(endpoint, "s3")
    assert s3.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPHeaders"]["x-was"] == "1"
    assert s3.put_object(Bucket=bucket, Key=key, Body=b"b")["ETag"] == '"1"'
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"content"
    assert s3.list_objects_v2(Bucket=bucket)["Contents"][0]["Key"] == bucket
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key=key)
    with pytest.raises(s3.exceptions.NoSuchBucket):
        s3.delete_bucket(Bucket=bucket)
    assert {entry["service"] for entry in control.requests()} == {"s3"}
    assert len(control.requests()) == 6


@pytest.mark.parametrize("bucket", ["_awry", "_localstack"])
def test_a_name_that_no_bucket_has(control, client, bucket):
    """S3 refuses it; nobody else takes the request for his own. A rule for it decides all the same."""
    with pytest.raises(ClientError, match="InvalidBucketName"):
        client("s3").get_object(Bucket=bucket, Key="health")
    control.rules({"match": {"service": "s3", "params": {"Bucket": bucket}}, "error": "SlowDown"})
    with pytest.raises(ClientError, match="SlowDown"):
        client("s3").put_object(Bucket=bucket, Key="reset", Body=b"")
    assert [entry["service"] for entry in control.requests()] == ["s3", "s3"]
