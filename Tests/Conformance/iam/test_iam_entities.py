# SPDX-License-Identifier: Apache-2.0
"""IAM: what it makes, shows, lists and takes away again."""

import json
import re

import pytest
from harness.identity import ACCOUNT, POLICY, trust

ARN = f"arn:aws:iam::{ACCOUNT}:"
TAGS = [{"Key": "team", "Value": "red"}]


def names(listing, key):
    return [entry[key] for entry in listing]


def test_users(iam):
    user = iam.create_user(UserName="beep", Path="/a/", Tags=TAGS)["User"]
    assert user["Arn"] == f"{ARN}user/a/beep" and re.fullmatch("AIDA[A-Z2-7]{17}", user["UserId"])
    assert user["CreateDate"].isoformat() == "2026-03-01T12:00:00+00:00" and user["Tags"] == TAGS
    assert iam.get_user(UserName="BEEP")["User"] == user
    iam.create_user(UserName="Alice")
    assert names(iam.list_users()["Users"], "UserName") == ["Alice", "beep"]
    assert names(iam.list_users(PathPrefix="/a")["Users"], "UserName") == ["beep"]
    iam.update_user(UserName="beep", NewUserName="boop", NewPath="/b/")
    moved = iam.get_user(UserName="boop")["User"]
    assert moved["Arn"] == f"{ARN}user/b/boop" and moved["UserId"] == user["UserId"]
    iam.delete_user(UserName="boop")
    assert names(iam.list_users()["Users"], "UserName") == ["Alice"]
    assert iam.get_user()["User"]["Arn"] == f"{ARN}root"


def test_groups(iam, world):
    iam.create_group(GroupName="g", Path="/x/")
    iam.add_user_to_group(GroupName="g", UserName="beep")
    iam.add_user_to_group(GroupName="g", UserName="beep")
    found = iam.get_group(GroupName="g")
    assert found["Group"]["Arn"] == f"{ARN}group/x/g" and names(found["Users"], "UserName") == ["beep"]
    iam.update_user(UserName="beep", NewUserName="boop")
    assert names(iam.list_groups_for_user(UserName="boop")["Groups"], "GroupName") == ["g"]
    iam.update_group(GroupName="g", NewGroupName="h")
    iam.remove_user_from_group(GroupName="h", UserName="boop")
    iam.delete_group(GroupName="h")
    assert names(iam.list_groups()["Groups"], "GroupName") == ["crew"]


def test_roles(iam, world):
    role = iam.create_role(
        RoleName="r", Path="/x/", AssumeRolePolicyDocument=trust(), Description="d", MaxSessionDuration=7200,
        PermissionsBoundary=world, Tags=TAGS,
    )["Role"]  # fmt: skip
    assert role["Arn"] == f"{ARN}role/x/r" and re.fullmatch("AROA[A-Z2-7]{17}", role["RoleId"])
    assert role["AssumeRolePolicyDocument"] == json.loads(trust()) and role["MaxSessionDuration"] == 7200
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == world and role["Tags"] == TAGS
    iam.update_role(RoleName="r", Description="e", MaxSessionDuration=3600)
    assert iam.update_role_description(RoleName="r", Description="f")["Role"]["Description"] == "f"
    service = trust({"Service": "ec2.amazonaws.com"})
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=service)
    found = iam.get_role(RoleName="r")["Role"]
    assert (found["Description"], found["MaxSessionDuration"]) == ("f", 3600)
    assert found["AssumeRolePolicyDocument"] == json.loads(service)
    assert names(iam.list_roles(PathPrefix="/x/")["Roles"], "RoleName") == ["r"]
    iam.delete_role_permissions_boundary(RoleName="r")
    iam.delete_role(RoleName="r")
    assert names(iam.list_roles()["Roles"], "RoleName") == ["pilot"]


