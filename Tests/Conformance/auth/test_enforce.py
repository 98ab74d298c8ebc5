# SPDX-License-Identifier: Apache-2.0
"""--auth enforce: what policies do not allow is refused, in each service's own words."""

import botocore
import pytest

from .asking import ACCOUNT, BECAUSE, OTHER, denied, document, refused, statement

pytestmark = pytest.mark.needs("iam")


def bucket_policy(principal, action="s3:*", effect="Allow", name="judged", **more):
    resources = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    return document(statement(effect, action, resources, Principal=principal, **more))


@pytest.fixture
def bucket(make):
    s3 = make("s3")
    s3.create_bucket(Bucket="judged")
    s3.put_object(Bucket="judged", Key="k", Body=b"here")
    return s3


def test_a_user_without_the_right(make, user):
    """Program 6, by a real decision."""
    error = refused(make("iam", user()).create_user, UserName="foobar")
    answer = error.response
    assert answer["Error"] == {
        "Type": "Sender",
        "Code": "AccessDenied",
        "Message": f"User: arn:aws:iam::{ACCOUNT}:user/beep is not authorized to perform: iam:CreateUser on resource: "
        f"arn:aws:iam::{ACCOUNT}:user/foobar " + BECAUSE.format("iam:CreateUser"),
    }
    meta = answer["ResponseMetadata"]
    assert meta["HTTPStatusCode"] == 403 and meta["HTTPHeaders"]["content-type"] == "text/xml"
    assert meta["HTTPHeaders"]["x-amzn-requestid"] == meta["RequestId"]


def test_each_service_denies_in_its_own_envelope(make, user, bucket):
    key = user()
    error = refused(make("sqs", key).create_queue, QueueName="q")
    assert error.response["Error"]["Code"] == "AccessDenied"
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert f"sqs:createqueue on resource: arn:aws:sqs:us-east-1:{ACCOUNT}:q " in error.response["Error"]["Message"]
    s3 = make("s3", key)
    assert denied(s3.list_objects_v2, Bucket="judged") == (
        f"User: arn:aws:iam::{ACCOUNT}:user/beep is not authorized to perform: s3:ListBucket on resource: "
        '"arn:aws:s3:::judged" ' + BECAUSE.format("s3:ListBucket")
    )
    assert refused(s3.head_object, Bucket="judged", Key="k").response["Error"]["Code"] == "403"
    assert BECAUSE.format("s3:ListAllMyBuckets") in denied(s3.list_buckets)


@pytest.mark.needs("sts")
def test_whoever_has_credentials_may_ask_whose_they_are(make, user):
    assert make("sts", user()).get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/beep"


def test_denials_name_the_sort_of_policy(make, user, bucket):
    key = user("denied", statement(), statement("Deny", "s3:GetObject"))
    message = denied(make("s3", key).get_object, Bucket="judged", Key="k")
    assert message.endswith("with an explicit deny in an identity-based policy")
    bucket.put_bucket_policy(Bucket="judged", Policy=bucket_policy("*", "s3:DeleteObject", "Deny"))
    message = denied(make("s3", key).delete_object, Bucket="judged", Key="k")
    assert message.endswith("with an explicit deny in a resource-based policy")
    iam = make("iam")
    policy = iam.create_policy(PolicyName="bound", PolicyDocument=document(statement(action="sqs:*")))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="denied", PermissionsBoundary=policy)
    message = denied(make("s3", key).put_object, Bucket="judged", Key="k", Body=b"")
    assert message.endswith("because no permissions boundary allows the s3:PutObject action")


