// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// CognitoIDP's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol CognitoIDPOperations: FakeService {
    static var addCustomAttributes: Handler? { get }
    static var addUserPoolClientSecret: Handler? { get }
    static var adminAddUserToGroup: Handler? { get }
    static var adminConfirmSignUp: Handler? { get }
    static var adminCreateUser: Handler? { get }
    static var adminDeleteUser: Handler? { get }
    static var adminDeleteUserAttributes: Handler? { get }
    static var adminDisableProviderForUser: Handler? { get }
    static var adminDisableUser: Handler? { get }
    static var adminEnableUser: Handler? { get }
    static var adminForgetDevice: Handler? { get }
    static var adminGetDevice: Handler? { get }
    static var adminGetUser: Handler? { get }
    static var adminInitiateAuth: Handler? { get }
    static var adminLinkProviderForUser: Handler? { get }
    static var adminListDevices: Handler? { get }
    static var adminListGroupsForUser: Handler? { get }
    static var adminListUserAuthEvents: Handler? { get }
    static var adminRemoveUserFromGroup: Handler? { get }
    static var adminResetUserPassword: Handler? { get }
    static var adminRespondToAuthChallenge: Handler? { get }
    static var adminSetUserMFAPreference: Handler? { get }
    static var adminSetUserPassword: Handler? { get }
    static var adminSetUserSettings: Handler? { get }
    static var adminUpdateAuthEventFeedback: Handler? { get }
    static var adminUpdateDeviceStatus: Handler? { get }
    static var adminUpdateUserAttributes: Handler? { get }
    static var adminUserGlobalSignOut: Handler? { get }
    static var associateSoftwareToken: Handler? { get }
    static var changePassword: Handler? { get }
    static var completeWebAuthnRegistration: Handler? { get }
    static var confirmDevice: Handler? { get }
    static var confirmForgotPassword: Handler? { get }
    static var confirmSignUp: Handler? { get }
    static var createGroup: Handler? { get }
    static var createIdentityProvider: Handler? { get }
    static var createManagedLoginBranding: Handler? { get }
    static var createResourceServer: Handler? { get }
    static var createTerms: Handler? { get }
    static var createUserImportJob: Handler? { get }
    static var createUserPool: Handler? { get }
    static var createUserPoolClient: Handler? { get }
    static var createUserPoolDomain: Handler? { get }
    static var deleteGroup: Handler? { get }
    static var deleteIdentityProvider: Handler? { get }
    static var deleteManagedLoginBranding: Handler? { get }
    static var deleteResourceServer: Handler? { get }
    static var deleteTerms: Handler? { get }
    static var deleteUser: Handler? { get }
    static var deleteUserAttributes: Handler? { get }
    static var deleteUserPool: Handler? { get }
    static var deleteUserPoolClient: Handler? { get }
    static var deleteUserPoolClientSecret: Handler? { get }
    static var deleteUserPoolDomain: Handler? { get }
    static var deleteWebAuthnCredential: Handler? { get }
    static var describeIdentityProvider: Handler? { get }
    static var describeManagedLoginBranding: Handler? { get }
    static var describeManagedLoginBrandingByClient: Handler? { get }
    static var describeResourceServer: Handler? { get }
    static var describeRiskConfiguration: Handler? { get }
    static var describeTerms: Handler? { get }
    static var describeUserImportJob: Handler? { get }
    static var describeUserPool: Handler? { get }
    static var describeUserPoolClient: Handler? { get }
    static var describeUserPoolDomain: Handler? { get }
    static var forgetDevice: Handler? { get }
    static var forgotPassword: Handler? { get }
    static var getCSVHeader: Handler? { get }
    static var getDevice: Handler? { get }
    static var getGroup: Handler? { get }
    static var getIdentityProviderByIdentifier: Handler? { get }
    static var getLogDeliveryConfiguration: Handler? { get }
    static var getSigningCertificate: Handler? { get }
    static var getTokensFromRefreshToken: Handler? { get }
    static var getUICustomization: Handler? { get }
    static var getUser: Handler? { get }
    static var getUserAttributeVerificationCode: Handler? { get }
    static var getUserAuthFactors: Handler? { get }
    static var getUserPoolMfaConfig: Handler? { get }
    static var globalSignOut: Handler? { get }
    static var initiateAuth: Handler? { get }
    static var listDevices: Handler? { get }
    static var listGroups: Handler? { get }
    static var listIdentityProviders: Handler? { get }
    static var listResourceServers: Handler? { get }
    static var listTagsForResource: Handler? { get }
    static var listTerms: Handler? { get }
    static var listUserImportJobs: Handler? { get }
    static var listUserPoolClientSecrets: Handler? { get }
    static var listUserPoolClients: Handler? { get }
    static var listUserPools: Handler? { get }
    static var listUsers: Handler? { get }
    static var listUsersInGroup: Handler? { get }
    static var listWebAuthnCredentials: Handler? { get }
    static var resendConfirmationCode: Handler? { get }
    static var respondToAuthChallenge: Handler? { get }
    static var revokeToken: Handler? { get }
    static var setLogDeliveryConfiguration: Handler? { get }
    static var setRiskConfiguration: Handler? { get }
    static var setUICustomization: Handler? { get }
    static var setUserMFAPreference: Handler? { get }
    static var setUserPoolMfaConfig: Handler? { get }
    static var setUserSettings: Handler? { get }
    static var signUp: Handler? { get }
    static var startUserImportJob: Handler? { get }
    static var startWebAuthnRegistration: Handler? { get }
    static var stopUserImportJob: Handler? { get }
    static var tagResource: Handler? { get }
    static var untagResource: Handler? { get }
    static var updateAuthEventFeedback: Handler? { get }
    static var updateDeviceStatus: Handler? { get }
    static var updateGroup: Handler? { get }
    static var updateIdentityProvider: Handler? { get }
    static var updateManagedLoginBranding: Handler? { get }
    static var updateResourceServer: Handler? { get }
    static var updateTerms: Handler? { get }
    static var updateUserAttributes: Handler? { get }
    static var updateUserPool: Handler? { get }
    static var updateUserPoolClient: Handler? { get }
    static var updateUserPoolDomain: Handler? { get }
    static var verifySoftwareToken: Handler? { get }
    static var verifyUserAttribute: Handler? { get }
}

