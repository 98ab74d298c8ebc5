# SPDX-License-Identifier: Apache-2.0
"""IAM: each error that its state can cause, with code, status and words."""

import pytest
from botocore.exceptions import ClientError
from harness.identity import ACCOUNT, POLICY, trust
from harness.refusing import told

ARN = f"arn:aws:iam::{ACCOUNT}:"
NOBODY = f"{ARN}policy/none"
GONE = {"UserName": "gone"}
USER = {"UserName": "beep"}
ROLE = {"RoleName": "pilot"}
TAGS = {"Tags": [{"Key": "k", "Value": "v"}]}
BAD = {"PolicyDocument": "{"}
NO_USER = "The user with name gone cannot be found."
NO_ROLE = "The role with name gone cannot be found."
NO_GROUP = "The group with name gone cannot be found."
NO_PROFILE = "Instance Profile gone cannot be found."
NO_POLICY = f"Policy {NOBODY} was not found."
NO_OIDC = f"OpenIDConnect Provider not found for arn {ARN}oidc-provider/x"
OIDC = {"OpenIDConnectProviderArn": f"{ARN}oidc-provider/x"}
SAML = {"SAMLProviderArn": f"{ARN}saml-provider/x"}
MFA = {"SerialNumber": f"{ARN}mfa/none"}
CODES = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
POLICY_ARN = {"PolicyArn": NOBODY}
CERTIFICATE = {"ServerCertificateName": "gone"}
KEY_ID = "AKIAIOSFODNN7EXAMPLE"

