# SPDX-License-Identifier: Apache-2.0
"""Programs as people write them against AWS, each with its scenario in Fixtures/programs."""

import json
import re
import time

import pytest
from botocore.exceptions import ClientError

from harness import clients
from harness.server import FIXTURES

QUEUE = "http://localhost/123456789012/orders"


@pytest.fixture
def scenario(control):
    def load(name):
        control.load(FIXTURES / "programs" / f"{name}.yaml")

    return load


def test_kinesis_limit_exceeded(scenario, control, client, sleeps):
    scenario("kinesis-describe-stream-limited")
    kinesis = client("kinesis", "legacy")
    with pytest.raises(kinesis.exceptions.LimitExceededException) as caught:
        kinesis.describe_stream(StreamName="myDataStream")
    response = caught.value.response
    assert response["Error"]["Code"] == "LimitExceededException"
    metadata = response["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 400
    assert metadata["RequestId"] == metadata["HTTPHeaders"]["x-amzn-requestid"]
    assert metadata["RetryAttempts"] == 4
    stream = kinesis.describe_stream(StreamName="myDataStream")["StreamDescription"]
    assert stream["StreamStatus"] == "ACTIVE" and len(stream["Shards"]) == 1
    control.assert_verified()


def test_s3_resource_on_a_taken_name(scenario, control, endpoint):
    scenario("s3-bucket-name-taken")
    s3 = clients.resource(endpoint, "s3")
    exceptions = s3.meta.client.exceptions
    with pytest.raises(exceptions.BucketAlreadyExists) as caught:
        s3.create_bucket(Bucket="somebody-elses-bucket")
    assert caught.value.response["Error"]["BucketName"] == "somebody-elses-bucket"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    with pytest.raises(exceptions.BucketAlreadyOwnedByYou):
        where = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
        s3.create_bucket(Bucket="my-own-bucket", **where)
    control.assert_verified()


def test_sqs_internal_error_for_the_support_desk(scenario, control, client, sleeps):
    scenario("sqs-internal-error")
    with pytest.raises(ClientError) as caught:
        client("sqs", "standard").send_message(QueueUrl=QUEUE, MessageBody="m")
    response = caught.value.response
    assert response["Error"]["Code"] == "InternalError" and response["Error"]["Message"]
    assert response["ResponseMetadata"]["RequestId"]
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert [entry["attempt"] for entry in control.requests(service="sqs")] == [1, 2, 3]
    control.assert_verified()


HEADS = [("missing-bucket", "404"), ("forbidden-bucket", "403"), ("odd-bucket", "400"), ("moved-bucket", "301")]


@pytest.mark.parametrize("bucket,code", HEADS)
def test_head_bucket(scenario, control, client, bucket, code):
    scenario("s3-head-without-body")
    with pytest.raises(ClientError) as caught:
        client("s3").head_bucket(Bucket=bucket)
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == int(code)
    control.assert_verified()


@pytest.mark.parametrize("bucket,code", [("any-bucket", "404"), *HEADS[1:]])
def test_head_object(scenario, client, bucket, code):
    scenario("s3-head-without-body")
    with pytest.raises(ClientError) as caught:
        client("s3").head_object(Bucket=bucket, Key="missing" if code == "404" else "there")
    assert caught.value.response["Error"]["Code"] == code
    if code == "404":
        assert client("s3").head_object(Bucket=bucket, Key="there")["ContentLength"] == 0


def test_cognito_tokens(scenario, control, client):
    scenario("cognito-bad-tokens")
    cognito = client("cognito-idp")
    own = {"ClientId": control.demand("GET", "env")["CLIENT_ID"]}
    with pytest.raises(cognito.exceptions.NotAuthorizedException) as caught:
        cognito.global_sign_out(AccessToken="123")
    assert caught.value.response["Error"]["Message"] == "Invalid Access Token"

    def refresh(token):
        return cognito.initiate_auth(AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": token}, **own)

    with pytest.raises(cognito.exceptions.NotAuthorizedException) as caught:
        refresh("bad token")
    assert re.match("Invalid Refresh Token", caught.value.response["Error"]["Message"])
    password = {"USERNAME": "ann", "PASSWORD": "Passw0rd!"}
    signed_in = cognito.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password, **own)
    tokens = signed_in["AuthenticationResult"]
    assert refresh(tokens["RefreshToken"])["AuthenticationResult"]["AccessToken"]
    cognito.revoke_token(Token=tokens["RefreshToken"], **own)
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        refresh(tokens["RefreshToken"])
    control.assert_verified()


def test_iam_create_user_denied(scenario, control, client):
    scenario("iam-create-user-denied")
    with pytest.raises(ClientError) as caught:
        client("iam").create_user(UserName="foobar")
    response = caught.value.response
    assert response["Error"] == {
        "Type": "Sender",
        "Code": "AccessDenied",
        "Message": "User: arn:aws:iam::123456789012:user/beep is not authorized to perform: iam:CreateUser on "
        "resource: arn:aws:iam::123456789012:user/foobar",
    }
    metadata = response["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 403
    assert metadata["HTTPHeaders"]["content-type"] == "text/xml"
    assert metadata["HTTPHeaders"]["x-amzn-requestid"] == metadata["RequestId"]
    control.assert_verified()


def test_s3_denied_outside_the_office(scenario, control, client, endpoint):
    scenario("s3-denied-outside-the-office")
    env = control.demand("GET", "env")
    key = {name.lower(): env[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    options = {"endpoint_url": endpoint, "config": clients.config(s3={"addressing_style": "path"})} | key
    s3, sts = (clients.session().client(service, **options) for service in ("s3", "sts"))
    with pytest.raises(ClientError) as caught:
        s3.list_objects_v2(Bucket="reports")
    error = caught.value.response["Error"]
    assert error["Code"] == "AccessDenied" and "with an explicit deny in an identity-based policy" in error["Message"]
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    arn = sts.get_caller_identity()["Arn"]
    assert arn.endswith(":user/clerk")
    iam = client("iam")

    def simulate(address):
        entry = {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": [address], "ContextKeyType": "ip"}
        asked = {"ActionNames": ["s3:ListBucket"], "ResourceArns": ["arn:aws:s3:::reports"]}
        answer = iam.simulate_principal_policy(PolicySourceArn=arn, **asked, ContextEntries=[entry])
        [result] = answer["EvaluationResults"]
        return result["EvalDecision"], result["MatchedStatements"]

    document = iam.get_user_policy(UserName="clerk", PolicyName="office")["PolicyDocument"]
    decision, [*_, denying] = simulate("127.0.0.1")
    assert decision == "explicitDeny" and denying["SourcePolicyId"] == "user_clerk_office"
    assert simulate("203.0.113.9")[0] == "allowed"
    del document["Statement"][1]
    iam.put_user_policy(UserName="clerk", PolicyName="office", PolicyDocument=json.dumps(document))
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="reports")["Contents"]] == ["2026/01"]
    control.assert_verified()


def gaps(journal):
    """Seconds between the requests of a journal."""
    times = [entry["monotonic"] / 1e9 for entry in journal]
    return [later - earlier for earlier, later in zip(times, times[1:])]


def test_loop_that_sleeps_on_too_many_requests(scenario, control, client):
    scenario("loops-that-back-off")
    cognito = client("cognito-idp")
    pools = None
    while pools is None:
        try:
            pools = cognito.list_user_pools(MaxResults=10)["UserPools"]
        except cognito.exceptions.TooManyRequestsException:
            time.sleep(0.05)
    assert pools[0]["Name"] == "customers"
    journal = control.requests(service="cognito-idp")
    assert [entry["status"] for entry in journal] == [400, 400, 400, 200]
    assert all(gap >= 0.05 for gap in gaps(journal))


def test_loop_that_doubles_its_delay(scenario, control, client):
    scenario("loops-that-back-off")
    sqs = client("sqs")
    delay = 0.04
    for _ in range(4):
        try:
            sqs.send_message(QueueUrl=QUEUE, MessageBody="m")
            break
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
            time.sleep(delay)
            delay *= 2
    journal = control.requests(service="sqs")
    assert [entry["status"] for entry in journal] == [503, 500, 500, 200]
    first, second, third = gaps(journal)
    assert first >= 0.04 and second >= 0.08 and third >= 0.16


def test_logs_pages_then_a_throttle(scenario, control, client):
    scenario("logs-pages-then-throttle")
    logs = client("logs")
    pages = logs.get_paginator("describe_log_streams").paginate(logGroupName="g")
    names = [stream["logStreamName"] for page in pages for stream in page["logStreams"]]
    assert names == ["first", "second", "third"]
    said = [logs.get_log_events(logGroupName="g", logStreamName="s")["events"][0]["message"] for _ in range(2)]
    assert said == ["one of s", "two"]
    with pytest.raises(logs.exceptions.ThrottlingException):
        logs.get_log_events(logGroupName="g", logStreamName="s")
    control.assert_verified()


RETRY_AFTER = [
    ("kinesis", "put_record", {"StreamName": "s", "Data": b"d", "PartitionKey": "k"}, "2", "1500"),
    ("sqs", "send_message", {"QueueUrl": QUEUE, "MessageBody": "m"}, None, "1500"),
    ("sts", "get_caller_identity", {}, "3", None),
]


@pytest.mark.parametrize("service,method,parameters,seconds,millis", RETRY_AFTER)
def test_retry_after_headers(scenario, client, service, method, parameters, seconds, millis):
    scenario("retry-after")
    with pytest.raises(ClientError) as caught:
        getattr(client(service), method)(**parameters)
    headers = caught.value.response["ResponseMetadata"]["HTTPHeaders"]
    assert (headers.get("retry-after"), headers.get("x-amz-retry-after")) == (seconds, millis)
    getattr(client(service), method)(**parameters)


def test_quickstart(control, client, sleeps):
    for path in sorted((FIXTURES / "quickstart").glob("*.yaml")):
        control.load(path)
    kinesis = client("kinesis", "standard")
    stream = kinesis.describe_stream(StreamName="orders")["StreamDescription"]
    assert stream["StreamARN"] == "arn:aws:kinesis:us-east-1:123456789012:stream/orders"
    control.assert_verified()
    s3 = client("s3")
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket="reports", Key="missing/2026.csv")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.get_object(Bucket="reports", Key="secret/2026.csv")
    client("s3", "standard").put_object(Bucket="busy-bucket", Key="k", Body=b"b")
    assert [entry["status"] for entry in control.requests(operation="PutObject")] == [503, 503, 200]
