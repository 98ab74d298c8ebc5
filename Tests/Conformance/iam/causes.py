# SPDX-License-Identifier: Apache-2.0
"""Calls that IAM refuses for more reasons than `test_iam_refusals` has: a row is what comes before, the call, its
parameters, the code and the status. And the errors that the model names and no state causes, with the reasons."""

from harness.identity import ACCOUNT, POLICY, trust

from .test_iam_credentials import METADATA

ARN = f"arn:aws:iam::{ACCOUNT}:"
LINKED = [("create_service_linked_role", {"AWSServiceName": "ecs.amazonaws.com"})]
ROLE, USER, GROUP, PROFILE = {"RoleName": "pilot"}, {"UserName": "beep"}, {"GroupName": "crew"}, "ship"
OWN = {"RoleName": "AWSServiceRoleForECS"}
FLY = {"PolicyArn": f"{ARN}policy/fly"}
SHIP = {"InstanceProfileName": PROFILE}
URL, SAML_ARN = "https://id.example/x", {"SAMLProviderArn": f"{ARN}saml-provider/idp"}
OIDC_ARN = {"OpenIDConnectProviderArn": f"{ARN}oidc-provider/id.example/x"}
OIDC = [("create_open_id_connect_provider", {"Url": URL, "ClientIDList": ["a"]})]
SAML = [("create_saml_provider", {"Name": "idp", "SAMLMetadataDocument": METADATA})]
DEVICE = [("create_virtual_mfa_device", {"VirtualMFADeviceName": "phone"})]
PHONE = {"SerialNumber": f"{ARN}mfa/phone"}
DOUBLE = {"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]}
MANY = {"Tags": [{"Key": f"k{n}", "Value": ""} for n in range(50)]}
ONE_MORE = {"Tags": [{"Key": "more", "Value": ""}]}
MANAGED = [
    "AdministratorAccess", "IAMFullAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess",
    "AmazonSQSReadOnlyAccess", "AmazonKinesisFullAccess", "AmazonKinesisReadOnlyAccess", "IAMReadOnlyAccess",
]  # fmt: skip
PROTECTED = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy"
WRONG_ARN = "arn:aws:iam::aws:xx/" + "x" * 9
LONG = trust({"AWS": [f"{ARN}root"] * 60})

# What has tags: what makes it, by which it is named, its operation's own part, and how it is made with tags.
TAGGED = [
    ([], USER, "user", None),
    ([], ROLE, "role", None),
    ([], FLY, "policy", ("create_policy", {"PolicyName": "new", "PolicyDocument": POLICY})),
    ([], SHIP, "instance_profile", ("create_instance_profile", {"InstanceProfileName": "new"})),
    (DEVICE, PHONE, "mfa_device", ("create_virtual_mfa_device", {"VirtualMFADeviceName": "new"})),
    (OIDC, OIDC_ARN, "open_id_connect_provider", ("create_open_id_connect_provider", {"Url": URL + "y"})),
    (SAML, SAML_ARN, "saml_provider", ("create_saml_provider", {"Name": "new", "SAMLMetadataDocument": METADATA})),
    ([], {}, None, ("create_user", {"UserName": "new"})),
    ([], {}, None, ("create_role", {"RoleName": "new", "AssumeRolePolicyDocument": trust()})),
]


def tag_rows():
    for before, name, part, made in TAGGED:
        if part:
            yield before, f"tag_{part}", name | DOUBLE, "InvalidInput", 400
            yield before + [(f"tag_{part}", name | MANY)], f"tag_{part}", name | ONE_MORE, "LimitExceeded", 409
        if made:
            call, given = made
            yield before, call, given | DOUBLE, "InvalidInput", 400


def protected_rows():
    """What nobody may do to a service's own role."""
    for call, given in (
        ("add_role_to_instance_profile", SHIP),
        ("attach_role_policy", FLY),
        ("delete_role_permissions_boundary", {}),
        ("delete_role_policy", {"PolicyName": "p"}),
        ("detach_role_policy", FLY),
        ("put_role_permissions_boundary", {"PermissionsBoundary": FLY["PolicyArn"]}),
        ("put_role_policy", {"PolicyName": "p", "PolicyDocument": POLICY}),
        ("update_assume_role_policy", {"PolicyDocument": trust()}),
        ("update_role", {"Description": "d"}),
        ("update_role_description", {"Description": "d"}),
    ):
        yield LINKED, call, OWN | given, "UnmodifiableEntity", 400


def policy_rows():
    """ARNs that are no policy's, policies that are a service's, and one policy too many."""
    wrong = {"PolicyArn": WRONG_ARN}
    for call, given in (
        ("get_policy", {}), ("delete_policy", {}), ("get_policy_version", {"VersionId": "v1"}),
        ("create_policy_version", {"PolicyDocument": POLICY}), ("delete_policy_version", {"VersionId": "v1"}),
        ("set_default_policy_version", {"VersionId": "v1"}), ("list_policy_versions", {}), ("list_policy_tags", {}),
        ("list_entities_for_policy", {}), ("untag_policy", {"TagKeys": ["k"]}), ("attach_group_policy", GROUP),
        ("attach_role_policy", ROLE), ("detach_user_policy", USER), ("detach_group_policy", GROUP),
        ("detach_role_policy", ROLE),
    ):  # fmt: skip
        yield [], call, wrong | given, "InvalidInput", 400
    for part, name in (("user", USER), ("role", ROLE)):
        for arn, code in ((WRONG_ARN, "InvalidInput"), (PROTECTED, "PolicyNotAttachable")):
            yield [], f"put_{part}_permissions_boundary", name | {"PermissionsBoundary": arn}, code, 400
    for part, name in (("user", USER), ("group", GROUP), ("role", ROLE)):
        attach = f"attach_{part}_policy"
        yield [], attach, name | {"PolicyArn": PROTECTED}, "PolicyNotAttachable", 400
        full = [("create_policy", {"PolicyName": f"p{n}", "PolicyDocument": POLICY}) for n in range(10)]
        full += [(attach, name | {"PolicyArn": f"{ARN}policy/p{n}"}) for n in range(10)]
        yield full, attach, name | FLY, "LimitExceeded", 409
        size = {"user": 2048, "group": 5120, "role": 10240}[part]
        resources = [f"arn:aws:s3:::{'x' * 100}{n}" for n in range(size // 100)]
        long = POLICY.replace('"Resource": "*"', f'"Resource": {resources}'.replace("'", '"'))
        yield [], f"put_{part}_policy", name | {"PolicyName": "p", "PolicyDocument": long}, "LimitExceeded", 409


def provider_rows():
    """ARNs that are no provider's."""
    for part, name in (("open_id_connect_provider", "OpenIDConnectProviderArn"), ("saml_provider", "SAMLProviderArn")):
        for call, given in (
            (f"get_{part}", {}),
            (f"delete_{part}", {}),
            (f"list_{part}_tags", {}),
            (f"untag_{part}", {"TagKeys": ["k"]}),
        ):
            yield [], call, given | {name: WRONG_ARN}, "InvalidInput", 400
    for call, given in (
        ("add_client_id_to_open_id_connect_provider", {"ClientID": "c"}),
        ("remove_client_id_from_open_id_connect_provider", {"ClientID": "c"}),
    ):
        yield [], call, given | {"OpenIDConnectProviderArn": WRONG_ARN}, "InvalidInput", 400


def quota_rows():
    """One more than an account may have."""
    yield ([("create_group", {"GroupName": f"g{n}"}) for n in range(299)], "create_group", {"GroupName": "last"},
           "LimitExceeded", 409)  # fmt: skip
    url = "https://id.example/{}".format
    yield ([("create_open_id_connect_provider", {"Url": url(n)}) for n in range(100)],
           "create_open_id_connect_provider", {"Url": url("last")}, "LimitExceeded", 409)  # fmt: skip
    clients = {"Url": URL, "ClientIDList": [f"c{n}" for n in range(100)]}
    yield ([("create_open_id_connect_provider", clients)], "add_client_id_to_open_id_connect_provider",
           OIDC_ARN | {"ClientID": "last"}, "LimitExceeded", 409)  # fmt: skip
    saml = {"SAMLMetadataDocument": METADATA}
    yield ([("create_saml_provider", saml | {"Name": f"s{n}"}) for n in range(100)], "create_saml_provider",
           saml | {"Name": "last"}, "LimitExceeded", 409)  # fmt: skip
    yield [], "update_assume_role_policy", ROLE | {"PolicyDocument": LONG}, "LimitExceeded", 409
    yield [], "create_role", {"RoleName": "new", "AssumeRolePolicyDocument": LONG}, "LimitExceeded", 409


OTHERS = [
    ([("create_group", {"GroupName": "other"})], "update_group", GROUP | {"NewGroupName": "other"},
     "EntityAlreadyExists", 409),
    ([], "create_user", {"UserName": "new", "PermissionsBoundary": f"{ARN}policy/none"}, "NoSuchEntity", 404),
    ([], "create_user", {"UserName": "new", "PermissionsBoundary": WRONG_ARN}, "InvalidInput", 400),
    ([], "create_role", {"RoleName": "new", "AssumeRolePolicyDocument": trust(),
                         "PermissionsBoundary": WRONG_ARN}, "InvalidInput", 400),
    ([], "upload_signing_certificate", {"UserName": "gone", "CertificateBody": "x"}, "NoSuchEntity", 404),
    ([], "simulate_principal_policy", {"PolicySourceArn": f"{ARN}user/gone", "ActionNames": ["s3:GetObject"]},
     "NoSuchEntity", 404),
    ([], "simulate_principal_policy", {"PolicySourceArn": f"{ARN}thing/gone", "ActionNames": ["s3:GetObject"]},
     "InvalidInput", 400),
    ([], "simulate_custom_policy", {"PolicyInputList": ["{"], "ActionNames": ["s3:GetObject"]}, "InvalidInput", 400),
    ([], "get_context_keys_for_principal_policy", {"PolicySourceArn": f"{ARN}role/gone"}, "NoSuchEntity", 404),
    ([], "get_context_keys_for_principal_policy", {"PolicySourceArn": f"{ARN}thing/gone"}, "InvalidInput", 400),
    ([], "get_context_keys_for_custom_policy", {"PolicyInputList": ["{"]}, "InvalidInput", 400),
    (OIDC, "update_open_id_connect_provider_thumbprint", OIDC_ARN | {"ThumbprintList": ["z" * 40]},
     "InvalidInput", 400),
    (SAML, "update_saml_provider", SAML_ARN | {"SAMLMetadataDocument": "x" * 1000}, "InvalidInput", 400),
    ([("create_access_key", USER)], "update_access_key", USER | {"AccessKeyId": "?", "Status": "Expired"},
     "InvalidInput", 400),
    ([], "list_service_specific_credentials", {"ServiceName": "x.amazonaws.com"}, "NotSupportedService", 404),
    ([], "update_ssh_public_key", USER | {"SSHPublicKeyId": "APKA" + "A" * 16, "Status": "Expired"},
     "InvalidInput", 400),
    ([], "update_signing_certificate", USER | {"CertificateId": "A" * 24, "Status": "Expired"}, "InvalidInput", 400),
    (DEVICE, "enable_mfa_device",
     USER | PHONE | {"AuthenticationCode1": "000000", "AuthenticationCode2": "000000"},
     "InvalidAuthenticationCode", 403),
]  # fmt: skip

ROWS = [*tag_rows(), *protected_rows(), *policy_rows(), *provider_rows(), *quota_rows(), *OTHERS]

# Caused by the tests of other files, by code: the operations.
ELSEWHERE = {
    "DeleteConflict": "delete_virtual_mfa_device",
    "DuplicateCertificate": "upload_signing_certificate",
    "DuplicateSSHPublicKey": "upload_ssh_public_key",
    "EntityAlreadyExists": "create_saml_provider enable_mfa_device upload_server_certificate create_account_alias "
    "update_server_certificate",
    "InvalidAuthenticationCode": "resync_mfa_device",
    "InvalidCertificate": "upload_signing_certificate",
    "InvalidInput": "reject_delegation_request tag_server_certificate upload_server_certificate",
    "KeyPairMismatch": "upload_server_certificate",
    "LimitExceeded": "create_service_specific_credential tag_server_certificate upload_server_certificate "
    "upload_signing_certificate upload_ssh_public_key",
    "NoSuchEntity": "change_password",
    "PasswordPolicyViolation": "update_login_profile change_password",
    "ReportExpired": "get_credential_report",
}

# What no state of this fake causes, by code: why, and the operations; `*` for all that are left of the code.
REASONS = {
    "ServiceFailure": ("AWS's own failure, which a rule scripts", "*"),
    "ConcurrentModification": ("calls to IAM are carried out one after another", "*"),
    "EntityTemporarilyUnmodifiable": ("what was just made can be changed at once", "*"),
    "AccountNotManagementOrDelegatedAdministratorException": ("each account manages an organisation of its own", "*"),
    "CallerIsNotManagementAccountException": ("each account manages an organisation of its own", "*"),
    "OrganizationNotFoundException": ("each account manages an organisation of its own", "*"),
    "OrganizationNotInAllFeaturesModeException": ("each account manages an organisation of its own", "*"),
    "ServiceAccessNotEnabledException": ("IAM is trusted in it", "*"),
    "OpenIdIdpCommunicationError": ("nothing is fetched from an issuer", "*"),
    "PolicyEvaluation": ("the simulator's engine evaluates every policy that it reads", "*"),
    "ReportInProgress": ("reports are done as soon as they are asked for", "*"),
    "ReportGenerationLimitExceeded": ("reports are done as soon as they are asked for", "*"),
    "MalformedPolicyDocument": ("takes no document", "update_account_password_policy"),
    "DeleteConflict": ("nothing here uses certificates", "delete_server_certificate"),
    "EntityAlreadyExists": (
        "the role that is there is one too many; requests have ids of their own; duplicates have their own error",
        "add_role_to_instance_profile create_delegation_request upload_signing_certificate",
    ),
    "UnrecognizedPublicKeyEncoding": ("the model's own check comes first", "get_ssh_public_key"),
    "UnmodifiableEntity": ("a service's role is in no profile", "remove_role_from_instance_profile"),
    "NoSuchEntity": (
        "names nothing that must be there",
        "create_group create_service_linked_role list_delegation_requests update_account_password_policy",
    ),
    "InvalidInput": (
        "no input passes validation and is wrong",
        "associate_delegation_request create_delegation_request get_service_last_accessed_details "
        "get_service_last_accessed_details_with_entities get_service_linked_role_deletion_status "
        "list_attached_group_policies list_attached_role_policies list_attached_user_policies "
        "generate_service_last_accessed_details list_policies_granting_service_access "
        "list_delegation_requests list_mfa_device_tags send_delegation_token untag_instance_profile "
        "untag_mfa_device untag_server_certificate update_delegation_request",
    ),
    "LimitExceeded": (
        "AWS says it of changes that come too fast, or the quota needs a thousand calls; checked as groups' is",
        "*",
    ),
}
