# SPDX-License-Identifier: Apache-2.0
"""Programs that nobody changed: kombu, celery, aiobotocore, the AWS command line of today and of 2023."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import kombu
import pytest
from aiobotocore.session import get_session

from harness import commandline
from harness.clients import ACCOUNT, REGION
from harness.server import ROOT

OLD_AWS = ROOT / ".venv/query/bin/aws"


@pytest.fixture
def broker(server):
    host, port = server.address
    return f"sqs://{ACCOUNT}:test@{host}:{port}//"


OPTIONS = {"region": REGION, "is_secure": False, "wait_time_seconds": 1, "visibility_timeout": 30}


def test_kombu(control, client, broker):
    got = []

    def take(body, message):
        got.append(body)
        message.ack()

    with kombu.Connection(broker, transport_options=OPTIONS) as connection:
        queue = kombu.Queue("orders", kombu.Exchange("orders"), routing_key="orders")
        producer = connection.Producer()
        for number in range(3):
            producer.publish({"order": number}, exchange=queue.exchange, routing_key="orders", declare=[queue])
        with connection.Consumer(queue, callbacks=[take]):
            while len(got) < 3:
                connection.drain_events(timeout=10)
        # A purge is what its transport calls to empty a queue.
        assert connection.default_channel.queue_purge("orders") == 0
    assert got == [{"order": number} for number in range(3)]
    url = client("sqs").get_queue_url(QueueName="orders")["QueueUrl"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    assert set(left.values()) == {"0"}


def test_kombu_gives_back_what_it_could_not_do(control, broker):
    seen = []

    def refuse_once(body, message):
        seen.append(message.delivery_info["sqs_message"]["Attributes"]["ApproximateReceiveCount"])
        message.requeue() if len(seen) == 1 else message.ack()

    options = OPTIONS | {"visibility_timeout": 1}
    with kombu.Connection(broker, transport_options=options) as connection:
        queue = connection.SimpleQueue("orders")
        queue.put("m")
        with connection.Consumer(queue.queue, callbacks=[refuse_once]):
            while len(seen) < 2:
                connection.drain_events(timeout=10)
        queue.close()
    assert seen == ["1", "2"]


TASKS = """
import pathlib
from celery import Celery

app = Celery("tasks", broker={broker!r})
app.conf.broker_transport_options = {options!r}
app.conf.worker_hijack_root_logger = False


@app.task(bind=True, max_retries=3, default_retry_delay=0)
def record(self, number):
    path = pathlib.Path({folder!r}) / str(number)
    if not path.exists():
        path.write_text("once")
        raise self.retry()
    path.write_text("done")
"""


def test_celery(control, client, broker, tmp_path):
    """A worker of its own, whose tasks fail once and are retried through the queue."""
    folder = tmp_path / "done"
    folder.mkdir()
    (tmp_path / "tasks.py").write_text(TASKS.format(broker=broker, options=OPTIONS, folder=str(folder)))
    send = "import tasks; [tasks.record.delay(number) for number in range(3)]"
    subprocess.run([sys.executable, "-c", send], cwd=tmp_path, check=True, timeout=60)
    command = [sys.executable, "-m", "celery", "-A", "tasks", "worker", "-P", "solo", "--without-gossip",
               "--without-mingle", "--without-heartbeat"]  # fmt: skip
    log = (tmp_path / "log").open("w")
    worker = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 60
        while [path.read_text() for path in folder.iterdir()].count("done") < 3:
            assert time.monotonic() < end and worker.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.05)
    finally:
        worker.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(20)
        worker.kill()
    url = client("sqs").get_queue_url(QueueName="celery")["QueueUrl"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    assert set(left.values()) == {"0"}


def test_aiobotocore_waits_without_threads(control, endpoint):
    keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "test"}

    async def run():
        async with get_session().create_client("sqs", REGION, endpoint_url=endpoint, **keys) as sqs:
            url = (await sqs.create_queue(QueueName="orders"))["QueueUrl"]

            async def poll():
                answer = await sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10)
                (message,) = answer["Messages"]
                await sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                return message["Body"]

            async def send():
                entries = [{"Id": str(number), "MessageBody": str(number)} for number in range(5)]
                await sqs.send_message_batch(QueueUrl=url, Entries=entries)

            *bodies, _ = await asyncio.gather(*[poll() for _ in range(5)], send())
            assert sorted(bodies) == [str(number) for number in range(5)]
            with pytest.raises(sqs.exceptions.QueueDoesNotExist):
                await sqs.get_queue_url(QueueName="none")

    asyncio.run(run())


def old_aws(endpoint, folder, *arguments):
    """The command line of 2023, whose SQS speaks the query protocol."""
    if not OLD_AWS.exists():
        pytest.skip("Tests/setup.sh python installs the old command line")
    environment = os.environ | {
        "AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION,
        "HOME": str(folder), "AWS_MAX_ATTEMPTS": "1",
    }  # fmt: skip
    command = [str(OLD_AWS), "--endpoint-url", endpoint, "--output", "json", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("aws", [commandline.aws, old_aws], ids=["today", "2023"])
def test_the_command_line(control, endpoint, tmp_path, aws):
    def run(*arguments):
        result = aws(endpoint, tmp_path, "sqs", *arguments)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout) if result.stdout else {}

    url = run("create-queue", "--queue-name", "orders", "--attributes", "VisibilityTimeout=5")["QueueUrl"]
    run("send-message", "--queue-url", url, "--message-body", "hello",
        "--message-attributes", '{"a": {"DataType": "String", "StringValue": "x"}}')  # fmt: skip
    (message,) = run("receive-message", "--queue-url", url, "--message-attribute-names", "All")["Messages"]
    assert message["Body"] == "hello" and message["MessageAttributes"]["a"]["StringValue"] == "x"
    run("delete-message", "--queue-url", url, "--receipt-handle", message["ReceiptHandle"])
    failed = aws(endpoint, tmp_path, "sqs", "get-queue-url", "--queue-name", "none")
    line = "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: "
    assert failed.returncode in (254, 255) and line in failed.stderr, failed.stderr
