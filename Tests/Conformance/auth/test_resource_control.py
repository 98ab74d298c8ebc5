# SPDX-License-Identifier: Apache-2.0
"""An organisation's resource control policies: which services they speak of, calls that nobody signs among them; whose
accounts are of the organisation; and what the simulator tells of its policies."""

import json

import boto3
import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from .asking import ACCOUNT, OTHER, client_of, denied, document, statement

DENIED = "with an explicit deny in a resource control policy"
ORGANIZATION = "o-a1b2c3d4e5"


@pytest.fixture
def organized(endpoint, control):
    """`organized(*denials, **more)`: enforcing, in an organisation with these resource control policies."""

    def load(*denials, **more):
        policies = [json.loads(document(statement(effect="Deny", Principal="*", **one))) for one in denials]
        organization = {"id": ORGANIZATION, "resourceControlPolicies": policies} | more
        options = {"auth": "enforce", "organization": organization}
        control.demand("PUT", "scenarios/organized", {"scenario": "organized", "options": options})
        return lambda service, *key, **account: client_of(endpoint, service, *key, **account)

    return load


@pytest.fixture
def nobody(endpoint):
    config = Config(signature_version=botocore.UNSIGNED)
    return lambda service: boto3.client(service, endpoint_url=endpoint, region_name="us-east-1", config=config)


CALLS = [
    ("s3", "list_buckets", {}, True),
    ("sqs", "list_queues", {}, True),
    ("cognito-idp", "list_user_pools", {"MaxResults": 1}, True),
    ("cognito-identity", "list_identity_pools", {"MaxResults": 1}, True),
    ("kinesis", "list_streams", {}, False),
    ("iam", "list_users", {}, False),
]


@pytest.mark.parametrize(("service", "call", "given", "held"), CALLS, ids=[row[0] for row in CALLS])
def test_which_services_they_speak_of(organized, service, call, given, held):
    """"Resource control policies" of the AWS Organizations User Guide."""
    ask = getattr(organized({"action": "*"})(service), call)
    if held:
        assert denied(ask, **given).endswith(DENIED)
    else:
        ask(**given)


def test_sign_in_from_elsewhere(organized, nobody):
    """Nobody signs InitiateAuth, and the policy holds all the same."""
    away = {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    make = organized({"action": "cognito-idp:InitiateAuth", "Condition": away})
    idp = make("cognito-idp")
    pool = idp.create_user_pool(PoolName="p")["UserPool"]
    client = idp.create_user_pool_client(UserPoolId=pool["Id"], ClientName="c")["UserPoolClient"]["ClientId"]
    asked = {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH"}
    names = {"AuthParameters": {"USERNAME": "a", "PASSWORD": "b"}}
    message = denied(nobody("cognito-idp").initiate_auth, **asked, **names)
    action = "cognito-idp:InitiateAuth on resource"
    assert message == f"User: anonymous is not authorized to perform: {action}: {pool['Arn']} {DENIED}"
    with pytest.raises(ClientError) as caught:
        nobody("cognito-idp").forgot_password(ClientId=client, Username="a")
    assert caught.value.response["Error"]["Code"] != "AccessDeniedException"


def test_tokens_of_one_issuer_alone(organized, nobody):
    other = {"StringNotEquals": {"cognito-identity.amazonaws.com:aud": "somebody's"}}
    make = organized({"action": "sts:AssumeRoleWithWebIdentity", "Condition": other})
    pools = make("cognito-identity")
    pool = pools.create_identity_pool(IdentityPoolName="p", AllowUnauthenticatedIdentities=True)["IdentityPoolId"]
    federated = {"Federated": "cognito-identity.amazonaws.com"}
    trust = {"Effect": "Allow", "Principal": federated, "Action": "sts:AssumeRoleWithWebIdentity"}
    role = make("iam").create_role(RoleName="guest", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    token = pools.get_open_id_token(IdentityId=pools.get_id(IdentityPoolId=pool)["IdentityId"])["Token"]
    asked = {"RoleArn": role, "RoleSessionName": "one", "WebIdentityToken": token}
    told = denied(nobody("sts").assume_role_with_web_identity, **asked)
    assert told == "Not authorized to perform sts:AssumeRoleWithWebIdentity"
    organized()
    assert nobody("sts").assume_role_with_web_identity(**asked)["Credentials"]


def test_who_is_of_the_organization(organized):
    """A bucket for the organisation alone: its members, and nobody else."""
    make = organized(accounts=[ACCOUNT, OTHER])
    make("s3").create_bucket(Bucket="ours")
    ours = {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}
    allowed = statement(action="s3:PutObject", resource="arn:aws:s3:::ours/*", Principal="*", Condition=ours)
    make("s3").put_bucket_policy(Bucket="ours", Policy=document(allowed))
    put = {"Bucket": "ours", "Key": "k", "Body": b""}
    make("s3", account=OTHER).put_object(**put)
    denied(make("s3", account="111122223333").put_object, **put)


def test_what_an_account_s_own_may_take_elsewhere(organized):
    """A service control policy that keeps data inside, by the resource's organisation."""
    outside = statement("Deny", "s3:PutObject", Condition={"StringNotEquals": {"aws:ResourceOrgID": ORGANIZATION}})
    make = organized(accounts=[ACCOUNT], serviceControlPolicies=[json.loads(document(outside))])
    for account, name in ((ACCOUNT, "inside"), (OTHER, "outside")):
        make("s3", account=account).create_bucket(Bucket=name)
        open_policy = statement(action="s3:PutObject", resource=f"arn:aws:s3:::{name}/*", Principal={"AWS": ACCOUNT})
        make("s3", account=account).put_bucket_policy(Bucket=name, Policy=document(open_policy))
    make("s3").put_object(Bucket="inside", Key="k", Body=b"")
    denied(make("s3").put_object, Bucket="outside", Key="k", Body=b"")


def simulated(iam, *actions, **more):
    arn = f"arn:aws:iam::{ACCOUNT}:user/ann"
    return iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=actions, **more)["EvaluationResults"]


def test_the_simulator_asks_the_organization(organized):
    level = [json.loads(document(statement(action=["s3:*", "iam:*"]), statement("Deny", "s3:DeleteBucket")))]
    iam = organized(serviceControlPolicies=[level])("iam")
    iam.create_user(UserName="ann")
    iam.put_user_policy(UserName="ann", PolicyName="own", PolicyDocument=document(statement()))
    found = simulated(iam, "s3:GetObject", "sqs:SendMessage", "s3:DeleteBucket")
    told = [(one["EvalDecision"], one["OrganizationsDecisionDetail"]["AllowedByOrganizations"]) for one in found]
    assert told == [("allowed", True), ("implicitDeny", False), ("explicitDeny", False)]
    assert [len(one["MatchedStatements"]) for one in found] == [1, 0, 0]
    organized(accounts=[OTHER], serviceControlPolicies=[level])
    [free] = simulated(iam, "sqs:SendMessage")
    assert free["EvalDecision"] == "allowed" and "OrganizationsDecisionDetail" not in free