def test_instance_profiles(iam, world):
    iam.add_role_to_instance_profile(InstanceProfileName="ship", RoleName="pilot")
    found = iam.get_instance_profile(InstanceProfileName="ship")["InstanceProfile"]
    assert found["Arn"] == f"{ARN}instance-profile/ship" and names(found["Roles"], "RoleName") == ["pilot"]
    assert names(iam.list_instance_profiles()["InstanceProfiles"], "InstanceProfileName") == ["ship"]
    held = iam.list_instance_profiles_for_role(RoleName="pilot")["InstanceProfiles"]
    assert names(held, "InstanceProfileName") == ["ship"]
    iam.remove_role_from_instance_profile(InstanceProfileName="ship", RoleName="pilot")
    iam.delete_instance_profile(InstanceProfileName="ship")
    assert iam.list_instance_profiles()["InstanceProfiles"] == []


HOLDERS = [("user", {"UserName": "beep"}), ("group", {"GroupName": "crew"}), ("role", {"RoleName": "pilot"})]


@pytest.mark.parametrize(("kind", "who"), HOLDERS)
def test_policies_of_its_own(iam, world, kind, who):
    getattr(iam, f"put_{kind}_policy")(**who, PolicyName="p", PolicyDocument=POLICY)
    found = getattr(iam, f"get_{kind}_policy")(**who, PolicyName="p")
    assert found["PolicyDocument"] == json.loads(POLICY) and who.items() <= found.items()
    assert getattr(iam, f"list_{kind}_policies")(**who)["PolicyNames"] == ["p"]
    getattr(iam, f"delete_{kind}_policy")(**who, PolicyName="p")
    assert getattr(iam, f"list_{kind}_policies")(**who)["PolicyNames"] == []


@pytest.mark.parametrize(("kind", "who"), HOLDERS)
def test_policies_that_are_attached(iam, world, kind, who):
    attach, listing = getattr(iam, f"attach_{kind}_policy"), getattr(iam, f"list_attached_{kind}_policies")
    aws = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    for arn in (world, aws, world):
        attach(**who, PolicyArn=arn)
    assert names(listing(**who)["AttachedPolicies"], "PolicyName") == ["AmazonS3ReadOnlyAccess", "fly"]
    assert iam.get_policy(PolicyArn=world)["Policy"]["AttachmentCount"] == 1
    holders = iam.list_entities_for_policy(PolicyArn=world)
    assert [name for name in ("PolicyUsers", "PolicyGroups", "PolicyRoles") if holders[name]] == [
        f"Policy{kind.title()}s"
    ]
    for arn in (world, aws):
        getattr(iam, f"detach_{kind}_policy")(**who, PolicyArn=arn)
    assert listing(**who)["AttachedPolicies"] == []


@pytest.mark.parametrize(("kind", "who"), [HOLDERS[0], HOLDERS[2]])
def test_boundaries(iam, world, kind, who):
    getattr(iam, f"put_{kind}_permissions_boundary")(**who, PermissionsBoundary=world)
    found = getattr(iam, f"get_{kind}")(**who)[kind.title()]
    assert found["PermissionsBoundary"]["PermissionsBoundaryArn"] == world
    assert iam.get_policy(PolicyArn=world)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    getattr(iam, f"delete_{kind}_permissions_boundary")(**who)
    assert "PermissionsBoundary" not in getattr(iam, f"get_{kind}")(**who)[kind.title()]


def test_managed_policies_and_their_versions(iam, world, clock):
    policy = iam.get_policy(PolicyArn=world)["Policy"]
    assert policy["DefaultVersionId"] == "v1" and re.fullmatch("ANPA[A-Z2-7]{17}", policy["PolicyId"])
    clock(5)
    other = POLICY.replace("s3:*", "sqs:*")
    assert iam.create_policy_version(PolicyArn=world, PolicyDocument=other)["PolicyVersion"]["VersionId"] == "v2"
    assert iam.create_policy_version(PolicyArn=world, PolicyDocument=other, SetAsDefault=True)["PolicyVersion"][
        "IsDefaultVersion"
    ]
    assert iam.get_policy_version(PolicyArn=world, VersionId="v3")["PolicyVersion"]["Document"] == json.loads(other)
    assert names(iam.list_policy_versions(PolicyArn=world)["Versions"], "VersionId") == ["v3", "v2", "v1"]
    iam.set_default_policy_version(PolicyArn=world, VersionId="v1")
    for version in ("v2", "v3"):
        iam.delete_policy_version(PolicyArn=world, VersionId=version)
    assert iam.create_policy_version(PolicyArn=world, PolicyDocument=other)["PolicyVersion"]["VersionId"] == "v4"
    iam.delete_policy_version(PolicyArn=world, VersionId="v4")
    assert names(iam.list_policies(Scope="Local")["Policies"], "PolicyName") == ["fly"]
    assert "AdministratorAccess" in names(iam.list_policies(Scope="AWS")["Policies"], "PolicyName")
    assert iam.list_policies(OnlyAttached=True)["Policies"] == []
    iam.delete_policy(PolicyArn=world)
    assert iam.list_policies(Scope="Local")["Policies"] == []


