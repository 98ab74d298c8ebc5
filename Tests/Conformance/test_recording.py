# SPDX-License-Identifier: Apache-2.0
"""What passed through to another emulator, recorded, is answered without it."""

import http.client
import os
import time

import pytest
import yaml
from botocore.exceptions import ClientError

from harness import clients
from harness.server import Server, awry
from harness.upstream import Moto, emulator

__all__ = ["emulator"]

LARGE = os.urandom(200_000)


@pytest.fixture(scope="module")
def moto():
    running = Moto()
    yield running
    running.stop()


def outcome(call, *arguments, **parameters):
    """What a call gives, without what every answer has of its own."""
    try:
        answer = call(*arguments, **parameters)
    except ClientError as refused:
        error = refused.response["Error"]
        # moto has a message for people twice in some errors.
        return type(refused).__name__, error["Code"], error["Message"], status(refused.response)
    if "Body" in answer:
        answer["Body"] = answer["Body"].read()
    facts = status(answer)
    del answer["ResponseMetadata"]
    return answer, facts


def status(answer):
    return answer["ResponseMetadata"]["HTTPStatusCode"]


def s3_session(endpoint):
    s3 = clients.client(endpoint, "s3")
    yield outcome(s3.create_bucket, Bucket="recorded")
    yield outcome(s3.get_object, Bucket="recorded", Key="a b")
    yield outcome(s3.put_object, Bucket="recorded", Key="a b", Body=b"hello ${account}", Metadata={"m": "*?"})
    yield outcome(s3.put_object, Bucket="recorded", Key="large", Body=LARGE)
    yield outcome(s3.get_object, Bucket="recorded", Key="a b")
    yield outcome(s3.get_object, Bucket="recorded", Key="large")
    yield outcome(s3.get_object, Bucket="recorded", Key="large", Range="bytes=10-19")
    yield outcome(s3.head_object, Bucket="recorded", Key="a b")
    yield outcome(s3.head_object, Bucket="recorded", Key="none")
    yield outcome(s3.list_objects_v2, Bucket="recorded")
    yield outcome(s3.list_objects_v2, Bucket="recorded", Prefix="l")
    yield outcome(s3.delete_object, Bucket="recorded", Key="a b")
    yield outcome(s3.get_object, Bucket="recorded", Key="a b")
    yield outcome(s3.list_objects_v2, Bucket="recorded")
    yield outcome(s3.delete_object, Bucket="recorded", Key="large")
    yield outcome(s3.delete_bucket, Bucket="recorded")


def other_session(endpoint):
    sqs = clients.client(endpoint, "sqs")
    url = f"http://queues/{clients.ACCOUNT}/recorded"
    yield outcome(sqs.create_queue, QueueName="recorded")
    yield outcome(sqs.send_message, QueueUrl=url, MessageBody='{"quoted": "\\u2028"}')
    yield outcome(sqs.get_queue_url, QueueName="none")
    dynamodb = clients.client(endpoint, "dynamodb")
    yield outcome(dynamodb.get_item, TableName="none", Key={"id.x": {"S": "1"}})
    iam = clients.client(endpoint, "iam")
    yield outcome(iam.create_user, UserName="recorded")
    yield outcome(iam.get_user, UserName="recorded")
    yield outcome(iam.get_user, UserName="none")
    yield outcome(clients.client(endpoint, "ec2").describe_instances, InstanceIds=["i-0123456789abcdef0"])
    yield outcome(clients.client(endpoint, "lambda").get_function, FunctionName="none")


@pytest.mark.parametrize("session", [s3_session, other_session])
def test_a_session_replays_without_the_upstream(moto, tmp_path, session):
    folder = tmp_path / "made" / "here"
    recording = Server("--upstream", moto.endpoint, "--record", str(folder))
    live = list(session(recording.endpoint))
    assert recording.stop() in (0, None)
    checked = awry("check", str(folder))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    replaying = Server(str(folder), "--unscripted", "error")
    try:
        assert list(session(replaying.endpoint)) == live
    finally:
        assert replaying.stop() in (0, None)
    written = yaml.safe_load((folder / "recorded.yaml").read_text(encoding="utf-8"))
    assert [rule["match"]["operation"] for rule in written["rules"]][0] in ("CreateBucket", "CreateQueue")


