# SPDX-License-Identifier: Apache-2.0
"""AWS's quotas, turned on: what is beyond them gets the operation's own throttle, as the sandbox's clock goes."""

import pytest
from botocore.exceptions import ClientError

from harness import clients
from harness.server import Server


def options(quotas):
    return {"scenario": "limited", "options": {"quotas": quotas, "clock": "2026-03-01T12:00:00Z", "frozen": True}}


def outcome(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    return "done"


# Service, operation, parameters; how many calls a second AWS allows; what the next gets.
LIMITS = [
    ("kinesis", "describe_limits", {}, 1, ("LimitExceededException", 400)),
    ("kinesis", "describe_stream", {"StreamName": "orders"}, 10, ("LimitExceededException", 400)),
    ("cognito-idp", "get_user", {"AccessToken": "token"}, 120, ("TooManyRequestsException", 400)),
    ("cognito-idp", "list_groups", {"UserPoolId": "us-east-1_a"}, 5, ("TooManyRequestsException", 400)),
    ("sts", "get_caller_identity", {}, 600, ("Throttling", 400)),
]


@pytest.mark.parametrize("service, method, parameters, allowed, refusal", LIMITS, ids=lambda value: str(value)[:24])
def test_calls_beyond_the_quota_are_throttled_until_the_clock_moves(
    control, client, service, method, parameters, allowed, refusal
):
    control.load(options("aws"))
    control.streams("orders")
    call = getattr(client(service, attempts=1), method)
    # A token or a pool that nobody has is refused by the operation, which the quota has let through.
    before = {outcome(call, **parameters) for _ in range(allowed)}
    assert len(before) == 1 and refusal not in before
    assert outcome(call, **parameters) == refusal
    control.advance("1s")
    assert {outcome(call, **parameters)} == before


def test_a_thousand_of_four_thousand_records_go_to_a_shard(control, client):
    control.streams("orders")
    control.load(options("aws"))
    kinesis = client("kinesis", attempts=1)
    records = [{"Data": str(number).encode(), "PartitionKey": "k"} for number in range(500)]

    def put_four_thousand():
        answers = [kinesis.put_records(StreamName="orders", Records=records) for _ in range(8)]
        each = [record for answer in answers for record in answer["Records"]]
        failed = [record for record in each if "ErrorCode" in record]
        assert sum(answer["FailedRecordCount"] for answer in answers) == len(failed)
        assert {record["ErrorCode"] for record in failed} == {"ProvisionedThroughputExceededException"}
        assert all("Rate exceeded" in record["ErrorMessage"] for record in failed)
        assert len(each) == 4000 and all("SequenceNumber" in record for record in each if record not in failed)
        return len(each) - len(failed)

    assert put_four_thousand() == 1000
    control.advance("1s")
    assert put_four_thousand() == 1000


def test_a_quota_is_set_by_name(control, client):
    control.buckets("reports")
    control.load(options({"s3.writesPerPrefix": "2/s"}))
    s3 = client("s3", attempts=1)
    put = [outcome(s3.put_object, Bucket="reports", Key=f"2026/{number}", Body=b"") for number in range(3)]
    assert put == ["done", "done", ("SlowDown", 503)]
    assert outcome(s3.put_object, Bucket="reports", Key="2027/0", Body=b"") == "done"


def test_what_validation_refuses_costs_nothing(control, client):
    control.streams("orders")
    control.load(options({"kinesis.DescribeStream": "1/s"}))
    kinesis = client("kinesis", attempts=1, parameter_validation=False)
    assert outcome(kinesis.describe_stream, StreamName="not a name!")[0] == "ValidationException"
    assert outcome(kinesis.describe_stream, StreamName="orders") == "done"


def test_a_scripted_answer_costs_nothing(control, client):
    rules = [{"match": "sts.GetCallerIdentity", "times": 3, "respond": {"Account": "111111111111"}}]
    control.load(options({"sts.requests": "1/s"}) | {"rules": rules})
    identity = client("sts", attempts=1).get_caller_identity
    assert [outcome(identity) for _ in range(5)] == ["done"] * 4 + [("Throttling", 400)]


def test_the_command_line_turns_them_on():
    server = Server("--quotas", "aws")
    if server.process is None:
        pytest.skip("a server that was here before has its own options")
    try:
        limits = clients.client(server.endpoint, "kinesis", attempts=1).describe_limits
        assert [outcome(limits) for _ in range(2)] == ["done", ("LimitExceededException", 400)]
    finally:
        server.stop()