TAGGED = [
    ("user", {"UserName": "beep"}), ("role", {"RoleName": "pilot"}), ("policy", {"PolicyArn": f"{ARN}policy/fly"}),
    ("instance_profile", {"InstanceProfileName": "ship"}), ("mfa_device", {"SerialNumber": f"{ARN}mfa/m"}),
    ("open_id_connect_provider", {"OpenIDConnectProviderArn": f"{ARN}oidc-provider/id.example"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "who"), TAGGED)
def test_tags(iam, world, kind, who):
    iam.create_virtual_mfa_device(VirtualMFADeviceName="m")
    iam.create_open_id_connect_provider(Url="https://id.example")
    tag, listing = getattr(iam, f"tag_{kind}"), getattr(iam, f"list_{kind}_tags")
    tag(**who, Tags=[{"Key": "b", "Value": "1"}, {"Key": "a", "Value": ""}])
    tag(**who, Tags=[{"Key": "B", "Value": "2"}])
    assert listing(**who)["Tags"] == [{"Key": "a", "Value": ""}, {"Key": "B", "Value": "2"}]
    first = listing(**who, MaxItems=1)
    assert first["IsTruncated"] and listing(**who, Marker=first["Marker"])["Tags"] == [{"Key": "B", "Value": "2"}]
    getattr(iam, f"untag_{kind}")(**who, TagKeys=["a", "none"])
    assert listing(**who)["Tags"] == [{"Key": "B", "Value": "2"}]


def test_the_account(iam, world):
    iam.create_account_alias(AccountAlias="fleet")
    assert iam.list_account_aliases()["AccountAliases"] == ["fleet"]
    iam.delete_account_alias(AccountAlias="fleet")
    iam.update_account_password_policy(MinimumPasswordLength=10, RequireNumbers=True, MaxPasswordAge=90)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert policy | {"MinimumPasswordLength": 10, "RequireNumbers": True, "ExpirePasswords": True} == policy
    iam.delete_account_password_policy()
    summary = iam.get_account_summary()["SummaryMap"]
    assert summary | {"Users": 1, "Groups": 1, "Roles": 1, "Policies": 1, "UsersQuota": 5000} == summary
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token")
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 2


def test_details(iam, world):
    iam.add_user_to_group(GroupName="crew", UserName="beep")
    iam.put_role_policy(RoleName="pilot", PolicyName="p", PolicyDocument=POLICY)
    iam.attach_user_policy(UserName="beep", PolicyArn=world)
    found = iam.get_account_authorization_details()
    assert found["UserDetailList"][0]["GroupList"] == ["crew"]
    assert found["RoleDetailList"][0]["RolePolicyList"][0]["PolicyDocument"] == json.loads(POLICY)
    assert found["Policies"][0]["PolicyVersionList"][0]["Document"] == json.loads(POLICY)
    pages = iam.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 1})
    whole = pages.build_full_result()
    assert [len(whole[name]) for name in ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")] == [1] * 4
    assert iam.get_account_authorization_details(Filter=["Group"])["UserDetailList"] == []


def test_credential_report(iam, world, clock):
    iam.create_access_key(UserName="beep")
    assert iam.generate_credential_report()["State"] == "STARTED"
    assert iam.generate_credential_report()["State"] == "COMPLETE"
    report = iam.get_credential_report()
    rows = report["Content"].decode().split("\n")
    assert rows[0].startswith("user,arn,user_creation_time") and rows[1].startswith("<root_account>,")
    assert len({row.count(",") for row in rows}) == 1
    assert rows[2].startswith(f"beep,{ARN}user/people/beep,2026-03-01T12:00:00+00:00,false")
    clock(25 * 3600)
    with pytest.raises(iam.exceptions.CredentialReportExpiredException):
        iam.get_credential_report()


def test_service_linked_roles(iam):
    role = iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="x")["Role"]
    assert role["Arn"] == f"{ARN}role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_x"
    task = iam.delete_service_linked_role(RoleName=role["RoleName"])["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    assert iam.list_roles()["Roles"] == []


def test_last_accessed(iam, world, by):
    iam.attach_user_policy(UserName="beep", PolicyArn=world)
    key = iam.create_access_key(UserName="beep")["AccessKey"]
    by(key, "sqs").list_queues()
    user = f"{ARN}user/people/beep"
    job = iam.generate_service_last_accessed_details(Arn=user)["JobId"]
    found = iam.get_service_last_accessed_details(JobId=job)
    used = {entry["ServiceNamespace"]: entry for entry in found["ServicesLastAccessed"]}
    assert found["JobStatus"] == "COMPLETED" and used["sqs"]["LastAuthenticatedEntity"] == user
    assert used["s3"]["TotalAuthenticatedEntities"] == 0
    entities = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="sqs")
    assert entities["EntityDetailsList"][0]["EntityInfo"]["Arn"] == user
    granting = iam.list_policies_granting_service_access(Arn=user, ServiceNamespaces=["s3"])
    assert granting["PoliciesGrantingServiceAccess"][0]["Policies"][0]["PolicyArn"] == world
    report = iam.generate_organizations_access_report(EntityPath="o-abcdefghij/r-abcd")["JobId"]
    assert iam.get_organizations_access_report(JobId=report)["NumberOfServicesAccessible"] == 2
    last = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])
    assert last["UserName"] == "beep" and last["AccessKeyLastUsed"]["ServiceName"] == "sqs"


