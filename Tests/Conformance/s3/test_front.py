# SPDX-License-Identifier: Apache-2.0
"""S3's front end, where it is not just operations: other origins, web sites, expiring URLs, browsers' uploads."""

import base64
import hashlib
import json
from urllib.parse import urlsplit

import pytest
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from harness.raw import SCOPE

from .asking import code, message


@pytest.fixture
def s3(control, client):
    made = client("s3")
    made.create_bucket(Bucket="front")
    return made


# Other origins

RULES = [
    {
        "AllowedOrigins": ["https://*.example.com", "http://here"],
        "AllowedMethods": ["GET", "PUT"],
        "AllowedHeaders": ["x-amz-*", "Content-Type"],
        "ExposeHeaders": ["ETag", "x-amz-request-id"],
        "MaxAgeSeconds": 30,
    },
    {"AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]},
]


def preflight(ask, origin, method, headers=None, path="/front/k"):
    more = {"Access-Control-Request-Headers": headers} if headers else {}
    return ask("OPTIONS", path, {"Origin": origin, "Access-Control-Request-Method": method} | more)


def test_preflight_allowed(s3, ask):
    s3.put_bucket_cors(Bucket="front", CORSConfiguration={"CORSRules": RULES})
    status, headers, body = preflight(ask, "https://a.example.com", "PUT", "X-Amz-Date, content-type")
    assert (status, body) == (200, b"")
    assert headers["access-control-allow-origin"] == "https://a.example.com"
    assert headers["access-control-allow-methods"] == "GET, PUT"
    assert headers["access-control-allow-headers"] == "x-amz-date, content-type"
    assert headers["access-control-expose-headers"] == "ETag, x-amz-request-id"
    assert headers["access-control-max-age"] == "30"
    assert headers["access-control-allow-credentials"] == "true"
    assert headers["vary"] == "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
    status, headers, _ = preflight(ask, "https://other", "HEAD")
    assert (status, headers["access-control-allow-origin"]) == (200, "*")
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(
    "origin, method, headers",
    [("https://example.com", "GET", None), ("http://here", "DELETE", None), ("http://here", "PUT", "authorization")],
)

def test_preflight_refused(s3, ask, origin, method, headers):
    s3.put_bucket_cors(Bucket="front", CORSConfiguration={"CORSRules": RULES})
    status, _, body = preflight(ask, origin, method, headers)
    assert (status, code(body)) == (403, "AccessForbidden")
    assert message(body).startswith("CORSResponse: This CORS request is not allowed.")
    assert f"<Method>{method}</Method><ResourceType>OBJECT</ResourceType>".encode() in body


def test_preflight_without_rules(s3, ask):
    status, _, body = preflight(ask, "http://here", "GET")
    assert (status, message(body)) == (403, "CORSResponse: CORS is not enabled for this bucket.")
    status, _, body = preflight(ask, "http://here", "GET", path="/nowhere")
    assert (status, message(body)) == (403, "CORSResponse: Bucket not found")
    status, _, body = ask("OPTIONS", "/front/k", {"Access-Control-Request-Method": "GET"})
    assert (status, code(body)) == (400, "BadRequest")
    status, _, body = ask("OPTIONS", "/front/k", {"Origin": "http://here"})
    assert (status, message(body)) == (400, "Invalid Access-Control-Request-Method: null")


def test_actual_requests_show_what_a_rule_lets_them(s3, ask):
    s3.put_bucket_cors(Bucket="front", CORSConfiguration={"CORSRules": RULES})
    for path, status in (("/front/none", 404), ("/front?location", 200)):
        seen, headers, _ = ask("GET", path, {"Origin": "http://here"})
        assert (seen, headers["access-control-allow-origin"]) == (status, "http://here")
    _, headers, _ = ask("GET", "/front?location", {"Origin": "http://there"})
    assert not [name for name in headers if name.startswith("access-control")]
    _, headers, _ = ask("GET", "/front?location")
    assert not [name for name in headers if name.startswith("access-control")]


# Web sites

SITE = "front.s3-website.localhost"


@pytest.fixture
def site(s3):
    s3.put_object(Bucket="front", Key="index.html", Body=b"<home>", ContentType="text/html")
    s3.put_object(Bucket="front", Key="docs/index.html", Body=b"<docs>", ContentType="text/html")
    s3.put_object(Bucket="front", Key="error.html", Body=b"<sorry>", ContentType="text/html")
    s3.put_object(Bucket="front", Key="moved", Body=b"", WebsiteRedirectLocation="/docs/")
    rules = [
        {
            "Condition": {"KeyPrefixEquals": "old/"},
            "Redirect": {"ReplaceKeyPrefixWith": "docs/", "HttpRedirectCode": "302"},
        },
        {
            "Condition": {"HttpErrorCodeReturnedEquals": "404", "KeyPrefixEquals": "away/"},
            "Redirect": {"HostName": "example.com", "Protocol": "https", "ReplaceKeyWith": "gone now"},
        },
    ]
    s3.put_bucket_website(
        Bucket="front",
        WebsiteConfiguration={
            "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}, "RoutingRules": rules,
        },
    )
    return s3


@pytest.mark.parametrize(
    "host", [SITE, "front.s3-website-us-east-1.amazonaws.com", "front.s3-website.us-east-1.localhost"])
def test_index_documents(site, ask, host):
    for path, page in (("/", b"<home>"), ("/docs/", b"<docs>"), ("/docs/index.html", b"<docs>")):
        status, headers, body = ask("GET", path, host=host)
        assert (status, headers["content-type"], body) == (200, "text/html", page)
    status, headers, body = ask("HEAD", "/", host=host)
    assert (status, headers["content-length"], body) == (200, "6", b"")


def test_redirects_of_a_site(site, ask):
    for path, status, target in (
        ("/docs", 302, "/docs/"),
        ("/moved", 301, "/docs/"),
        ("/old/a?b=c", 302, f"http://{SITE}/docs/a"),
        ("/away/x", 301, "https://example.com/gone%20now"),
    ):
        seen, headers, _ = ask("GET", path, host=SITE)
        assert (seen, headers["location"]) == (status, target)


def test_errors_of_a_site(site, ask):
    assert ask("GET", "/none", host=SITE)[::2] == (404, b"<sorry>")
    site.delete_object(Bucket="front", Key="error.html")
    status, headers, body = ask("GET", "/a<b", host=SITE)
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"<li>Code: NoSuchKey</li>" in body and b"<li>Key: a&lt;b</li>" in body
    status, _, body = ask("PUT", "/x", body=b"x", host=SITE)
    assert status == 405 and b"<li>Code: MethodNotAllowed</li>" in body
    site.delete_bucket_website(Bucket="front")
    status, _, body = ask("GET", "/", host=SITE)
    assert status == 404 and b"<li>Code: NoSuchWebsiteConfiguration</li>" in body
    status, _, body = ask("GET", "/", host="nobody.s3-website.localhost")
    assert status == 404 and b"<li>BucketName: nobody</li>" in body


def test_a_site_that_is_elsewhere(s3, ask):
    target = {"HostName": "example.com", "Protocol": "https"}
    s3.put_bucket_website(Bucket="front", WebsiteConfiguration={"RedirectAllRequestsTo": target})
    status, headers, _ = ask("GET", "/a/b", host=SITE)
    assert (status, headers["location"]) == (301, "https://example.com/a/b")


# URLs that expire


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_a_presigned_url_expires(s3, control, client, ask, version):
    s3.put_object(Bucket="front", Key="k", Body=b"x")
    url = client("s3", signature_version=version).generate_presigned_url(
        "get_object", Params={"Bucket": "front", "Key": "k"}, ExpiresIn=60)
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}"
    assert ask("GET", path)[::2] == (200, b"x")
    control.advance(3600)
    status, _, body = ask("GET", path)
    assert (status, code(body), message(body)) == (403, "AccessDenied", "Request has expired")
    elements = [b"<Expires>", b"<ServerTime>"] + ([b"<X-Amz-Expires>60<"] if version == "s3v4" else [])
    assert all(element in body for element in elements)


