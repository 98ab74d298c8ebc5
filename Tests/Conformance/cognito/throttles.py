# SPDX-License-Identifier: Apache-2.0
"""AWS's categories of operations, which share a rate ("Quotas in Amazon Cognito" of its guide)."""

CATEGORIES = {
    "UserAuthentication": "AdminInitiateAuth InitiateAuth",
    "UserAuthenticationChallenges": "AdminRespondToAuthChallenge RespondToAuthChallenge",
    "UserCreation": "AdminConfirmSignUp AdminCreateUser ConfirmSignUp SignUp",
    "UserAccountRecovery": "AdminResetUserPassword AdminSetUserPassword ChangePassword ConfirmForgotPassword "
    "ForgotPassword",
    "UserRead": "AdminGetUser GetUser",
    "UserUpdate": "AdminAddUserToGroup AdminDeleteUser AdminDeleteUserAttributes AdminDisableProviderForUser "
    "AdminDisableUser AdminEnableUser AdminLinkProviderForUser AdminRemoveUserFromGroup AdminUpdateUserAttributes "
    "AdminUserGlobalSignOut DeleteUser DeleteUserAttributes GlobalSignOut UpdateUserAttributes VerifyUserAttribute",
    "UserToken": "GetTokensFromRefreshToken RevokeToken",
    "UserResourceRead": "AdminGetDevice AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents GetDevice "
    "GetUserAttributeVerificationCode ListDevices ResendConfirmationCode",
    "UserResourceUpdate": "AdminForgetDevice AdminUpdateAuthEventFeedback AdminUpdateDeviceStatus ConfirmDevice "
    "ForgetDevice UpdateAuthEventFeedback UpdateDeviceStatus VerifySoftwareToken",
    "UserList": "ListUsers ListUsersInGroup",
    "UserPoolRead": "DescribeUserPool GetUserPoolMfaConfig ListUserPools",
    "UserPoolUpdate": "AddCustomAttributes CreateUserPool DeleteUserPool SetUserPoolMfaConfig UpdateUserPool",
    "UserPoolResourceRead": "DescribeIdentityProvider DescribeResourceServer DescribeUserImportJob GetCSVHeader "
    "GetGroup GetIdentityProviderByIdentifier GetUICustomization ListGroups ListIdentityProviders "
    "ListResourceServers ListTagsForResource ListUserImportJobs",
    "UserPoolResourceUpdate": "CreateGroup CreateIdentityProvider CreateResourceServer CreateUserImportJob DeleteGroup "
    "DeleteIdentityProvider DeleteResourceServer SetRiskConfiguration SetUICustomization StartUserImportJob "
    "StopUserImportJob TagResource UntagResource UpdateGroup UpdateIdentityProvider UpdateResourceServer "
    "UpdateUserPoolDomain",
    "UserPoolClientRead": "DescribeUserPoolClient ListUserPoolClients",
    "UserPoolClientUpdate": "CreateUserPoolClient DeleteUserPoolClient UpdateUserPoolClient",
}
RATED = [name for names in CATEGORIES.values() for name in names.split()]
