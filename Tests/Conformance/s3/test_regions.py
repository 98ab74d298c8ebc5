# SPDX-License-Identifier: Apache-2.0
"""Buckets that are not where they are asked for: 301, 307 and 400, which botocore follows all three."""

from urllib.parse import urlsplit

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from harness.raw import SCOPE
from harness.resolving import know_localhost

from .asking import code, message

WRONG = "the region 'us-east-1' is wrong; expecting 'eu-west-1'"
DAY = 24 * 3600


def scope(region="us-east-1"):
    """The header that a request signed for a region has."""
    return dict([SCOPE.format("s3").replace("us-east-1", region).strip().split(": ", 1)])


@pytest.fixture
def away(control, client):
    """A client of eu-west-1, and in it a bucket of this name."""
    made = client("s3", region_name="eu-west-1")
    made.create_bucket(Bucket="away", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    made.put_object(Bucket="away", Key="a/k", Body=b"x")
    return made


@pytest.fixture
def by_host(server):
    """`by_host(region, **options)`: a client that names buckets by their own hosts."""
    know_localhost()

    def make(region="us-east-1", host="s3.localhost", **options):
        config = Config(s3={"addressing_style": "virtual"}, retries={"total_max_attempts": 1}, **options)
        return boto3.Session("123456789012", "test", region_name=region).client(
            "s3", endpoint_url=f"http://{host}:{server.address[1]}", config=config)

    return make


def test_a_path_leads_elsewhere(away, ask):
    for host in ("localhost", "s3.us-east-1.amazonaws.com"):
        status, headers, body = ask("GET", "/away/a/k", scope(), host=host)
        assert (status, code(body), headers["x-amz-bucket-region"]) == (301, "PermanentRedirect", "eu-west-1")
        assert b"<Endpoint>away.s3.eu-west-1.amazonaws.com</Endpoint><Bucket>away</Bucket>" in body
    status, headers, body = ask("HEAD", "/away", scope())
    assert (status, headers["x-amz-bucket-region"], body) == (301, "eu-west-1", b"")


def test_the_endpoint_of_another_region(away, ask):
    """By the bucket's host at a region's endpoint it is a permanent redirect too, however old the bucket."""
    status, headers, body = ask("GET", "/a/k", scope("us-west-2"), host="away.s3.us-west-2.amazonaws.com")
    assert (status, code(body), headers["x-amz-bucket-region"]) == (301, "PermanentRedirect", "eu-west-1")


@pytest.mark.parametrize("region", ["me-south-1", "eu-south-2"])
def test_a_region_that_has_to_be_enabled(control, client, ask, region):
    there = client("s3", region_name=region)
    there.create_bucket(Bucket="there", CreateBucketConfiguration={"LocationConstraint": region})
    status, headers, body = ask("GET", "/there", scope())
    assert (status, code(body)) == (400, "IllegalLocationConstraintException")
    assert message(body).startswith(f"The {region} location constraint is incompatible")
    assert headers["x-amz-bucket-region"] == region
    assert client("s3").list_objects_v2(Bucket="there")["KeyCount"] == 0


def test_a_new_bucket_by_its_host(control, away, ask):
    status, headers, body = ask("GET", "/a/k?x=%20", scope(), host="away.s3.localhost:81")
    assert (status, code(body), headers["x-amz-bucket-region"]) == (307, "TemporaryRedirect", "eu-west-1")
    assert headers["location"] == "http://away.s3.eu-west-1.localhost:81/a/k?x=%20"
    assert b"<Endpoint>away.s3.eu-west-1.amazonaws.com</Endpoint><Bucket>away</Bucket>" in body
    away.put_bucket_accelerate_configuration(Bucket="away", AccelerateConfiguration={"Status": "Enabled"})
    status, headers, body = ask("PUT", "/k", scope(), b"y", host="away.s3-accelerate.amazonaws.com")
    assert (status, headers["location"]) == (307, "http://away.s3.eu-west-1.amazonaws.com/k")
    assert ask("GET", "/a/k", scope("eu-west-1"), host="away.s3.eu-west-1.localhost")[::2] == (200, b"x")


def test_an_older_bucket_by_its_host(control, away, ask):
    control.advance(DAY)
    status, headers, body = ask("GET", "/a/k", scope(), host="away.s3.localhost")
    assert (status, code(body), headers["x-amz-bucket-region"]) == (400, "AuthorizationHeaderMalformed", "eu-west-1")
    assert b"<Region>eu-west-1</Region>" in body
    assert message(body) == f"The authorization header is malformed; {WRONG}"
    status, headers, body = ask("HEAD", "/a/k", scope(), host="away.s3.localhost")
    assert (status, headers["x-amz-bucket-region"], body) == (400, "eu-west-1", b"")


def test_a_presigned_url_for_the_wrong_region(control, away, ask, by_host):
    control.advance(DAY)
    signed = by_host(signature_version="s3v4")
    url = signed.generate_presigned_url("get_object", Params={"Bucket": "away", "Key": "a/k"}, ExpiresIn=DAY * 3)
    parts = urlsplit(url)
    status, _, body = ask("GET", f"{parts.path}?{parts.query}", host=parts.netloc)
    assert (status, code(body)) == (400, "AuthorizationQueryParametersError")
    assert message(body) == f"Error parsing the X-Amz-Credential parameter; {WRONG}"
    assert b"<Region>eu-west-1</Region>" in body


def test_a_signature_for_another_region_than_the_endpoint(away, ask):
    for path, host in (("/away/a/k", "s3.eu-west-1.amazonaws.com"), ("/a/k", "away.s3.eu-west-1.localhost")):
        status, _, body = ask("GET", path, scope(), host=host)
        assert (status, code(body)) == (400, "AuthorizationHeaderMalformed")
        assert message(body) == f"The authorization header is malformed; {WRONG}"
        assert b"<Region>eu-west-1</Region>" in body


def test_who_signs_nothing_comes_to_the_bucket(away, ask, by_host):
    assert ask("GET", "/a/k", host="away.s3.localhost")[::2] == (200, b"x")
    anonymous = by_host(signature_version=UNSIGNED)
    assert anonymous.get_object(Bucket="away", Key="a/k")["Body"].read() == b"x"
    status, headers, _ = ask("GET", "/away/a/k")
    assert (status, headers["x-amz-bucket-region"]) == (301, "eu-west-1")


def test_a_site_of_another_region(away, ask):
    away.put_bucket_website(Bucket="away", WebsiteConfiguration={"IndexDocument": {"Suffix": "k"}})
    for host in ("away.s3-website.localhost", "away.s3-website-eu-west-1.amazonaws.com"):
        assert ask("GET", "/a/", host=host)[::2] == (200, b"x")
    status, _, body = ask("GET", "/a/", host="away.s3-website-us-east-1.amazonaws.com")
    assert status == 400 and b"<li>Code: IncorrectEndpoint</li>" in body


@pytest.mark.parametrize("age, status", [(0, 307), (DAY, 400)])
def test_botocore_follows_a_host(control, away, by_host, age, status):
    control.advance(age)
    s3 = by_host()
    s3.put_object(Bucket="away", Key="k", Body=b"y")
    assert away.get_object(Bucket="away", Key="k")["Body"].read() == b"y"
    told = [entry["status"] for entry in control.requests()][-3:]
    assert told == [status, 200, 200]
    for call in (s3.head_object, s3.get_object, s3.delete_object):
        call(Bucket="away", Key="k")


def test_botocore_follows_a_path(away, client):
    client("s3").put_object(Bucket="away", Key="k", Body=b"y")
    assert away.get_object(Bucket="away", Key="k")["Body"].read() == b"y"