@pytest.mark.parametrize(
    "query, status, text",
    [
        ("X-Amz-Credential=a%2F20260301%2Fus-east-1%2Fs3%2Faws4_request", 400, "Query-string authentication version 4"),
        ("X-Amz-Expires=x", 400, "X-Amz-Expires should be a number"),
        ("X-Amz-Expires=-1", 400, "X-Amz-Expires must be non-negative"),
        ("X-Amz-Expires=604801", 400, "X-Amz-Expires must be less than a week"),
        ("X-Amz-Date=x", 400, "X-Amz-Date must be in the ISO8601 Long Format"),
        ("AWSAccessKeyId=a&Expires=x&Signature=s", 403, "Invalid date (should be seconds since epoch): x"),
        ("AWSAccessKeyId=a", 403, "Query-string authentication requires the Signature, Expires and AWSAccessKeyId"),
    ],
)

def test_presigned_urls_that_are_none(s3, ask, query, status, text):
    name = query.split("=")[0]
    whole = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": "a/20260301/us-east-1/s3/aws4_request",
        "X-Amz-Date": "20260301T120000Z", "X-Amz-Expires": "60", "X-Amz-SignedHeaders": "host", "X-Amz-Signature": "0",
    }
    if name in ("X-Amz-Expires", "X-Amz-Date"):
        query = "&".join([f"{key}={value}" for key, value in whole.items() if key != name] + [query])
    seen, _, body = ask("GET", f"/front/k?{query}")
    assert (seen, message(body)[: len(text)]) == (status, text)


