# SPDX-License-Identifier: Apache-2.0
"""What clients make of broken conversations: boto3, the AWS command line, and the C++ SDK through pyarrow."""

import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    FlexibleChecksumError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from botocore.parsers import ResponseParserError

from harness import clients
from harness.commandline import aws
from harness.control import Control
from harness.server import Server

CUT = ("truncate", "resetMidBody", "stall", "badChunk")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    state = tmp_path_factory.mktemp("state")
    running = Server("--tls", XDG_STATE_HOME=str(state))
    running.authority = str(state / "awry/ca.pem")
    yield running
    assert running.stop() in (0, None), "\n".join(running.lines[-20:])


@pytest.fixture(scope="module")
def bare_control(server):
    return Control(server.endpoint)


@pytest.fixture(params=["http", "https"])
def boto(request, server):
    """A client with one attempt and a short patience, over plain HTTP and over TLS."""
    endpoint = server.endpoint.replace("127.0.0.1", "localhost").replace("http:", request.param + ":")
    config = Config(retries={"total_max_attempts": 1}, read_timeout=1, s3={"addressing_style": "path"})
    return lambda service: clients.session().client(
        service, endpoint_url=endpoint, verify=getattr(server, "authority", None), config=config
    )


def break_all(control, fault: str) -> None:
    control.rules({"match": "*.*", "connection": {"fault": fault, "after": 20} if fault in CUT else fault})


CALLS = {
    "s3.ListBuckets": lambda boto: boto("s3").list_buckets(),
    "s3.GetObject": lambda boto: boto("s3").get_object(Bucket="b-1", Key="k")["Body"].read(),
    "kinesis.ListStreams": lambda boto: boto("kinesis").list_streams(),
    "iam.ListUsers": lambda boto: boto("iam").list_users(),
}
CLOSED, SLOW, CUT_STREAM = ConnectionClosedError, ReadTimeoutError, ResponseStreamingError
# For each fault, in the order of the calls: the exception, or None where botocore notices nothing.
BOTO3 = {
    "reset": [CLOSED, CLOSED, CLOSED, CLOSED],
    "close": [CLOSED, CLOSED, CLOSED, CLOSED],
    "closeMidHeaders": [None, None, None, ResponseParserError],
    "truncate": [CLOSED, CUT_STREAM, CLOSED, CLOSED],
    "resetMidBody": [CLOSED, CUT_STREAM, CLOSED, CLOSED],
    "stall": [SLOW, SLOW, SLOW, SLOW],
    "blackhole": [SLOW, SLOW, SLOW, SLOW],
    "garbage": [CLOSED, CLOSED, CLOSED, CLOSED],
    "badChunk": [CLOSED, CUT_STREAM, CLOSED, CLOSED],
    # An object's checksum stays in its header.
    "badXml": [ClientError, FlexibleChecksumError, None, ResponseParserError],
    "badJson": [ClientError, FlexibleChecksumError, None, ResponseParserError],
}


@pytest.mark.parametrize("fault", BOTO3)
@pytest.mark.parametrize("call", CALLS)
def test_boto3(control, boto, fault, call):
    control.buckets("b-1", objects={"k": "content " * 20})
    break_all(control, fault)
    expected = BOTO3[fault][list(CALLS).index(call)]
    if expected is None:
        CALLS[call](boto)
        return
    with pytest.raises(expected) as caught:
        CALLS[call](boto)
    assert type(caught.value) is expected
    if expected is ClientError:
        # S3 answers 200 before it knows; botocore takes what it cannot read for a 500.
        assert caught.value.response["Error"]["Code"] == "500"


def test_boto3_retries(control, server, sleeps):
    """Each fault once, and the call succeeds: five attempts are botocore's usual."""
    faults = ["reset", "close", "truncate", "garbage"]
    control.rules({"match": "kinesis.*", "sequence": [{"connection": fault} for fault in faults]})
    clients.session().client("kinesis", endpoint_url=server.endpoint).list_streams()
    assert [entry["fault"] for entry in control.requests()] == [*faults, None]
    assert [entry["attempt"] for entry in control.requests()] == [1, 2, 3, 4, 5]
    control.assert_verified({"match": "kinesis.ListStreams", "calls": 1, "attempts": 5, "ends": "success"})


NO_ANSWER = "Connection was closed before we received a valid response"
COMMAND_LINE = {
    "reset": NO_ANSWER,
    "close": NO_ANSWER,
    "closeMidHeaders": None,
    "truncate": NO_ANSWER,
    "resetMidBody": NO_ANSWER,
    "stall": "Read timeout on endpoint URL",
    "blackhole": "Read timeout on endpoint URL",
    "garbage": NO_ANSWER,
    "badChunk": NO_ANSWER,
    "badXml": "An error occurred (500) when calling the ListBuckets operation",
}


@pytest.mark.parametrize("fault", COMMAND_LINE)
def test_command_line(control, server, tmp_path, fault):
    break_all(control, fault)
    run = aws(server.endpoint, tmp_path, "--cli-read-timeout", "1", "s3api", "list-buckets")
    if COMMAND_LINE[fault] is None:
        assert run.returncode == 0, run.stderr
    else:
        assert run.returncode in (254, 255) and COMMAND_LINE[fault] in run.stderr


# libcurl's number for what went wrong; the last two are the SDK's own words.
PYARROW = {
    "reset": "curlCode: 56",
    "close": "curlCode: 52",
    "truncate": "curlCode: 18",
    "resetMidBody": "curlCode: 56",
    "stall": "curlCode: 28",
    "blackhole": "curlCode: 28",
    "garbage": "curlCode: 8|curlCode: 1,",
    "badChunk": "curlCode: 56",
    "closeMidHeaders": "No response body",
    "badXml": "INTERNAL_FAILURE",
}


@pytest.mark.parametrize("fault", PYARROW)
def test_pyarrow(control, server, fault):
    fs = pytest.importorskip("pyarrow.fs")
    host, port = server.address
    files = fs.S3FileSystem(
        access_key="test",
        secret_key="test",
        region="us-east-1",
        scheme="http",
        endpoint_override=f"{host}:{port}",
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=1),
        connect_timeout=5,
        request_timeout=1,
    )
    connection = {"fault": fault, "after": 20} if fault in CUT else fault
    control.rules(
        {"match": "s3.HeadObject", "respond": {"ContentLength": 40}},
        {"match": "s3.GetObject", "connection": connection},
    )
    with pytest.raises(OSError, match=PYARROW[fault]), files.open_input_stream("orders/key") as stream:
        stream.read()
