# SPDX-License-Identifier: Apache-2.0
"""Queues: made, found, listed, deleted; their attributes, tags, permissions, and purges."""

import json

import pytest

from harness.clients import ACCOUNT

from .asking import OLD, arn, attribute, bodies, refused

ENTRY = {"Id": "a", "ReceiptHandle": "h"}
# What each operation on a queue takes beside its URL.
ON_A_QUEUE = {
    "add_permission": {"Label": "l", "AWSAccountIds": [ACCOUNT], "Actions": ["SendMessage"]},
    "change_message_visibility": {"ReceiptHandle": "h", "VisibilityTimeout": 1},
    "change_message_visibility_batch": {"Entries": [ENTRY | {"VisibilityTimeout": 1}]},
    "delete_message": {"ReceiptHandle": "h"},
    "delete_message_batch": {"Entries": [ENTRY]},
    "delete_queue": {},
    "get_queue_attributes": {"AttributeNames": ["All"]},
    "list_dead_letter_source_queues": {},
    "list_queue_tags": {},
    "purge_queue": {},
    "receive_message": {},
    "remove_permission": {"Label": "l"},
    "send_message": {"MessageBody": "m"},
    "send_message_batch": {"Entries": [{"Id": "a", "MessageBody": "m"}]},
    "set_queue_attributes": {"Attributes": {"DelaySeconds": "1"}},
    "tag_queue": {"Tags": {"a": "b"}},
    "untag_queue": {"TagKeys": ["a"]},
}


def redrive(name, count=1, **more):
    return json.dumps({"deadLetterTargetArn": arn(name), "maxReceiveCount": count} | more)


def test_a_queue_is_made_found_listed_and_deleted(sqs, queue, clock, endpoint):
    url = queue()
    assert url == f"{endpoint}/{ACCOUNT}/orders" and queue() == url
    assert sqs.get_queue_url(QueueName="orders")["QueueUrl"] == url
    assert sqs.get_queue_url(QueueName="orders", QueueOwnerAWSAccountId=ACCOUNT)["QueueUrl"] == url
    refused(f"{OLD}NonExistentQueue", sqs.get_queue_url, QueueName="orders", QueueOwnerAWSAccountId="2" * 12)
    assert sqs.list_queues(QueueNamePrefix="ord")["QueueUrls"] == [url]
    assert "QueueUrls" not in sqs.list_queues(QueueNamePrefix="x")
    sqs.delete_queue(QueueUrl=url)
    refused(f"{OLD}NonExistentQueue", sqs.get_queue_url, QueueName="orders")
    said = refused(f"{OLD}QueueDeletedRecently", sqs.create_queue, QueueName="orders")
    assert said == "You must wait 60 seconds after deleting a queue before you can create another with the same name."
    clock(59)
    refused(f"{OLD}QueueDeletedRecently", sqs.create_queue, QueueName="orders")
    clock(1)
    assert queue() == url


@pytest.mark.parametrize("name", ON_A_QUEUE)
def test_a_queue_that_is_not_there(sqs, endpoint, name):
    method, more = getattr(sqs, name), ON_A_QUEUE[name]
    refused(f"{OLD}NonExistentQueue", method, QueueUrl=f"{endpoint}/{ACCOUNT}/none", **more)


@pytest.mark.parametrize("name", ON_A_QUEUE)
def test_an_address_of_no_queue(control, client, name):
    said = refused("InvalidAddress", getattr(client("sqs"), name), QueueUrl="orders", **ON_A_QUEUE[name])
    assert said == "The address orders is not valid for this endpoint."


def test_a_queue_is_made_again_with_other_attributes(sqs, queue):
    url = queue(VisibilityTimeout="5")
    # What a call does not name may be anything; what is written otherwise is the same.
    assert queue() == url and queue(VisibilityTimeout="05") == url
    said = refused("QueueAlreadyExists", sqs.create_queue, QueueName="orders", Attributes={"VisibilityTimeout": "6"})
    assert said == "A queue already exists with the same name and a different value for attribute VisibilityTimeout"


