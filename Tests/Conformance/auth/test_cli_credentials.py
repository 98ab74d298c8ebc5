# SPDX-License-Identifier: Apache-2.0
"""Credentials that do not hold, by the AWS command line: the whole line that it prints, for each way in which a service
words it (program 10)."""

import json
import urllib.error
import urllib.request

import pytest

from .asking import document, statement, told

# What is asked of each service, and the operation that the command line names.
ASKED = {
    "sts": ("sts get-caller-identity", "GetCallerIdentity"),
    "iam": ("iam get-user", "GetUser"),
    "sqs": ("sqs list-queues", "ListQueues"),
    "s3": ("s3api list-buckets", "ListBuckets"),
    "kinesis": ("kinesis list-streams", "ListStreams"),
    "cognito-idp": ("cognito-idp list-user-pools --max-results 1", "ListUserPools"),
    "cognito-identity": ("cognito-identity list-identity-pools --max-results 1", "ListIdentityPools"),
}
QUERY, JSON = ("sts", "iam", "sqs"), ("kinesis", "cognito-idp", "cognito-identity")
INVALID = "The security token included in the request is invalid."
EXPIRED = "The security token included in the request is expired"
MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
UNKNOWN = "The AWS Access Key Id you provided does not exist in our records."
LINES = {
    "unknown": {
        QUERY: ("InvalidClientTokenId", INVALID),
        JSON: ("UnrecognizedClientException", INVALID),
        ("s3",): ("InvalidAccessKeyId", UNKNOWN),
    },
    "secret": {
        QUERY: ("SignatureDoesNotMatch", MISMATCH),
        JSON: ("InvalidSignatureException", MISMATCH),
        ("s3",): (
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and "
            "signing method.",
        ),
    },
    "stale": {
        QUERY: ("InvalidClientTokenId", INVALID),
        JSON: ("UnrecognizedClientException", INVALID),
        ("s3",): ("InvalidToken", "The provided token is malformed or otherwise invalid."),
    },
    "expired": {
        QUERY: ("ExpiredToken", EXPIRED),
        JSON: ("ExpiredTokenException", EXPIRED),
        ("s3",): ("ExpiredToken", "The provided token has expired."),
    },
}


@pytest.fixture
def worker(make, user):
    """A user who may do all, and a role that it may assume."""
    trust = {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}
    role = make("iam").create_role(RoleName="worker", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    make("iam").put_role_policy(RoleName="worker", PolicyName="all", PolicyDocument=document(statement()))
    return user("worker", statement()), role


def cause(name, aws, worker, control):
    """Credentials that fail in this way."""
    key, role = worker
    if name == "unknown":
        return key | {"AccessKeyId": "AKIANOBODYKNOWSTHIS1"}
    if name == "secret":
        return key | {"SecretAccessKey": "other"}
    if name == "stale":
        return key | {"SessionToken": "stale"}
    given = aws(key, "sts", "assume-role", "--role-arn", role, "--role-session-name", "one")
    session = json.loads(given.stdout)["Credentials"]
    assert aws(session, "sts", "get-caller-identity").returncode == 0
    control.advance("3601s")
    return session


@pytest.mark.parametrize("name", LINES)
def test_credentials_that_do_not_hold(name, aws, worker, control):
    key = cause(name, aws, worker, control)
    for services, (code, message) in LINES[name].items():
        # What is wrong with a token is looked at in one place for all of a kind.
        for service in services[:1] if name in ("stale", "expired") else services:
            command, operation = ASKED[service]
            assert told(aws(key, *command.split()), code, operation) == message, service


def test_a_stale_session_in_the_environment_hides_a_role(aws, worker, control, endpoint, tmp_path):
    """What a shell still exports goes before the profile; without it the profile's role is assumed."""
    key, role = worker
    stale = cause("expired", aws, worker, control)
    config = tmp_path / ".aws"
    config.mkdir()
    (config / "config").write_text(f"[default]\nrole_arn = {role}\nsource_profile = people\n")
    (config / "credentials").write_text(
        f"[people]\naws_access_key_id = {key['AccessKeyId']}\naws_secret_access_key = {key['SecretAccessKey']}\n"
    )
    there = {"AWS_ENDPOINT_URL": endpoint}
    who = ("sts", "get-caller-identity")
    assert told(aws(stale, *who, **there), "ExpiredToken", "GetCallerIdentity") == EXPIRED
    found = json.loads(aws(None, *who, **there).stdout)["Arn"]
    assert found.startswith("arn:aws:sts::123456789012:assumed-role/worker/")


def test_the_wrong_region(aws, worker, make, control):
    """The command line is told the right region, and goes there; a link that it signed cannot."""
    key, _ = worker
    there = make("s3", region="eu-west-1")
    there.create_bucket(Bucket="far", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    there.put_object(Bucket="far", Key="k", Body=b"x")
    done = aws(key, "s3api", "head-object", "--bucket", "far", "--key", "k")
    assert done.returncode == 0 and json.loads(done.stdout)["ContentLength"] == 1
    asked = control.requests(service="s3", operation="HeadObject")
    assert [(one["region"], one["status"]) for one in asked] == [("us-east-1", 301), ("eu-west-1", 200)]
    link = aws(key, "s3", "presign", "s3://far/k").stdout.strip()
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(link)
    assert (caught.value.code, caught.value.headers["x-amz-bucket-region"]) == (301, "eu-west-1")
