# SPDX-License-Identifier: Apache-2.0
"""Condition keys of single services, each where it lets a call pass and where it does not."""

import urllib.error
import urllib.request

import boto3
import botocore
import pytest
from botocore.config import Config

from .asking import ACCOUNT, BECAUSE, denied, document, refused, statement

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
RED = [{"Key": "team", "Value": "red"}]
READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def when(action, operator, **keys):
    """A statement that allows an action under a condition."""
    return statement(action=action, Condition={operator: keys})


@pytest.fixture
def bounded(make):
    """A policy that bounds users and roles, and a user and a role that it bounds."""
    iam = make("iam")
    allowed = document(statement(action=["s3:*", "iam:*"]))
    arn = iam.create_policy(PolicyName="bound", PolicyDocument=allowed)["Policy"]["Arn"]
    trust = document({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"})
    for name, boundary in (("bounded", {"PermissionsBoundary": arn}), ("free", {})):
        iam.create_user(UserName=name, **boundary)
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust, **boundary)
    return arn


def test_who_may_only_make_what_is_bounded(make, user, bounded):
    """What people delegate by: the boundary that a call brings, or that of whom it changes."""
    changes = ["CreateUser", "AttachUserPolicy", "PutRolePolicy", "DeleteRolePermissionsBoundary"]
    rights = {"StringEquals": {"iam:PermissionsBoundary": bounded}}
    iam = make("iam", user("boss", statement(action=[f"iam:{name}" for name in changes], Condition=rights)))
    denied(iam.create_user, UserName="new")
    iam.create_user(UserName="new", PermissionsBoundary=bounded)
    iam.attach_user_policy(UserName="bounded", PolicyArn=ADMINISTRATOR)
    denied(iam.attach_user_policy, UserName="free", PolicyArn=ADMINISTRATOR)
    inline = {"PolicyName": "own", "PolicyDocument": document(statement())}
    iam.put_role_policy(RoleName="bounded", **inline)
    denied(iam.put_role_policy, RoleName="free", **inline)
    iam.delete_role_permissions_boundary(RoleName="bounded")
    denied(iam.put_role_policy, RoleName="bounded", **inline)


def test_tags_of_what_iam_keeps(make, user, bounded):
    iam = make("iam")
    iam.tag_user(UserName="bounded", Tags=RED)
    iam.tag_role(RoleName="bounded", Tags=RED)
    iam.tag_policy(PolicyArn=bounded, Tags=RED)
    for number, key in enumerate(("iam:ResourceTag/team", "aws:ResourceTag/team")):
        own = make("iam", user(f"red{number}", when("iam:Get*", "StringEquals", **{key: "red"})))
        own.get_user(UserName="bounded")
        own.get_role(RoleName="bounded")
        own.get_policy(PolicyArn=bounded)
        denied(own.get_user, UserName="free")
        denied(own.get_role, RoleName="free")


def test_which_policy_is_attached(make, user, bounded):
    iam = make("iam", user("attach", when("iam:AttachRolePolicy", "ArnEquals", **{"iam:PolicyARN": READ_ONLY})))
    iam.attach_role_policy(RoleName="free", PolicyArn=READ_ONLY)
    denied(iam.attach_role_policy, RoleName="free", PolicyArn=ADMINISTRATOR)


def test_tags_of_queues(make, user):
    root = make("sqs")
    made = (("a", {"team": "red"}), ("b", {}))
    urls = [root.create_queue(QueueName=name, tags=tags)["QueueUrl"] for name, tags in made]
    own = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    key = user("red", statement(action="sqs:*", Condition=own))
    make("iam").tag_user(UserName="red", Tags=RED)
    sqs = make("sqs", key)
    sqs.send_message(QueueUrl=urls[0], MessageBody="m")
    denied(sqs.send_message, QueueUrl=urls[1], MessageBody="m")


MADE = [
    ("iam", "create_user", {"UserName": "new", "Tags": RED}, "iam:TagUser", "iam:TagUser"),
    ("sqs", "create_queue", {"QueueName": "new", "tags": {"team": "red"}}, "sqs:TagQueue", "sqs:tagqueue"),
    ("kinesis", "create_stream", {"StreamName": "new", "ShardCount": 1, "Tags": {"team": "red"}},
     "kinesis:AddTagsToStream", "kinesis:AddTagsToStream"),
    ("cognito-idp", "create_user_pool", {"PoolName": "new", "UserPoolTags": {"team": "red"}},
     "cognito-idp:TagResource", "cognito-idp:TagResource"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "call", "given", "action", "told"), MADE, ids=[row[1] for row in MADE])
def test_making_with_tags_takes_another_right(make, user, service, call, given, action, told):
    create = f"{service}:{''.join(part.title() for part in call.split('_'))}"
    client = make(service, user("maker", statement(action=create)))
    assert denied(getattr(client, call), **given).endswith(BECAUSE.format(told))
    client = make(service, user("tagger", statement(action=[create, action])))
    getattr(client, call)(**given)


def test_roles_that_are_passed_on(make, user, bounded):
    role = f"arn:aws:iam::{ACCOUNT}:role/free"
    idp = make("cognito-idp", user("pools", statement(action="cognito-idp:*")))
    message = denied(idp.create_user_pool, PoolName="p", SmsConfiguration={"SnsCallerArn": role, "ExternalId": "x"})
    assert message.endswith(f"iam:PassRole on resource: {role} {BECAUSE.format('iam:PassRole')}")
    pool = idp.create_user_pool(PoolName="p")["UserPool"]["Id"]
    denied(idp.create_group, UserPoolId=pool, GroupName="g", RoleArn=role)
    idp.create_group(UserPoolId=pool, GroupName="g")


@pytest.fixture
def bucket(make):
    s3 = make("s3")
    s3.create_bucket(Bucket="asked")
    s3.put_object(Bucket="asked", Key="k", Body=b"x")
    return {"Bucket": "asked"}


def opened(url):
    try:
        return urllib.request.urlopen(url).status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_age_of_a_signature(make, user, bucket, control):
    control.demand("POST", "clock", {"freeze": True})
    old = {"NumericGreaterThan": {"s3:signatureAge": "60000"}}
    key = user("reader", statement(action="s3:*"), statement("Deny", "s3:*", Condition=old))
    s3 = make("s3", key, signature_version="s3v4")
    url = s3.generate_presigned_url("get_object", Params=bucket | {"Key": "k"}, ExpiresIn=3600)
    assert opened(url) == 200
    control.advance("2m")
    assert opened(url) == 403
    s3.get_object(**bucket, Key="k")


def test_the_version_of_a_signature(make, user, bucket):
    former = {"StringEquals": {"s3:signatureversion": "AWS"}}
    key = user("reader", statement(action="s3:*"), statement("Deny", "s3:*", Condition=former))
    for version, status in (("s3", 403), ("s3v4", 200)):
        client = make("s3", key, signature_version=version)
        assert opened(client.generate_presigned_url("get_object", Params=bucket | {"Key": "k"})) == status


def test_what_a_put_must_say(make, user, bucket):
    own = {"Null": {"s3:if-none-match": "true"}, "Bool": {"s3:ObjectCreationOperation": "true"}}
    key = user("writer", statement(action="s3:*"), statement("Deny", "s3:PutObject", Condition=own))
    s3 = make("s3", key)
    denied(s3.put_object, **bucket, Key="new", Body=b"")
    s3.put_object(**bucket, Key="new", Body=b"", IfNoneMatch="*")
    s3.create_multipart_upload(**bucket, Key="parts")
    keys = {"ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": ["team"]}}
    s3 = make("s3", user("tagger", statement(action=["s3:PutObject", "s3:PutObjectTagging"], Condition=keys)))
    s3.put_object(**bucket, Key="tagged", Body=b"", Tagging="team=red")
    denied(s3.put_object, **bucket, Key="tagged", Body=b"", Tagging="team=red&x=y")


