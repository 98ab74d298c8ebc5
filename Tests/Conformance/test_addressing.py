# SPDX-License-Identifier: Apache-2.0
"""How S3 requests name bucket and key: path and host, presigned URLs, percent-encoding; and how uploads are framed."""

import io
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError

from harness import clients
from harness.raw import SCOPE, exchange

KEYS = [
    "plain",
    "with space",
    "with+plus",
    "percent%41",
    "a/b//c",
    "invalid/key/with/问题",
    "tilde~star*",
    "quote'\"",
    "equals=amp&",
    "question?",
    "hash#",
    "dot/../dot",
    "trailing/",
    "\N{GRINNING FACE}",
]


@pytest.fixture
def echo(control):
    """Every S3 call fails and says which bucket and key it was read as."""
    rule = {"match": {"service": "s3", "params": {"Key": {"exists": True}}}}
    control.rules(rule | {"error": {"code": "AccessDenied", "message": "${operation} ${params.Bucket} ${params.Key}"}})
    return control


def said(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Message"]


@pytest.mark.parametrize("key", KEYS)
def test_keys_by_path(echo, client, key):
    assert said(client("s3").get_object, Bucket="orders", Key=key) == f"GetObject orders {key}"


@pytest.mark.parametrize("key", KEYS)
def test_presigned(echo, client, key):
    url = client("s3").generate_presigned_url("get_object", Params={"Bucket": "orders", "Key": key})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url)
    body = caught.value.read().decode()
    assert caught.value.code == 403 and "<Code>AccessDenied</Code>" in body
    assert [entry["operation"] for entry in echo.requests()] == ["GetObject"]
    assert echo.requests()[0]["params"]["Key"] == key


def test_presigned_put(echo, client):
    url = client("s3").generate_presigned_url("put_object", Params={"Bucket": "orders", "Key": "k"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(url, data=b"body", method="PUT"))
    assert b"PutObject orders k" in caught.value.read()


HOSTS = ["orders.localhost", "orders.s3.localhost", "orders.s3.us-east-1.localhost", "my.orders.s3.amazonaws.com"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("port", ["", ":4566"])
def test_virtual_host(echo, server, host, port):
    request = f"GET /a/b%20c HTTP/1.1\r\nHost: {host}{port}\r\n{SCOPE.format('s3')}\r\n"
    answer = exchange(server.address, request)
    bucket = "my.orders" if host.startswith("my.") else "orders"
    assert f"GetObject {bucket} a/b c" in answer.body.decode(), answer


def test_virtual_host_without_a_signature(echo, server):
    answer = exchange(server.address, "GET /k HTTP/1.1\r\nHost: orders.s3.localhost\r\n\r\n")
    assert b"GetObject orders k" in answer.body


def test_a_bucket_called_awry(echo, client):
    """A signed request is always AWS's."""
    assert said(client("s3").get_object, Bucket="_awry", Key="health") == "GetObject _awry health"


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_an_empty_bucket_name(control, server, method):
    """`PUT //file.txt`: a 4xx with S3's error body, never a bucket called file.txt."""
    request = f"{method} //file.txt HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Length: 0\r\n\r\n"
    answer = exchange(server.address, request)
    assert 400 <= answer.status < 500, answer
    assert b"<Error>" in answer.body and answer.header("content-type") == "application/xml"


# Uploads


def test_checksum_in_a_header(control, client):
    control.buckets("orders")
    client("s3").put_object(Bucket="orders", Key="k", Body=b"body", ChecksumAlgorithm="SHA256")
    assert control.requests()[0]["operation"] == "PutObject"


@pytest.mark.parametrize("size", [0, 1, 5, 65536, 300_000])
def test_aws_chunked_with_a_trailer(control, server, size):
    """An upload framed as aws-chunked, its checksum in a trailer: decoded, and the trailer kept apart."""
    import base64
    import zlib

    data = b"x" * size
    pieces = b"".join(
        f"{len(data[at : at + 8192]):x}\r\n".encode() + data[at : at + 8192] + b"\r\n" for at in range(0, size, 8192)
    )
    checksum = base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()
    body = pieces + f"0\r\nx-amz-checksum-crc32:{checksum}\r\n\r\n".encode()
    head = (
        f"PUT /orders/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Encoding: aws-chunked\r\n"
        f"X-Amz-Decoded-Content-Length: {size}\r\nX-Amz-Trailer: x-amz-checksum-crc32\r\n"
        f"X-Amz-Content-SHA256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    control.buckets("orders")
    control.rules({"match": {"service": "s3", "body": {"contains": "checksum"}}, "error": "MalformedXML"})
    answer = exchange(server.address, head.encode() + body)
    assert answer.status == 200, answer


def test_expect_100_continue_by_the_sdk(control, client):
    """botocore asks for leave for file-like bodies; a refusal comes instead of it."""
    control.rules({"match": "s3.PutObject", "error": "SlowDown"})
    body = io.BytesIO(b"x" * 2_000_000)
    with pytest.raises(ClientError, match="SlowDown"):
        client("s3").put_object(Bucket="orders", Key="k", Body=body)


def test_a_custom_host(echo, server):
    """The SDK's own request with another Host: virtual addressing without name resolution."""
    s3 = clients.client(server.endpoint, "s3")

    def rename(request, **_):
        request.headers["Host"] = "orders.s3.localhost"
        request.url = request.url.replace("/orders/", "/")

    s3.meta.events.register("before-send.s3", lambda request, **_: rename(request))
    assert said(s3.get_object, Bucket="orders", Key="k") == "GetObject orders k"