extension CognitoIDPOperations {
    static var addCustomAttributes: Handler? { nil }
    static var addUserPoolClientSecret: Handler? { nil }
    static var adminAddUserToGroup: Handler? { nil }
    static var adminConfirmSignUp: Handler? { nil }
    static var adminCreateUser: Handler? { nil }
    static var adminDeleteUser: Handler? { nil }
    static var adminDeleteUserAttributes: Handler? { nil }
    static var adminDisableProviderForUser: Handler? { nil }
    static var adminDisableUser: Handler? { nil }
    static var adminEnableUser: Handler? { nil }
    static var adminForgetDevice: Handler? { nil }
    static var adminGetDevice: Handler? { nil }
    static var adminGetUser: Handler? { nil }
    static var adminInitiateAuth: Handler? { nil }
    static var adminLinkProviderForUser: Handler? { nil }
    static var adminListDevices: Handler? { nil }
    static var adminListGroupsForUser: Handler? { nil }
    static var adminListUserAuthEvents: Handler? { nil }
    static var adminRemoveUserFromGroup: Handler? { nil }
    static var adminResetUserPassword: Handler? { nil }
    static var adminRespondToAuthChallenge: Handler? { nil }
    static var adminSetUserMFAPreference: Handler? { nil }
    static var adminSetUserPassword: Handler? { nil }
    static var adminSetUserSettings: Handler? { nil }
    static var adminUpdateAuthEventFeedback: Handler? { nil }
    static var adminUpdateDeviceStatus: Handler? { nil }
    static var adminUpdateUserAttributes: Handler? { nil }
    static var adminUserGlobalSignOut: Handler? { nil }
    static var associateSoftwareToken: Handler? { nil }
    static var changePassword: Handler? { nil }
    static var completeWebAuthnRegistration: Handler? { nil }
    static var confirmDevice: Handler? { nil }
    static var confirmForgotPassword: Handler? { nil }
    static var confirmSignUp: Handler? { nil }
    static var createGroup: Handler? { nil }
    static var createIdentityProvider: Handler? { nil }
    static var createManagedLoginBranding: Handler? { nil }
    static var createResourceServer: Handler? { nil }
    static var createTerms: Handler? { nil }
    static var createUserImportJob: Handler? { nil }
    static var createUserPool: Handler? { nil }
    static var createUserPoolClient: Handler? { nil }
    static var createUserPoolDomain: Handler? { nil }
    static var deleteGroup: Handler? { nil }
    static var deleteIdentityProvider: Handler? { nil }
    static var deleteManagedLoginBranding: Handler? { nil }
    static var deleteResourceServer: Handler? { nil }
    static var deleteTerms: Handler? { nil }
    static var deleteUser: Handler? { nil }
    static var deleteUserAttributes: Handler? { nil }
    static var deleteUserPool: Handler? { nil }
    static var deleteUserPoolClient: Handler? { nil }
    static var deleteUserPoolClientSecret: Handler? { nil }
    static var deleteUserPoolDomain: Handler? { nil }
    static var deleteWebAuthnCredential: Handler? { nil }
    static var describeIdentityProvider: Handler? { nil }
    static var describeManagedLoginBranding: Handler? { nil }
    static var describeManagedLoginBrandingByClient: Handler? { nil }
    static var describeResourceServer: Handler? { nil }
    static var describeRiskConfiguration: Handler? { nil }
    static var describeTerms: Handler? { nil }
    static var describeUserImportJob: Handler? { nil }
    static var describeUserPool: Handler? { nil }
    static var describeUserPoolClient: Handler? { nil }
    static var describeUserPoolDomain: Handler? { nil }
    static var forgetDevice: Handler? { nil }
    static var forgotPassword: Handler? { nil }
    static var getCSVHeader: Handler? { nil }
    static var getDevice: Handler? { nil }
    static var getGroup: Handler? { nil }
    static var getIdentityProviderByIdentifier: Handler? { nil }
    static var getLogDeliveryConfiguration: Handler? { nil }
    static var getSigningCertificate: Handler? { nil }
    static var getTokensFromRefreshToken: Handler? { nil }
    static var getUICustomization: Handler? { nil }
    static var getUser: Handler? { nil }
    static var getUserAttributeVerificationCode: Handler? { nil }
    static var getUserAuthFactors: Handler? { nil }
    static var getUserPoolMfaConfig: Handler? { nil }
    static var globalSignOut: Handler? { nil }
    static var initiateAuth: Handler? { nil }
    static var listDevices: Handler? { nil }
    static var listGroups: Handler? { nil }
    static var listIdentityProviders: Handler? { nil }
    static var listResourceServers: Handler? { nil }
    static var listTagsForResource: Handler? { nil }
    static var listTerms: Handler? { nil }
    static var listUserImportJobs: Handler? { nil }
    static var listUserPoolClientSecrets: Handler? { nil }
    static var listUserPoolClients: Handler? { nil }
    static var listUserPools: Handler? { nil }
    static var listUsers: Handler? { nil }
    static var listUsersInGroup: Handler? { nil }
    static var listWebAuthnCredentials: Handler? { nil }
    static var resendConfirmationCode: Handler? { nil }
    static var respondToAuthChallenge: Handler? { nil }
    static var revokeToken: Handler? { nil }
    static var setLogDeliveryConfiguration: Handler? { nil }
    static var setRiskConfiguration: Handler? { nil }
    static var setUICustomization: Handler? { nil }
    static var setUserMFAPreference: Handler? { nil }
    static var setUserPoolMfaConfig: Handler? { nil }
    static var setUserSettings: Handler? { nil }
    static var signUp: Handler? { nil }
    static var startUserImportJob: Handler? { nil }
    static var startWebAuthnRegistration: Handler? { nil }
    static var stopUserImportJob: Handler? { nil }
    static var tagResource: Handler? { nil }
    static var untagResource: Handler? { nil }
    static var updateAuthEventFeedback: Handler? { nil }
    static var updateDeviceStatus: Handler? { nil }
    static var updateGroup: Handler? { nil }
    static var updateIdentityProvider: Handler? { nil }
    static var updateManagedLoginBranding: Handler? { nil }
    static var updateResourceServer: Handler? { nil }
    static var updateTerms: Handler? { nil }
    static var updateUserAttributes: Handler? { nil }
    static var updateUserPool: Handler? { nil }
    static var updateUserPoolClient: Handler? { nil }
    static var updateUserPoolDomain: Handler? { nil }
    static var verifySoftwareToken: Handler? { nil }
    static var verifyUserAttribute: Handler? { nil }

