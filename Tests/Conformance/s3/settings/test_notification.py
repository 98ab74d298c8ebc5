# SPDX-License-Identifier: Apache-2.0
"""Notifications: kept, refused, and delivered to the sandbox's queues."""

import json
import threading

import pytest

CREATED, REMOVED = "s3:ObjectCreated:*", "s3:ObjectRemoved:*"
ACCOUNT = "123456789012"


def arn(name, service="sqs", region="us-east-1"):
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{name}"


@pytest.fixture
def sqs(s3, client):
    return client("sqs")


@pytest.fixture
def queue(sqs):
    """Makes a queue and gives a function that takes all of its messages."""

    def make(name="q"):
        url = sqs.create_queue(QueueName=name)["QueueUrl"]

        def take():
            messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            return [json.loads(message["Body"]) for message in messages]

        return take

    return make


def rule(name="q", *events, **filters):
    made = {"Id": name, "QueueArn": arn(name), "Events": list(events or [CREATED])}
    if filters:
        made["Filter"] = {"Key": {"FilterRules": [{"Name": key, "Value": value} for key, value in filters.items()]}}
    return made


def put(s3, bucket, *rules, **more):
    given = {"QueueConfigurations": list(rules)} if rules else {}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=given | more)


def test_a_queue_is_told_that_it_will_be_told(s3, bucket, queue, refused):
    one, take = bucket(), queue()
    get = s3.get_bucket_notification_configuration
    assert set(get(Bucket=one)) == {"ResponseMetadata"}
    put(s3, one, rule("q", CREATED, prefix="in/", SUFFIX=".csv"), EventBridgeConfiguration={})
    test = take()
    assert len(test) == 1 and set(test[0]) == {"Service", "Event", "Time", "Bucket", "RequestId", "HostId"}
    assert (test[0]["Event"], test[0]["Bucket"], test[0]["Time"]) == ("s3:TestEvent", one, "2026-03-01T12:00:00.000Z")
    answer = get(Bucket=one)
    assert answer["EventBridgeConfiguration"] == {}
    filters = answer["QueueConfigurations"][0]["Filter"]["Key"]["FilterRules"]
    assert filters == [{"Name": "Prefix", "Value": "in/"}, {"Name": "Suffix", "Value": ".csv"}]
    put(s3, one)
    assert set(get(Bucket=one)) == {"ResponseMetadata"} and take() == []
    refused("NoSuchBucket", 404, get, Bucket="none")


def test_topics_and_functions_are_kept(s3, bucket):
    one = bucket()
    topic = {"Id": "t", "TopicArn": arn("t", "sns"), "Events": [REMOVED]}
    function = {"LambdaFunctionArn": arn("function:f", "lambda"), "Events": [CREATED]}
    put(s3, one, TopicConfigurations=[topic], LambdaFunctionConfigurations=[function])
    answer = s3.get_bucket_notification_configuration(Bucket=one)
    assert answer["TopicConfigurations"] == [topic]
    assert len(answer["LambdaFunctionConfigurations"][0]["Id"]) == 36


def test_the_older_operation_sets_the_same(s3, bucket, queue):
    one, take = bucket(), queue()
    older = {"QueueConfiguration": {"Id": "a", "Queue": arn("q"), "Event": "s3:ObjectCreated:Put"}}
    s3.put_bucket_notification(Bucket=one, NotificationConfiguration=older)
    assert take()[0]["Event"] == "s3:TestEvent"
    answer = s3.get_bucket_notification_configuration(Bucket=one)
    assert answer["QueueConfigurations"] == [{"Id": "a", "QueueArn": arn("q"), "Events": ["s3:ObjectCreated:Put"]}]
    assert s3.get_bucket_notification(Bucket=one)["QueueConfiguration"]["Queue"] == arn("q")


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ([rule("none")], "Unable to validate the following destination configurations"),
        ([rule() | {"QueueArn": "q"}], "The ARN could not be parsed"),
        ([rule() | {"QueueArn": arn("q", "sns")}], "The ARN could not be parsed"),
        ([rule() | {"QueueArn": arn("q", region="eu-west-1")}], "service region is not valid"),
        ([rule() | {"QueueArn": arn("q.fifo")}], "Unable to validate the following destination configurations"),
        ([rule("q", "s3:Nothing")], "not supported for notifications"),
        ([rule("q", CREATED, infix="a")], "filter rule name must be either prefix or suffix"),
        ([rule("q", CREATED, prefix="a", Prefix="b")], "more than one prefix rule"),
        ([rule("q", CREATED, prefix="a" * 1025)], "cannot exceed 1024 bytes"),
        ([rule("q"), rule("q")], "Configuration"),
        ([rule("q"), rule("q", "s3:ObjectCreated:Put") | {"Id": "b"}], "cannot share a common event type"),
        (
            [rule("q", CREATED, prefix="a"), rule("q", CREATED, prefix="ab") | {"Id": "b"}],
            "Configuration is ambiguously defined",
        ),
    ],
)

