# SPDX-License-Identifier: Apache-2.0
"""Accelerated buckets, requesters who pay, what is too long to be sent, and what empty bodies' headers say."""

import base64
import hashlib

import boto3
import pytest

from harness.clients import config
from harness.raw import SCOPE, exchange

from .asking import body, code, message, refused

GIB = 1 << 30


# The accelerated endpoint


@pytest.mark.parametrize(("status", "text"), [(None, "not configured"), ("Suspended", "disabled"), ("Enabled", None)])
def test_the_accelerated_endpoint_wants_an_accelerated_bucket(s3, bucket, ask, status, text):
    s3.put_object(Bucket=bucket, Key="k", Body=b"abc")
    if status:
        s3.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": status})
    for host in ("s3-accelerate", "s3-accelerate.dualstack"):
        found, _, answer = ask("GET", "/k", host=f"{bucket}.{host}.amazonaws.com")
        if text is None:
            assert (found, answer) == (200, b"abc")
        else:
            assert (found, code(answer)) == (400, "InvalidRequest")
            assert message(answer) == f"S3 Transfer Acceleration is {text} on this bucket"


# Requesters who pay


@pytest.fixture
def theirs(endpoint):
    session = boto3.Session("222222222222", "test", region_name="us-east-1")
    return session.client("s3", endpoint_url=endpoint, config=config(s3={"addressing_style": "path"}))


def test_others_pay_or_get_nothing(s3, bucket, theirs):
    s3.put_object(Bucket=bucket, Key="k", Body=b"abc")
    assert "RequestCharged" not in theirs.get_object(Bucket=bucket, Key="k", RequestPayer="requester")
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})
    refused(403, "AccessDenied", theirs.get_object, Bucket=bucket, Key="k")
    refused(403, "AccessDenied", theirs.list_objects_v2, Bucket=bucket)
    for call, more in ((theirs.get_object, {"Key": "k"}), (theirs.head_object, {"Key": "k"}),
                       (theirs.list_objects_v2, {}), (theirs.put_object, {"Key": "new"}),
                       (theirs.delete_object, {"Key": "new"})):  # fmt: skip
        assert call(Bucket=bucket, RequestPayer="requester", **more)["RequestCharged"] == "requester"
    theirs.create_bucket(Bucket="theirs")
    copy = {"Bucket": "theirs", "Key": "k", "CopySource": f"{bucket}/k"}
    refused(403, "AccessDenied", theirs.copy_object, **copy)
    theirs.copy_object(**copy, RequestPayer="requester")
    mine = s3.get_object(Bucket=bucket, Key="k", RequestPayer="requester")
    assert body(mine) == b"abc" and "RequestCharged" not in mine


# Nobody's overrides


def test_who_signs_nothing_overrides_nothing(s3, bucket, ask):
    s3.put_object(Bucket=bucket, Key="k", Body=b"abc")
    status, _, answer = ask("GET", f"/{bucket}/k?response-content-type=text/html")
    assert (status, code(answer)) == (400, "InvalidRequest")
    assert message(answer) == "Request specific response headers cannot be used for anonymous GET requests."
    assert ask("GET", f"/{bucket}/k")[0] == 200


# Too long


@pytest.mark.parametrize(
    "lines",
    [
        f"Content-Length: {5 * GIB + 1}",
        f"Content-Length: {5 * GIB + 1}\r\nExpect: 100-continue",
        f"Content-Length: {5 * GIB + 90}\r\nx-amz-decoded-content-length: {5 * GIB + 1}",
        f"Content-Length: {7 * GIB}\r\nExpect: 100-continue",
        f"Content-Length: {7 * GIB}\r\nExpect: 100-continue\r\namz-sdk-invocation-id: a",
    ],
)
def test_what_is_too_long_is_refused_from_its_head(s3, bucket, server, lines):
    head = f"PUT /{bucket}/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}{lines}\r\n\r\n"
    answer = exchange(server.address, head.encode())
    assert (answer.status, code(answer.body)) == (400, "EntityTooLarge")
    assert f"<MaxSizeAllowed>{5 * GIB}</MaxSizeAllowed>".encode() in answer.body
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_rules_come_before_that(s3, bucket, server, control):
    control.load({"scenario": "busy", "rules": [{"match": "s3.PutObject", "error": "SlowDown"}]})
    head = f"PUT /{bucket}/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Length: {6 * GIB}\r\n\r\n"
    assert exchange(server.address, head.encode()).status == 503


# What is told of nothing


def md5(data):
    return base64.b64encode(hashlib.md5(data).digest()).decode()


@pytest.mark.parametrize("path", ["/open?acl", "/open/k?acl"])
@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"Content-MD5": md5(b"")}, None),
        ({"Content-MD5": md5(b"x")}, "BadDigest"),
        ({"Content-MD5": "x"}, "InvalidDigest"),
        ({"x-amz-checksum-crc32": "AAAAAA=="}, None),
        ({"x-amz-checksum-crc32": "AAAAAQ=="}, "BadDigest"),
    ],
)
def test_acls_without_a_document_are_checked_all_the_same(s3, ask, path, headers, wanted):
    s3.create_bucket(Bucket="open", ObjectOwnership="ObjectWriter")
    s3.put_object(Bucket="open", Key="k")
    status, _, answer = ask("PUT", path, headers | {"x-amz-acl": "private", "Content-Length": "0"})
    assert (status, code(answer) if wanted else None) == (400 if wanted else 200, wanted), answer
