# SPDX-License-Identifier: Apache-2.0
"""What tests of identity pools ask for often."""

import pytest
from botocore.exceptions import ClientError


def refused(call, code, message=None, **parameters):
    """The refusal of a call, whose class, status and words are as they should be."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value
    assert error.response["Error"]["Code"] == code, error
    assert type(error).__name__ in (code, "ClientError")
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    if message is not None:
        assert error.response["Error"]["Message"] == message
    return error