# Browsers' uploads


def form(fields, data=b"1234", name="a b.txt", file="file"):
    """The body and the headers of a form with a file."""
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    if file:
        head = f'Content-Disposition: form-data; name="{file}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        parts.append(head.encode() + data)
    body = b"".join(b"--xx\r\n" + part + b"\r\n" for part in parts) + b"--xx--\r\n"
    return body, {"Content-Type": "multipart/form-data; boundary=xx"}


def post(ask, fields, *arguments, **options):
    body, headers = form(fields, *arguments, **options)
    return ask("POST", "/front", headers, body)


def test_an_upload(s3, ask):
    signed = s3.generate_presigned_post(
        "front", "up/${filename}",
        Fields={"x-amz-meta-a": "b", "acl": "bucket-owner-full-control"},
        Conditions=[
            {"x-amz-meta-a": "b"}, {"acl": "bucket-owner-full-control"}, ["starts-with", "$Content-Type", "text/"],
        ],
    )
    data = b"\r\n--x" * 400_000 + b"\r\n"
    status, headers, body = post(ask, signed["fields"] | {"Content-Type": "text/css"}, data)
    assert status == 204, body
    assert headers["etag"].strip('"') == hashlib.md5(data).hexdigest()
    assert headers["location"].endswith("/front/up%2Fa%20b.txt")
    found = s3.get_object(Bucket="front", Key="up/a b.txt")
    assert (found["Body"].read(), found["ContentType"], found["Metadata"]) == (data, "text/css", {"a": "b"})


@pytest.mark.parametrize("wish, status", [("200", 200), ("201", 201), ("204", 204), ("500", 204)])
def test_the_status_of_an_upload(s3, ask, wish, status):
    seen, headers, body = post(ask, {"key": "k", "success_action_status": wish})
    assert seen == status
    if status == 201:
        assert b"<PostResponse><Location>" in body and b"<Bucket>front</Bucket><Key>k</Key><ETag>" in body
    else:
        assert body == b""


def test_where_an_upload_leads(s3, ask):
    seen, headers, _ = post(ask, {"key": "k", "success_action_redirect": "http://here/done?a=b"})
    tag = hashlib.md5(b"1234").hexdigest()
    assert (seen, headers["location"]) == (303, f"http://here/done?a=b&bucket=front&key=k&etag=%22{tag}%22")


def policy(*conditions, end="2126-03-01T12:00:00.000Z"):
    text = json.dumps({"expiration": end, "conditions": [{"bucket": "front"}, *conditions]})
    return base64.b64encode(text.encode()).decode()


