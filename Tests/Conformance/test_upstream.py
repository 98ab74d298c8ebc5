# SPDX-License-Identifier: Apache-2.0
"""In front of another emulator: rules fire here, what no rule decides is answered there."""

import http.client
import socket
import time

import pytest
from botocore.exceptions import ClientError

from harness import clients
from harness.control import Control
from harness.server import Server, awry
from harness.upstream import Moto, emulator, front, get

__all__ = ["emulator", "front"]


@pytest.fixture(scope="module")
def moto():
    running = Moto()
    yield running
    running.stop()


def scenario(folder, text):
    path = folder / "scenario.yaml"
    path.write_text(f"scenario: front\nrules:\n{text}", encoding="utf-8")
    return str(path)


def test_a_program_sees_two_scripted_throttles_and_then_motos_answer(front, moto, tmp_path, sleeps):
    rules = "  - match: dynamodb.GetItem\n    times: 2\n    error: ProvisionedThroughputExceededException\n"
    server = front(moto.endpoint, scenario(tmp_path, rules))
    dynamodb = clients.client(server.endpoint, "dynamodb", "standard", 3)
    dynamodb.create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.put_item(TableName="orders", Item={"id": {"S": "1"}, "state": {"S": "paid"}})
    answer = dynamodb.get_item(TableName="orders", Key={"id": {"S": "1"}})
    assert answer["Item"]["state"] == {"S": "paid"}
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    asked = Control(server.endpoint).requests(operation="GetItem")
    assert [(each["status"], each.get("error")) for each in asked] == [
        (400, "ProvisionedThroughputExceededException"),
        (400, "ProvisionedThroughputExceededException"),
        (200, None),
    ]
    assert asked[2]["note"] == f"passed on to {moto.endpoint}"
    dynamodb.delete_table(TableName="orders")


def test_what_moto_refuses_is_refused_and_named_in_the_journal(front, moto):
    server = front(moto.endpoint)
    with pytest.raises(ClientError) as refused:
        clients.client(server.endpoint, "s3").get_object(Bucket="no-such-bucket-here", Key="k")
    assert refused.value.response["Error"]["Code"] == "NoSuchBucket"
    assert Control(server.endpoint).requests(operation="GetObject")[0]["error"] == "NoSuchBucket"
    with pytest.raises(ClientError) as refused:
        clients.client(server.endpoint, "sqs").get_queue_url(QueueName="none")
    assert refused.value.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue"
    assert Control(server.endpoint).requests(operation="GetQueueUrl")[0]["error"] == "QueueDoesNotExist"


def test_an_upstream_that_breaks_off_breaks_the_clients_answer(front, emulator):
    def answer(connection, head, body):
        coding = b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" if b"chunked" in head else None
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (coding or b"Content-Length: 10\r\n\r\nhello"))
        return False

    server = front(emulator(answer).endpoint)
    for path in ("/bucket/plain", "/bucket/chunked"):
        with pytest.raises(http.client.IncompleteRead) as cut:
            get(server, path).read()
        assert cut.value.partial == b"hello"


