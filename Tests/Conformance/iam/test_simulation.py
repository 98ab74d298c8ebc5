# SPDX-License-Identifier: Apache-2.0
"""IAM's simulator: whose statement decides, where it stands, which keys are missing, and what it does not take."""

import json

import pytest
from harness.identity import ACCOUNT
from harness.refusing import refused

OBJECT = "arn:aws:s3:::b/k"
PRETTY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:*",
      "Resource": "*"
    },
    {
      "Effect": "Deny",
      "Action": "s3:Delete*",
      "Resource": "*"
    }
  ]
}"""


def allowing(action="*", **more):
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"} | more
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def custom(iam, action, *policies, **more):
    [found] = iam.simulate_custom_policy(PolicyInputList=policies, ActionNames=[action], **more)["EvaluationResults"]
    return found


@pytest.mark.parametrize(
    ("action", "decision", "start", "end"),
    [("s3:GetObject", "allowed", (3, 17), (8, 6)), ("s3:DeleteObject", "explicitDeny", (8, 7), (13, 6))],
)
def test_where_a_statement_stands(iam, action, decision, start, end):
    """From behind the sign before it to behind its own last one."""
    found = custom(iam, action, allowing("sqs:*"), PRETTY)
    assert found["EvalDecision"] == decision
    [statement] = found["MatchedStatements"]
    assert (statement["SourcePolicyId"], statement["SourcePolicyType"]) == ("PolicyInputList.2", "IAM Policy")
    places = [statement[name] for name in ("StartPosition", "EndPosition")]
    assert [(place["Line"], place["Column"]) for place in places] == [start, end]


def test_whose_policy_decides(iam, world):
    """A managed policy is called by its name, a holder's own by its kind and name too."""
    iam.add_user_to_group(UserName="beep", GroupName="crew")
    iam.attach_user_policy(UserName="beep", PolicyArn=world)
    iam.put_user_policy(UserName="beep", PolicyName="own", PolicyDocument=allowing("sqs:*"))
    iam.put_group_policy(GroupName="crew", PolicyName="own", PolicyDocument=allowing("kinesis:*"))
    iam.put_role_policy(RoleName="pilot", PolicyName="own", PolicyDocument=allowing("sts:*"))

    def sources(kind, *actions):
        arn = f"arn:aws:iam::{ACCOUNT}:{kind}"
        found = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=actions)["EvaluationResults"]
        return [one["SourcePolicyId"] for result in found for one in result["MatchedStatements"]]

    asked = ("s3:GetObject", "sqs:SendMessage", "kinesis:PutRecord")
    assert sources("user/people/beep", *asked) == ["fly", "user_beep_own", "group_crew_own"]
    assert sources("role/pilot", "sts:AssumeRole") == ["role_pilot_own"]


def test_which_keys_are_missing(iam):
    """Beside each resource that is named, else beside the action."""
    condition = {"StringEquals": {"aws:PrincipalTag/team": "red"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    policy = allowing("s3:GetObject", Condition=condition)
    missing = ["aws:PrincipalTag/team", "aws:SourceIp"]
    found = custom(iam, "s3:GetObject", policy)
    assert (found["MissingContextValues"], "ResourceSpecificResults" in found) == (missing, False)
    found = custom(iam, "s3:GetObject", policy, ResourceArns=[OBJECT])
    [specific] = found["ResourceSpecificResults"]
    assert (found["MissingContextValues"], specific["MissingContextValues"]) == ([], missing)
    entries = [
        {"ContextKeyName": "aws:PrincipalTag/team", "ContextKeyValues": ["red"], "ContextKeyType": "string"},
        {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["203.0.113.9"], "ContextKeyType": "ip"},
    ]
    assert custom(iam, "s3:GetObject", policy, ContextEntries=entries)["EvalDecision"] == "allowed"


def test_what_a_boundary_leaves(iam):
    found = custom(iam, "s3:GetObject", allowing(), PermissionsBoundaryPolicyInputList=[allowing("sqs:*")])
    assert (found["EvalDecision"], found["PermissionsBoundaryDecisionDetail"]) == (
        "implicitDeny",
        {"AllowedByPermissionsBoundary": False},
    )
    assert "OrganizationsDecisionDetail" not in found


@pytest.mark.parametrize(
    "wrong",
    [{"ActionNames": ["s3:*"]}, {"ActionNames": ["GetObject"]}, {"ResourceArns": ["bucket"]},
     {"CallerArn": OBJECT * 2}],
    ids=lambda wrong: "-".join(wrong),
)
def test_what_it_does_not_take(iam, wrong):
    asked = {"PolicyInputList": [allowing()], "ActionNames": ["s3:GetObject"]} | wrong
    refused("InvalidInput", iam.simulate_custom_policy, **asked)


def test_names_of_statements_and_providers(iam):
    """What IAM reads more strictly than the grammar has it."""
    words = refused("MalformedPolicyDocument", iam.create_policy, PolicyName="p", PolicyDocument=allowing(Sid="a b"))
    assert words.startswith("Statement IDs (SID) must be alpha-numeric. Check that your input satisfies")
    principal = {"Principal": {"Federated": "idp.example.com"}, "Action": "sts:AssumeRoleWithSAML"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | principal]})
    words = refused("MalformedPolicyDocument", iam.create_role, RoleName="r", AssumeRolePolicyDocument=trust)
    assert words == 'Invalid principal in policy: "FEDERATED":"idp.example.com"'


def test_tags_of_sessions(iam, world, sts):
    """STS has a code of its own for tags that are wrong."""
    role = {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/pilot", "RoleSessionName": "one"}
    double = [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]
    refused("InvalidParameterValue", sts.assume_role, **role, Tags=double)
    refused("InvalidParameterValue", sts.assume_role, **role, TransitiveTagKeys=["a"])
