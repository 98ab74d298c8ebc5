# SPDX-License-Identifier: Apache-2.0
"""Who may do what with a bucket: access lists, and policies."""

import json

import pytest

ALL = "http://acs.amazonaws.com/groups/global/AllUsers"
SIGNED_IN = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
STRANGER = "ab" * 32
BLOCK = {"BlockPublicAcls": True}


@pytest.fixture
def open_bucket(s3, bucket):
    """A bucket with access lists, which may let the public in."""

    def make(name="one", ownership="ObjectWriter", block=False):
        bucket(name, ObjectOwnership=ownership)
        if not block:
            s3.delete_public_access_block(Bucket=name)
        return name

    return make


def grants(answer):
    owner = answer["Owner"]["ID"]
    assert len(owner) == 64
    whom = [grant["Grantee"].get("ID") or grant["Grantee"].get("URI") for grant in answer["Grants"]]
    permissions = [grant["Permission"] for grant in answer["Grants"]]
    return [("owner" if name == owner else name, permission) for name, permission in zip(whom, permissions)]


WHOLE = ("owner", "FULL_CONTROL")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("private", [WHOLE]),
        ("public-read", [WHOLE, (ALL, "READ")]),
        ("public-read-write", [WHOLE, (ALL, "READ"), (ALL, "WRITE")]),
        ("authenticated-read", [WHOLE, (SIGNED_IN, "READ")]),
        ("log-delivery-write", [WHOLE, (LOGS, "WRITE"), (LOGS, "READ_ACP")]),
    ],
)

def test_names_stand_for_grants(s3, open_bucket, name, expected):
    one = open_bucket()
    s3.put_bucket_acl(Bucket=one, ACL=name)
    assert grants(s3.get_bucket_acl(Bucket=one)) == expected


def test_grants_come_in_headers_and_in_documents(s3, open_bucket):
    one = open_bucket()
    s3.put_bucket_acl(Bucket=one, GrantRead=f'uri="{ALL}", id="{STRANGER}"', GrantWriteACP=f"id={STRANGER}")
    expected = [(ALL, "READ"), (STRANGER, "READ"), (STRANGER, "WRITE_ACP")]
    answer = s3.get_bucket_acl(Bucket=one)
    assert grants(answer) == expected
    policy = {"Owner": answer["Owner"], "Grants": answer["Grants"][1:]}
    s3.put_bucket_acl(Bucket=one, AccessControlPolicy=policy)
    assert grants(s3.get_bucket_acl(Bucket=one)) == expected[1:]


NOBODY = {"Type": "CanonicalUser", "ID": "x"}


def document(owner=STRANGER, **grant):
    grantee = {"Type": "CanonicalUser", "ID": STRANGER}
    return {"Owner": {"ID": owner}, "Grants": [{"Grantee": grantee, "Permission": "READ"} | grant]}


@pytest.mark.parametrize(
    ("asked", "code", "status"),
    [
        ({}, "MissingSecurityHeader", 400),
        ({"ACL": "mine"}, "InvalidArgument", 400),
        ({"ACL": "private", "GrantRead": f"id={STRANGER}"}, "InvalidRequest", 400),
        ({"ACL": "private", "AccessControlPolicy": document()}, "UnexpectedContent", 400),
        ({"GrantRead": f"name={STRANGER}"}, "InvalidArgument", 400),
        ({"GrantRead": "id"}, "InvalidArgument", 400),
        ({"GrantRead": "id=12"}, "InvalidArgument", 400),
        ({"GrantRead": "uri=http://example.com/"}, "InvalidArgument", 400),
        ({"GrantRead": "emailAddress=a@example.com"}, "MethodNotAllowed", 405),
        ({"AccessControlPolicy": {"Grants": []}}, "MalformedACLError", 400),
        ({"AccessControlPolicy": document(Permission="ALL")}, "MalformedACLError", 400),
        ({"AccessControlPolicy": document()}, "AccessDenied", 403),
        ({"AccessControlPolicy": document("x")}, "InvalidArgument", 400),
        ({"AccessControlPolicy": document("own", Grantee={"Type": "Group", "URI": "x"})}, "InvalidArgument", 400),
        ({"AccessControlPolicy": document("own", Grantee=NOBODY)}, "InvalidArgument", 400),
    ],
)

def test_access_is_refused(s3, open_bucket, refused, asked, code, status):
    one = open_bucket()
    if asked.get("AccessControlPolicy", {}).get("Owner", {}).get("ID") == "own":
        policy = asked["AccessControlPolicy"] | {"Owner": s3.get_bucket_acl(Bucket=one)["Owner"]}
        asked = {"AccessControlPolicy": policy}
    error = refused(code, status, s3.put_bucket_acl, Bucket=one, **asked)
    if code == "MissingSecurityHeader":
        assert error["MissingHeaderName"] == "x-amz-acl"
    assert grants(s3.get_bucket_acl(Bucket=one)) == [WHOLE]