FIFO_NAME = (
    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo "
    "suffix and be 1 to 80 in length"
)
NAME = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
SCOPE = "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup."
ONE_KIND = (
    "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."
)
VALUE, PARAMETER, ATTRIBUTE = "InvalidAttributeValue", "InvalidParameterValue", "InvalidAttributeName"
THAT_CANNOT_BE = [
    ("a b", {}, PARAMETER, NAME),
    ("x" * 81, {}, PARAMETER, NAME),
    ("q.fifo", {}, PARAMETER, NAME),
    ("q", {"FifoQueue": "true"}, PARAMETER, FIFO_NAME),
    (".fifo", {"FifoQueue": "true"}, PARAMETER, FIFO_NAME),
    ("q", {"FifoQueue": "false"}, ATTRIBUTE, "Unknown Attribute FifoQueue."),
    ("q", {"Colour": "red"}, ATTRIBUTE, "Unknown Attribute Colour."),
    ("q", {"QueueArn": "a"}, ATTRIBUTE, "Unknown Attribute QueueArn."),
    ("q", {"ContentBasedDeduplication": "true"}, ATTRIBUTE, "Unknown Attribute ContentBasedDeduplication."),
    ("q", {"SqsManagedSseEnabled": "true", "KmsMasterKeyId": "alias/k"}, ATTRIBUTE, ONE_KIND),
    ("q.fifo", {"FifoQueue": "true", "FifoThroughputLimit": "perMessageGroupId"}, VALUE, SCOPE),
    ("q.fifo", {"FifoQueue": "true", "DeduplicationScope": "all"}, VALUE, None),
    *(
        ("q", {name: value}, VALUE, f"Invalid value for the parameter {name}.")
        for name, values in {
            "VisibilityTimeout": ["43201", "-1", "soon"],
            "MessageRetentionPeriod": ["59", "1209601"],
            "DelaySeconds": ["901", "1.5"],
            "MaximumMessageSize": ["1023", "1048577"],
            "ReceiveMessageWaitTimeSeconds": ["21"],
            "KmsDataKeyReusePeriodSeconds": ["59", "86401"],
            "SqsManagedSseEnabled": ["maybe"],
            "Policy": ["{", "[]"],
        }.items()
        for value in values
    ),
]


@pytest.mark.parametrize(("name", "attributes", "code", "said"), THAT_CANNOT_BE)
def test_a_queue_that_cannot_be(sqs, name, attributes, code, said):
    told = refused(code, sqs.create_queue, QueueName=name, Attributes=attributes)
    assert said is None or told == said
    assert "QueueUrls" not in sqs.list_queues()


REDRIVES = [
    ("RedrivePolicy", "{", "not in JSON"),
    ("RedrivePolicy", "{}", "does not contain mandatory attribute: deadLetterTargetArn"),
    ("RedrivePolicy", json.dumps({"deadLetterTargetArn": "x"}), "mandatory attribute: maxReceiveCount"),
    ("RedrivePolicy", redrive("dead", 0), "Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000"),
    ("RedrivePolicy", redrive("dead", 1001), "Invalid value for maxReceiveCount: 1001"),
    ("RedrivePolicy", redrive("dead", "many"), "Invalid value for maxReceiveCount: many"),
    ("RedrivePolicy", redrive("none"), "Dead letter target does not exist."),
    ("RedrivePolicy", redrive("dead", deadLetterTargetArn="dead"), "Invalid value for deadLetterTargetArn."),
    ("RedrivePolicy", redrive("dead", deadLetterTargetArn=arn("dead", "eu-west-1")), "deadLetterTargetArn"),
    ("RedrivePolicy", redrive("dead.fifo"), "Dead-letter queue must be same type of queue as the source."),
    ("RedriveAllowPolicy", "{", "not in JSON"),
    ("RedriveAllowPolicy", "{}", "redrivePermission"),
    ("RedriveAllowPolicy", json.dumps({"redrivePermission": "byQueue"}), "sourceQueueArns"),
    (
        "RedriveAllowPolicy",
        json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [arn(f"q{n}") for n in range(11)]}),
        "sourceQueueArns",
    ),
    ("RedriveAllowPolicy", json.dumps({"redrivePermission": "denyAll", "sourceQueueArns": [arn("q")]}), "denyAll"),
]


