# SPDX-License-Identifier: Apache-2.0
"""IAM: each paginator and each waiter that botocore has for it, against what the fake holds."""

import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import PaginationError, WaiterError
from harness.identity import ACCOUNT, POLICY, trust

from .test_iam_credentials import METADATA, pair  # noqa: F401

ARN = f"arn:aws:iam::{ACCOUNT}:"
FLY, SHIP = {"PolicyArn": f"{ARN}policy/fly"}, {"InstanceProfileName": "ship"}
TAGS = [{"Key": key, "Value": ""} for key in "abc"]
USER, GROUP, ROLE = {"UserName": "beep"}, {"GroupName": "crew"}, {"RoleName": "pilot"}


def three(call, **parameters):
    """Calls three times, with a number in the place of each `%`."""
    for number in range(3):
        call(**{key: value.replace("%", str(number)) for key, value in parameters.items()})


# What makes three of them, the paginator, its parameters, and where they are.
PAGED = [
    (lambda i: three(i.create_user, UserName="u%", Path="/p/"), "list_users", {"PathPrefix": "/p/"}, "Users"),
    (lambda i: three(i.create_group, GroupName="g%", Path="/p/"), "list_groups", {"PathPrefix": "/p/"}, "Groups"),
    (lambda i: three(i.create_role, RoleName="r%", Path="/p/", AssumeRolePolicyDocument=trust()), "list_roles",
     {"PathPrefix": "/p/"}, "Roles"),
    (lambda i: three(i.create_instance_profile, InstanceProfileName="i%", Path="/p/"), "list_instance_profiles",
     {"PathPrefix": "/p/"}, "InstanceProfiles"),
    (lambda i: three(i.create_policy, PolicyName="p%", Path="/p/", PolicyDocument=POLICY), "list_policies",
     {"PathPrefix": "/p/", "Scope": "Local"}, "Policies"),
    (lambda i: three(i.put_user_policy, **USER, PolicyName="p%", PolicyDocument=POLICY), "list_user_policies", USER,
     "PolicyNames"),
    (lambda i: three(i.put_group_policy, **GROUP, PolicyName="p%", PolicyDocument=POLICY), "list_group_policies", GROUP,
     "PolicyNames"),
    (lambda i: three(i.put_role_policy, **ROLE, PolicyName="p%", PolicyDocument=POLICY), "list_role_policies", ROLE,
     "PolicyNames"),
    (lambda i: attached(i, i.attach_user_policy, USER), "list_attached_user_policies", USER, "AttachedPolicies"),
    (lambda i: attached(i, i.attach_group_policy, GROUP), "list_attached_group_policies", GROUP, "AttachedPolicies"),
    (lambda i: attached(i, i.attach_role_policy, ROLE), "list_attached_role_policies", ROLE, "AttachedPolicies"),
    (lambda i: [i.create_policy_version(PolicyArn=f"{ARN}policy/fly", PolicyDocument=POLICY) for _ in range(2)],
     "list_policy_versions", {"PolicyArn": f"{ARN}policy/fly"}, "Versions"),
    (lambda i: (three(i.create_group, GroupName="g%"), three(i.add_user_to_group, GroupName="g%", UserName="beep")),
     "list_groups_for_user", USER, "Groups"),
    (lambda i: (three(i.create_user, UserName="u%"), three(i.add_user_to_group, GroupName="crew", UserName="u%")),
     "get_group", GROUP, "Users"),
    (lambda i: (three(i.create_instance_profile, InstanceProfileName="i%"),
                three(i.add_role_to_instance_profile, InstanceProfileName="i%", RoleName="pilot")),
     "list_instance_profiles_for_role", ROLE, "InstanceProfiles"),
    (lambda i: (three(i.create_user, UserName="u%"),
                three(i.attach_user_policy, UserName="u%", PolicyArn=f"{ARN}policy/fly")),
     "list_entities_for_policy", {"PolicyArn": f"{ARN}policy/fly"}, "PolicyUsers"),
    (lambda i: three(i.create_virtual_mfa_device, VirtualMFADeviceName="m%"), "list_virtual_mfa_devices", {},
     "VirtualMFADevices"),
    (lambda i: three(i.enable_mfa_device, **USER, SerialNumber="GAHT1234567%", AuthenticationCode1="123456",
                     AuthenticationCode2="654321"), "list_mfa_devices", USER, "MFADevices"),
    (lambda i: i.tag_user(**USER, Tags=[{"Key": k, "Value": ""} for k in "abc"]), "list_user_tags", USER, "Tags"),
    (lambda i: i.tag_role(**ROLE, Tags=[{"Key": k, "Value": ""} for k in "abc"]), "list_role_tags", ROLE, "Tags"),
    (lambda i: i.tag_policy(**FLY, Tags=TAGS), "list_policy_tags", FLY, "Tags"),
    (lambda i: i.tag_instance_profile(**SHIP, Tags=TAGS), "list_instance_profile_tags", SHIP, "Tags"),
    (lambda i: i.create_virtual_mfa_device(VirtualMFADeviceName="phone", Tags=TAGS), "list_mfa_device_tags",
     {"SerialNumber": f"{ARN}mfa/phone"}, "Tags"),
    (lambda i: i.create_open_id_connect_provider(Url="https://id.example", Tags=TAGS),
     "list_open_id_connect_provider_tags", {"OpenIDConnectProviderArn": f"{ARN}oidc-provider/id.example"}, "Tags"),
    (lambda i: i.create_saml_provider(Name="idp", SAMLMetadataDocument=METADATA, Tags=TAGS),
     "list_saml_provider_tags", {"SAMLProviderArn": f"{ARN}saml-provider/idp"}, "Tags"),
    (lambda i: None, "simulate_custom_policy",
     {"PolicyInputList": [POLICY], "ActionNames": ["s3:GetObject", "s3:PutObject", "sqs:SendMessage"]},
     "EvaluationResults"),
    (lambda i: i.put_user_policy(**USER, PolicyName="p", PolicyDocument=POLICY), "simulate_principal_policy",
     {"PolicySourceArn": f"{ARN}user/people/beep", "ActionNames": ["s3:GetObject", "s3:PutObject", "sqs:SendMessage"]},
     "EvaluationResults"),
]  # fmt: skip


