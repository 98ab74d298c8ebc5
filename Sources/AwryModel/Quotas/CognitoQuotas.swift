// SPDX-License-Identifier: Apache-2.0

extension Quota {
    /// "Quotas in Amazon Cognito" of the Cognito Developer Guide: requests a second of each category of operations,
    /// over all user pools of an account in a region.
    static let cognitoUserPools: [Quota] = categories + [perPool]

    private static let categories: [Quota] = [
        category("UserAuthentication", 120, ["AdminInitiateAuth", "InitiateAuth"]),
        // Answers to challenges may come three times as often as authentications begin.
        category("UserAuthenticationChallenges", 360, ["AdminRespondToAuthChallenge", "RespondToAuthChallenge"]),
        category("UserCreation", 50, ["AdminConfirmSignUp", "AdminCreateUser", "ConfirmSignUp", "SignUp"]),
        category(
            "UserAccountRecovery", 30,
            [
                "AdminResetUserPassword", "AdminSetUserPassword", "ChangePassword", "ConfirmForgotPassword",
                "ForgotPassword",
            ]),
        category("UserRead", 120, ["AdminGetUser", "GetUser"]),
        category(
            "UserUpdate", 25,
            [
                "AdminAddUserToGroup", "AdminDeleteUser", "AdminDeleteUserAttributes", "AdminDisableProviderForUser",
                "AdminDisableUser", "AdminEnableUser", "AdminLinkProviderForUser", "AdminRemoveUserFromGroup",
                "AdminUpdateUserAttributes", "AdminUserGlobalSignOut", "DeleteUser", "DeleteUserAttributes",
                "GlobalSignOut", "UpdateUserAttributes", "VerifyUserAttribute",
            ]),
        category("UserToken", 120, ["GetTokensFromRefreshToken", "RevokeToken"]),
        category(
            "UserResourceRead", 50,
            [
                "AdminGetDevice", "AdminListDevices", "AdminListGroupsForUser", "AdminListUserAuthEvents", "GetDevice",
                "GetUserAttributeVerificationCode", "ListDevices", "ResendConfirmationCode",
            ]),
        category(
            "UserResourceUpdate", 25,
            [
                "AdminForgetDevice", "AdminSetUserMFAPreference", "AdminSetUserSettings",
                "AdminUpdateAuthEventFeedback", "AdminUpdateDeviceStatus", "AssociateSoftwareToken", "ConfirmDevice",
                "ForgetDevice", "SetUserMFAPreference", "SetUserSettings", "UpdateAuthEventFeedback",
                "UpdateDeviceStatus", "VerifySoftwareToken",
            ]),
        category("UserList", 30, ["ListUsers", "ListUsersInGroup"]),
        category(
            "UserPoolRead", 15,
            ["DescribeUserPool", "DescribeUserPoolDomain", "GetUserPoolMfaConfig", "ListUserPools"]),
        category(
            "UserPoolUpdate", 15,
            ["AddCustomAttributes", "CreateUserPool", "DeleteUserPool", "SetUserPoolMfaConfig", "UpdateUserPool"]),
        category("UserPoolResourceRead", 20, poolResourceReads),
        category("UserPoolResourceUpdate", 15, poolResourceUpdates),
        category("UserPoolClientRead", 15, clientReads),
        category("UserPoolClientUpdate", 15, clientUpdates),
    ]

    /// In the last four categories no operation may come more often than this for one user pool.
    private static let perPool = Quota(
        "cognito-idp.operationPerUserPool", 5, per: .operationWithin(["UserPoolId", "ResourceArn"]),
        of: .operations(poolResourceReads + poolResourceUpdates + clientReads + clientUpdates))

    private static let poolResourceReads = [
        "DescribeIdentityProvider", "DescribeResourceServer", "DescribeUserImportJob", "GetCSVHeader", "GetGroup",
        "GetIdentityProviderByIdentifier", "GetSigningCertificate", "GetUICustomization", "ListGroups",
        "ListIdentityProviders", "ListResourceServers", "ListTagsForResource", "ListUserImportJobs",
    ]
    private static let poolResourceUpdates = [
        "CreateGroup", "CreateIdentityProvider", "CreateResourceServer", "CreateUserImportJob",
        "CreateUserPoolDomain", "DeleteGroup", "DeleteIdentityProvider", "DeleteResourceServer",
        "DeleteUserPoolDomain", "SetRiskConfiguration", "SetUICustomization", "StartUserImportJob",
        "StopUserImportJob", "TagResource", "UntagResource", "UpdateGroup", "UpdateIdentityProvider",
        "UpdateResourceServer", "UpdateUserPoolDomain",
    ]
    private static let clientReads = [
        "DescribeUserPoolClient", "ListUserPoolClients",
    ]
    private static let clientUpdates = [
        "CreateUserPoolClient", "DeleteUserPoolClient", "UpdateUserPoolClient",
    ]

    /// The same page for identity pools: a rate for each operation that has one, which goes by the operation's name.
    static let cognitoIdentityPools: [Quota] = [
        ("GetId", 25), ("GetOpenIdToken", 200), ("GetCredentialsForIdentity", 200),
        ("GetOpenIdTokenForDeveloperIdentity", 50), ("ListTagsForResource", 10), ("TagResource", 5),
        ("UntagResource", 5),
    ].map { Quota("cognito-identity.\($0)", $1, of: .operations([$0])) }

    private static func category(_ name: String, _ rate: Double, _ operations: [String]) -> Quota {
        Quota("cognito-idp.\(name)", rate, of: .operations(operations))
    }
}
