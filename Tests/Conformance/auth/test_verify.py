# SPDX-License-Identifier: Apache-2.0
"""--auth verify: right signatures pass, wrong ones meet each service's own error."""

import urllib.error
import urllib.request

import boto3
import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ROOT = "123456789012"
SIGNATURE, TOKEN = "The request signature we calculated does not match", "The security token included in the request"
CALLS = {
    "sqs": ("list_queues", {}, "SignatureDoesNotMatch", "InvalidClientTokenId", "MissingAuthenticationToken", 403),
    "kinesis": (
        "list_streams",
        {},
        "InvalidSignatureException",
        "UnrecognizedClientException",
        "MissingAuthenticationTokenException",
        400,
    ),
    "cognito-idp": (
        "list_user_pools",
        {"MaxResults": 1},
        "InvalidSignatureException",
        "UnrecognizedClientException",
        "MissingAuthenticationTokenException",
        400,
    ),
    "iam": ("list_users", {}, "SignatureDoesNotMatch", "InvalidClientTokenId", "MissingAuthenticationToken", 403),
    "sts": (
        "get_caller_identity",
        {},
        "SignatureDoesNotMatch",
        "InvalidClientTokenId",
        "MissingAuthenticationToken",
        403,
    ),
    "s3": ("list_buckets", {}, "SignatureDoesNotMatch", "InvalidAccessKeyId", "AccessDenied", 403),
    "lambda": (
        "list_functions",
        {},
        "InvalidSignatureException",
        "UnrecognizedClientException",
        None,
        403,
    ),
}


@pytest.fixture
def verifying(control):
    control.demand("PUT", "scenarios/verifying", {"scenario": "verifying", "options": {"auth": "verify"}})


@pytest.fixture
def signed(endpoint, verifying):
    def make(service, key=ROOT, secret="test", token=None, region="us-east-1", **config):
        return boto3.client(
            service,
            endpoint_url=endpoint,
            region_name=region,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, **config),
        )

    return make


def refused(call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response


@pytest.mark.parametrize("service", CALLS)
def test_each_service_words_its_refusals(signed, service):
    name, parameters, mismatch, unknown, unsigned, status = CALLS[service]
    getattr(signed(service), name)(**parameters)
    answer = refused(getattr(signed(service, secret="other"), name), **parameters)
    assert answer["Error"]["Code"] == mismatch and answer["Error"]["Message"].startswith(SIGNATURE)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    answer = refused(getattr(signed(service, key="AKIANOBODYKNOWSTHIS1"), name), **parameters)
    assert answer["Error"]["Code"] == unknown and answer["ResponseMetadata"]["HTTPStatusCode"] == status
    if unsigned:
        client = signed(service, signature_version=botocore.UNSIGNED)
        assert refused(getattr(client, name), **parameters)["Error"]["Code"] == unsigned


def test_s3_shows_what_it_signed(signed):
    error = refused(signed("s3", secret="other").list_buckets)["Error"]
    assert error["AWSAccessKeyId"] == ROOT and error["StringToSign"].startswith("AWS4-HMAC-SHA256\n")
    assert error["CanonicalRequest"].startswith("GET\n/\n\nhost:")
    assert bytes.fromhex(error["CanonicalRequestBytes"]).decode() == error["CanonicalRequest"]
    assert bytes.fromhex(error["StringToSignBytes"]).decode() == error["StringToSign"]
    assert len(error["SignatureProvided"]) == 64


@pytest.mark.parametrize("key", ["a b/ü+%~'()!*", "//a//b/../c", "a=b&c;d:e@f", "plain"])
def test_paths_are_signed_as_s3_does(signed, key):
    s3 = signed("s3")
    s3.create_bucket(Bucket="verified")
    s3.put_object(Bucket="verified", Key=key, Body=b"x" * 70_000)
    assert s3.get_object(Bucket="verified", Key=key)["Body"].read() == b"x" * 70_000
    assert [one["Key"] for one in s3.list_objects_v2(Bucket="verified", Prefix=key)["Contents"]] == [key]


def test_other_paths_are_encoded_twice(signed):
    arn = "arn:aws:lambda:us-east-1:123456789012:function:x"
    assert signed("lambda").get_function(FunctionName=arn)["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_presigned_urls(signed, version):
    s3 = signed("s3")
    s3.create_bucket(Bucket="presigned")
    s3.put_object(Bucket="presigned", Key="k/ü", Body=b"here")
    signer = signed("s3", signature_version=version)
    url = signer.generate_presigned_url("get_object", Params={"Bucket": "presigned", "Key": "k/ü"})
    assert urllib.request.urlopen(url).read() == b"here"
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url.replace("presigned", "presignee"))
    assert caught.value.status == 403 and b"SignatureDoesNotMatch" in caught.value.read()


def test_a_presigned_url_ends_by_the_sandbox_s_clock(signed, control):
    s3 = signed("s3", signature_version="s3v4")
    url = s3.generate_presigned_url("list_buckets", ExpiresIn=60)
    assert urllib.request.urlopen(url).status == 200
    control.advance("61s")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url)
    assert b"Request has expired" in caught.value.read()


def test_a_skewed_clock(signed, control):
    rule = {"match": "*.*", "clockSkew": "20m"}
    control.demand("POST", "rules", rule)
    answer = refused(signed("s3").list_buckets)
    assert answer["Error"]["Code"] == "RequestTimeTooSkewed"
    assert answer["Error"]["MaxAllowedSkewMilliseconds"] == "900000"
    error = refused(signed("iam").list_users)["Error"]
    assert error["Code"] == "SignatureDoesNotMatch" and error["Message"].startswith("Signature expired: ")
    error = refused(signed("kinesis").list_streams)["Error"]
    assert error["Code"] == "InvalidSignatureException" and " is now earlier than " in error["Message"]


def test_a_wrong_scope(signed):
    s3 = signed("s3", region="us-east-1")
    elsewhere = {"region": "No_Region"}
    s3.meta.events.register("before-sign.s3.*", lambda request, **_: request.context.update(signing=elsewhere))
    error = refused(s3.list_buckets)["Error"]
    assert error["Code"] == "AuthorizationHeaderMalformed" and "the region 'No_Region' is wrong" in error["Message"]


def test_a_body_that_is_not_what_was_signed(signed):
    s3 = signed("s3", request_checksum_calculation="when_required")

    def swap(request, **_):
        request.body = b"other"

    s3.create_bucket(Bucket="swapped")
    s3.meta.events.register("before-send.s3.PutObject", swap)
    error = refused(s3.put_object, Bucket="swapped", Key="k", Body=b"first")["Error"]
    assert error["Code"] == "XAmzContentSHA256Mismatch"
    sqs = signed("sqs")

    def rename(request, **_):
        request.body = request.body.replace(b'"q"', b'"r"')

    sqs.meta.events.register("before-send.sqs.CreateQueue", rename)
    assert refused(sqs.create_queue, QueueName="q")["Error"]["Code"] == "SignatureDoesNotMatch"