def attached(iam, attach, who):
    for name in ("AmazonSQSFullAccess", "AmazonS3ReadOnlyAccess", "AdministratorAccess"):
        attach(**who, PolicyArn=f"arn:aws:iam::aws:policy/{name}")


@pytest.mark.parametrize(("make", "paginator", "given", "key"), PAGED, ids=[row[1] for row in PAGED])
def test_pages(iam, world, make, paginator, given, key):
    make(iam)
    whole = iam.get_paginator(paginator).paginate(**given).build_full_result()[key]
    pages = list(iam.get_paginator(paginator).paginate(**given, PaginationConfig={"PageSize": 2}))
    assert [len(page[key]) for page in pages] == [2, 1] and [page["IsTruncated"] for page in pages] == [True, False]
    assert [entry for page in pages for entry in page[key]] == whole


SHORT = [
    ("list_access_keys", USER, 2), ("list_account_aliases", {}, 1), ("list_signing_certificates", USER, 0),
    ("list_ssh_public_keys", USER, 0), ("list_server_certificates", {}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("paginator", "given", "made"), SHORT)
def test_short_listings(iam, world, paginator, given, made):
    for _ in range(2):
        iam.create_access_key(**USER)
    iam.create_account_alias(AccountAlias="fleet")
    pages = list(iam.get_paginator(paginator).paginate(**given, PaginationConfig={"PageSize": 1}))
    assert len(pages) == max(made, 1)


def test_pages_of_certificates_tags(iam, world, pair):  # noqa: F811
    given = {"ServerCertificateName": "s"}
    iam.upload_server_certificate(**given, CertificateBody=pair[0], PrivateKey=pair[1], Tags=TAGS)
    pages = list(iam.get_paginator("list_server_certificate_tags").paginate(**given, PaginationConfig={"PageSize": 2}))
    assert [[tag["Key"] for tag in page["Tags"]] for page in pages] == [["a", "b"], ["c"]]


def test_pages_of_an_account_s_details(iam, world):
    keys = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]
    three(iam.create_user, UserName="u%")
    paginator = iam.get_paginator("get_account_authorization_details")
    given = {"Filter": ["User", "Group", "Role", "LocalManagedPolicy"]}
    whole = paginator.paginate(**given).build_full_result()
    assert [len(whole[key]) for key in keys] == [4, 1, 1, 1]
    pages = list(paginator.paginate(**given, PaginationConfig={"PageSize": 2}))
    assert [sum(len(page.get(key, [])) for key in keys) for page in pages] == [2, 2, 2, 1]
    assert {key: sum((page.get(key, []) for page in pages), []) for key in keys} == {key: whole[key] for key in keys}


def test_pages_that_fail_and_pages_without_end(iam, world, control):
    three(iam.create_user, UserName="u%")
    control.rules({"match": "iam.ListUsers", "nth": "2", "error": "ServiceFailure"})
    pages = iter(iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1}))
    assert next(pages)["Users"]
    with pytest.raises(iam.exceptions.ServiceFailureException):
        next(pages)
    control.rules({"match": "iam.ListUsers", "respond": {"Users": [], "IsTruncated": True, "Marker": "same"}})
    with pytest.raises(PaginationError, match="The same next token was received twice"):
        list(iam.get_paginator("list_users").paginate())


def test_every_paginator_is_here(iam):
    known = {row[1] for row in PAGED} | {row[0] for row in SHORT}
    known |= {"get_account_authorization_details", "list_server_certificate_tags"}
    config = botocore.session.get_session().get_paginator_model("iam")._paginator_config
    assert {xform_name(name) for name in config} == known


WAITED = [
    ("user_exists", USER, "iam.GetUser"), ("role_exists", ROLE, "iam.GetRole"),
    ("instance_profile_exists", {"InstanceProfileName": "ship"}, "iam.GetInstanceProfile"),
    ("policy_exists", {"PolicyArn": f"{ARN}policy/fly"}, "iam.GetPolicy"),
]  # fmt: skip


@pytest.mark.parametrize(("waiter", "given", "operation"), WAITED)
def test_waiters(iam, world, control, sleeps, waiter, given, operation):
    iam.get_waiter(waiter).wait(**given)
    # There after a while.
    control.rules({"match": operation, "times": 2, "error": "NoSuchEntity"})
    iam.get_waiter(waiter).wait(**given, WaiterConfig={"Delay": 1, "MaxAttempts": 3})
    gone = {key: value.rstrip("pylot") + "x" for key, value in given.items()}
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        iam.get_waiter(waiter).wait(**gone, WaiterConfig={"Delay": 1, "MaxAttempts": 2})
    control.rules({"match": operation, "error": "ServiceFailure"})
    with pytest.raises(WaiterError, match="ServiceFailure|An error occurred"):
        iam.get_waiter(waiter).wait(**given, WaiterConfig={"Delay": 1, "MaxAttempts": 2})
