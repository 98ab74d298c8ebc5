# SPDX-License-Identifier: Apache-2.0
"""What a fake refuses, as boto3 tells it."""

import pytest
from botocore.exceptions import ClientError


def refused(code: str, call, **parameters) -> str:
    """The message of the error with which a call is refused; its code must be this."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error["Message"]


def told(caught: ClientError) -> tuple[str, int, str]:
    """Code, status and message of an error."""
    error = caught.response["Error"]
    return error["Code"], caught.response["ResponseMetadata"]["HTTPStatusCode"], error["Message"]