def test_a_notification_is_refused(s3, bucket, queue, refused, rules, text):
    one, take = bucket(), queue()
    with_rules = {"QueueConfigurations": rules}
    call = s3.put_bucket_notification_configuration
    error = refused("InvalidArgument", 400, call, Bucket=one, NotificationConfiguration=with_rules)
    assert text in error["Message"]
    assert take() == [] and "QueueConfigurations" not in s3.get_bucket_notification_configuration(Bucket=one)


def test_destinations_may_go_unseen(s3, bucket):
    one = bucket()
    given = {"QueueConfigurations": [rule("none")]}
    s3.put_bucket_notification_configuration(
        Bucket=one, NotificationConfiguration=given, SkipDestinationValidation=True
    )
    assert s3.get_bucket_notification_configuration(Bucket=one)["QueueConfigurations"][0]["QueueArn"] == arn("none")


def events(messages):
    records = [record for message in messages for record in message["Records"]]
    return [(record["eventName"], record["s3"]["object"]["key"]) for record in records]


def test_events_of_objects_are_delivered(s3, bucket, queue):
    one, take = bucket(versioned=True), queue()
    every = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*", "s3:ObjectRestore:Post"]
    put(s3, one, rule("q", *every))
    take()
    made = s3.put_object(Bucket=one, Key="käse und brot/1+1", Body=b"hello")
    s3.copy_object(Bucket=one, Key="b", CopySource={"Bucket": one, "Key": "käse und brot/1+1"})
    upload = s3.create_multipart_upload(Bucket=one, Key="c")["UploadId"]
    part = s3.upload_part(Bucket=one, Key="c", UploadId=upload, PartNumber=1, Body=b"x")
    told = {"Parts": [{"ETag": part["ETag"], "PartNumber": 1}]}
    s3.complete_multipart_upload(Bucket=one, Key="c", UploadId=upload, MultipartUpload=told)
    s3.put_object_tagging(Bucket=one, Key="b", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
    s3.delete_object_tagging(Bucket=one, Key="b")
    marker = s3.delete_object(Bucket=one, Key="b")
    s3.delete_object(Bucket=one, Key="b", VersionId=marker["VersionId"])
    messages = take()
    assert events(messages) == [
        ("ObjectCreated:Put", "k%C3%A4se+und+brot/1%2B1"),
        ("ObjectCreated:Copy", "b"),
        ("ObjectCreated:CompleteMultipartUpload", "c"),
        ("ObjectTagging:Put", "b"),
        ("ObjectTagging:Delete", "b"),
        ("ObjectRemoved:DeleteMarkerCreated", "b"),
        ("ObjectRemoved:Delete", "b"),
    ]
    record = messages[0]["Records"][0]
    assert (record["eventVersion"], record["eventSource"], record["awsRegion"]) == ("2.1", "aws:s3", "us-east-1")
    assert record["eventTime"] == "2026-03-01T12:00:00.000Z" and record["userIdentity"]["principalId"]
    assert set(record["responseElements"]) == {"x-amz-request-id", "x-amz-id-2"}
    assert record["s3"]["bucket"]["arn"] == f"arn:aws:s3:::{one}" and record["s3"]["configurationId"] == "q"
    thing = record["s3"]["object"]
    assert (thing["size"], f'"{thing["eTag"]}"', thing["versionId"]) == (5, made["ETag"], made["VersionId"])
    numbers = [message["Records"][0]["s3"]["object"]["sequencer"] for message in messages]
    assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers)
    assert "size" not in messages[-1]["Records"][0]["s3"]["object"]