@pytest.mark.parametrize(("key", "value"), [("aws:PrincipalType", "Anonymous"), ("aws:userid", "anonymous")])
def test_nobody_s_keys(make, bucket, endpoint, key, value):
    make("s3").delete_public_access_block(**bucket)
    allowed = statement(action="s3:GetObject", resource="arn:aws:s3:::asked/*", Principal="*",
                        Condition={"StringEquals": {key: value}})  # fmt: skip
    make("s3").put_bucket_policy(**bucket, Policy=document(allowed))
    config = Config(signature_version=botocore.UNSIGNED, s3={"addressing_style": "path"})
    nobody = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", config=config)
    assert nobody.get_object(**bucket, Key="k")["Body"].read() == b"x"


def test_a_queue_for_everybody(make, endpoint):
    """Who signs nothing is asked by the queue's policy."""
    sqs = make("sqs")
    url = sqs.create_queue(QueueName="open")["QueueUrl"]
    nobody = boto3.client("sqs", endpoint_url=endpoint, region_name="us-east-1",
                          config=Config(signature_version=botocore.UNSIGNED))  # fmt: skip
    error = refused(nobody.send_message, QueueUrl=url, MessageBody="m").response
    assert error["Error"]["Message"] == f"Access to the resource {url} is denied."
    assert (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]) == ("AccessDenied", 403)
    everybody = statement(action="sqs:SendMessage", resource=f"arn:aws:sqs:us-east-1:{ACCOUNT}:open", Principal="*")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document(everybody)})
    assert nobody.send_message(QueueUrl=url, MessageBody="m")["MessageId"]
