# SPDX-License-Identifier: Apache-2.0
"""A client of S3, a clock that stands, and a bucket."""

from http.client import HTTPConnection

import pytest


@pytest.fixture
def s3(control, client):
    control.freeze()
    return client("s3", response_checksum_validation="when_required")


@pytest.fixture
def advance(control):
    """Moves the clock on."""
    return control.advance


@pytest.fixture
def bucket(s3):
    s3.create_bucket(Bucket="reports")
    return "reports"


@pytest.fixture
def versioned(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return bucket


@pytest.fixture
def locked(s3):
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    return "locked"


@pytest.fixture
def ask(server):
    """`ask(method, path, headers, body, host)`: status, headers in lower case and body of what a browser would get."""

    def exchange(method, path, headers=None, body=None, host="localhost"):
        connection = HTTPConnection(*server.address, timeout=10)
        connection.request(method, path, body, {"Host": host} | (headers or {}))
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    return exchange