def test_only_what_is_wanted_is_delivered(s3, bucket, queue):
    one, take, other = bucket(), queue(), queue("other")
    put(s3, one, rule("q", CREATED, prefix="in/", suffix=".csv"), rule("other", "s3:ObjectRemoved:Delete"))
    take(), other()
    for key in ("in/a.csv", "in/a.txt", "out/a.csv", "in/.csv"):
        s3.put_object(Bucket=one, Key=key, Body=b"")
    s3.delete_objects(Bucket=one, Delete={"Objects": [{"Key": "in/a.csv"}, {"Key": "in/a.txt"}]})
    assert events(take()) == [("ObjectCreated:Put", "in/a.csv"), ("ObjectCreated:Put", "in/.csv")]
    assert events(other()) == [("ObjectRemoved:Delete", "in/a.csv"), ("ObjectRemoved:Delete", "in/a.txt")]


def test_a_refused_put_tells_nobody_and_a_lost_queue_harms_nobody(s3, sqs, bucket, queue, refused):
    one, take = bucket(), queue()
    put(s3, one, rule())
    take()
    refused("BadDigest", 400, s3.put_object, Bucket=one, Key="a", Body=b"x", ChecksumCRC32="AAAAAA==")
    assert take() == []
    sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName="q")["QueueUrl"])
    s3.put_object(Bucket=one, Key="a", Body=b"x")
    assert s3.get_object(Bucket=one, Key="a")["Body"].read() == b"x"


def test_an_event_wakes_who_polls(s3, sqs, bucket, queue, control):
    one, take = bucket(), queue()
    put(s3, one, rule())
    take()
    url, got = sqs.get_queue_url(QueueName="q")["QueueUrl"], []

    def poll():
        got.extend(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=15).get("Messages", []))

    waiting = threading.Thread(target=poll)
    waiting.start()
    s3.put_object(Bucket=one, Key="a", Body=b"x")
    waiting.join(10)
    assert not waiting.is_alive() and events([json.loads(got[0]["Body"])]) == [("ObjectCreated:Put", "a")]


def test_the_clock_expires_objects_and_tells_of_it(s3, bucket, queue, control):
    one, take = bucket(), queue()
    put(s3, one, rule("q", "s3:LifecycleExpiration:*"))
    take()
    expire = {"ID": "a", "Filter": {}, "Status": "Enabled", "Expiration": {"Days": 1}}
    s3.put_bucket_lifecycle_configuration(Bucket=one, LifecycleConfiguration={"Rules": [expire]})
    s3.put_object(Bucket=one, Key="a", Body=b"x")
    control.advance("72h")
    assert "Contents" not in s3.list_objects_v2(Bucket=one)
    messages = take()
    assert events(messages) == [("LifecycleExpiration:Delete", "a")]
    record = messages[0]["Records"][0]
    assert record["userIdentity"] == {"principalId": "s3.amazonaws.com"} and record["eventVersion"] == "2.3"


@pytest.mark.parametrize("source", ["one", "two"])
def test_a_queue_must_let_s3_in_where_rights_are_judged(s3, sqs, bucket, queue, refused, control, source):
    control.load({"scenario": "strict", "options": {"auth": "enforce"}})
    one = bucket()
    queue()
    allowed = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn("q"),
        "Condition": {"ArnLike": {"aws:SourceArn": f"arn:aws:s3:::{source}"}},
    }
    given = {"QueueConfigurations": [rule()]}
    wish = {"Bucket": one, "NotificationConfiguration": given}
    refused("InvalidArgument", 400, s3.put_bucket_notification_configuration, **wish)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    url = sqs.get_queue_url(QueueName="q")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    if source == one:
        s3.put_bucket_notification_configuration(**wish)
    else:
        error = refused("InvalidArgument", 400, s3.put_bucket_notification_configuration, **wish)
        assert "Permissions on the destination queue" in error["ArgumentValue"]
