# SPDX-License-Identifier: Apache-2.0
"""An asyncio client (aiobotocore, on aiohttp), with the errors that clients of this kind map to their own tree."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import ClientError

from harness import clients
from harness.control import Control
from harness.server import FIXTURES


@asynccontextmanager
async def s3_client(endpoint, attempts=1):
    retries = {"total_max_attempts": attempts, "mode": "standard"}
    async with get_session().create_client(
        "s3",
        endpoint_url=endpoint,
        region_name=clients.REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=AioConfig(retries=retries, s3={"addressing_style": "path"}),
    ) as made:
        yield made


@pytest.fixture
def loaded(control):
    control.load(FIXTURES / "programs" / "s3-asyncio-client.yaml")
    return control


async def code_and_status(call):
    try:
        await call
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    return None, 200


STATUSES = {
    404: "NoSuchKey",
    403: "AccessDenied",
    400: "InvalidRequest",
    408: "RequestTimeout",
    409: "OperationAborted",
    429: "TooManyRequests",
    500: "InternalError",
    501: "NotImplemented",
    502: "BadGateway",
    503: "SlowDown",
    504: "GatewayTimeout",
}


@pytest.mark.parametrize("status", STATUSES)
def test_each_status(loaded, endpoint, status):
    async def program():
        async with s3_client(endpoint) as s3:
            return await code_and_status(s3.get_object(Bucket="orders", Key=f"status/{status}"))

    assert asyncio.run(program()) == (STATUSES[status], status)


def test_two_failures_and_a_success(loaded, endpoint):
    """A retry wrapper of one's own sees two 503 and then success, in exactly three calls."""

    async def program():
        async with s3_client(endpoint) as s3:
            seen = []
            while len(seen) < 5 and (not seen or seen[-1] != 200):
                seen.append((await code_and_status(s3.put_object(Bucket="orders", Key="flaky/1", Body=b"b")))[1])
            return seen

    assert asyncio.run(program()) == [503, 503, 200]
    assert len(loaded.requests(operation="PutObject")) == 3
    loaded.assert_verified()


def test_some_of_a_batch_fail(loaded, endpoint):
    async def program():
        async with s3_client(endpoint) as s3:
            puts = [s3.put_object(Bucket="orders", Key=f"batch/{n}", Body=b"b") for n in range(10)]
            return await asyncio.gather(*(code_and_status(put) for put in puts))

    failed = [n for n, (code, _) in enumerate(asyncio.run(program())) if code == "InternalError"]
    assert failed == [3, 6, 9]


def test_a_key_in_another_script(loaded, endpoint):
    async def program():
        async with s3_client(endpoint) as s3:
            try:
                await s3.get_object(Bucket="orders", Key="invalid/key/with/问题")
            except s3.exceptions.NoSuchKey as error:
                return error.response["Error"]["Key"]

    assert asyncio.run(program()) == "invalid/key/with/问题"


def test_metadata_survives(loaded, endpoint):
    async def program():
        async with s3_client(endpoint) as s3:
            answer = await s3.get_object(Bucket="orders", Key="described")
            return answer, await answer["Body"].read()

    answer, body = asyncio.run(program())
    assert body == b"0123456789" and answer["ContentLength"] == 10
    assert answer["ContentType"] == "text/x-numbers"
    assert answer["Metadata"] == {"colour": "green", "written-by": "awry"}


def test_a_forbidden_bucket_name(loaded, endpoint):
    async def program():
        async with s3_client(endpoint) as s3:
            return await code_and_status(s3.list_objects_v2(Bucket="myTestBucket"))

    assert asyncio.run(program()) == ("InvalidBucketName", 400)


@pytest.mark.parametrize("service", clients.SERVICES)
def test_every_service_by_name(control, endpoint, service):
    """One modelled error of each service arrives in its class."""
    cases = {
        "s3": ("list_objects_v2", {"Bucket": "orders"}, "NoSuchBucket"),
        "sqs": ("get_queue_url", {"QueueName": "q"}, "QueueDoesNotExist"),
        "kinesis": ("list_streams", {}, "LimitExceededException"),
        "iam": ("get_user", {}, "NoSuchEntityException"),
        "sts": (
            "assume_role",
            {"RoleArn": "arn:aws:iam::1:role/r", "RoleSessionName": "ss"},
            "RegionDisabledException",
        ),
        "cognito-idp": ("global_sign_out", {"AccessToken": "1"}, "NotAuthorizedException"),
        "cognito-identity": ("get_id", {"IdentityPoolId": "us-east-1:0"}, "ResourceNotFoundException"),
    }
    method, parameters, shape = cases[service]
    control.rules({"match": f"{service}.*", "error": shape})

    async def program():
        async with get_session().create_client(
            service,
            endpoint_url=endpoint,
            region_name=clients.REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=AioConfig(retries={"total_max_attempts": 1}),
        ) as made:
            try:
                await getattr(made, method)(**parameters)
            except getattr(made.exceptions, shape):
                return True

    assert asyncio.run(program())


def test_a_second_endpoint_serves(control, endpoint):
    """The primary's calls all fail; the secondary, another sandbox of the same server, serves."""
    control.rules({"match": {"service": "s3", "path": {"startsWith": "/"}}, "error": "ServiceUnavailable"})
    Control(endpoint, "second").buckets("orders")

    async def program():
        async with s3_client(endpoint) as primary, s3_client(endpoint + "/_sandbox/second") as secondary:
            first = await code_and_status(primary.put_object(Bucket="orders", Key="k", Body=b"b"))
            second = await code_and_status(secondary.put_object(Bucket="orders", Key="k", Body=b"b"))
            return first[1], second[1]

    assert asyncio.run(program()) == (503, 200)


def test_a_batch_that_fails_in_part(control, endpoint):
    control.load(FIXTURES / "partial" / "s3-some-keys-denied.yaml")

    async def run():
        async with s3_client(endpoint) as s3:
            objects = [{"Key": "a"}, {"Key": "protected/b"}]
            return await s3.delete_objects(Bucket="reports", Delete={"Objects": objects})

    answer = asyncio.run(run())
    assert [(entry["Key"], entry["Code"]) for entry in answer["Errors"]] == [("protected/b", "AccessDenied")]
    assert [entry["Key"] for entry in answer["Deleted"]] == ["a"]
