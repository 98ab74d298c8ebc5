// SPDX-License-Identifier: Apache-2.0

/// The errors of Cognito's user pools: its texts. Every one is 400, but for the internal ones and the firewall's.
enum CognitoUserPoolErrors {
    static let table = ErrorTable(throttles: ["TooManyRequestsException"], rows: users + codes + pools + triggers)

    private static let users: [ErrorRow] = [
        .text("NotAuthorizedException", ["Incorrect username or password."]),
        .text("UserNotFoundException", ["User does not exist."]),
        .text("UserNotConfirmedException", ["User is not confirmed."]),
        .text("UsernameExistsException", ["User already exists"]),
        .text("AliasExistsException", ["An account with the given email already exists."]),
        .text(
            "InvalidPasswordException", ["Password did not conform with policy: Password not long enough"]),
        .text(
            "PasswordHistoryPolicyViolationException",
            ["Password has been used before. Choose another one."]),
        .text("PasswordResetRequiredException", ["Password reset required for the user"]),
        .text("UnsupportedUserStateException", ["User is not in a state that allows this operation."]),
        .text("DeviceKeyExistsException", ["The device is known already."]),
        .text("RefreshTokenReuseException", ["Refresh Token has been used already."]),
        .text("UnauthorizedException", ["The client may not do this."]),
        .text("UnsupportedTokenTypeException", ["Token type is not supported."]),
        // The firewall in front of the pool answers, hence 403.
        ErrorRow("ForbiddenException", 403, "Request not allowed due to WAF block.", in: .modelledOnly),
    ]

    private static let codes: [ErrorRow] = [
        .text("CodeMismatchException", ["Invalid verification code provided, please try again."]),
        .text("ExpiredCodeException", ["Invalid code provided, please request a code again."]),
        .text("CodeDeliveryFailureException", ["The verification code could not be delivered."]),
        .text("EnableSoftwareTokenMFAException", ["Code mismatch"]),
        .text("MFAMethodNotFoundException", ["No MFA method has been set up for the user."]),
        .text("SoftwareTokenMFANotFoundException", ["Software Token MFA has not been enabled by the user."]),
        .text("TooManyFailedAttemptsException", ["Too many failed attempts. Please try again later."]),
        .text("TooManyRequestsException", ["Rate exceeded"]),
        .text("LimitExceededException", ["Attempt limit exceeded, please try after some time."]),
        .text("WebAuthnChallengeNotFoundException", ["The challenge does not exist."]),
        .text("WebAuthnClientMismatchException", ["The credential was made for another client."]),
        .text("WebAuthnConfigurationMissingException", ["The user pool has no passkey configuration."]),
        .text("WebAuthnCredentialNotSupportedException", ["The credential is not supported."]),
        .text("WebAuthnNotEnabledException", ["Passkeys are not enabled for the user pool."]),
        .text("WebAuthnOriginNotAllowedException", ["The origin is not allowed."]),
        .text("WebAuthnRelyingPartyMismatchException", ["The credential was made for another relying party."]),
    ]

    private static let pools: [ErrorRow] = [
        .text(
            "ResourceNotFoundException",
            [
                "User pool ${params.UserPoolId} does not exist.", "User pool client ${params.ClientId} does not exist.",
                "The requested resource does not exist.",
            ]),
        .text("InvalidParameterException", ["The request contains an invalid parameter."]),
        .text("InternalErrorException", ["An internal error occurred. Please try again."]),
        .text("InternalServerException", ["An internal error occurred. Please try again."]),
        .text("ConcurrentModificationException", ["The resource is being modified by another request."]),
        .text("DuplicateProviderException", ["Provider ${params.ProviderName} already exists."]),
        .text(
            "GroupExistsException", ["A group with the name ${params.GroupName} already exists."]),
        .text("FeatureUnavailableInTierException", ["The feature is not available in the user pool's tier."]),
        .text("InvalidEmailRoleAccessPolicyException", ["Cognito is not allowed to use your email identity"]),
        .text("InvalidOAuthFlowException", ["The OAuth flow is not valid."]),
        .text(
            "InvalidSmsRoleAccessPolicyException",
            ["Role does not have permission to publish with SNS"]),
        .text(
            "InvalidSmsRoleTrustRelationshipException",
            ["Role does not have a trust relationship allowing Cognito to assume the role"]),
        .text("InvalidUserPoolConfigurationException", ["The user pool's configuration is not valid."]),
        .text("ManagedLoginBrandingExistsException", ["Branding already exists for the client."]),
        .text("PreconditionNotMetException", ["A precondition of the operation is not met."]),
        .text("ScopeDoesNotExistException", ["The requested scope does not exist."]),
        .text("TermsExistsException", ["Terms ${params.TermsName} already exist."]),
        .text("TierChangeNotAllowedException", ["The user pool's tier cannot be changed in this way."]),
        .text("UnsupportedIdentityProviderException", ["The identity provider is not supported."]),
        .text("UnsupportedOperationException", ["The operation is not supported."]),
        .text("UserImportInProgressException", ["A user import job is in progress."]),
        .text("UserPoolAddOnNotEnabledException", ["User pool add-ons are not enabled."]),
        .text("UserPoolTaggingException", ["The user pool's tags could not be set or read."]),
    ]

    private static let triggers: [ErrorRow] = [
        .text("InvalidLambdaResponseException", ["Unrecognizable lambda output"]),
        .text("UnexpectedLambdaException", ["Lambda trigger invocation failed."]),
        .text("UserLambdaValidationException", ["Lambda trigger failed with error."]),
    ]
}

/// The errors of Cognito's identity pools: its texts.
enum CognitoIdentityErrors {
    static let table = ErrorTable(
        throttles: ["TooManyRequestsException"],
        rows: [
            .text(
                "NotAuthorizedException",
                ["Unauthenticated access is not supported for this identity pool."]),
            .text(
                "ResourceNotFoundException",
                [
                    "IdentityPool '${params.IdentityPoolId}' not found.", "Identity '${params.IdentityId}' not found.",
                    "The requested resource does not exist.",
                ]),
            .text("TooManyRequestsException", ["Rate exceeded"]),
            .text("ConcurrentModificationException", ["The resource is being modified by another request."]),
            .text("DeveloperUserAlreadyRegisteredException", ["The developer user is registered already."]),
            .text("ExternalServiceException", ["The identity provider is not available."]),
            .text("InternalErrorException", ["An internal error occurred. Please try again."]),
            .text(
                "InvalidIdentityPoolConfigurationException",
                ["Invalid identity pool configuration. Check assigned IAM roles for this pool."]),
            .text("InvalidParameterException", ["The request contains an invalid parameter."]),
            .text("LimitExceededException", ["The account has as many identity pools as it may have."]),
            .text("ResourceConflictException", ["The login is already linked to another account."]),
        ])
}