# What is not there: operation, parameters, the words where they are certain.
MISSING = [
    ("get_user", GONE, NO_USER), ("delete_user", GONE, NO_USER), ("update_user", GONE, NO_USER),
    ("create_access_key", GONE, NO_USER), ("list_access_keys", GONE, NO_USER),
    ("delete_access_key", USER | {"AccessKeyId": KEY_ID}, f"The Access Key with id {KEY_ID} cannot be found."),
    ("update_access_key", USER | {"AccessKeyId": KEY_ID, "Status": "Active"}, None),
    ("get_access_key_last_used", {"AccessKeyId": KEY_ID}, None),
    ("create_login_profile", GONE | {"Password": "Abcdef-123"}, NO_USER),
    ("get_login_profile", USER, "Login Profile for User beep cannot be found."),
    ("update_login_profile", USER, "Login Profile for User beep cannot be found."),
    ("delete_login_profile", USER, "Login Profile for User beep cannot be found."),
    ("put_user_policy", GONE | {"PolicyName": "p", "PolicyDocument": POLICY}, NO_USER),
    ("get_user_policy", USER | {"PolicyName": "p"}, "The user policy with name p cannot be found."),
    ("delete_user_policy", USER | {"PolicyName": "p"}, "The user policy with name p cannot be found."),
    ("list_user_policies", GONE, NO_USER), ("list_attached_user_policies", GONE, NO_USER),
    ("attach_user_policy", USER | POLICY_ARN, f"Policy {NOBODY} does not exist or is not attachable."),
    ("detach_user_policy", USER | POLICY_ARN, NO_POLICY),
    ("put_user_permissions_boundary", USER | {"PermissionsBoundary": NOBODY}, None),
    ("delete_user_permissions_boundary", USER, None),
    ("tag_user", GONE | TAGS, NO_USER), ("untag_user", GONE | {"TagKeys": ["k"]}, NO_USER),
    ("list_user_tags", GONE, NO_USER), ("list_groups_for_user", GONE, NO_USER),
    ("list_mfa_devices", GONE, NO_USER), ("list_signing_certificates", GONE, NO_USER),
    ("list_ssh_public_keys", GONE, NO_USER), ("list_service_specific_credentials", GONE, NO_USER),
    ("get_group", {"GroupName": "gone"}, NO_GROUP), ("delete_group", {"GroupName": "gone"}, NO_GROUP),
    ("update_group", {"GroupName": "gone"}, NO_GROUP),
    ("add_user_to_group", {"GroupName": "gone"} | USER, NO_GROUP),
    ("add_user_to_group", {"GroupName": "crew"} | GONE, NO_USER),
    ("remove_user_from_group", {"GroupName": "crew"} | USER, None),
    ("put_group_policy", {"GroupName": "gone", "PolicyName": "p", "PolicyDocument": POLICY}, NO_GROUP),
    ("get_group_policy", {"GroupName": "crew", "PolicyName": "p"}, "The group policy with name p cannot be found."),
    ("delete_group_policy", {"GroupName": "crew", "PolicyName": "p"}, None),
    ("list_group_policies", {"GroupName": "gone"}, NO_GROUP),
    ("attach_group_policy", {"GroupName": "crew"} | POLICY_ARN, None),
    ("detach_group_policy", {"GroupName": "crew"} | POLICY_ARN, NO_POLICY),
    ("list_attached_group_policies", {"GroupName": "gone"}, NO_GROUP),
    ("get_role", {"RoleName": "gone"}, NO_ROLE), ("delete_role", {"RoleName": "gone"}, NO_ROLE),
    ("update_role", {"RoleName": "gone"}, NO_ROLE),
    ("update_role_description", {"RoleName": "gone", "Description": "d"}, NO_ROLE),
    ("update_assume_role_policy", {"RoleName": "gone", "PolicyDocument": trust()}, NO_ROLE),
    ("put_role_policy", {"RoleName": "gone", "PolicyName": "p", "PolicyDocument": POLICY}, NO_ROLE),
    ("get_role_policy", ROLE | {"PolicyName": "p"}, "The role policy with name p cannot be found."),
    ("delete_role_policy", ROLE | {"PolicyName": "p"}, None), ("list_role_policies", {"RoleName": "gone"}, NO_ROLE),
    ("attach_role_policy", ROLE | POLICY_ARN, None), ("detach_role_policy", ROLE | POLICY_ARN, NO_POLICY),
    ("list_attached_role_policies", {"RoleName": "gone"}, NO_ROLE),
    ("put_role_permissions_boundary", ROLE | {"PermissionsBoundary": NOBODY}, None),
    ("delete_role_permissions_boundary", ROLE, None),
    ("tag_role", {"RoleName": "gone"} | TAGS, NO_ROLE), ("list_role_tags", {"RoleName": "gone"}, NO_ROLE),
    ("untag_role", {"RoleName": "gone", "TagKeys": ["k"]}, NO_ROLE),
    ("list_instance_profiles_for_role", {"RoleName": "gone"}, NO_ROLE),
    ("delete_service_linked_role", {"RoleName": "gone"}, NO_ROLE),
    ("get_service_linked_role_deletion_status", {"DeletionTaskId": "task/none"}, None),
    ("get_instance_profile", {"InstanceProfileName": "gone"}, NO_PROFILE),
    ("delete_instance_profile", {"InstanceProfileName": "gone"}, NO_PROFILE),
    ("add_role_to_instance_profile", {"InstanceProfileName": "gone"} | ROLE, NO_PROFILE),
    ("add_role_to_instance_profile", {"InstanceProfileName": "ship", "RoleName": "gone"}, NO_ROLE),
    ("remove_role_from_instance_profile", {"InstanceProfileName": "ship"} | ROLE, None),
    ("tag_instance_profile", {"InstanceProfileName": "gone"} | TAGS, NO_PROFILE),
    ("untag_instance_profile", {"InstanceProfileName": "gone", "TagKeys": ["k"]}, NO_PROFILE),
    ("list_instance_profile_tags", {"InstanceProfileName": "gone"}, NO_PROFILE),
    ("get_policy", POLICY_ARN, NO_POLICY), ("delete_policy", POLICY_ARN, NO_POLICY),
    ("create_policy_version", POLICY_ARN | {"PolicyDocument": POLICY}, NO_POLICY),
    ("get_policy_version", POLICY_ARN | {"VersionId": "v1"}, NO_POLICY),
    ("set_default_policy_version", POLICY_ARN | {"VersionId": "v1"}, NO_POLICY),
    ("delete_policy_version", POLICY_ARN | {"VersionId": "v1"}, NO_POLICY),
    ("list_policy_versions", POLICY_ARN, NO_POLICY), ("list_entities_for_policy", POLICY_ARN, NO_POLICY),
    ("tag_policy", POLICY_ARN | TAGS, NO_POLICY), ("untag_policy", POLICY_ARN | {"TagKeys": ["k"]}, NO_POLICY),
    ("list_policy_tags", POLICY_ARN, NO_POLICY),
    ("enable_mfa_device", USER | MFA | CODES, None), ("resync_mfa_device", USER | MFA | CODES, None),
    ("deactivate_mfa_device", USER | MFA, None), ("delete_virtual_mfa_device", MFA, None),
    ("get_mfa_device", MFA, None), ("tag_mfa_device", MFA | TAGS, None), ("list_mfa_device_tags", MFA, None),
    ("untag_mfa_device", MFA | {"TagKeys": ["k"]}, None),
    ("get_server_certificate", CERTIFICATE, "The Server Certificate with name gone cannot be found."),
    ("update_server_certificate", CERTIFICATE, None), ("delete_server_certificate", CERTIFICATE, None),
    ("tag_server_certificate", CERTIFICATE | TAGS, None), ("list_server_certificate_tags", CERTIFICATE, None),
    ("untag_server_certificate", CERTIFICATE | {"TagKeys": ["k"]}, None),
    ("update_signing_certificate", USER | {"CertificateId": "A" * 24, "Status": "Active"}, None),
    ("delete_signing_certificate", USER | {"CertificateId": "A" * 24}, None),
    ("upload_ssh_public_key", GONE | {"SSHPublicKeyBody": "ssh-rsa x"}, NO_USER),
    ("get_ssh_public_key", USER | {"SSHPublicKeyId": "APKA" + "A" * 16, "Encoding": "SSH"}, None),
    ("update_ssh_public_key", USER | {"SSHPublicKeyId": "APKA" + "A" * 16, "Status": "Active"}, None),
    ("delete_ssh_public_key", USER | {"SSHPublicKeyId": "APKA" + "A" * 16}, None),
    ("create_service_specific_credential", GONE | {"ServiceName": "codecommit.amazonaws.com"}, NO_USER),
    ("update_service_specific_credential",
     USER | {"ServiceSpecificCredentialId": "ACCA" + "A" * 16, "Status": "Active"}, None),
    ("reset_service_specific_credential", USER | {"ServiceSpecificCredentialId": "ACCA" + "A" * 16}, None),
    ("delete_service_specific_credential", USER | {"ServiceSpecificCredentialId": "ACCA" + "A" * 16}, None),
    ("get_open_id_connect_provider", OIDC, NO_OIDC), ("delete_open_id_connect_provider", OIDC, NO_OIDC),
    ("add_client_id_to_open_id_connect_provider", OIDC | {"ClientID": "c"}, NO_OIDC),
    ("remove_client_id_from_open_id_connect_provider", OIDC | {"ClientID": "c"}, NO_OIDC),
    ("update_open_id_connect_provider_thumbprint", OIDC | {"ThumbprintList": ["a" * 40]}, NO_OIDC),
    ("tag_open_id_connect_provider", OIDC | TAGS, NO_OIDC), ("list_open_id_connect_provider_tags", OIDC, NO_OIDC),
    ("untag_open_id_connect_provider", OIDC | {"TagKeys": ["k"]}, NO_OIDC),
    ("get_saml_provider", SAML, None), ("update_saml_provider", SAML, None), ("delete_saml_provider", SAML, None),
    ("tag_saml_provider", SAML | TAGS, None), ("list_saml_provider_tags", SAML, None),
    ("untag_saml_provider", SAML | {"TagKeys": ["k"]}, None),
    ("delete_account_alias", {"AccountAlias": "gone"}, None),
    ("get_account_password_policy", {}, f"The Password Policy with domain name {ACCOUNT} cannot be found."),
    ("delete_account_password_policy", {}, None),
    ("generate_service_last_accessed_details", {"Arn": f"{ARN}user/gone"}, None),
    ("get_service_last_accessed_details", {"JobId": "0" * 36}, None),
    ("get_service_last_accessed_details_with_entities", {"JobId": "0" * 36, "ServiceNamespace": "s3"}, None),
    ("get_organizations_access_report", {"JobId": "0" * 36}, None),
    ("list_policies_granting_service_access", {"Arn": f"{ARN}user/gone", "ServiceNamespaces": ["s3"]}, None),
    ("get_delegation_request", {"DelegationRequestId": "dr-" + "0" * 17}, None),
    ("accept_delegation_request", {"DelegationRequestId": "dr-" + "0" * 17}, None),
    ("associate_delegation_request", {"DelegationRequestId": "dr-" + "0" * 17}, None),
    ("reject_delegation_request", {"DelegationRequestId": "dr-" + "0" * 17}, None),
    ("update_delegation_request", {"DelegationRequestId": "dr-" + "0" * 17}, None),
    ("send_delegation_token", {"DelegationRequestId": "dr-" + "0" * 17}, None),
    ("get_human_readable_summary", {"EntityArn": f"{ARN}delegation-request/none"}, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parameters", "words"), MISSING, ids=[f"{row[0]}-{n}" for n, row in enumerate(MISSING)]
)
def test_what_is_not_there(iam, world, name, parameters, words):
    with pytest.raises(iam.exceptions.NoSuchEntityException) as caught:
        getattr(iam, name)(**parameters)
    code, status, message = told(caught.value)
    assert (code, status) == ("NoSuchEntity", 404)
    assert message == words if words else message


# What else refuses: what came before, the call, code, status and the words.
REFUSED = [
    ([], "create_user", USER, "EntityAlreadyExists", 409, "User with name beep already exists."),
    ([], "create_user", {"UserName": "BEEP"}, "EntityAlreadyExists", 409, "User with name BEEP already exists."),
    ([("create_user", {"UserName": "other"})], "update_user", USER | {"NewUserName": "other"},
     "EntityAlreadyExists", 409, "User with name other already exists."),
    ([], "create_group", {"GroupName": "crew"}, "EntityAlreadyExists", 409, "Group with name crew already exists."),
    ([], "create_role", ROLE | {"AssumeRolePolicyDocument": trust()}, "EntityAlreadyExists", 409,
     "Role with name pilot already exists."),
    ([], "create_instance_profile", {"InstanceProfileName": "ship"}, "EntityAlreadyExists", 409,
     "Instance Profile ship already exists."),
    ([], "create_policy", {"PolicyName": "fly", "PolicyDocument": POLICY}, "EntityAlreadyExists", 409,
     "A policy called fly already exists. Duplicate names are not allowed."),
    ([("create_login_profile", USER | {"Password": "Abcdef-123"})], "create_login_profile",
     USER | {"Password": "Abcdef-123"}, "EntityAlreadyExists", 409, "Login Profile for user beep already exists."),
    ([("create_virtual_mfa_device", {"VirtualMFADeviceName": "m"})], "create_virtual_mfa_device",
     {"VirtualMFADeviceName": "m"}, "EntityAlreadyExists", 409, None),
    ([("create_open_id_connect_provider", {"Url": "https://id.example"})], "create_open_id_connect_provider",
     {"Url": "https://id.example"}, "EntityAlreadyExists", 409, "Provider with url https://id.example already exists."),
    ([("create_access_key", USER)] * 2, "create_access_key", USER, "LimitExceeded", 409,
     "Cannot exceed quota for AccessKeysPerUser: 2"),
    ([("create_group", {"GroupName": f"g{n}"}) for n in range(11)]
     + [("add_user_to_group", USER | {"GroupName": f"g{n}"}) for n in range(10)],
     "add_user_to_group", USER | {"GroupName": "g10"}, "LimitExceeded", 409,
     "Cannot exceed quota for GroupsPerUser: 10"),
    ([("add_role_to_instance_profile", {"InstanceProfileName": "ship"} | ROLE)], "add_role_to_instance_profile",
     {"InstanceProfileName": "ship"} | ROLE, "LimitExceeded", 409,
     "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"),
    ([("create_access_key", USER)], "delete_user", USER, "DeleteConflict", 409,
     "Cannot delete entity, must delete access keys first."),
    ([("create_login_profile", USER | {"Password": "Abcdef-123"})], "delete_user", USER, "DeleteConflict", 409,
     "Cannot delete entity, must delete login profile first."),
    ([("put_user_policy", USER | {"PolicyName": "p", "PolicyDocument": POLICY})], "delete_user", USER,
     "DeleteConflict", 409, "Cannot delete entity, must delete policies first."),
    ([("attach_user_policy", USER | {"PolicyArn": f"{ARN}policy/fly"})], "delete_user", USER, "DeleteConflict", 409,
     "Cannot delete entity, must detach all policies first."),
    ([("add_user_to_group", USER | {"GroupName": "crew"})], "delete_group", {"GroupName": "crew"}, "DeleteConflict",
     409, "Cannot delete entity, must remove users from group first."),
    ([("attach_role_policy", ROLE | {"PolicyArn": f"{ARN}policy/fly"})], "delete_role", ROLE, "DeleteConflict", 409,
     "Cannot delete entity, must detach all policies first."),
    ([("put_role_policy", ROLE | {"PolicyName": "p", "PolicyDocument": POLICY})], "delete_role", ROLE,
     "DeleteConflict", 409, "Cannot delete entity, must delete policies first."),
    ([("add_role_to_instance_profile", {"InstanceProfileName": "ship"} | ROLE)], "delete_role", ROLE,
     "DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first."),
    ([("add_role_to_instance_profile", {"InstanceProfileName": "ship"} | ROLE)], "delete_instance_profile",
     {"InstanceProfileName": "ship"}, "DeleteConflict", 409,
     "Cannot delete entity, must remove roles from instance profile first."),
    ([("attach_role_policy", ROLE | {"PolicyArn": f"{ARN}policy/fly"})], "delete_policy",
     {"PolicyArn": f"{ARN}policy/fly"}, "DeleteConflict", 409, "Cannot delete a policy attached to entities."),
    ([], "delete_policy_version", {"PolicyArn": f"{ARN}policy/fly", "VersionId": "v1"}, "DeleteConflict", 409,
     "Cannot delete the default version of a policy."),
    ([("create_policy_version", {"PolicyArn": f"{ARN}policy/fly", "PolicyDocument": POLICY})], "delete_policy",
     {"PolicyArn": f"{ARN}policy/fly"}, "DeleteConflict", 409, None),
    ([("create_policy_version", {"PolicyArn": f"{ARN}policy/fly", "PolicyDocument": POLICY})] * 4,
     "create_policy_version", {"PolicyArn": f"{ARN}policy/fly", "PolicyDocument": POLICY}, "LimitExceeded", 409,
     "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing "
     "version."),
    ([], "put_user_policy", USER | {"PolicyName": "p"} | BAD, "MalformedPolicyDocument", 400, None),
    ([], "put_role_policy", ROLE | {"PolicyName": "p"} | BAD, "MalformedPolicyDocument", 400, None),
    ([], "put_group_policy", {"GroupName": "crew", "PolicyName": "p"} | BAD, "MalformedPolicyDocument", 400, None),
    ([], "create_policy", {"PolicyName": "q"} | BAD, "MalformedPolicyDocument", 400, None),
    ([], "create_policy_version", {"PolicyArn": f"{ARN}policy/fly"} | BAD, "MalformedPolicyDocument", 400, None),
    ([], "create_role", {"RoleName": "r", "AssumeRolePolicyDocument": POLICY}, "MalformedPolicyDocument", 400, None),
    ([], "create_role", {"RoleName": "r", "AssumeRolePolicyDocument": trust({"AWS": f"{ARN}user/gone"})},
     "MalformedPolicyDocument", 400, f'Invalid principal in policy: "AWS":"{ARN}user/gone"'),
    ([], "update_assume_role_policy", ROLE | BAD, "MalformedPolicyDocument", 400, None),
    ([], "attach_user_policy", USER | {"PolicyArn": "arn:aws:iam::aws:xx/" + "x" * 9}, "InvalidInput", 400,
     "ARN arn:aws:iam::aws:xx/xxxxxxxxx is not valid."),
    ([], "tag_user", USER | {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]}, "InvalidInput", 400,
     "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    ([("tag_user", USER | {"Tags": [{"Key": f"k{n}", "Value": ""} for n in range(50)]})], "tag_user", USER | TAGS,
     "LimitExceeded", 409, "Cannot exceed quota for TagsPerResource: 50"),
    ([], "create_login_profile", USER | {"Password": "short"}, "PasswordPolicyViolation", 400,
     "Password should have a minimum length of 8"),
    ([], "change_password", {"OldPassword": "a", "NewPassword": "b"}, "InvalidUserType", 400,
     "Only IAM Users can change their own password"),
    ([("create_service_linked_role", {"AWSServiceName": "ecs.amazonaws.com"})], "delete_role",
     {"RoleName": "AWSServiceRoleForECS"}, "UnmodifiableEntity", 400, None),
    ([("create_service_linked_role", {"AWSServiceName": "ecs.amazonaws.com"})], "create_service_linked_role",
     {"AWSServiceName": "ecs.amazonaws.com"}, "InvalidInput", 400,
     "Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix."),
    ([], "create_service_specific_credential", USER | {"ServiceName": "x.amazonaws.com"}, "NotSupportedService", 404,
     None),
    ([], "upload_ssh_public_key", USER | {"SSHPublicKeyBody": "what"}, "UnrecognizedPublicKeyEncoding", 400, None),
    ([], "upload_ssh_public_key", USER | {"SSHPublicKeyBody": "ssh-rsa AAAA"}, "InvalidPublicKey", 400, None),
    ([], "upload_signing_certificate", USER | {"CertificateBody": "x"}, "MalformedCertificate", 400, None),
    ([], "upload_server_certificate", {"ServerCertificateName": "s", "CertificateBody": "x", "PrivateKey": "y"},
     "MalformedCertificate", 400, None),
    ([], "create_saml_provider", {"Name": "x", "SAMLMetadataDocument": "x" * 1000}, "InvalidInput", 400,
     "Could not parse metadata"),
    ([], "create_open_id_connect_provider", {"Url": "http://id.example"}, "ValidationError", 400,
     "Invalid Open ID Connect Provider URL"),
    ([], "get_credential_report", {}, "ReportNotPresent", 410, None),
    ([], "get_outbound_web_identity_federation_info", {}, "FeatureDisabled", 404, None),
    ([], "disable_outbound_web_identity_federation", {}, "FeatureDisabled", 404, None),
    ([("enable_outbound_web_identity_federation", {})], "enable_outbound_web_identity_federation", {},
     "FeatureEnabled", 409, None),
    ([], "list_users", {"Marker": "?"}, "ValidationError", 400, "Invalid Marker."),
    ([], "create_user", {"UserName": "a b"}, "ValidationError", 400, None),
    ([], "get_human_readable_summary", {"EntityArn": f"{ARN}user/beep/more"}, "InvalidInput", 400, None),
    ([], "delete_policy", {"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}, "AccessDenied", 403, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "name", "parameters", "code", "status", "words"), REFUSED,
    ids=[f"{row[1]}-{row[3]}-{n}" for n, row in enumerate(REFUSED)],
)  # fmt: skip
def test_what_is_refused(iam, world, before, name, parameters, code, status, words):
    for call, given in before:
        getattr(iam, call)(**given)
    with pytest.raises(ClientError) as caught:
        getattr(iam, name)(**parameters)
    found = told(caught.value)
    assert found[:2] == (code, status), found
    assert found[2] == words if words else found[2]
