# SPDX-License-Identifier: Apache-2.0
"""pyarrow's S3 file system: the AWS SDK for C++."""

import pytest

fs = pytest.importorskip("pyarrow.fs")


@pytest.fixture
def files(server):
    host, port = server.address
    strategy = fs.AwsStandardS3RetryStrategy(max_attempts=1)
    return fs.S3FileSystem(
        access_key="test",
        secret_key="test",
        region="us-east-1",
        scheme="http",
        endpoint_override=f"{host}:{port}",
        retry_strategy=strategy,
        connect_timeout=5,
        request_timeout=10,
    )


def read(files):
    with files.open_input_stream("orders/reports/2026.csv") as stream:
        return stream.read()


def write(files):
    with files.open_output_stream("orders/reports/2026.csv") as stream:
        stream.write(b"written")


# HEAD answers have no body: the C++ SDK tells them by status.
HEAD_ERRORS = [("NoSuchKey", FileNotFoundError, None), ("AccessDenied", OSError, "ACCESS_DENIED")]


@pytest.mark.parametrize("code,kind,said", HEAD_ERRORS)
def test_opening_what_cannot_be_read(control, files, code, kind, said):
    control.rules({"match": "s3.*Object", "error": code})
    with pytest.raises(kind, match=said):
        read(files)


ERRORS = [
    ("AccessDenied", "ACCESS_DENIED", "Access Denied"),
    ("NoSuchBucket", "NO_SUCH_BUCKET", "The specified bucket does not exist"),
    ("SlowDown", "SLOW_DOWN", "Please reduce your request rate"),
    ("InternalError", "INTERNAL_FAILURE|UNKNOWN", "We encountered an internal error"),
    ("InvalidAccessKeyId", "INVALID_ACCESS_KEY_ID", "The AWS Access Key Id you provided does not exist"),
    ("SignatureDoesNotMatch", "SIGNATURE_DOES_NOT_MATCH", "The request signature we calculated does not match"),
    ("RequestTimeTooSkewed", "REQUEST_TIME_TOO_SKEWED", "The difference between the request time"),
    ("ServiceUnavailable", "SERVICE_UNAVAILABLE", ""),
    ("InvalidBucketName", "UNKNOWN", "InvalidBucketName|not valid"),
]


@pytest.mark.parametrize("code,kind,message", ERRORS)
def test_writing(control, files, code, kind, message):
    """The code by the SDK's own name for it, and AWS's message."""
    control.rules({"match": {"service": "s3", "operation": ["PutObject", "CreateMultipartUpload"]}, "error": code})
    with pytest.raises(OSError) as caught:
        write(files)
    text = str(caught.value)
    assert any(name in text for name in kind.split("|")), text
    assert any(name in text for name in message.split("|")), text


def test_listing(control, files):
    control.rules({"match": "s3.ListObjectsV2", "error": "AccessDenied"})
    with pytest.raises(OSError, match="ACCESS_DENIED"):
        files.get_file_info(fs.FileSelector("orders"))


def test_reading_what_is_scripted(control, files):
    head = {"ContentLength": 10}
    control.rules(
        {"match": "s3.HeadObject", "respond": head},
        {
            "match": "s3.GetObject",
            "raw": {"status": 206, "headers": {"Content-Range": "bytes 0-9/10"}, "body": "0123456789"},
        },
    )
    assert read(files) == b"0123456789"
