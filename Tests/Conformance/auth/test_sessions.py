# SPDX-License-Identifier: Apache-2.0
"""What sessions may do that STS gave out without a role, by a device, for a root, and for a provider's people."""

import pytest
from iam.test_iam_credentials import NOON, password

from .asking import ACCOUNT, OTHER, client_of, denied, document, refused, statement

INVALID = "The security token included in the request is invalid."
TASKS = "arn:aws:iam::aws:policy/root-task/"
DEVICE = f"arn:aws:iam::{ACCOUNT}:mfa/phone"


@pytest.fixture
def device(make, user, control):
    """`device(ago)`: a right password of a device of the user `ann`, whose key `device.key` is."""
    control.freeze()
    iam, key = make("iam"), user("ann", statement())
    seed = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]["Base32StringSeed"]
    codes = {f"AuthenticationCode{n + 1}": password(seed, NOON + 30 * (n - 1)) for n in range(2)}
    iam.enable_mfa_device(UserName="ann", SerialNumber=DEVICE, **codes)

    def code():
        control.advance(60)
        code.moment += 60
        return {"SerialNumber": DEVICE, "TokenCode": password(seed, code.moment)}

    code.moment = NOON
    return key, code


def test_iam_wants_a_device(make, user, device):
    """"GetSessionToken" of the STS API Reference: no call of IAM without one."""
    key, code = device
    plain = make("sts", key).get_session_token()["Credentials"]
    error = refused(make("iam", plain).list_users).response
    assert (error["Error"]["Code"], error["Error"]["Message"]) == ("InvalidClientTokenId", INVALID)
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 403
    make("sqs", plain).list_queues()
    assert make("sts", plain).get_caller_identity()["Arn"].endswith("user/ann")
    proven = make("sts", key).get_session_token(**code())["Credentials"]
    assert make("iam", proven).list_users()["Users"]


def test_a_role_that_wants_a_device(make, device):
    key, code = device
    trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole",
             "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}  # fmt: skip
    arn = make("iam").create_role(RoleName="safe", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    asked = {"RoleArn": arn, "RoleSessionName": "one"}
    sts = make("sts", key)
    assert denied(sts.assume_role, **asked).endswith("because no role trust policy allows the sts:AssumeRole action")
    wrong = code() | {"TokenCode": "000000"}
    assert denied(sts.assume_role, **asked, **wrong).startswith("MultiFactorAuthentication failed with invalid MFA")
    assert sts.assume_role(**asked, **code())["Credentials"]


def test_sessions_of_federated_users(make, user):
    key = user("federating", statement())
    given = make("sts", key).get_federation_token(Name="Bob", Policy=document(statement()))["Credentials"]
    make("s3", given).list_buckets()
    assert refused(make("iam", given).list_users).response["Error"]["Code"] == "InvalidClientTokenId"
    role = f"arn:aws:iam::{ACCOUNT}:role/any"
    denied(make("sts", given).assume_role, RoleArn=role, RoleSessionName="one")


def test_tasks_of_another_account_s_root(make):
    make("iam").enable_organizations_root_sessions()

    def task(name):
        return make("sts").assume_root(TargetPrincipal=OTHER, TaskPolicyArn={"arn": TASKS + name})["Credentials"]

    audit = task("IAMAuditRootUserCredentials")
    assert make("iam", audit).list_access_keys()["AccessKeyMetadata"] == []
    assert denied(make("iam", audit).list_users).endswith("because no session policy allows the iam:ListUsers action")
    denied(make("s3", audit).list_buckets)
    make("s3", task("S3UnlockBucketPolicy")).list_buckets()


def test_a_folder_for_each_identity(make, control, endpoint):
    """The commonest policy of identity pools: each identity has a folder of its name."""
    pools, iam = make("cognito-identity"), make("iam")
    pool = pools.create_identity_pool(IdentityPoolName="pool", AllowUnauthenticatedIdentities=True)["IdentityPoolId"]
    trust = {"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"},
             "Action": "sts:AssumeRoleWithWebIdentity",
             "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": pool}}}  # fmt: skip
    role = iam.create_role(RoleName="guest", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    folder = "arn:aws:s3:::folders/${cognito-identity.amazonaws.com:sub}/*"
    iam.put_role_policy(RoleName="guest", PolicyName="own", PolicyDocument=document(statement(resource=folder)))
    pools.set_identity_pool_roles(IdentityPoolId=pool, Roles={"unauthenticated": role})
    make("s3").create_bucket(Bucket="folders")
    identity = pools.get_id(IdentityPoolId=pool)["IdentityId"]
    key = pools.get_open_id_token(IdentityId=identity)["Token"]
    given = make("sts").assume_role_with_web_identity(RoleArn=role, RoleSessionName="one", WebIdentityToken=key)
    s3 = client_of(endpoint, "s3", given["Credentials"])
    s3.put_object(Bucket="folders", Key=f"{identity}/k", Body=b"")
    denied(s3.put_object, Bucket="folders", Key="somebody/k", Body=b"")
