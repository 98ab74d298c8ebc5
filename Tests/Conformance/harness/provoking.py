# SPDX-License-Identifier: Apache-2.0
"""For each file of Fixtures/botocore the exception that a program meets, and the program."""

from collections.abc import Callable
from dataclasses import dataclass

import boto3.exceptions
import botocore.exceptions
import botocore.parsers
import urllib3.exceptions
from boto3.s3.transfer import TransferConfig
from botocore import UNSIGNED, eventstream

from .program import PAST, Program

QUEUE = "http://localhost/123456789012/orders"
OBJECT = {"Bucket": "reports", "Key": "2026/01"}
SELECT = OBJECT | {
    "Expression": "SELECT * FROM s3object",
    "ExpressionType": "SQL",
    "InputSerialization": {"CSV": {}},
    "OutputSerialization": {"CSV": {}},
}
SHARD = {"ConsumerARN": "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1", "ShardId": "shardId-0"}


@dataclass(frozen=True)
class Provoked:
    """A scenario file without its suffix, the exception's exact class, what the program does, and how many attempts
    the failing call makes in the legacy and in the standard retry mode; 0 where the mode does not raise it."""

    fixture: str
    error: type[Exception]
    act: Callable[[Program], object]
    attempts: tuple[int, int] = (1, 1)

    @property
    def shown(self) -> str:
        """The attempts as the guide writes them."""
        return " / ".join(str(count or "–") for count in dict.fromkeys(self.attempts))

    @property
    def modes(self) -> list[tuple[str, int]]:
        """The retry modes to test, with their attempts: one where both do the same."""
        both = list(zip(("standard", "legacy"), reversed(self.attempts)))
        return [mode for mode in (both[:1] if self.attempts == (1, 1) else both) if mode[1]]

    @property
    def name(self) -> str:
        """The class as the guide writes it."""
        if self.error.__module__ == "builtins":
            return self.error.__name__
        return f"{self.error.__module__}.{self.error.__name__}"


class Pipe:
    """What a program uploads from, and cannot be rewound."""

    def __init__(self):
        self.rest = b"an object"

    def read(self, size=-1):
        size = len(self.rest) if size is None or size < 0 else size
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece


def get(program):
    return program.client("s3").get_object(**OBJECT)["Body"]


def send(client):
    return client.send_message(QueueUrl=QUEUE, MessageBody="order")


def streams(program):
    return program.client("kinesis").list_streams()


def select(program):
    """The events one by one: what fails is the reading, not the call."""
    return list(program.impatient("s3").select_object_content(**SELECT)["Payload"])


def upload_from_a_pipe(program):
    config = {"signature_version": UNSIGNED, "request_checksum_calculation": "when_required"}
    return program.client("s3", **config).put_object(**OBJECT, Body=Pipe(), ContentLength=9)


def upload_a_file(program):
    file = program.folder / "report"
    file.write_bytes(b"an object")
    return program.client("s3").upload_file(str(file), *OBJECT.values())


def download_a_file(program):
    config = TransferConfig(use_threads=False)
    return program.client("s3").download_file(*OBJECT.values(), str(program.folder / "report"), Config=config)


def pages(program, service, operation, **parameters):
    return list(program.client(service).get_paginator(operation).paginate(**parameters))


def subscribe(program):
    return program.client("kinesis").subscribe_to_shard(**SHARD, StartingPosition={"Type": "LATEST"})


def reader(kinesis):
    """What a consumer that is there asks for."""
    kinesis.create_stream(StreamName="s", ShardCount=1)
    stream = kinesis.describe_stream(StreamName="s")["StreamDescription"]["StreamARN"]
    consumer = kinesis.register_stream_consumer(StreamARN=stream, ConsumerName="c")["Consumer"]
    return {"ConsumerARN": consumer["ConsumerARN"], "ShardId": "shardId-000000000000"}


def send_as(session, endpoint):
    """A call that needs credentials."""
    return send(session.create_client("sqs", endpoint_url=endpoint))


def call_twice(program):
    """The session that the first call opens is to be renewed for the second."""
    session = program.behind_a_device()
    send_as(session, program.endpoint)
    return send_as(session, program.endpoint)


def send_to(program, scheme="http"):
    return send(program.impatient("sqs", f"{scheme}://127.0.0.1:{program.port}"))


def send_by_proxy(program):
    proxies = {"https": f"http://127.0.0.1:{program.port}"}
    return send(program.impatient("sqs", "https://sqs.us-east-1.amazonaws.com", proxies=proxies))


def use_a_token(program):
    return program.single_sign_on(PAST).get_auth_token().get_frozen_token()


