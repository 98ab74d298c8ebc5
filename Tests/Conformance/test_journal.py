# SPDX-License-Identifier: Apache-2.0
"""The journal holds the decoded parameters of every service's calls, also where a rule decided without them."""

import pytest
from botocore.exceptions import ClientError

DEAF = {"match": "*.*", "error": {"code": "InternalFailure", "message": "m"}}

# One call for each protocol and each way of sending a parameter, and what the journal says of it.
CALLS = [
    (
        "dynamodb",
        "get_item",
        {"TableName": "t", "Key": {"k": {"S": "v"}}, "ConsistentRead": True},
        {"TableName": "t", "Key": {"k": {"S": "v"}}, "ConsistentRead": True},
    ),
    ("logs", "get_log_events", {"logGroupName": "g", "logStreamName": "s", "limit": 5}, None),
    ("iam", "create_user", {"UserName": "u", "Tags": [{"Key": "a", "Value": "b"}]}, None),
    ("ec2", "describe_instances", {"Filters": [{"Name": "n", "Values": ["v", "w"]}]}, None),
    ("route53", "list_hosted_zones", {"MaxItems": "2"}, None),
    ("lambda", "invoke", {"FunctionName": "f", "InvocationType": "Event"}, None),
    ("lambda", "update_function_configuration", {"FunctionName": "f", "Timeout": 3}, None),
    ("s3", "list_objects_v2", {"Bucket": "orders", "Prefix": "2026/"}, None),
    (
        "s3",
        "put_bucket_versioning",
        {"Bucket": "orders", "VersioningConfiguration": {"Status": "Enabled"}},
        None,
    ),
    ("s3", "get_object", {"Bucket": "orders", "Key": "a b/ü", "Range": "bytes=0-1"}, None),
]


def within(wanted, found) -> bool:
    """Whether all that was sent was found; SDKs add members of their own."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(within(value, found.get(key)) for key, value in wanted.items())
    return wanted == found


@pytest.mark.parametrize("service,method,parameters,exact", CALLS)
def test_params_of_a_call_decided_from_its_head(control, client, service, method, parameters, exact):
    control.rules(DEAF)
    with pytest.raises(ClientError):
        getattr(client(service), method)(**parameters)
    params = control.requests()[0]["params"]
    assert within(parameters, params), params
    assert exact is None or params == exact


def test_params_of_a_call_decided_by_them(control, client):
    control.rules({"match": {"service": "sqs", "params": {"MessageBody": "m*"}}, "error": "throttle"})
    with pytest.raises(ClientError):
        client("sqs").send_message(QueueUrl="http://localhost/123456789012/q", MessageBody="message")
    assert control.requests()[0]["params"]["MessageBody"] == "message"


def test_a_blob_is_only_counted(control, client):
    control.rules(DEAF)
    with pytest.raises(ClientError):
        client("s3").put_object(Bucket="orders", Key="k", Body=b"x" * 300_000)
    params = control.requests()[0]["params"]
    assert (params["Key"], params["Body"]) == ("k", {"$notKept": 300_000})


def test_expectations_by_params(control, client):
    control.rules(DEAF)
    for stream in ("orders", "orders", "bills"):
        with pytest.raises(ClientError):
            client("kinesis").describe_stream(StreamName=stream)
    match = {"service": "kinesis", "params": {"StreamName": "orders"}}
    control.assert_verified({"match": match, "count": 2})