@pytest.mark.needs("sts")
def test_an_address_that_the_policy_does_not_know(make, user, bucket):
    """Program 9: the denial, the simulator that says which statement it is, and the cure."""
    elsewhere = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    key = user("lister", statement(action="s3:ListBucket", Condition=elsewhere))
    s3, iam = make("s3", key), make("iam")
    assert BECAUSE.format("s3:ListBucket") in denied(s3.list_objects_v2, Bucket="judged")
    assert make("sts", key).get_caller_identity()["Account"] == ACCOUNT

    def simulate(address):
        return iam.simulate_principal_policy(
            PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:user/lister",
            ActionNames=["s3:ListBucket"],
            ResourceArns=["arn:aws:s3:::judged"],
            ContextEntries=[
                {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": [address], "ContextKeyType": "ip"}
            ],
        )["EvaluationResults"][0]

    assert simulate("127.0.0.1")["EvalDecision"] == "implicitDeny"
    found = simulate("203.0.113.9")
    assert found["EvalDecision"] == "allowed" and found["MatchedStatements"][0]["SourcePolicyId"] == "user_lister_own"
    iam.put_user_policy(
        UserName="lister", PolicyName="own", PolicyDocument=document(statement(action="s3:ListBucket"))
    )
    assert [one["Key"] for one in s3.list_objects_v2(Bucket="judged")["Contents"]] == ["k"]


def test_explain_shows_the_decision(make, user, bucket, control):
    key = user("asker", statement(action="s3:ListBucket", Condition={"Bool": {"aws:SecureTransport": "true"}}))
    denied(make("s3", key).list_objects_v2, Bucket="judged")
    decision = control.demand("GET", "explain")["authorization"][-1]
    assert decision["decision"] == "implicitDeny" and decision["action"] == "s3:ListBucket"
    step = decision["statements"][0]
    assert (step["kind"], step["policy"], step["statement"]) == ("identity-based policy", "own", 0)
    assert 'aws:SecureTransport wants "true"; the request has "false"' in step["failed"]


@pytest.mark.needs("sts")
def test_roles_and_their_sessions(make, user, bucket, control):
    iam = make("iam")
    trust = document({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(
        RoleName="reader", PolicyName="read", PolicyDocument=document(statement(action=["s3:GetObject", "sqs:*"]))
    )
    assume = {"RoleArn": role, "RoleSessionName": "one"}
    message = denied(make("sts", user("nobody")).assume_role, **assume)
    assert message.endswith(BECAUSE.format("sts:AssumeRole"))
    sts = make("sts", user("somebody", statement(action="sts:AssumeRole", resource=role)))
    session = sts.assume_role(**assume)["Credentials"]
    assert make("s3", session).get_object(Bucket="judged", Key="k")["Body"].read() == b"here"
    narrow = sts.assume_role(**assume, Policy=document(statement(action="s3:GetObject")))["Credentials"]
    message = denied(make("sqs", narrow).create_queue, QueueName="q")
    assert message.endswith("because no session policy allows the sqs:createqueue action")
    control.advance("3601s")
    error = refused(make("s3", session).list_buckets).response["Error"]
    assert error["Code"] == "ExpiredToken"
    for service, call in (("sts", "get_caller_identity"), ("iam", "list_users")):
        assert refused(getattr(make(service, session), call)).response["Error"]["Code"] == "ExpiredToken"
    error = refused(make("kinesis", session).list_streams).response["Error"]
    assert error["Code"] == "ExpiredTokenException"


def test_buckets_say_who_may(make, user, bucket):
    nobody = make("s3", signature_version=botocore.UNSIGNED)
    assert denied(nobody.get_object, Bucket="judged", Key="k") == "Access Denied"
    bucket.delete_public_access_block(Bucket="judged")
    bucket.put_bucket_policy(Bucket="judged", Policy=bucket_policy("*", "s3:GetObject"))
    assert nobody.get_object(Bucket="judged", Key="k")["Body"].read() == b"here"
    assert denied(nobody.put_object, Bucket="judged", Key="k", Body=b"") == "Access Denied"
    # Who may not list does not learn that a key is missing.
    assert denied(nobody.get_object, Bucket="judged", Key="none") == "Access Denied"
    stranger = user("stranger", statement(action="s3:*"), account=OTHER)
    s3 = make("s3", stranger)
    assert denied(s3.list_objects_v2, Bucket="judged") == "Access Denied"
    bucket.put_bucket_policy(Bucket="judged", Policy=bucket_policy({"AWS": OTHER}))
    assert s3.list_objects_v2(Bucket="judged")["KeyCount"] == 1
    local = user("local")
    bucket.put_bucket_policy(Bucket="judged", Policy=bucket_policy({"AWS": f"arn:aws:iam::{ACCOUNT}:user/local"}))
    assert make("s3", local).list_objects_v2(Bucket="judged")["KeyCount"] == 1


def test_queues_say_who_may(make, user):
    sqs = make("sqs")
    url = sqs.create_queue(QueueName="shared")["QueueUrl"]
    stranger = make("sqs", user("stranger", statement(action="sqs:*"), account=OTHER))
    assert denied(stranger.send_message, QueueUrl=url, MessageBody="m").endswith(
        "because no resource-based policy allows the sqs:sendmessage action"
    )
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:shared"
    policy = document(statement(action="sqs:SendMessage", resource=arn, Principal={"AWS": OTHER}))
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    stranger.send_message(QueueUrl=url, MessageBody="m")
    stranger.send_message_batch(QueueUrl=url, Entries=[{"Id": "1", "MessageBody": "m"}])
    assert "sqs:receivemessage" in denied(stranger.receive_message, QueueUrl=url)


def test_a_batch_is_judged_object_by_object(make, user, bucket):
    key = user("cleaner", statement(action="s3:DeleteObject", resource="arn:aws:s3:::judged/tmp/*"))
    answer = make("s3", key).delete_objects(
        Bucket="judged", Delete={"Objects": [{"Key": "k"}, {"Key": "tmp/x"}]}
    )
    assert [one["Key"] for one in answer["Deleted"]] == ["tmp/x"]
    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("k", "AccessDenied")]


def test_passing_a_role_on_needs_a_right(make, user):
    iam = make("iam")
    trust = document({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName="server", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.create_instance_profile(InstanceProfileName="server")
    names = {"InstanceProfileName": "server", "RoleName": "server"}
    only = statement(action="iam:AddRoleToInstanceProfile")
    half = make("iam", user("half", only))
    assert f"iam:PassRole on resource: {role}" in denied(half.add_role_to_instance_profile, **names)
    passing = statement(
        action="iam:PassRole", resource=role, Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    )
    make("iam", user("whole", only, passing)).add_role_to_instance_profile(**names)