@pytest.mark.parametrize(("name", "policy", "said"), REDRIVES)
def test_a_redrive_policy_that_cannot_be(sqs, queue, name, policy, said):
    queue("dead"), queue("dead.fifo")
    told = refused("InvalidParameterValue", sqs.create_queue, QueueName="q", Attributes={name: policy})
    assert f"for parameter {name} is invalid. Reason: " in told and said in told
    url = queue("q")
    refused("InvalidParameterValue", sqs.set_queue_attributes, QueueUrl=url, Attributes={name: policy})
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])


@pytest.mark.parametrize("permission", ["allowAll", "denyAll", "byQueue"])
def test_who_may_send_its_dead_letters(sqs, queue, permission):
    policy = {"redrivePermission": permission}
    if permission == "byQueue":
        policy["sourceQueueArns"] = [arn("friend")]
    dead = queue("dead", RedriveAllowPolicy=json.dumps(policy))
    assert json.loads(attribute(sqs, dead, "RedriveAllowPolicy")) == policy
    for name in ("friend", "stranger"):
        if permission == "allowAll" or (permission == "byQueue" and name == "friend"):
            queue(name, RedrivePolicy=redrive("dead"))
        else:
            attributes = {"RedrivePolicy": redrive("dead")}
            refused("InvalidParameterValue", sqs.create_queue, QueueName=name, Attributes=attributes)
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={"RedriveAllowPolicy": ""})
    queue("stranger", RedrivePolicy=redrive("dead"))


def test_listings_have_pages(sqs, queue):
    made = sorted(queue(f"q{number}") for number in range(5))
    pages = sqs.get_paginator("list_queues").paginate(PaginationConfig={"PageSize": 2})
    assert [page["QueueUrls"] for page in pages] == [made[:2], made[2:4], made[4:]]
    assert sqs.list_queues()["QueueUrls"] == made and "NextToken" not in sqs.list_queues()
    refused("InvalidParameterValue", sqs.list_queues, MaxResults=1001)
    refused("InvalidParameterValue", sqs.list_queues, MaxResults=1, NextToken="no token")


def test_listings_of_sources_have_pages(sqs, queue):
    dead = queue("dead")
    made = sorted(queue(f"q{number}", RedrivePolicy=redrive("dead")) for number in range(3))
    queue("other")
    paginator = sqs.get_paginator("list_dead_letter_source_queues")
    pages = paginator.paginate(QueueUrl=dead, PaginationConfig={"PageSize": 2})
    assert [page["queueUrls"] for page in pages] == [made[:2], made[2:]]
    assert not sqs.list_dead_letter_source_queues(QueueUrl=made[0]).get("queueUrls")
    refused("InvalidParameterValue", sqs.list_dead_letter_source_queues, QueueUrl=dead, MaxResults=0)


def test_attributes(sqs, queue, clock):
    url = queue(VisibilityTimeout="7")
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=url)
    clock(5)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "9", "KmsMasterKeyId": "alias/k"})
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert found == {
        "QueueArn": arn("orders"), "VisibilityTimeout": "7", "DelaySeconds": "9", "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0", "KmsMasterKeyId": "alias/k",
        "KmsDataKeyReusePeriodSeconds": "300", "SqsManagedSseEnabled": "false", "CreatedTimestamp": "1772366400",
        "LastModifiedTimestamp": "1772366405", "ApproximateNumberOfMessages": "0",
        "ApproximateNumberOfMessagesNotVisible": "0", "ApproximateNumberOfMessagesDelayed": "0",
    }  # fmt: skip
    refused("InvalidAttributeName", sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["All", "Colour"])
    refused("InvalidAttributeName", sqs.set_queue_attributes, QueueUrl=url, Attributes={"Colour": "red"})
    both = {"DelaySeconds": "1", "VisibilityTimeout": "-1"}
    refused("InvalidAttributeValue", sqs.set_queue_attributes, QueueUrl=url, Attributes=both)
    assert attribute(sqs, url, "DelaySeconds") == "9"


