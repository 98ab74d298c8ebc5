# SPDX-License-Identifier: Apache-2.0
"""What must hold of every error that a client of ours raises."""

from http.client import responses

from botocore.exceptions import ClientError

CONTENT_TYPES = {
    "s3": "application/xml",
    "sqs": "application/x-amz-json-1.0",
    "kinesis": "application/x-amz-json-1.1",
    "cognito-idp": "application/x-amz-json-1.1",
    "cognito-identity": "application/x-amz-json-1.1",
    "iam": "text/xml",
    "sts": "text/xml",
}


def raised(call, **parameters) -> ClientError:
    """The error that a call raises; none is a failure."""
    try:
        answer = call(**parameters)
    except ClientError as error:
        return error
    raise AssertionError(f"no error was raised; the answer was {answer}")


def check_metadata(service: str, error: ClientError, status: int, is_head: bool = False) -> None:
    """Status, identifiers, date and content type, as every answer has them."""
    metadata = error.response["ResponseMetadata"]
    headers = metadata["HTTPHeaders"]
    assert metadata["HTTPStatusCode"] == status
    if service == "s3":
        assert metadata["RequestId"] == headers["x-amz-request-id"]
        assert metadata["HostId"] == headers["x-amz-id-2"]
        assert len(metadata["RequestId"]) == 16 and metadata["RequestId"].isalnum()
    else:
        assert metadata["RequestId"] == headers["x-amzn-requestid"]
        assert len(metadata["RequestId"]) == 36
    assert headers["date"].endswith(" GMT")
    if not is_head:
        assert headers["content-type"].split(";")[0] == CONTENT_TYPES[service]


def check_head(error: ClientError, status: int, service: str = "s3") -> None:
    """A HEAD's error has no body: the code is the status, the message its usual reason phrase."""
    assert type(error) is ClientError
    assert error.response["Error"]["Code"] == str(status)
    assert error.response["Error"]["Message"] == responses.get(status, "")
    if status < 500:
        check_metadata(service, error, status, is_head=True)
        return
    # botocore reads no request id from a server error without a body.
    metadata = error.response["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == status and metadata["HTTPHeaders"]["x-amz-request-id"]
