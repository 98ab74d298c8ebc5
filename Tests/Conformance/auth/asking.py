# SPDX-License-Identifier: Apache-2.0
"""Policies and callers of tests of rights."""

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT, OTHER = "123456789012", "444455556666"
BECAUSE = "because no identity-based policy allows the {} action"


def statement(effect="Allow", action="*", resource="*", **more):
    made = {"Effect": effect, "Action": action, "Resource": resource} | more
    return {name: value for name, value in made.items() if value is not None}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def client_of(endpoint, service, credentials=None, account=ACCOUNT, region="us-east-1", **config):
    """A client that signs with these credentials; with the account's root's where there are none."""
    credentials = credentials or {"AccessKeyId": account, "SecretAccessKey": "test"}
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials.get("SessionToken"),
        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, **config),
    )


def refused(call, **parameters):
    """The error of a call that is refused."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value


def denied(call, **parameters):
    """The message of a call that is denied."""
    error = refused(call, **parameters).response["Error"]
    assert error["Code"] in ("AccessDenied", "AccessDeniedException"), error
    return error["Message"]


# Version 2's status, and version 1's as PyPI has it.
REFUSED = (254, 255)


def told(done, code, operation):
    """The message of what the command line was refused."""
    assert done.returncode in REFUSED, done
    start = f"An error occurred ({code}) when calling the {operation} operation: "
    assert done.stderr.strip().startswith(start), done.stderr
    return done.stderr.strip().removeprefix(start)