def test_the_same_session_gives_the_same_files(emulator, tmp_path):
    def answer(connection, head, body):
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nx-amz-request-id: %d\r\nDate: now\r\nETag: \"e\"\r\nContent-Length: 4\r\n\r\nbody"
            % time.monotonic_ns()
        )
        return True

    behind = emulator(answer)
    texts = []
    for name in ("a", "b"):
        server = Server("--upstream", behind.endpoint, "--record", str(tmp_path / name))
        s3 = clients.client(server.endpoint, "s3")
        for key in ("x", "y", "x", "x"):
            s3.get_object(Bucket="bucket", Key=key)["Body"].read()
        # As it goes, without waiting for the end.
        file = tmp_path / name / "recorded.yaml"
        end = time.monotonic() + 10
        while not file.exists() or file.read_text(encoding="utf-8").count("GetObject") < 2:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert server.stop() in (0, None)
        texts.append(file.read_text(encoding="utf-8"))
        assert sorted(path.name for path in file.parent.iterdir()) == ["recorded.yaml"]
    assert texts[0] == texts[1]
    rules = yaml.safe_load(texts[0])["rules"]
    assert [rule["match"]["params"]["Key"] for rule in rules] == ["x", "y"]
    assert rules[0]["raw"]["body"] == "body"
    assert ["x-amz-request-id", "${requestId}"] in rules[0]["raw"]["headers"]


LISTS = {
    b"ListTables": b'{"TableNames": ["a${b}", "true"], "LastEvaluatedTableName": "9"}',
    b"DescribeTable": b'{"Table": {"TableName": "t", "CreationDateTime": 1772366400.25, "ItemCount": 3, "New": 1}}',
    b"GetItem": b'{"Item": {"$file": {"S": "x"}}}',
    b"Scan": b'{"Items": [{"B": {"B": "/wA="}, "N": {"N": "1"}, "L": {"L": []}}], "Count": 1, "ScannedCount": 1}',
}


def test_json_is_taken_apart_where_nothing_is_lost(emulator, tmp_path):
    """An unknown member, or a name that means something to a scenario, leaves the answer as it came."""

    def answer(connection, head, body):
        text = next(text for name, text in LISTS.items() if b"." + name in head)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text) + text)
        return True

    def session(endpoint):
        dynamodb = clients.client(endpoint, "dynamodb")
        yield outcome(dynamodb.list_tables)
        yield outcome(dynamodb.describe_table, TableName="t")
        yield outcome(dynamodb.get_item, TableName="t", Key={"id": {"S": "1"}})
        yield outcome(dynamodb.scan, TableName="t")

    recording = Server("--upstream", emulator(answer).endpoint, "--record", str(tmp_path))
    live = list(session(recording.endpoint))
    assert recording.stop() in (0, None)
    rules = yaml.safe_load((tmp_path / "recorded.yaml").read_text(encoding="utf-8"))["rules"]
    found = {rule["match"]["operation"]: rule for rule in rules}
    assert found["ListTables"]["respond"] == {"TableNames": ["a$${b}", "true"], "LastEvaluatedTableName": "9"}
    assert found["Scan"]["respond"]["Items"][0]["B"] == {"B": {"$base64": "/wA="}}
    assert "raw" in found["DescribeTable"] and "raw" in found["GetItem"]
    replaying = Server(str(tmp_path), "--unscripted", "error")
    try:
        assert list(session(replaying.endpoint)) == live
    finally:
        assert replaying.stop() in (0, None)


def test_secrets_are_left_out(emulator, tmp_path):
    def answer(connection, head, body):
        if b"GetSecretValue" in head:
            text = b'{"Name": "s", "SecretString": "hidden"}'
        else:
            text = b"{}"
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text) + text)
        return True

    server = Server("--upstream", emulator(answer).endpoint, "--record", str(tmp_path))
    secrets = clients.client(server.endpoint, "secretsmanager")
    secrets.get_secret_value(SecretId="s")
    secrets.put_secret_value(SecretId="s", SecretString="hidden", ClientRequestToken="t" * 32)
    assert server.stop() in (0, None)
    text = (tmp_path / "recorded.yaml").read_text(encoding="utf-8")
    assert "hidden" not in text
    assert "t" * 32 not in text
    assert "SecretString is left out: it is secret" in text
    assert "respond: {}" in text
    assert awry("check", str(tmp_path)).returncode == 0


def test_what_cannot_be_recorded_is_named(emulator, tmp_path):
    def answer(connection, head, body):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        return True

    server = Server("--upstream", emulator(answer).endpoint, "--record", str(tmp_path))
    connection = http.client.HTTPConnection(*server.address, timeout=30)
    connection.request("POST", "/", body=b"{}", headers={"X-Amz-Target": "Nonsense.Thing"})
    connection.getresponse().read()
    assert server.stop() in (0, None)
    text = (tmp_path / "recorded.yaml").read_text(encoding="utf-8")
    assert "# not recorded, since nobody knows what it means: POST /\n" in text


def test_a_record_needs_an_upstream(tmp_path):
    ended = awry("serve", "--port", "0", "--record", str(tmp_path))
    assert ended.returncode == 2
    assert "--upstream URL" in ended.stderr
