# SPDX-License-Identifier: Apache-2.0
"""botocore's waiters and paginators over scripted answers: they succeed, give up and fail as their models say."""

import re

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError, PaginationError, WaiterError

from harness.server import FIXTURES

# The waiter and what it is given; what is to appear is called new, what is to go is called old.
WAITERS = {
    "s3.bucket_exists": {"Bucket": "new-bucket"},
    "s3.bucket_not_exists": {"Bucket": "old-bucket"},
    "s3.object_exists": {"Bucket": "reports", "Key": "new-key"},
    "s3.object_not_exists": {"Bucket": "reports", "Key": "old-key"},
    "kinesis.stream_exists": {"StreamName": "new-stream"},
    "kinesis.stream_not_exists": {"StreamName": "old-stream"},
    "iam.user_exists": {"UserName": "newcomer"},
    "iam.role_exists": {"RoleName": "app"},
    "iam.policy_exists": {"PolicyArn": "arn:aws:iam::123456789012:policy/read"},
    "iam.instance_profile_exists": {"InstanceProfileName": "app"},
    "dynamodb.table_exists": {"TableName": "new-table"},
    "dynamodb.table_not_exists": {"TableName": "old-table"},
    "ec2.instance_running": {"InstanceIds": ["i-0123456789abcdef0"]},
    "lambda.function_active_v2": {"FunctionName": "sum"},
    "cloudformation.stack_create_complete": {"StackName": "app"},
    "rds.db_instance_available": {"DBInstanceIdentifier": "main"},
    "ecs.services_stable": {"cluster": "main", "services": ["web"]},
}
FAILED_STATES = {
    "ec2.instance_running": "terminated",
    "lambda.function_active_v2": "Failed",
    "cloudformation.stack_create_complete": "ROLLBACK_COMPLETE",
    "rds.db_instance_available": "incompatible-parameters",
    "ecs.services_stable": "MISSING",
}
# HEAD has no body: the code is the status.
UNKNOWN_ERRORS = {
    "s3.bucket_exists": "400",
    "s3.bucket_not_exists": "400",
    "s3.object_exists": "403",
    "s3.object_not_exists": "403",
    "kinesis.stream_exists": "LimitExceededException",
    "kinesis.stream_not_exists": "LimitExceededException",
    "iam.user_exists": "AccessDenied",
    "iam.role_exists": "AccessDenied",
    "iam.policy_exists": "AccessDenied",
    "iam.instance_profile_exists": "AccessDenied",
    "dynamodb.table_exists": "AccessDeniedException",
    "dynamodb.table_not_exists": "AccessDeniedException",
}


@pytest.fixture
def load(control):
    return lambda name: control.load(FIXTURES / "programs" / f"{name}.yaml")


@pytest.fixture
def waiter(client):
    """A waiter by its service and name, of a client that tries once."""

    def make(name):
        service, kind = name.split(".")
        return client(service).get_waiter(kind)

    return make


@pytest.mark.parametrize("name", WAITERS)
def test_a_waiter_is_content_with_the_third_answer(name, load, waiter, control, sleeps):
    load("waiters-succeed")
    made = waiter(name)
    made.wait(**WAITERS[name])
    assert sleeps == [made.config.delay] * 2
    assert [entry["operation"] for entry in control.requests()] == [made.config.operation] * 3


@pytest.mark.parametrize("name", WAITERS)
def test_a_waiter_gives_up(name, load, waiter, control, sleeps):
    load("waiters-time-out")
    made = waiter(name)
    with pytest.raises(WaiterError, match="Max attempts exceeded") as caught:
        made.wait(**WAITERS[name])
    assert sleeps == [made.config.delay] * (made.config.max_attempts - 1)
    journal = control.requests(service=name.split(".")[0])
    assert len(journal) == made.config.max_attempts
    last = caught.value.last_response
    assert last["ResponseMetadata"]["RequestId"] == journal[-1]["id"]


@pytest.mark.parametrize("name", FAILED_STATES)
def test_a_waiter_meets_a_state_of_failure(name, load, waiter, control, sleeps):
    load("waiters-fail")
    with pytest.raises(WaiterError, match="Waiter encountered a terminal failure state") as caught:
        waiter(name).wait(**WAITERS[name])
    assert FAILED_STATES[name] in str(caught.value.last_response)
    assert len(control.requests()) == 1 and not sleeps


