# SPDX-License-Identifier: Apache-2.0
"""What tests of user pools ask for often."""

import pytest
from botocore.exceptions import ClientError


def refused(call, code, message=None, **parameters):
    """The refusal of a call, whose class, status and words are as they should be."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value
    assert error.response["Error"]["Code"] == code, error
    assert type(error).__name__.removesuffix("Exception") in (code.removesuffix("Exception"), "ClientError")
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    if message is not None:
        assert error.response["Error"]["Message"] == message
    return error


def attributes(user):
    """The attributes of an answer, by name."""
    listed = user.get("UserAttributes", user.get("Attributes"))
    return {each["Name"]: each["Value"] for each in listed}
