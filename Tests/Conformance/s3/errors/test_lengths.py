# SPDX-License-Identifier: Apache-2.0
"""Bodies that are not as long as they were said to be."""

from harness.raw import SCOPE, exchange


def test_a_body_that_ends_too_soon(control, client, server):
    s3 = client("s3")
    s3.create_bucket(Bucket="front")
    head = f"PUT /front/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}Content-Encoding: aws-chunked\r\n"
    head += "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nx-amz-decoded-content-length: 9\r\n"
    body = b"3\r\nabc\r\n0\r\n\r\n"
    answer = exchange(server.address, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert answer.status == 400 and b"<Code>IncompleteBody</Code>" in answer.body
    assert s3.list_objects_v2(Bucket="front")["KeyCount"] == 0
