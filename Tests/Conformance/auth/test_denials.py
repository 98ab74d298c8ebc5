# SPDX-License-Identifier: Apache-2.0
"""Each service's own denial under --auth enforce: code, status, envelope and typed class; policies of streams, of their
consumers and of queues; operations that need no right; messages that are encoded."""

import json

import pytest
from harness import clients
from harness.checks import CONTENT_TYPES

from .asking import ACCOUNT, BECAUSE, OTHER, client_of, denied, document, refused, statement

STREAM = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/orders"
POOL = f"arn:aws:cognito-idp:us-east-1:{ACCOUNT}:userpool/"
# A call of each service, the code and the status of its denial, the class if the operation models it, the resource.
DENIALS = [
    ("sqs", "create_queue", {"QueueName": "q"}, "AccessDenied", 403, None, f"arn:aws:sqs:us-east-1:{ACCOUNT}:q"),
    ("kinesis", "list_streams", {}, "AccessDeniedException", 400, None, None),
    ("kinesis", "put_record", {"StreamName": "orders", "Data": b"", "PartitionKey": "k"},
     "AccessDeniedException", 400, "AccessDeniedException", STREAM),
    ("kinesis", "describe_stream_summary", {"StreamARN": STREAM}, "AccessDeniedException", 400,
     "AccessDeniedException", STREAM),
    ("cognito-idp", "list_user_pools", {"MaxResults": 1}, "AccessDeniedException", 400, None, "*"),
    ("cognito-idp", "admin_get_user", {"UserPoolId": "us-east-1_a", "Username": "u"}, "AccessDeniedException", 400,
     None, POOL + "us-east-1_a"),
    ("iam", "list_users", {}, "AccessDenied", 403, None, f"arn:aws:iam::{ACCOUNT}:user/"),
    ("iam", "get_user", {"UserName": "beep"}, "AccessDenied", 403, None, "user beep"),
    ("iam", "list_account_aliases", {}, "AccessDenied", 403, None, "*"),
    ("iam", "create_role", {"RoleName": "r", "AssumeRolePolicyDocument": "{}"}, "AccessDenied", 403, None,
     f"arn:aws:iam::{ACCOUNT}:role/r"),
    ("iam", "attach_role_policy", {"RoleName": "r", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
     "AccessDenied", 403, None, "role r"),
    ("iam", "list_policies", {}, "AccessDenied", 403, None, "policy path /"),
    ("sqs", "list_queues", {}, "AccessDenied", 403, None, f"arn:aws:sqs:us-east-1:{ACCOUNT}:"),
    ("sts", "get_federation_token", {"Name": "bob"}, "AccessDenied", 403, None,
     f"arn:aws:sts::{ACCOUNT}:federated-user/bob"),
    ("s3", "list_buckets", {}, "AccessDenied", 403, None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "call", "given", "code", "status", "name", "resource"), DENIALS, ids=lambda one: str(one)[:30]
)
def test_each_service_denies_as_it_does(make, user, service, call, given, code, status, name, resource):
    made = make(service, user())
    error = refused(getattr(made, call), **given)
    answer = error.response
    action = f"{service}:{made.meta.method_to_api_mapping[call]}".replace("s3:ListBuckets", "s3:ListAllMyBuckets")
    action = action.lower() if service == "sqs" else action
    where = f" on resource: {resource}" if resource else ""
    assert answer["Error"]["Code"] == code and answer["ResponseMetadata"]["HTTPStatusCode"] == status
    assert answer["Error"]["Message"] == (
        f"User: arn:aws:iam::{ACCOUNT}:user/beep is not authorized to perform: {action}{where} "
        + BECAUSE.format(action)
    )
    assert answer["ResponseMetadata"]["HTTPHeaders"]["content-type"].split(";")[0] == CONTENT_TYPES[service]
    if name:
        assert type(error) is getattr(made.exceptions, name)


@pytest.fixture
def stream(make):
    kinesis = make("kinesis")
    kinesis.create_stream(StreamName="orders", ShardCount=1)
    return kinesis


def allowed(action, resource, principal=OTHER):
    return document(statement(action=action, resource=resource, Principal={"AWS": principal}))


def test_streams_say_who_may(make, user, stream):
    stranger = make("kinesis", user("stranger", statement(action="kinesis:*"), account=OTHER))
    record = {"StreamARN": STREAM, "Data": b"m", "PartitionKey": "k"}
    error = refused(stranger.put_record, **record)
    assert type(error) is stranger.exceptions.AccessDeniedException
    assert str(error).endswith("because no resource-based policy allows the kinesis:PutRecord action")
    actions = ["kinesis:PutRecord", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"]
    stream.put_resource_policy(ResourceARN=STREAM, Policy=allowed(actions, STREAM))
    assert stranger.put_record(**record)["ShardId"]
    iterator = stranger.get_shard_iterator(
        StreamARN=STREAM, ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    # What an iterator reads is judged by the stream that it is of.
    assert [one["Data"] for one in stranger.get_records(ShardIterator=iterator)["Records"]] == [b"m"]
    assert "kinesis:DescribeStreamSummary" in denied(stranger.describe_stream_summary, StreamARN=STREAM)
    # Across accounts the caller's own account must allow too.
    other = make("kinesis", user("other", statement(action="kinesis:GetRecords"), account=OTHER))
    assert denied(other.put_record, **record).endswith(BECAUSE.format("kinesis:PutRecord"))
    stream.delete_resource_policy(ResourceARN=STREAM)
    assert "kinesis:GetRecords" in denied(stranger.get_records, ShardIterator=iterator)


def test_a_stream_s_policy_within_its_account(make, user, stream):
    beep = make("kinesis", user())
    record = {"StreamName": "orders", "Data": b"m", "PartitionKey": "k"}
    assert denied(beep.put_record, **record).endswith(BECAUSE.format("kinesis:PutRecord"))
    own = f"arn:aws:iam::{ACCOUNT}:user/beep"
    stream.put_resource_policy(ResourceARN=STREAM, Policy=allowed("kinesis:PutRecord", STREAM, own))
    assert beep.put_record(**record)["ShardId"]
    denial = statement("Deny", "kinesis:PutRecord", STREAM, Principal="*")
    stream.put_resource_policy(ResourceARN=STREAM, Policy=document(denial))
    assert denied(stream.put_record, **record).endswith("with an explicit deny in a resource-based policy")


def test_consumers_say_who_may(make, user, stream):
    consumer = stream.register_stream_consumer(StreamARN=STREAM, ConsumerName="reader")["Consumer"]["ConsumerARN"]
    stranger = make("kinesis", user("stranger", statement(action="kinesis:*"), account=OTHER))
    asked = {
        "ConsumerARN": consumer,
        "ShardId": "shardId-000000000000",
        "StartingPosition": {"Type": "TRIM_HORIZON"},
    }
    message = denied(stranger.subscribe_to_shard, **asked)
    assert f"kinesis:SubscribeToShard on resource: {consumer} " in message
    stream.put_resource_policy(ResourceARN=STREAM, Policy=allowed("kinesis:*", STREAM))
    denied(stranger.subscribe_to_shard, **asked)
    stream.put_resource_policy(ResourceARN=consumer, Policy=allowed("kinesis:SubscribeToShard", consumer))
    events = stranger.subscribe_to_shard(**asked)["EventStream"]
    events.close()


def test_permissions_of_a_queue(make, user):
    sqs = make("sqs")
    url = sqs.create_queue(QueueName="shared")["QueueUrl"]
    root = make("sqs", account=OTHER)
    denied(root.send_message, QueueUrl=url, MessageBody="m")
    sqs.add_permission(QueueUrl=url, Label="send", AWSAccountIds=[OTHER], Actions=["SendMessage"])
    root.send_message(QueueUrl=url, MessageBody="m")
    assert "sqs:receivemessage" in denied(root.receive_message, QueueUrl=url)
    denied(make("sqs", user("stranger", account=OTHER)).send_message, QueueUrl=url, MessageBody="m")
    sqs.remove_permission(QueueUrl=url, Label="send")
    denied(root.send_message, QueueUrl=url, MessageBody="m")


def test_what_needs_no_right_in_cognito(make, user, endpoint):
    """Apps sign in without credentials; what their tokens prove is not asked of IAM (Cognito Developer Guide,
    "Understanding API, OIDC, and managed login pages authentication")."""
    root = make("cognito-idp")
    pool = root.create_user_pool(PoolName="p")["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    app = root.create_user_pool_client(UserPoolId=pool, ClientName="c", ExplicitAuthFlows=flows)["UserPoolClient"]
    for made in (clients.client(endpoint, "cognito-idp"), make("cognito-idp", user())):
        name = f"ann{id(made)}"
        made.sign_up(ClientId=app["ClientId"], Username=name, Password="Passw0rd!")
        root.admin_confirm_sign_up(UserPoolId=pool, Username=name)
        given = {"USERNAME": name, "PASSWORD": "Passw0rd!"}
        tokens = made.initiate_auth(ClientId=app["ClientId"], AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
        access = tokens["AuthenticationResult"]["AccessToken"]
        assert made.get_user(AccessToken=access)["Username"] == name
    error = refused(make("cognito-idp", user("other")).admin_get_user, UserPoolId=pool, Username=name)
    assert error.response["Error"]["Code"] == "AccessDeniedException"
    narrow = statement(action="cognito-idp:AdminGetUser", resource=POOL + pool)
    assert make("cognito-idp", user("reader", narrow)).admin_get_user(UserPoolId=pool, Username=name)["Username"]


def test_an_encoded_message(control, endpoint):
    """EC2 tells its denials in a text that STS decodes, for whoever may."""
    control.rules({"match": "ec2.RunInstances", "error": "UnauthorizedOperation"})
    ec2, sts = client_of(endpoint, "ec2"), client_of(endpoint, "sts")
    error = refused(ec2.run_instances, ImageId="ami-1", MinCount=1, MaxCount=1).response["Error"]
    before, mark, encoded = error["Message"].partition(" Encoded authorization failure message: ")
    assert before == "You are not authorized to perform this operation." and mark
    decoded = json.loads(sts.decode_authorization_message(EncodedMessage=encoded)["DecodedMessage"])
    assert decoded["allowed"] is False and decoded["context"]["action"] == "ec2:RunInstances"
    assert decoded["context"]["principal"]["arn"] == f"arn:aws:iam::{ACCOUNT}:root"
    for wrong in (encoded[:-2], "x" + encoded[1:], "", "no such thing"):
        error = refused(sts.decode_authorization_message, EncodedMessage=wrong or "-").response["Error"]
        assert error["Code"] == "InvalidAuthorizationMessageException"


def test_who_may_decode(make, user):
    error = refused(make("sts", user()).decode_authorization_message, EncodedMessage="x" * 8)
    assert error.response["Error"]["Code"] == "AccessDenied"
