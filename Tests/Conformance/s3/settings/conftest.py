# SPDX-License-Identifier: Apache-2.0
"""What tests of S3's settings share."""

import boto3
import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def s3(control, client):
    control.freeze()
    return client("s3")


@pytest.fixture
def bucket(s3):
    """Makes a bucket and gives its name."""

    def make(name="one", region=None, versioned=False, **more):
        if region:
            more["CreateBucketConfiguration"] = {"LocationConstraint": region}
        s3.create_bucket(Bucket=name, **more)
        if versioned:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    return make


@pytest.fixture
def elsewhere(endpoint):
    """A client of another account or region."""

    def make(service="s3", account="123456789012", region="us-east-1"):
        from harness.clients import config

        made = boto3.Session(account, "test", region_name=region)
        options = {"s3": {"addressing_style": "path"}} if service == "s3" else {}
        return made.client(service, endpoint_url=endpoint, config=config(**options))

    return make


@pytest.fixture
def refused():
    """Calls, and gives the error with which the call is refused, once code and status are right."""

    def check(code, status, call, **parameters):
        with pytest.raises(ClientError) as caught:
            call(**parameters)
        error = caught.value.response
        assert (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]) == (code, status), error
        return error["Error"]

    return check
