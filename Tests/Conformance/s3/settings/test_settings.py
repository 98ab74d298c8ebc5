# SPDX-License-Identifier: Apache-2.0
"""Documents that are set for a bucket: each put, given back, taken away, and refused as S3 refuses it."""

import copy

import pytest
from harness.raw import exchange

RULE = {"AllowedMethods": ["GET"], "AllowedOrigins": ["https://*.example.com"]}
TAGS = {"TagSet": [{"Key": "team", "Value": "blue"}, {"Key": "cost centre", "Value": ""}]}
INDEX = {"IndexDocument": {"Suffix": "index.html"}}
SITE = INDEX | {
    "ErrorDocument": {"Key": "error.html"},
    "RoutingRules": [
        {
            "Condition": {"KeyPrefixEquals": "old/", "HttpErrorCodeReturnedEquals": "404"},
            "Redirect": {"ReplaceKeyPrefixWith": "new/", "HttpRedirectCode": "302", "Protocol": "https"},
        }
    ],
}
KMS = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"


def encrypted(**applied):
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": applied, "BucketKeyEnabled": bool(len(applied) > 1)}]}


# What is put, by which member, what comes back in which member (none: the output itself), and the error where nothing
# is set, or what is there without anybody's doing.
DOCUMENTS = {
    "cors": (
        "bucket_cors",
        "CORSConfiguration",
        {"CORSRules": [RULE | {"ID": "a", "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 5}]},
        None,
        "NoSuchCORSConfiguration",
    ),
    "tagging": ("bucket_tagging", "Tagging", TAGS, None, "NoSuchTagSet"),
    "website": ("bucket_website", "WebsiteConfiguration", SITE, None, "NoSuchWebsiteConfiguration"),
    "redirect": (
        "bucket_website",
        "WebsiteConfiguration",
        {"RedirectAllRequestsTo": {"HostName": "example.com", "Protocol": "https"}},
        None,
        "NoSuchWebsiteConfiguration",
    ),
    "encryption": (
        "bucket_encryption",
        "ServerSideEncryptionConfiguration",
        encrypted(SSEAlgorithm="aws:kms", KMSMasterKeyID=KMS),
        "ServerSideEncryptionConfiguration",
        {"ServerSideEncryptionConfiguration": encrypted(SSEAlgorithm="AES256")},
    ),
    "ownership": (
        "bucket_ownership_controls",
        "OwnershipControls",
        {"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
        "OwnershipControls",
        "OwnershipControlsNotFoundError",
    ),
    "public access": (
        "public_access_block",
        "PublicAccessBlockConfiguration",
        {name: name != "IgnorePublicAcls" for name in ("BlockPublicAcls", "IgnorePublicAcls")}
        | {"BlockPublicPolicy": False, "RestrictPublicBuckets": False},
        "PublicAccessBlockConfiguration",
        "NoSuchPublicAccessBlockConfiguration",
    ),
    "accelerate": (
        "bucket_accelerate_configuration", "AccelerateConfiguration", {"Status": "Enabled"}, None, {},
    ),
    "payment": (
        "bucket_request_payment", "RequestPaymentConfiguration", {"Payer": "Requester"}, None, {"Payer": "BucketOwner"},
    ),
    "abac": ("bucket_abac", "AbacStatus", {"Status": "Enabled"}, "AbacStatus", {"AbacStatus": {"Status": "Disabled"}}),
}
DELETED = {"cors", "tagging", "website", "redirect", "encryption", "ownership", "public access"}


def shown(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_put_given_back_and_taken_away(s3, bucket, refused, name):
    noun, member, document, within, missing = DOCUMENTS[name]
    one, get, put = bucket(), getattr(s3, f"get_{noun}"), getattr(s3, f"put_{noun}")

    def is_missing():
        if isinstance(missing, str):
            assert refused(missing, 404, get, Bucket=one)["BucketName"] == one
        else:
            assert shown(get(Bucket=one)) == missing

    if name not in ("ownership", "public access"):
        is_missing()
    put(Bucket=one, **{member: document})
    expected = {within: document} if within else document
    assert shown(get(Bucket=one)) == expected
    for call in (get, put):
        more = {member: document} if call == put else {}
        assert refused("NoSuchBucket", 404, call, Bucket="none", **more)["BucketName"] == "none"
        refused("AccessDenied", 403, call, Bucket=one, ExpectedBucketOwner="999999999999", **more)
    assert shown(get(Bucket=one, ExpectedBucketOwner="123456789012")) == expected
    if name in DELETED:
        # The models call it DeleteBucketWebsite and DeletePublicAccessBlock alike.
        delete = getattr(s3, f"delete_{noun}")
        for _ in range(2):
            assert delete(Bucket=one)["ResponseMetadata"]["HTTPStatusCode"] == 204
        is_missing()
        refused("NoSuchBucket", 404, delete, Bucket="none")


def test_new_buckets_keep_the_public_and_acls_out(s3, bucket):
    one = bucket()
    assert set(s3.get_public_access_block(Bucket=one)["PublicAccessBlockConfiguration"].values()) == {True}
    controls = s3.get_bucket_ownership_controls(Bucket=one)["OwnershipControls"]
    assert controls == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    s3.put_public_access_block(Bucket=one, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    block = s3.get_public_access_block(Bucket=one)["PublicAccessBlockConfiguration"]
    assert [name for name, is_on in block.items() if is_on] == ["BlockPublicAcls"] and len(block) == 4


def test_create_bucket_sets_tags_and_ownership(s3, bucket, refused):
    given = {"Tags": TAGS["TagSet"]}
    s3.create_bucket(Bucket="tagged", CreateBucketConfiguration=given, ObjectOwnership="ObjectWriter")
    assert s3.get_bucket_tagging(Bucket="tagged")["TagSet"] == TAGS["TagSet"]
    controls = s3.get_bucket_ownership_controls(Bucket="tagged")["OwnershipControls"]
    assert controls["Rules"][0]["ObjectOwnership"] == "ObjectWriter"


def cors(**changes):
    return {"CORSRules": [RULE | changes]}


def routed(**changes):
    return INDEX | {"RoutingRules": [{"Redirect": {"HostName": "a"}} | changes]}


def tags(*pairs):
    return {"TagSet": [{"Key": key, "Value": value} for key, value in pairs]}


@pytest.mark.parametrize(
    ("noun", "member", "document", "code", "text"),
    [
        ("bucket_cors", "CORSConfiguration", {"CORSRules": []}, "MalformedXML", "not well-formed"),
        ("bucket_cors", "CORSConfiguration", {"CORSRules": [RULE] * 101}, "MalformedXML", "not well-formed"),
        ("bucket_cors", "CORSConfiguration", cors(AllowedMethods=["PATCH"]), "InvalidRequest", "method is PATCH"),
        ("bucket_cors", "CORSConfiguration", cors(AllowedOrigins=["*.*"]), "InvalidRequest", 'AllowedOrigin "*.*"'),
        ("bucket_cors", "CORSConfiguration", cors(AllowedHeaders=["*a*"]), "InvalidRequest", 'AllowedHeader "*a*"'),
        ("bucket_cors", "CORSConfiguration", cors(ExposeHeaders=["x-*"]), "InvalidRequest", 'ExposeHeader "x-*"'),
        ("bucket_cors", "CORSConfiguration", cors(ID="x" * 256), "MalformedXML", "not well-formed"),
        ("bucket_tagging", "Tagging", tags(("a", "1"), ("a", "2")), "InvalidTag", "multiple Tags with the same key"),
        ("bucket_tagging", "Tagging", tags(("aws:a", "1")), "InvalidTag", "System tags"),
        ("bucket_tagging", "Tagging", tags(("a" * 129, "1")), "InvalidTag", "TagKey"),
        ("bucket_tagging", "Tagging", tags(("a", "1" * 257)), "InvalidTag", "TagValue"),
        ("bucket_tagging", "Tagging", tags(("a", "<1>")), "InvalidTag", "TagValue"),
        ("bucket_tagging", "Tagging", tags(*((f"k{n}", "") for n in range(51))), "BadRequest", "greater than 50"),
        ("bucket_website", "WebsiteConfiguration", {}, "InvalidArgument", "IndexDocument Suffix must be provided"),
        ("bucket_website", "WebsiteConfiguration", {"IndexDocument": {"Suffix": "a/b"}}, "InvalidArgument", "Suffix"),
        (
            "bucket_website",
            "WebsiteConfiguration",
            INDEX | {"RedirectAllRequestsTo": {"HostName": "a"}},
            "InvalidArgument",
            "in conjunction",
        ),
        (
            "bucket_website",
            "WebsiteConfiguration",
            {"RedirectAllRequestsTo": {"HostName": "a", "Protocol": "gopher"}},
            "InvalidRequest",
            "Invalid protocol",
        ),
        (
            "bucket_website",
            "WebsiteConfiguration",
            routed(Redirect={"ReplaceKeyWith": "a", "ReplaceKeyPrefixWith": "b"}),
            "InvalidRequest",
            "not both",
        ),
        ("bucket_website", "WebsiteConfiguration", routed(Condition={}), "InvalidRequest", "Condition cannot be empty"),
        (
            "bucket_website",
            "WebsiteConfiguration",
            routed(Condition={"HttpErrorCodeReturnedEquals": "200"}),
            "InvalidRequest",
            "error code (200)",
        ),
        (
            "bucket_website",
            "WebsiteConfiguration",
            routed(Redirect={"HttpRedirectCode": "404"}),
            "InvalidRequest",
            "redirect code (404)",
        ),
        (
            "bucket_website",
            "WebsiteConfiguration",
            INDEX | {"RoutingRules": [{"Redirect": {"HostName": "a"}}] * 51},
            "MalformedXML",
            "not well-formed",
        ),
        (
            "bucket_encryption",
            "ServerSideEncryptionConfiguration",
            encrypted(SSEAlgorithm="AES256", KMSMasterKeyID=KMS),
            "InvalidArgument",
            "KMSMasterKeyID is not applicable",
        ),
        (
            "bucket_encryption",
            "ServerSideEncryptionConfiguration",
            encrypted(SSEAlgorithm="DES"),
            "MalformedXML",
            "not well-formed",
        ),
        ("bucket_encryption", "ServerSideEncryptionConfiguration", {"Rules": []}, "MalformedXML", "not well-formed"),
        ("bucket_ownership_controls", "OwnershipControls", {"Rules": []}, "MalformedXML", "not well-formed"),
        (
            "bucket_ownership_controls",
            "OwnershipControls",
            {"Rules": [{"ObjectOwnership": "Mine"}]},
            "MalformedXML",
            "not well-formed",
        ),
        ("bucket_accelerate_configuration", "AccelerateConfiguration", {}, "MalformedXML", "not well-formed"),
        ("bucket_accelerate_configuration", "AccelerateConfiguration", {"Status": "On"}, "MalformedXML", ""),
        ("bucket_request_payment", "RequestPaymentConfiguration", {"Payer": "Me"}, "MalformedXML", "not well-formed"),
        ("bucket_abac", "AbacStatus", {"Status": "On"}, "MalformedXML", "not well-formed"),
        ("public_access_block", "PublicAccessBlockConfiguration", {}, "MalformedXML", "not well-formed"),
    ],
)
def test_a_document_is_refused(s3, bucket, refused, noun, member, document, code, text):
    put = getattr(s3, f"put_{noun}")
    error = refused(code, 400, put, Bucket=bucket(), **{member: copy.deepcopy(document)})
    assert text in error["Message"]
    if code == "InvalidArgument":
        assert error["ArgumentName"]


def test_a_bucket_with_periods_is_not_accelerated(s3, bucket, refused):
    status = {"AccelerateConfiguration": {"Status": "Enabled"}}
    error = refused("InvalidRequest", 400, s3.put_bucket_accelerate_configuration, Bucket=bucket("a.b.c"), **status)
    assert "periods" in error["Message"]


def test_logs_go_to_a_bucket_beside(s3, bucket, elsewhere, refused):
    one, logs, far = bucket(), bucket("logs"), bucket("far", "eu-west-1")
    elsewhere(account="222222222222").create_bucket(Bucket="theirs")
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=one)
    enabled = {"TargetBucket": logs, "TargetPrefix": "one/"}

    def put(**changes):
        s3.put_bucket_logging(Bucket=one, BucketLoggingStatus={"LoggingEnabled": enabled | changes})

    put(TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "EventTime"}})
    got = s3.get_bucket_logging(Bucket=one)["LoggingEnabled"]
    assert got["TargetBucket"] == logs and "PartitionedPrefix" in got["TargetObjectKeyFormat"]
    error = refused("InvalidTargetBucketForLogging", 400, put, TargetBucket="none")
    assert error["TargetBucket"] == "none"
    assert "same" in refused("InvalidTargetBucketForLogging", 400, put, TargetBucket="theirs")["Message"]
    error = refused("CrossLocationLoggingProhibitted", 403, put, TargetBucket=far)
    assert error["TargetBucketLocation"] == "eu-west-1"
    grant = {"Grantee": {"Type": "CanonicalUser", "ID": "a" * 64}, "Permission": "READ"}
    refused("InvalidArgument", 400, put, TargetGrants=[grant])
    s3.put_bucket_logging(Bucket=one, BucketLoggingStatus={})
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=one)


def test_a_body_must_be_the_schemas(s3, bucket, server):
    one = bucket()
    scope = "Credential=123456789012/20260301/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    for body in (b"", b"<CORSConfiguration", b"<Other/>", b"<CORSConfiguration><Rule/></CORSConfiguration>"):
        head = f"PUT /{one}?cors HTTP/1.1\r\nHost: s3\r\nAuthorization: AWS4-HMAC-SHA256 {scope}\r\n"
        answer = exchange(server.address, head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert answer.status == 400, body
        expected = b"MissingRequestBodyError" if not body else b"MalformedXML"
        assert expected in answer.body, (body, answer.body)