core = botocore.exceptions
PROVOKED = [
    Provoked("client-error", core.ClientError, get),
    Provoked("event-stream-error", core.EventStreamError, select),
    Provoked("endpoint-connection-error", core.EndpointConnectionError, send_to, (5, 3)),
    Provoked("connect-timeout-error", core.ConnectTimeoutError, send_to, (5, 3)),
    Provoked("ssl-error", core.SSLError, lambda p: send_to(p, "https"), (5, 3)),
    Provoked("proxy-connection-error", core.ProxyConnectionError, send_by_proxy, (5, 3)),
    Provoked("connection-closed-error", core.ConnectionClosedError, lambda p: send(p.client("sqs")), (5, 3)),
    Provoked("read-timeout-error", core.ReadTimeoutError, lambda p: send(p.impatient("sqs")), (5, 3)),
    Provoked("http-client-error", core.HTTPClientError, lambda p: send(p.client("sqs")), (1, 3)),
    Provoked("response-streaming-error", core.ResponseStreamingError, lambda p: get(p).read()),
    Provoked("incomplete-read-error", core.IncompleteReadError, lambda p: get(p).read()),
    Provoked("flexible-checksum-error", core.FlexibleChecksumError, lambda p: get(p).read()),
    Provoked(
        "checksum-error",
        core.ChecksumError,
        lambda p: p.client("dynamodb").get_item(TableName="orders", Key={"id": {"S": "a"}}),
        (10, 0),
    ),
    Provoked("unseekable-stream-error", core.UnseekableStreamError, upload_from_a_pipe),
    Provoked("pagination-error", core.PaginationError, lambda p: pages(p, "s3", "list_objects_v2", Bucket="reports")),
    Provoked(
        "param-validation-error",
        core.ParamValidationError,
        lambda p: pages(p, "logs", "describe_log_streams", logGroupName="app"),
    ),
    Provoked(
        "waiter-error", core.WaiterError, lambda p: p.client("s3").get_waiter("object_exists").wait(**OBJECT)
    ),
    Provoked("invalid-region-error", core.InvalidRegionError, get),
    Provoked("no-credentials-error", core.NoCredentialsError, lambda p: send_as(p.instance(), p.endpoint)),
    Provoked(
        "metadata-retrieval-error",
        core.MetadataRetrievalError,
        lambda p: send_as(p.instance(AWS_EC2_METADATA_V1_DISABLED="true"), p.endpoint),
    ),
    Provoked(
        "credential-retrieval-error",
        core.CredentialRetrievalError,
        lambda p: send_as(p.container(), p.endpoint),
        (3, 3),
    ),
    Provoked(
        "endpoint-resolution-error",
        core.EndpointResolutionError,
        lambda p: p.container().create_client("dynamodb").list_tables(),
    ),
    Provoked("refresh-with-mfa-unsupported-error", core.RefreshWithMFAUnsupportedError, call_twice),
    Provoked("token-retrieval-error", core.TokenRetrievalError, use_a_token),
    Provoked(
        "unauthorized-sso-token-error",
        core.UnauthorizedSSOTokenError,
        lambda p: send_as(p.single_sign_on(), p.endpoint),
    ),
    Provoked("login-refresh-required", core.LoginRefreshRequired, lambda p: send_as(p.signed_in(), p.endpoint)),
    Provoked(
        "login-insufficient-permissions",
        core.LoginInsufficientPermissions,
        lambda p: send_as(p.signed_in(), p.endpoint),
    ),
    Provoked("login-error", core.LoginError, lambda p: send_as(p.signed_in(), p.endpoint)),
    Provoked("response-parser-error", botocore.parsers.ResponseParserError, lambda p: p.client("iam").list_users()),
    Provoked("no-initial-response", botocore.parsers.ResponseParserError, subscribe),
    Provoked("attribute-error", AttributeError, streams),
    Provoked("unicode-decode-error", UnicodeDecodeError, streams),
    Provoked("checksum-mismatch", eventstream.ChecksumMismatch, select),
    Provoked("duplicate-header", eventstream.DuplicateHeader, select),
    Provoked("invalid-headers-length", eventstream.InvalidHeadersLength, select),
    Provoked("invalid-payload-length", eventstream.InvalidPayloadLength, select),
    Provoked("protocol-error", urllib3.exceptions.ProtocolError, select),
    Provoked("stalled-event-stream", urllib3.exceptions.ReadTimeoutError, select),
    Provoked("key-error", KeyError, lambda p: send_as(p.container(), p.endpoint)),
    Provoked("runtime-error", RuntimeError, lambda p: send_as(p.container(), p.endpoint)),
    Provoked("s3-upload-failed-error", boto3.exceptions.S3UploadFailedError, upload_a_file),
    Provoked("retries-exceeded-error", boto3.exceptions.RetriesExceededError, download_a_file),
]