REFUSED = [
    ({"policy": policy({"key": "other"})}, 403,
     'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "other"]'),
    ({"policy": policy(["starts-with", "$key", "a/"])}, 403,
     'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "a/"]'),
    ({"policy": policy({"key": "k"}, end="2006-03-01T12:00:00Z")}, 403, "Invalid according to Policy: Policy expired."),
    ({"policy": policy({"key": "k"}), "acl": "private"}, 403, "Invalid according to Policy: Extra input fields: acl"),
    ({"policy": policy({"key": "k"}), "x-ignore-me": "1"}, 204, None),
    ({"policy": policy({"key": "k"}, ["content-length-range", 0, 3])}, 400,
     "Your proposed upload exceeds the maximum allowed size"),
    ({"policy": policy({"key": "k"}, ["content-length-range", 5, 9])}, 400,
     "Your proposed upload is smaller than the minimum allowed size"),
    ({"policy": policy({"key": "k"}, ["content-length-range", 4, 4])}, 204, None),
    ({"policy": "e30="}, 400, "Invalid Policy: Policy missing expiration."),
    ({"policy": "!"}, 400, "Invalid Policy: Invalid JSON."),
    ({"policy": policy(["like", "$key", "k"])}, 400, "Invalid Policy: Invalid Condition operation: like."),
]


@pytest.mark.parametrize("fields, status, text", REFUSED, ids=range(len(REFUSED)))
def test_policies(s3, ask, fields, status, text):
    seen, _, body = post(ask, {"key": "k"} | fields)
    assert (seen, message(body) if body else None) == (status, text)


@pytest.mark.parametrize("fields, file", [({}, "file"), ({"key": "k"}, None)])
def test_forms_that_lack_something(s3, ask, fields, file):
    status, _, body = post(ask, fields, file=file)
    assert (status, code(body)) == (400, "InvalidArgument")


def test_forms_that_are_none(s3, ask):
    cut = form({"key": "k"})[0][:-8]
    for body, kind in ((b"junk", "; boundary=xx"), (b"--xx\r\njunk", ""), (cut, "; boundary=xx")):
        status, _, said = ask("POST", "/front", {"Content-Type": "multipart/form-data" + kind}, body)
        assert (status, code(said)) == (400, "MalformedPOSTRequest")
    status, _, said = post(ask, {"key": "k", "x-amz-meta-a": "x" * 70_000})
    assert (status, code(said)) == (400, "MaxPostPreDataLengthExceededError")


# The rest


def test_an_empty_bucket_name(s3, ask):
    status, headers, body = ask("PUT", "//file.txt", body=b"x")
    assert (status, code(body)) == (400, "InvalidBucketName") and headers["x-amz-request-id"]
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["front"]


def test_what_a_put_must_say(s3, server):
    from harness.raw import exchange

    answer = exchange(server.address, f"PUT /front/k HTTP/1.1\r\nHost: localhost\r\n{SCOPE.format('s3')}\r\n")
    assert (answer.status, code(answer.body)) == (411, "MissingContentLength")


def test_expected_owner(s3):
    s3.get_bucket_location(Bucket="front", ExpectedBucketOwner="123456789012")
    with pytest.raises(ClientError) as caught:
        s3.put_object(Bucket="front", Key="k", Body=b"", ExpectedBucketOwner="000000000000")
    assert caught.value.response["Error"]["Code"] == "AccessDenied"


def test_unsigned_and_older_signatures(s3, client):
    client("s3", signature_version="s3").put_object(Bucket="front", Key="k", Body=b"x")
    assert client("s3", signature_version=UNSIGNED).get_object(Bucket="front", Key="k")["Body"].read() == b"x"


def test_heads_have_no_body(s3, ask):
    status, headers, body = ask("HEAD", "/front/none", dict([SCOPE.format("s3").strip().split(": ", 1)]))
    assert (status, body) == (404, b"") and headers["x-amz-request-id"] and headers["x-amz-id-2"]
    put = s3.put_object(Bucket="front", Key="k", Body=b"x")
    status, headers, body = ask("GET", "/front/k", {"If-None-Match": put["ETag"]})
    assert (status, headers["etag"], body) == (304, put["ETag"], b"")