    static func poolHandler(_ operation: String) -> Handler? {
        switch operation {
        case "AddCustomAttributes": addCustomAttributes
        case "AddUserPoolClientSecret": addUserPoolClientSecret
        case "AdminAddUserToGroup": adminAddUserToGroup
        case "AdminConfirmSignUp": adminConfirmSignUp
        case "AdminCreateUser": adminCreateUser
        case "AdminDeleteUser": adminDeleteUser
        case "AdminDeleteUserAttributes": adminDeleteUserAttributes
        case "AdminDisableProviderForUser": adminDisableProviderForUser
        case "AdminDisableUser": adminDisableUser
        case "AdminEnableUser": adminEnableUser
        case "AdminForgetDevice": adminForgetDevice
        case "AdminGetDevice": adminGetDevice
        case "AdminGetUser": adminGetUser
        case "AdminInitiateAuth": adminInitiateAuth
        case "AdminLinkProviderForUser": adminLinkProviderForUser
        case "AdminListDevices": adminListDevices
        case "AdminListGroupsForUser": adminListGroupsForUser
        case "AdminListUserAuthEvents": adminListUserAuthEvents
        case "AdminRemoveUserFromGroup": adminRemoveUserFromGroup
        case "AdminResetUserPassword": adminResetUserPassword
        case "AdminRespondToAuthChallenge": adminRespondToAuthChallenge
        case "AdminSetUserMFAPreference": adminSetUserMFAPreference
        case "AdminSetUserPassword": adminSetUserPassword
        case "AdminSetUserSettings": adminSetUserSettings
        case "AdminUpdateAuthEventFeedback": adminUpdateAuthEventFeedback
        case "AdminUpdateDeviceStatus": adminUpdateDeviceStatus
        case "AdminUpdateUserAttributes": adminUpdateUserAttributes
        case "AdminUserGlobalSignOut": adminUserGlobalSignOut
        case "AssociateSoftwareToken": associateSoftwareToken
        case "ChangePassword": changePassword
        case "CompleteWebAuthnRegistration": completeWebAuthnRegistration
        case "ConfirmDevice": confirmDevice
        case "ConfirmForgotPassword": confirmForgotPassword
        case "ConfirmSignUp": confirmSignUp
        case "CreateGroup": createGroup
        case "CreateIdentityProvider": createIdentityProvider
        case "CreateManagedLoginBranding": createManagedLoginBranding
        case "CreateResourceServer": createResourceServer
        case "CreateTerms": createTerms
        case "CreateUserImportJob": createUserImportJob
        case "CreateUserPool": createUserPool
        case "CreateUserPoolClient": createUserPoolClient
        case "CreateUserPoolDomain": createUserPoolDomain
        case "DeleteGroup": deleteGroup
        case "DeleteIdentityProvider": deleteIdentityProvider
        case "DeleteManagedLoginBranding": deleteManagedLoginBranding
        case "DeleteResourceServer": deleteResourceServer
        case "DeleteTerms": deleteTerms
        case "DeleteUser": deleteUser
        case "DeleteUserAttributes": deleteUserAttributes
        case "DeleteUserPool": deleteUserPool
        case "DeleteUserPoolClient": deleteUserPoolClient
        case "DeleteUserPoolClientSecret": deleteUserPoolClientSecret
        case "DeleteUserPoolDomain": deleteUserPoolDomain
        case "DeleteWebAuthnCredential": deleteWebAuthnCredential
        case "DescribeIdentityProvider": describeIdentityProvider
        case "DescribeManagedLoginBranding": describeManagedLoginBranding
        case "DescribeManagedLoginBrandingByClient": describeManagedLoginBrandingByClient
        case "DescribeResourceServer": describeResourceServer
        case "DescribeRiskConfiguration": describeRiskConfiguration
        case "DescribeTerms": describeTerms
        case "DescribeUserImportJob": describeUserImportJob
        case "DescribeUserPool": describeUserPool
        case "DescribeUserPoolClient": describeUserPoolClient
        case "DescribeUserPoolDomain": describeUserPoolDomain
        case "ForgetDevice": forgetDevice
        case "ForgotPassword": forgotPassword
        case "GetCSVHeader": getCSVHeader
        case "GetDevice": getDevice
        case "GetGroup": getGroup
        case "GetIdentityProviderByIdentifier": getIdentityProviderByIdentifier
        case "GetLogDeliveryConfiguration": getLogDeliveryConfiguration
        case "GetSigningCertificate": getSigningCertificate
        case "GetTokensFromRefreshToken": getTokensFromRefreshToken
        case "GetUICustomization": getUICustomization
        case "GetUser": getUser
        case "GetUserAttributeVerificationCode": getUserAttributeVerificationCode
        case "GetUserAuthFactors": getUserAuthFactors
        case "GetUserPoolMfaConfig": getUserPoolMfaConfig
        case "GlobalSignOut": globalSignOut
        case "InitiateAuth": initiateAuth
        case "ListDevices": listDevices
        case "ListGroups": listGroups
        case "ListIdentityProviders": listIdentityProviders
        case "ListResourceServers": listResourceServers
        case "ListTagsForResource": listTagsForResource
        case "ListTerms": listTerms
        case "ListUserImportJobs": listUserImportJobs
        case "ListUserPoolClientSecrets": listUserPoolClientSecrets
        case "ListUserPoolClients": listUserPoolClients
        case "ListUserPools": listUserPools
        case "ListUsers": listUsers
        case "ListUsersInGroup": listUsersInGroup
        case "ListWebAuthnCredentials": listWebAuthnCredentials
        case "ResendConfirmationCode": resendConfirmationCode
        case "RespondToAuthChallenge": respondToAuthChallenge
        case "RevokeToken": revokeToken
        case "SetLogDeliveryConfiguration": setLogDeliveryConfiguration
        case "SetRiskConfiguration": setRiskConfiguration
        case "SetUICustomization": setUICustomization
        case "SetUserMFAPreference": setUserMFAPreference
        case "SetUserPoolMfaConfig": setUserPoolMfaConfig
        case "SetUserSettings": setUserSettings
        case "SignUp": signUp
        case "StartUserImportJob": startUserImportJob
        case "StartWebAuthnRegistration": startWebAuthnRegistration
        case "StopUserImportJob": stopUserImportJob
        case "TagResource": tagResource
        case "UntagResource": untagResource
        case "UpdateAuthEventFeedback": updateAuthEventFeedback
        case "UpdateDeviceStatus": updateDeviceStatus
        case "UpdateGroup": updateGroup
        case "UpdateIdentityProvider": updateIdentityProvider
        case "UpdateManagedLoginBranding": updateManagedLoginBranding
        case "UpdateResourceServer": updateResourceServer
        case "UpdateTerms": updateTerms
        case "UpdateUserAttributes": updateUserAttributes
        case "UpdateUserPool": updateUserPool
        case "UpdateUserPoolClient": updateUserPoolClient
        case "UpdateUserPoolDomain": updateUserPoolDomain
        case "VerifySoftwareToken": verifySoftwareToken
        case "VerifyUserAttribute": verifyUserAttribute
        default: nil
        }
    }
}