def test_settings_bar_access_lists(s3, bucket, open_bucket, refused):
    one = bucket("enforced")
    refused("AccessControlListNotSupported", 400, s3.put_bucket_acl, Bucket=one, ACL="private")
    blocked = open_bucket("blocked", block=True)
    refused("AccessDenied", 403, s3.put_bucket_acl, Bucket=blocked, ACL="public-read")
    s3.put_bucket_acl(Bucket=blocked, GrantRead=f"id={STRANGER}")
    create = s3.create_bucket
    refused("InvalidBucketAclWithObjectOwnership", 400, create, Bucket="two", ACL="public-read")
    refused(
        "InvalidBucketAclWithBlockPublicAccessError",
        400,
        create,
        Bucket="two",
        ACL="public-read",
        ObjectOwnership="ObjectWriter",
    )
    create(Bucket="two", ACL="private")
    # Who has shared a bucket must take that back first.
    controls = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    put = s3.put_bucket_ownership_controls
    refused("InvalidBucketAclWithObjectOwnership", 400, put, Bucket=blocked, OwnershipControls=controls)
    s3.put_bucket_acl(Bucket=blocked, ACL="private")
    put(Bucket=blocked, OwnershipControls=controls)
    for call in (s3.get_bucket_acl, s3.put_bucket_acl):
        refused("NoSuchBucket", 404, call, Bucket="none", **({"ACL": "private"} if call == s3.put_bucket_acl else {}))


def statement(**changes):
    usual = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::one/*",
    }
    return {key: value for key, value in (usual | changes).items() if value is not None}


def policy(*statements, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)} | more)


def test_a_policy_is_kept_as_it_was_put(s3, bucket, refused):
    one = bucket()
    for call in (s3.get_bucket_policy, s3.get_bucket_policy_status):
        assert refused("NoSuchBucketPolicy", 404, call, Bucket=one)["BucketName"] == one
        refused("NoSuchBucket", 404, call, Bucket="none")
    text = policy(statement(), statement(Effect="Deny", Principal="*", Action=["s3:*"], Resource=["arn:aws:s3:::one"]))
    s3.put_bucket_policy(Bucket=one, Policy=text)
    assert s3.get_bucket_policy(Bucket=one)["Policy"] == text
    assert s3.get_bucket_policy_status(Bucket=one)["PolicyStatus"] == {"IsPublic": False}
    for _ in range(2):
        s3.delete_bucket_policy(Bucket=one)
    refused("NoSuchBucketPolicy", 404, s3.get_bucket_policy, Bucket=one)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing", "Policies must be valid JSON and the first byte must be '{'"),
        ("[]", "Policies must be valid JSON and the first byte must be '{'"),
        ("{}", "Missing required field Statement"),
        (policy(), "Missing required field Statement"),
        (policy(statement(), Version="2020-01-01"), "The policy must contain a valid version string"),
        (policy(statement(Effect=None)), "Missing required field Effect"),
        (policy(statement(Effect="Maybe")), "Invalid effect: Maybe"),
        (policy(statement(Principal=None)), "Missing required field Principal"),
        (policy(statement(Principal={"AWS": "nobody"})), "Invalid principal in policy"),
        (policy(statement(Principal={"Person": "me"})), "Invalid principal in policy"),
        (policy(statement(Action=None)), "Missing required field Action"),
        (policy(statement(Action="sqs:SendMessage")), "Policy has invalid action"),
        (policy(statement(Resource=None)), "Missing required field Resource"),
        (policy(statement(Resource="arn:aws:s3:::other/*")), "Policy has invalid resource"),
        (policy(statement(Else=1)), "Unknown field Else"),
        (policy(statement(Condition={"StringEqual": {"aws:x": "a"}})), "Invalid Condition type : StringEqual"),
        (policy(statement(Sid="a"), statement(Sid="a")), "Statement IDs (SID) in a single policy must be unique."),
        (policy(statement(Sid="x" * 20480)), "Normalized policy document exceeds the maximum allowed size of 20480"),
    ],
)

def test_a_policy_is_refused(s3, bucket, refused, text, message):
    error = refused("MalformedPolicy", 400, s3.put_bucket_policy, Bucket=bucket(), Policy=text)
    assert message in error["Message"]


@pytest.mark.parametrize(
    ("changes", "is_public"),
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": None, "NotPrincipal": {"AWS": "123456789012"}}, True),
        ({"Principal": "*", "Effect": "Deny"}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}}, True),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "arn:*"}}}, True),
        ({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        ({}, False),
    ],
)

def test_public_policies_are_seen_and_barred(s3, bucket, refused, changes, is_public):
    one, text = bucket(), policy(statement(**changes))
    if is_public:
        refused("AccessDenied", 403, s3.put_bucket_policy, Bucket=one, Policy=text)
    s3.delete_public_access_block(Bucket=one)
    s3.put_bucket_policy(Bucket=one, Policy=text)
    assert s3.get_bucket_policy_status(Bucket=one)["PolicyStatus"] == {"IsPublic": is_public}
