# SPDX-License-Identifier: Apache-2.0
"""Generated policies and requests, judged here and by an implementation of other people: PMapper's (principalmapper),
where it is installed. AWRY_DIFFERENTIAL says how many policies; PMAPPER_PATH where it lies.

Judged differences, which the generator leaves out: PMapper takes a negated operator on a key that is not there for
false, ForAllValues on none for false, Bool's texts as they are written, variables in conditions as text, and resources
in any letter case; IAM does not (IAM User Guide, "Condition operators", "Set operators", "Variables and tags").
"""

import collections
import collections.abc
import json
import os
import random
import sys

import pytest

pytestmark = pytest.mark.needs("iam")
COUNT = int(os.environ.get("AWRY_DIFFERENTIAL", "400"))
ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "sqs:SendMessage", "iam:CreateUser", "iam:PassRole"]
RESOURCES = ["*", "arn:aws:s3:::b", "arn:aws:s3:::b/k", "arn:aws:s3:::b/a/k", "arn:aws:sqs:us-east-1:1:q"]
PATTERNS = RESOURCES + [
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::?/k",
    "arn:aws:s3:::*",
    "arn:aws:sqs:*:1:*",
    "arn:aws:s3:::b/${aws:username}",
]
NAMES = ["*", "s3:*", "s3:Get*", "S3:putobject", "*:SendMessage", "iam:*User", "s3:?etObject"] + ACTIONS
KEYS = {
    "aws:username": ["alice", "k", "ALICE"],
    "s3:prefix": ["", "home/alice/", "home/"],
    "aws:SourceIp": ["10.1.2.3", "203.0.113.9", "2001:db8::1"],
    "s3:max-keys": ["9", "10", "11"],
    "aws:CurrentTime": ["2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z"],
    "aws:SecureTransport": ["true", "false"],
    "aws:PrincipalArn": ["arn:aws:iam::123456789012:user/alice", "arn:aws:iam::123456789012:role/r"],
}
OPERATORS = [
    ("StringEquals", "aws:username", ["alice", "bob", "k"]),
    ("StringNotEquals", "aws:username", ["alice", "bob"]),
    ("StringEqualsIgnoreCase", "aws:username", ["Alice", "bob"]),
    ("StringLike", "s3:prefix", ["", "home/*", "home/*/", "h?me/"]),
    ("StringNotLike", "s3:prefix", ["home/*"]),
    ("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.0/24", "2001:db8::/32"]),
    ("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8"]),
    ("NumericEquals", "s3:max-keys", ["10"]),
    ("NumericLessThan", "s3:max-keys", ["10"]),
    ("NumericGreaterThanEquals", "s3:max-keys", ["10"]),
    ("DateLessThan", "aws:CurrentTime", ["2026-03-01T18:00:00Z"]),
    ("DateGreaterThan", "aws:CurrentTime", ["2026-03-01T18:00:00Z"]),
    ("Bool", "aws:SecureTransport", ["true"]),
    ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::*:user/*", "arn:aws:iam::123456789012:role/r"]),
    ("ArnEquals", "aws:PrincipalArn", ["arn:aws:iam::123456789012:user/alice"]),
    ("Null", "aws:username", ["false"]),
]


@pytest.fixture(scope="module")
def judge():
    path = os.environ.get("PMAPPER_PATH")
    if path:
        sys.path.insert(0, path)
    for name in ("Mapping", "MutableMapping", "Sequence"):
        setattr(collections, name, getattr(collections.abc, name))
    judging = pytest.importorskip("principalmapper.querying.local_policy_simulation")
    from principalmapper.util.case_insensitive_dict import CaseInsensitiveDict

    def decide(document, action, resource, context):
        keys = CaseInsensitiveDict({name: value for name, value in context.items()})
        for effect, outcome in (("Deny", "explicitDeny"), ("Allow", "allowed")):
            if judging.policy_has_matching_statement(document, effect, action, resource, keys):
                return outcome
        return "implicitDeny"

    return decide


def some(draw, values):
    return draw.sample(values, draw.randint(1, 2)) if draw.random() < 0.5 else draw.choice(values)


def statement(draw):
    made = {"Effect": draw.choice(["Allow", "Allow", "Deny"])}
    made[draw.choice(["Action"] * 4 + ["NotAction"])] = some(draw, NAMES)
    made[draw.choice(["Resource"] * 4 + ["NotResource"])] = some(draw, PATTERNS)
    for operator, key, values in draw.sample(OPERATORS, draw.choice([0, 0, 1, 2])):
        wanted = some(draw, values) if len(values) > 1 else values[0]
        made.setdefault("Condition", {}).setdefault(operator, {})[key] = wanted
    return made


def test_both_decide_alike(client, judge):
    draw = random.Random(8)
    iam = client("iam")
    different = []
    for _ in range(COUNT):
        document = {"Version": "2012-10-17", "Statement": [statement(draw) for _ in range(draw.randint(1, 4))]}
        context = {key: draw.choice(values) for key, values in KEYS.items()}
        answer = iam.simulate_custom_policy(
            PolicyInputList=[json.dumps(document)],
            ActionNames=ACTIONS,
            ResourceArns=RESOURCES,
            ContextEntries=[
                {"ContextKeyName": key, "ContextKeyValues": [value], "ContextKeyType": "string"}
                for key, value in context.items()
            ],
        )
        for one in answer["EvaluationResults"]:
            theirs = judge(document, one["EvalActionName"], one["EvalResourceName"], context)
            if theirs != one["EvalDecision"]:
                request = (one["EvalActionName"], one["EvalResourceName"], context)
                different.append((document, request, one["EvalDecision"], theirs))
    assert not different, f"{len(different)} differ, the first: {json.dumps(different[0], indent=1)}"
