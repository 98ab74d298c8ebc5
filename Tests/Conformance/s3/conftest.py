# SPDX-License-Identifier: Apache-2.0
"""A client of S3, a clock that stands, and a bucket."""

import pytest


@pytest.fixture
def s3(control, client):
    control.demand("POST", "clock", {"set": "2026-03-01T12:00:00Z", "freeze": True})
    return client("s3", response_checksum_validation="when_required")


@pytest.fixture
def advance(control):
    """Moves the clock on."""
    return lambda span: control.demand("POST", "clock", {"advance": span})


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
