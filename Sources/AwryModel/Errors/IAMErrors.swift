// SPDX-License-Identifier: Apache-2.0

/// IAM's errors: its model gives codes and statuses, its texts are here.
enum IAMErrors {
    static let table = ErrorTable(throttles: ["Throttling"], rows: entities + keys + account)

    private static let unowned =
        "The request was rejected because the account's organization does not allow it."

    private static let entities: [ErrorRow] = [
        .text(
            "NoSuchEntityException",
            [
                "The user with name ${params.UserName} cannot be found.",
                "The role with name ${params.RoleName} cannot be found.",
                "The group with name ${params.GroupName} cannot be found.",
                "Instance Profile ${params.InstanceProfileName} cannot be found.",
                "Policy ${params.PolicyArn} was not found.",
                "The Server Certificate with name ${params.ServerCertificateName} cannot be found.",
                "OpenIDConnect Provider not found for arn ${params.OpenIDConnectProviderArn}",
                "The SAML provider ${params.SAMLProviderArn} cannot be found.",
                "VirtualMFADevice with serial number ${params.SerialNumber} doesn't exist.",
                "The entity cannot be found.",
            ]),
        .text(
            "EntityAlreadyExistsException",
            [
                "Role with name ${params.RoleName} already exists.",
                "User with name ${params.UserName} already exists.",
                "Group with name ${params.GroupName} already exists.",
                "A policy called ${params.PolicyName} already exists. Duplicate names are not allowed.",
                "Instance Profile ${params.InstanceProfileName} already exists.",
                "The entity already exists.",
            ]),
        .text("DeleteConflictException", ["Cannot delete entity, must remove referenced objects first."]),
        .text("LimitExceededException", ["The request exceeds a quota of the account."]),
        .text(
            "ConcurrentModificationException",
            ["The request was rejected because the entity is being modified by another request."]),
        .text(
            "EntityTemporarilyUnmodifiableException",
            ["The entity is temporarily unmodifiable. Please try again later."]),
        .text(
            "UnmodifiableEntityException",
            ["Cannot perform the operation on the protected role ${params.RoleName}.", "The entity is protected."]),
        .text("PolicyNotAttachableException", ["Policy ARN does not exist or is not attachable."]),
        .text(
            "MalformedPolicyDocumentException", ["Syntax errors in policy."]),
        .text("InvalidInputException", ["The request contains an invalid value."]),
        .text("PolicyEvaluationException", ["The policies could not be evaluated."]),
        .text("ServiceFailureException", ["An internal failure occurred. Please try again."]),
    ]

    private static let keys: [ErrorRow] = [
        .text("DuplicateCertificateException", ["The certificate is already associated with a user."]),
        .text("DuplicateSSHPublicKeyException", ["The SSH public key is already associated with the user."]),
        .text("InvalidAuthenticationCodeException", ["Authentication code for device is not valid."]),
        .text("InvalidCertificateException", ["The certificate is not valid."]),
        .text("InvalidPublicKeyException", ["The public key is not valid."]),
        .text("InvalidUserTypeException", ["Only IAM Users can change their own password"]),
        .text("KeyPairMismatchException", ["The public key of the certificate and the private key do not match."]),
        .text("MalformedCertificateException", ["Unable to parse certificate."]),
        .text("UnrecognizedPublicKeyEncodingException", ["The encoding of the public key is not recognized."]),
        .text("OpenIdIdpCommunicationErrorException", ["Please check the identity provider's URL."]),
        .text("PasswordPolicyViolationException", ["Password does not conform to the account password policy."]),
        .text(
            "ServiceNotSupportedException",
            ["Service ${params.ServiceName} is not supported.", "The service is not supported."]),
    ]

    private static let account: [ErrorRow] = [
        .text("CredentialReportExpiredException", ["The credential report has expired. Generate a new one."]),
        .text("CredentialReportNotPresentException", ["No report exists. Generate one first."]),
        .text("CredentialReportNotReadyException", ["The report is still being generated."]),
        .text("ReportGenerationLimitExceededException", ["Too many reports are being generated for the account."]),
        .text("FeatureDisabledException", ["The feature is disabled for the account."]),
        .text("FeatureEnabledException", ["The feature is enabled for the account already."]),
        .text("AccountNotManagementOrDelegatedAdministratorException", [unowned]),
        .text("CallerIsNotManagementAccountException", [unowned]),
        .text("OrganizationNotFoundException", ["The account is not a member of an organization."]),
        .text("OrganizationNotInAllFeaturesModeException", ["The organization does not have all features enabled."]),
        .text("ServiceAccessNotEnabledException", ["IAM is not a trusted service of the organization."]),
    ]
}
