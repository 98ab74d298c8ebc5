# SPDX-License-Identifier: Apache-2.0
"""What tests of objects ask for often."""

from http.client import responses

from harness.checks import raised

# Of HEAD the client sees the status alone.
HEADS = {"head_object", "head_bucket"}


def refused(status, code, call, elements=None, **parameters):
    """The error, whose status, code and elements are as they should be."""
    error = raised(call, **parameters).response
    seen = error["Error"]
    if call.__name__ in HEADS or status == 304:
        assert seen["Code"] == str(status) and seen["Message"] == responses[status], seen
    else:
        assert seen["Code"] == code, seen
        extra = {name: value for name, value in seen.items() if name not in ("Code", "Message")}
        assert elements is None or extra == elements, extra
        assert seen["Message"]
    assert error["ResponseMetadata"]["HTTPStatusCode"] == status, seen
    return error


def body(answer):
    return answer["Body"].read()


def code(body: bytes) -> str:
    """What an error's XML says that it is."""
    return body.split(b"<Code>")[1].split(b"</Code>")[0].decode()


def message(body: bytes) -> str:
    """An error's text, out of its XML."""
    return body.split(b"<Message>")[1].split(b"</Message>")[0].decode().replace("&quot;", '"')