def test_the_request_arrives_as_it_was_sent(front, emulator):
    def answer(connection, head, body):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        return True

    behind = emulator(answer)
    server = front(behind.endpoint)
    with socket.create_connection(server.address) as client:
        client.sendall(
            b"PUT /_sandbox/mine/bucket/a%20b?x=1 HTTP/1.1\r\nHost: bucket.example\r\nX-Twice: 1\r\nx-twice: 2\r\n"
            b"Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\nExpect: 100-continue\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        assert client.recv(1000).startswith(b"HTTP/1.1 100")
        client.sendall(b"5\r\nhello\r\n0\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 200")
    head, body = behind.requests[0]
    assert head.split(b"\r\n") == [
        b"PUT /bucket/a%20b?x=1 HTTP/1.1",
        b"Host: bucket.example",
        b"X-Twice: 1",
        b"x-twice: 2",
        b"Content-Length: 5",
    ]
    assert body == b"hello"


def test_signed_chunks_arrive_as_they_were_sent(front, emulator):
    def answer(connection, head, body):
        connection.sendall(b"HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n")
        return True

    behind = emulator(answer)
    server = front(behind.endpoint)
    clients.client(server.endpoint, "s3").put_object(Bucket="b", Key="k", Body=b"hello", ChecksumAlgorithm="CRC32")
    direct = emulator(answer)
    clients.client(direct.endpoint, "s3").put_object(Bucket="b", Key="k", Body=b"hello", ChecksumAlgorithm="CRC32")
    assert behind.requests[0][1] == direct.requests[0][1]


def test_connections_are_used_again(front, emulator):
    def answer(connection, head, body):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        # After each second request the connection closes without a word, as servers do to those that rest.
        return len(behind.requests) % 2 == 1

    behind = emulator(answer)
    server = front(behind.endpoint)
    for _ in range(6):
        assert get(server).read() == b"ok"
    assert behind.connections == 3


@pytest.mark.parametrize("sent", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 999999\r\n\r\n"])
def test_an_upstream_without_an_answer(front, emulator, sent):
    def answer(connection, head, body):
        connection.sendall(sent)
        return False

    behind = emulator(answer)
    server = front(behind.endpoint)
    for service, call in (("s3", "list_buckets"), ("sqs", "list_queues"), ("iam", "list_users")):
        with pytest.raises(ClientError) as refused:
            getattr(clients.client(server.endpoint, service), call)()
        error = refused.value.response
        assert error["Error"]["Code"] == "ServiceUnavailable"
        assert error["ResponseMetadata"]["HTTPStatusCode"] == 503
        assert behind.endpoint in error["Error"]["Message"]
    assert behind.endpoint in Control(server.endpoint).requests()[0]["note"]


def test_the_variable(emulator):
    behind = emulator(lambda connection, head, body: connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n"))
    server = Server(AWRY_UPSTREAM=behind.endpoint)
    assert get(server).status == 204
    assert server.stop() in (0, None)
    assert any(f"in front of {behind.endpoint}" in line for line in server.lines)


def test_an_upstream_that_is_not_there(front):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = front(f"http://127.0.0.1:{port}")
    with pytest.raises(ClientError) as refused:
        clients.client(server.endpoint, "s3").list_buckets()
    assert "Connection refused" in refused.value.response["Error"]["Message"]
    asked = Control(server.endpoint).requests()
    assert (asked[0]["status"], asked[0]["error"]) == (503, "ServiceUnavailable")
    assert "Connection refused" in asked[0]["note"]


CHANGES = {
    "headers": "    headers: { X-Mine: yes, ETag: null }\n",
    "delay": "    delay: 300ms\n",
    "bandwidth": "    bandwidth: 200KiB/s\n",
    "corrupt": "    corrupt: body\n",
    "lost": "    lost: reset\n",
    "truncate": "    connection: truncate\n",
    "late": "    late: { error: InternalError }\n",
    "lost error": "    lost: { error: InternalError }\n",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_rules_change_about_an_answer_that_was_passed_on(front, emulator, tmp_path, change):
    body = b"x" * 100_000

    def answer(connection, head, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        return True

    behind = emulator(answer)
    operation = "CopyObject" if change == "late" else "GetObject"
    server = front(behind.endpoint, scenario(tmp_path, f"  - match: s3.{operation}\n{CHANGES[change]}"))
    began = time.monotonic()
    try:
        if change == "late":
            connection = http.client.HTTPConnection(*server.address, timeout=30)
            connection.request("PUT", "/bucket/key", headers={"x-amz-copy-source": "/bucket/other"})
            answered = connection.getresponse()
        else:
            answered = get(server)
        got = answered.read()
    except (http.client.IncompleteRead, OSError) as error:
        answered, got = None, getattr(error, "partial", None)
    took = time.monotonic() - began
    assert len(behind.requests) == 1
    if change == "headers":
        assert (answered.getheader("X-Mine"), answered.getheader("ETag"), got) == ("yes", None, body)
    elif change == "delay":
        assert took >= 0.3 and got == body
    elif change == "bandwidth":
        assert took >= 0.4 and got == body
    elif change == "corrupt":
        assert len(got) == len(body) and got != body
    elif change == "lost":
        assert answered is None and not got
    elif change == "truncate":
        assert answered is None and body.startswith(got)
    elif change == "late":
        assert answered.status == 200 and b"<Code>InternalError</Code>" in got
    else:
        assert answered.status == 500 and b"<Code>InternalError</Code>" in got
    asked = Control(server.endpoint).requests(operation=operation)
    assert asked[0]["rules"] == ["front#1"]


def test_a_part_of_a_batch_cannot_be_passed_on(front, emulator, tmp_path):
    behind = emulator(lambda connection, head, body: False)
    rules = "  - match: sqs.SendMessageBatch\n    entries: { first: 1, error: InternalError }\n"
    server = front(behind.endpoint, scenario(tmp_path, rules))
    with pytest.raises(ClientError) as refused:
        clients.client(server.endpoint, "sqs").send_message_batch(
            QueueUrl=f"{server.endpoint}/{clients.ACCOUNT}/q",
            Entries=[{"Id": "a", "MessageBody": "a"}, {"Id": "b", "MessageBody": "b"}],
        )
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "entries" in refused.value.response["Error"]["Message"]
    assert not behind.requests


def test_a_request_of_which_nobody_knows_what_is_meant(front, emulator):
    def answer(connection, head, body):
        connection.sendall(b"HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\ntea")
        return True

    behind = emulator(answer)
    server = front(behind.endpoint)
    connection = http.client.HTTPConnection(*server.address, timeout=30)
    connection.request("POST", "/", body=b"{}", headers={"X-Amz-Target": "Nonsense.Thing"})
    answered = connection.getresponse()
    assert (answered.status, answered.reason, answered.read()) == (418, "Teapot", b"tea")
    assert behind.requests[0][1] == b"{}"
    assert get(server, "/_awry/health").status == 200
    assert len(behind.requests) == 1


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--upstream", "https://localhost:1"], "https is not spoken"),
        (["--upstream", "localhost:5000"], "expected http://HOST:PORT"),
        (["--upstream", "http://localhost:99999"], "the port is not a number"),
        (["--upstream", "http://localhost:5000/path"], "expected http://HOST:PORT alone"),
        (["--upstream", "http://no.such.host.invalid:5000"], "no address is known"),
        (["--unscripted", "upstream"], "say which"),
        (["--unscripted", "error", "--upstream", "http://localhost:1"], "answers what no rule decides"),
    ],
)
def test_what_the_command_line_refuses(arguments, said):
    ended = awry("serve", "--port", "0", *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