@pytest.mark.parametrize("name", UNKNOWN_ERRORS)
def test_a_waiter_meets_an_error_that_it_does_not_know(name, load, waiter, control, sleeps):
    load("waiters-fail")
    with pytest.raises(WaiterError, match=r"An error occurred \(") as caught:
        waiter(name).wait(**WAITERS[name])
    assert caught.value.last_response["Error"]["Code"] == UNKNOWN_ERRORS[name]
    assert len(control.requests()) == 1 and not sleeps


@pytest.mark.parametrize("status", [301, 403])
def test_a_bucket_of_somebody_else_exists(status, control, waiter):
    control.rules({"match": "s3.HeadBucket", "error": status})
    waiter("s3.bucket_exists").wait(Bucket="reports")


def test_a_stream_that_is_not_there_yet_ends_the_wait(control, waiter):
    control.rules({"match": "kinesis.DescribeStream", "error": "ResourceNotFoundException"})
    with pytest.raises(WaiterError, match=r"An error occurred \(ResourceNotFoundException\)"):
        waiter("kinesis.stream_exists").wait(StreamName="orders")


def test_a_stack_that_is_gone_is_a_failure_by_its_error(control, waiter):
    control.rules({"match": "cloudformation.DescribeStacks", "error": "ValidationError"})
    with pytest.raises(WaiterError, match="terminal failure state"):
        waiter("cloudformation.stack_create_complete").wait(StackName="app")


# The operation: what it is given, the elements, and the tokens that a request carries.
PAGINATORS = {
    "s3.ListObjectsV2": ({"Bucket": "reports"}, "Contents[].Key", "ContinuationToken"),
    "sqs.ListQueues": ({}, "QueueUrls[]", "NextToken"),
    "kinesis.ListStreams": ({}, "StreamNames[]", "NextToken"),
    "iam.ListUsers": ({}, "Users[].UserName", "Marker"),
    "cognito-idp.ListUsers": ({"UserPoolId": "us-east-1_abc"}, "Users[].Username", "PaginationToken"),
    "dynamodb.Scan": ({"TableName": "orders"}, "Items[].id", "ExclusiveStartKey"),
    "ec2.DescribeInstances": ({}, "Reservations[].ReservationId", "NextToken"),
    "lambda.ListFunctions": ({}, "Functions[].FunctionName", "Marker"),
}


@pytest.fixture
def paged(client):
    """The elements of an operation's pages, one by one."""

    def search(name):
        service, operation = name.split(".")
        parameters, elements, _ = PAGINATORS[name]
        pages = client(service, "standard").get_paginator(xform_name(operation)).paginate(**parameters)
        return pages.search(elements)

    return search


def texts(value):
    """DynamoDB's keys are attributes: `{S: page-2}`."""
    return re.findall(r"page-\d", str(value))


@pytest.mark.parametrize("name", PAGINATORS)
def test_pages(name, load, paged, control, sleeps):
    load("paginators")
    found = [element["S"] if isinstance(element, dict) else element for element in paged(name)]
    assert found == ["a", "b", "c", "d"] and len(sleeps) == 1
    tokens = [texts(entry["params"].get(PAGINATORS[name][2])) for entry in control.requests()]
    assert tokens == [[], ["page-2"], ["page-2"], ["page-3"]]


@pytest.mark.parametrize("name", PAGINATORS)
def test_a_page_is_refused(name, load, paged, control, sleeps):
    load("paginators-fail")
    elements = paged(name)
    assert len([next(elements) for _ in range(2)]) == 2
    with pytest.raises(ClientError, match="AccessDenied|UnauthorizedOperation"):
        next(elements)
    assert len(control.requests()) == 2


@pytest.mark.parametrize("name", PAGINATORS)
def test_the_same_page_again_and_again(name, load, paged, control):
    load("paginators-repeat")
    with pytest.raises(PaginationError, match="The same next token was received twice"):
        list(paged(name))
    assert len(control.requests()) == 2
