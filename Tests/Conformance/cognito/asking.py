# SPDX-License-Identifier: Apache-2.0
"""What tests of user pools ask for often."""

import base64
import hashlib
import hmac
import struct

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


def one_time(secret, moment):
    """The password that an authenticator with this secret shows at a moment."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    start = digest[19] & 15
    return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"