def test_kinds_of_encryption_take_turns(sqs, queue):
    url = queue()
    assert attribute(sqs, url, "SqsManagedSseEnabled") == "true"
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsMasterKeyId": "alias/k"})
    assert attribute(sqs, url, "SqsManagedSseEnabled") == "false"
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"SqsManagedSseEnabled": "true"})
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert found["SqsManagedSseEnabled"] == "true" and "KmsMasterKeyId" not in found


def test_a_fifo_queue_has_attributes_of_its_own(sqs, queue):
    url = queue("q.fifo")
    names = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    assert found == dict(zip(names, ["true", "false", "queue", "perQueue"], strict=True))
    change = {"DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
    sqs.set_queue_attributes(QueueUrl=url, Attributes=change)
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"].items() >= change.items()
    said = refused("InvalidAttributeValue", sqs.set_queue_attributes, QueueUrl=url, Attributes={"FifoQueue": "false"})
    assert said == "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."


def test_tags(sqs, queue):
    url = sqs.create_queue(QueueName="orders", tags={"stage": "test"})["QueueUrl"]
    sqs.tag_queue(QueueUrl=url, Tags={"team": "blue"})
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"stage": "test", "team": "blue"}
    sqs.untag_queue(QueueUrl=url, TagKeys=["stage", "never"])
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "blue"}
    assert "Tags" in refused("MissingParameter", sqs.tag_queue, QueueUrl=url, Tags={})
    many = {str(number): "" for number in range(50)}
    for tags in (many, {"k" * 129: ""}, {"k": "v" * 257}, {"aws:k": "v"}):
        refused("InvalidParameterValue", sqs.tag_queue, QueueUrl=url, Tags=tags)
        refused("InvalidParameterValue", sqs.create_queue, QueueName="other", tags=many | tags | {"more": ""})
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "blue"}


def test_permissions(sqs, queue):
    url = queue()
    allow = {"QueueUrl": url, "Label": "guests", "AWSAccountIds": [ACCOUNT], "Actions": ["SendMessage"]}
    sqs.add_permission(**allow)
    assert json.loads(attribute(sqs, url, "Policy")) == {
        "Version": "2008-10-17",
        "Id": f"{arn('orders')}/SQSDefaultPolicy",
        "Statement": [
            {
                "Sid": "guests", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                "Action": "SQS:SendMessage", "Resource": arn("orders"),
            }
        ],
    }  # fmt: skip
    refused("InvalidParameterValue", sqs.add_permission, **allow)
    for change in ({"Label": "a b"}, {"Actions": ["CreateQueue"]}, {"AWSAccountIds": ["me"]}):
        refused("InvalidParameterValue", sqs.add_permission, **allow | {"Label": "l"} | change)
    refused("OverLimit", sqs.add_permission, **allow | {"Label": "l", "Actions": ["SendMessage"] * 8})
    said = refused("InvalidParameterValue", sqs.remove_permission, QueueUrl=url, Label="strangers")
    assert said == "Value strangers for parameter Label is invalid. Reason: can't find label on existing policy."
    sqs.remove_permission(QueueUrl=url, Label="guests")
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
    said = refused("InvalidParameterValue", sqs.remove_permission, QueueUrl=url, Label="guests")
    assert said == "Value guests for parameter Label is invalid. Reason: can't find label."


def test_a_purge_takes_a_minute(sqs, queue, clock):
    url = queue()
    for delay in (0, 5):
        sqs.send_message(QueueUrl=url, MessageBody="m", DelaySeconds=delay)
    sqs.purge_queue(QueueUrl=url)
    clock(5)
    assert bodies(sqs, url) == []
    said = refused(f"{OLD}PurgeQueueInProgress", sqs.purge_queue, QueueUrl=url)
    assert said == "Only one PurgeQueue operation on orders is allowed every 60 seconds."
    clock(54)
    refused(f"{OLD}PurgeQueueInProgress", sqs.purge_queue, QueueUrl=url)
    clock(1)
    sqs.purge_queue(QueueUrl=url)