def test_organisation_features(iam):
    assert iam.enable_organizations_root_sessions()["EnabledFeatures"] == ["RootSessions"]
    both = iam.enable_organizations_root_credentials_management()["EnabledFeatures"]
    assert both == ["RootCredentialsManagement", "RootSessions"]
    assert iam.disable_organizations_root_sessions()["EnabledFeatures"] == ["RootCredentialsManagement"]
    assert iam.disable_organizations_root_credentials_management()["EnabledFeatures"] == []
    assert re.fullmatch("o-[a-z0-9]{10}", iam.list_organizations_features()["OrganizationId"])
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    assert iam.get_outbound_web_identity_federation_info()["IssuerIdentifier"] == issuer
    iam.disable_outbound_web_identity_federation()


def test_delegation(iam, sts, control):
    made = iam.create_delegation_request(
        Description="d", Permissions={"PolicyTemplateArn": "arn:aws:iam::aws:policy-template/x"},
        RequestorWorkflowId="w-123", NotificationChannel="channel", SessionDuration=3600,
    )["DelegationRequestId"]  # fmt: skip
    who = {"DelegationRequestId": made}

    def state():
        return iam.get_delegation_request(**who)["DelegationRequest"]["State"]

    assert state() == "UNASSIGNED" and iam.list_delegation_requests()["DelegationRequests"]
    for call, then in [("associate", "ASSIGNED"), ("update", "PENDING_APPROVAL"), ("accept", "ACCEPTED")]:
        getattr(iam, f"{call}_delegation_request")(**who)
        assert state() == then
    with pytest.raises(iam.exceptions.InvalidInputException):
        iam.reject_delegation_request(**who)
    iam.send_delegation_token(**who)
    token = control.demand("GET", "messages")["messages"][-1]["text"]
    given = sts.get_delegated_access_token(TradeInToken=token)
    assert given["AssumedPrincipal"].endswith(f"/delegation-{made}")
    summary = iam.get_human_readable_summary(EntityArn=f"{ARN}delegation-request/{made}")
    assert summary["SummaryContent"] == "d"
