// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// IAM's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol IAMOperations: FakeService {
    static var acceptDelegationRequest: Handler? { get }
    static var addClientIDToOpenIDConnectProvider: Handler? { get }
    static var addRoleToInstanceProfile: Handler? { get }
    static var addUserToGroup: Handler? { get }
    static var associateDelegationRequest: Handler? { get }
    static var attachGroupPolicy: Handler? { get }
    static var attachRolePolicy: Handler? { get }
    static var attachUserPolicy: Handler? { get }
    static var changePassword: Handler? { get }
    static var createAccessKey: Handler? { get }
    static var createAccountAlias: Handler? { get }
    static var createDelegationRequest: Handler? { get }
    static var createGroup: Handler? { get }
    static var createInstanceProfile: Handler? { get }
    static var createLoginProfile: Handler? { get }
    static var createOpenIDConnectProvider: Handler? { get }
    static var createPolicy: Handler? { get }
    static var createPolicyVersion: Handler? { get }
    static var createRole: Handler? { get }
    static var createSAMLProvider: Handler? { get }
    static var createServiceLinkedRole: Handler? { get }
    static var createServiceSpecificCredential: Handler? { get }
    static var createUser: Handler? { get }
    static var createVirtualMFADevice: Handler? { get }
    static var deactivateMFADevice: Handler? { get }
    static var deleteAccessKey: Handler? { get }
    static var deleteAccountAlias: Handler? { get }
    static var deleteAccountPasswordPolicy: Handler? { get }
    static var deleteGroup: Handler? { get }
    static var deleteGroupPolicy: Handler? { get }
    static var deleteInstanceProfile: Handler? { get }
    static var deleteLoginProfile: Handler? { get }
    static var deleteOpenIDConnectProvider: Handler? { get }
    static var deletePolicy: Handler? { get }
    static var deletePolicyVersion: Handler? { get }
    static var deleteRole: Handler? { get }
    static var deleteRolePermissionsBoundary: Handler? { get }
    static var deleteRolePolicy: Handler? { get }
    static var deleteSAMLProvider: Handler? { get }
    static var deleteSSHPublicKey: Handler? { get }
    static var deleteServerCertificate: Handler? { get }
    static var deleteServiceLinkedRole: Handler? { get }
    static var deleteServiceSpecificCredential: Handler? { get }
    static var deleteSigningCertificate: Handler? { get }
    static var deleteUser: Handler? { get }
    static var deleteUserPermissionsBoundary: Handler? { get }
    static var deleteUserPolicy: Handler? { get }
    static var deleteVirtualMFADevice: Handler? { get }
    static var detachGroupPolicy: Handler? { get }
    static var detachRolePolicy: Handler? { get }
    static var detachUserPolicy: Handler? { get }
    static var disableOrganizationsRootCredentialsManagement: Handler? { get }
    static var disableOrganizationsRootSessions: Handler? { get }
    static var disableOutboundWebIdentityFederation: Handler? { get }
    static var enableMFADevice: Handler? { get }
    static var enableOrganizationsRootCredentialsManagement: Handler? { get }
    static var enableOrganizationsRootSessions: Handler? { get }
    static var enableOutboundWebIdentityFederation: Handler? { get }
    static var generateCredentialReport: Handler? { get }
    static var generateOrganizationsAccessReport: Handler? { get }
    static var generateServiceLastAccessedDetails: Handler? { get }
    static var getAccessKeyLastUsed: Handler? { get }
    static var getAccountAuthorizationDetails: Handler? { get }
    static var getAccountPasswordPolicy: Handler? { get }
    static var getAccountSummary: Handler? { get }
    static var getContextKeysForCustomPolicy: Handler? { get }
    static var getContextKeysForPrincipalPolicy: Handler? { get }
    static var getCredentialReport: Handler? { get }
    static var getDelegationRequest: Handler? { get }
    static var getGroup: Handler? { get }
    static var getGroupPolicy: Handler? { get }
    static var getHumanReadableSummary: Handler? { get }
    static var getInstanceProfile: Handler? { get }
    static var getLoginProfile: Handler? { get }
    static var getMFADevice: Handler? { get }
    static var getOpenIDConnectProvider: Handler? { get }
    static var getOrganizationsAccessReport: Handler? { get }
    static var getOutboundWebIdentityFederationInfo: Handler? { get }
    static var getPolicy: Handler? { get }
    static var getPolicyVersion: Handler? { get }
    static var getRole: Handler? { get }
    static var getRolePolicy: Handler? { get }
    static var getSAMLProvider: Handler? { get }
    static var getSSHPublicKey: Handler? { get }
    static var getServerCertificate: Handler? { get }
    static var getServiceLastAccessedDetails: Handler? { get }
    static var getServiceLastAccessedDetailsWithEntities: Handler? { get }
    static var getServiceLinkedRoleDeletionStatus: Handler? { get }
    static var getUser: Handler? { get }
    static var getUserPolicy: Handler? { get }
    static var listAccessKeys: Handler? { get }
    static var listAccountAliases: Handler? { get }
    static var listAttachedGroupPolicies: Handler? { get }
    static var listAttachedRolePolicies: Handler? { get }
    static var listAttachedUserPolicies: Handler? { get }
    static var listDelegationRequests: Handler? { get }
    static var listEntitiesForPolicy: Handler? { get }
    static var listGroupPolicies: Handler? { get }
    static var listGroups: Handler? { get }
    static var listGroupsForUser: Handler? { get }
    static var listInstanceProfileTags: Handler? { get }
    static var listInstanceProfiles: Handler? { get }
    static var listInstanceProfilesForRole: Handler? { get }
    static var listMFADeviceTags: Handler? { get }
    static var listMFADevices: Handler? { get }
    static var listOpenIDConnectProviderTags: Handler? { get }
    static var listOpenIDConnectProviders: Handler? { get }
    static var listOrganizationsFeatures: Handler? { get }
    static var listPolicies: Handler? { get }
    static var listPoliciesGrantingServiceAccess: Handler? { get }
    static var listPolicyTags: Handler? { get }
    static var listPolicyVersions: Handler? { get }
    static var listRolePolicies: Handler? { get }
    static var listRoleTags: Handler? { get }
    static var listRoles: Handler? { get }
    static var listSAMLProviderTags: Handler? { get }
    static var listSAMLProviders: Handler? { get }
    static var listSSHPublicKeys: Handler? { get }
    static var listServerCertificateTags: Handler? { get }
    static var listServerCertificates: Handler? { get }
    static var listServiceSpecificCredentials: Handler? { get }
    static var listSigningCertificates: Handler? { get }
    static var listUserPolicies: Handler? { get }
    static var listUserTags: Handler? { get }
    static var listUsers: Handler? { get }
    static var listVirtualMFADevices: Handler? { get }
    static var putGroupPolicy: Handler? { get }
    static var putRolePermissionsBoundary: Handler? { get }
    static var putRolePolicy: Handler? { get }
    static var putUserPermissionsBoundary: Handler? { get }
    static var putUserPolicy: Handler? { get }
    static var rejectDelegationRequest: Handler? { get }
    static var removeClientIDFromOpenIDConnectProvider: Handler? { get }
    static var removeRoleFromInstanceProfile: Handler? { get }
    static var removeUserFromGroup: Handler? { get }
    static var resetServiceSpecificCredential: Handler? { get }
    static var resyncMFADevice: Handler? { get }
    static var sendDelegationToken: Handler? { get }
    static var setDefaultPolicyVersion: Handler? { get }
    static var setSecurityTokenServicePreferences: Handler? { get }
    static var simulateCustomPolicy: Handler? { get }
    static var simulatePrincipalPolicy: Handler? { get }
    static var tagInstanceProfile: Handler? { get }
    static var tagMFADevice: Handler? { get }
    static var tagOpenIDConnectProvider: Handler? { get }
    static var tagPolicy: Handler? { get }
    static var tagRole: Handler? { get }
    static var tagSAMLProvider: Handler? { get }
    static var tagServerCertificate: Handler? { get }
    static var tagUser: Handler? { get }
    static var untagInstanceProfile: Handler? { get }
    static var untagMFADevice: Handler? { get }
    static var untagOpenIDConnectProvider: Handler? { get }
    static var untagPolicy: Handler? { get }
    static var untagRole: Handler? { get }
    static var untagSAMLProvider: Handler? { get }
    static var untagServerCertificate: Handler? { get }
    static var untagUser: Handler? { get }
    static var updateAccessKey: Handler? { get }
    static var updateAccountPasswordPolicy: Handler? { get }
    static var updateAssumeRolePolicy: Handler? { get }
    static var updateDelegationRequest: Handler? { get }
    static var updateGroup: Handler? { get }
    static var updateLoginProfile: Handler? { get }
    static var updateOpenIDConnectProviderThumbprint: Handler? { get }
    static var updateRole: Handler? { get }
    static var updateRoleDescription: Handler? { get }
    static var updateSAMLProvider: Handler? { get }
    static var updateSSHPublicKey: Handler? { get }
    static var updateServerCertificate: Handler? { get }
    static var updateServiceSpecificCredential: Handler? { get }
    static var updateSigningCertificate: Handler? { get }
    static var updateUser: Handler? { get }
    static var uploadSSHPublicKey: Handler? { get }
    static var uploadServerCertificate: Handler? { get }
    static var uploadSigningCertificate: Handler? { get }
}

extension IAMOperations {
    static var acceptDelegationRequest: Handler? { nil }
    static var addClientIDToOpenIDConnectProvider: Handler? { nil }
    static var addRoleToInstanceProfile: Handler? { nil }
    static var addUserToGroup: Handler? { nil }
    static var associateDelegationRequest: Handler? { nil }
    static var attachGroupPolicy: Handler? { nil }
    static var attachRolePolicy: Handler? { nil }
    static var attachUserPolicy: Handler? { nil }
    static var changePassword: Handler? { nil }
    static var createAccessKey: Handler? { nil }
    static var createAccountAlias: Handler? { nil }
    static var createDelegationRequest: Handler? { nil }
    static var createGroup: Handler? { nil }
    static var createInstanceProfile: Handler? { nil }
    static var createLoginProfile: Handler? { nil }
    static var createOpenIDConnectProvider: Handler? { nil }
    static var createPolicy: Handler? { nil }
    static var createPolicyVersion: Handler? { nil }
    static var createRole: Handler? { nil }
    static var createSAMLProvider: Handler? { nil }
    static var createServiceLinkedRole: Handler? { nil }
    static var createServiceSpecificCredential: Handler? { nil }
    static var createUser: Handler? { nil }
    static var createVirtualMFADevice: Handler? { nil }
    static var deactivateMFADevice: Handler? { nil }
    static var deleteAccessKey: Handler? { nil }
    static var deleteAccountAlias: Handler? { nil }
    static var deleteAccountPasswordPolicy: Handler? { nil }
    static var deleteGroup: Handler? { nil }
    static var deleteGroupPolicy: Handler? { nil }
    static var deleteInstanceProfile: Handler? { nil }
    static var deleteLoginProfile: Handler? { nil }
    static var deleteOpenIDConnectProvider: Handler? { nil }
    static var deletePolicy: Handler? { nil }
    static var deletePolicyVersion: Handler? { nil }
    static var deleteRole: Handler? { nil }
    static var deleteRolePermissionsBoundary: Handler? { nil }
    static var deleteRolePolicy: Handler? { nil }
    static var deleteSAMLProvider: Handler? { nil }
    static var deleteSSHPublicKey: Handler? { nil }
    static var deleteServerCertificate: Handler? { nil }
    static var deleteServiceLinkedRole: Handler? { nil }
    static var deleteServiceSpecificCredential: Handler? { nil }
    static var deleteSigningCertificate: Handler? { nil }
    static var deleteUser: Handler? { nil }
    static var deleteUserPermissionsBoundary: Handler? { nil }
    static var deleteUserPolicy: Handler? { nil }
    static var deleteVirtualMFADevice: Handler? { nil }
    static var detachGroupPolicy: Handler? { nil }
    static var detachRolePolicy: Handler? { nil }
    static var detachUserPolicy: Handler? { nil }
    static var disableOrganizationsRootCredentialsManagement: Handler? { nil }
    static var disableOrganizationsRootSessions: Handler? { nil }
    static var disableOutboundWebIdentityFederation: Handler? { nil }
    static var enableMFADevice: Handler? { nil }
    static var enableOrganizationsRootCredentialsManagement: Handler? { nil }
    static var enableOrganizationsRootSessions: Handler? { nil }
    static var enableOutboundWebIdentityFederation: Handler? { nil }
    static var generateCredentialReport: Handler? { nil }
    static var generateOrganizationsAccessReport: Handler? { nil }
    static var generateServiceLastAccessedDetails: Handler? { nil }
    static var getAccessKeyLastUsed: Handler? { nil }
    static var getAccountAuthorizationDetails: Handler? { nil }
    static var getAccountPasswordPolicy: Handler? { nil }
    static var getAccountSummary: Handler? { nil }
    static var getContextKeysForCustomPolicy: Handler? { nil }
    static var getContextKeysForPrincipalPolicy: Handler? { nil }
    static var getCredentialReport: Handler? { nil }
    static var getDelegationRequest: Handler? { nil }
    static var getGroup: Handler? { nil }
    static var getGroupPolicy: Handler? { nil }
    static var getHumanReadableSummary: Handler? { nil }
    static var getInstanceProfile: Handler? { nil }
    static var getLoginProfile: Handler? { nil }
    static var getMFADevice: Handler? { nil }
    static var getOpenIDConnectProvider: Handler? { nil }
    static var getOrganizationsAccessReport: Handler? { nil }
    static var getOutboundWebIdentityFederationInfo: Handler? { nil }
    static var getPolicy: Handler? { nil }
    static var getPolicyVersion: Handler? { nil }
    static var getRole: Handler? { nil }
    static var getRolePolicy: Handler? { nil }
    static var getSAMLProvider: Handler? { nil }
    static var getSSHPublicKey: Handler? { nil }
    static var getServerCertificate: Handler? { nil }
    static var getServiceLastAccessedDetails: Handler? { nil }
    static var getServiceLastAccessedDetailsWithEntities: Handler? { nil }
    static var getServiceLinkedRoleDeletionStatus: Handler? { nil }
    static var getUser: Handler? { nil }
    static var getUserPolicy: Handler? { nil }
    static var listAccessKeys: Handler? { nil }
    static var listAccountAliases: Handler? { nil }
    static var listAttachedGroupPolicies: Handler? { nil }
    static var listAttachedRolePolicies: Handler? { nil }
    static var listAttachedUserPolicies: Handler? { nil }
    static var listDelegationRequests: Handler? { nil }
    static var listEntitiesForPolicy: Handler? { nil }
    static var listGroupPolicies: Handler? { nil }
    static var listGroups: Handler? { nil }
    static var listGroupsForUser: Handler? { nil }
    static var listInstanceProfileTags: Handler? { nil }
    static var listInstanceProfiles: Handler? { nil }
    static var listInstanceProfilesForRole: Handler? { nil }
    static var listMFADeviceTags: Handler? { nil }
    static var listMFADevices: Handler? { nil }
    static var listOpenIDConnectProviderTags: Handler? { nil }
    static var listOpenIDConnectProviders: Handler? { nil }
    static var listOrganizationsFeatures: Handler? { nil }
    static var listPolicies: Handler? { nil }
    static var listPoliciesGrantingServiceAccess: Handler? { nil }
    static var listPolicyTags: Handler? { nil }
    static var listPolicyVersions: Handler? { nil }
    static var listRolePolicies: Handler? { nil }
    static var listRoleTags: Handler? { nil }
    static var listRoles: Handler? { nil }
    static var listSAMLProviderTags: Handler? { nil }
    static var listSAMLProviders: Handler? { nil }
    static var listSSHPublicKeys: Handler? { nil }
    static var listServerCertificateTags: Handler? { nil }
    static var listServerCertificates: Handler? { nil }
    static var listServiceSpecificCredentials: Handler? { nil }
    static var listSigningCertificates: Handler? { nil }
    static var listUserPolicies: Handler? { nil }
    static var listUserTags: Handler? { nil }
    static var listUsers: Handler? { nil }
    static var listVirtualMFADevices: Handler? { nil }
    static var putGroupPolicy: Handler? { nil }
    static var putRolePermissionsBoundary: Handler? { nil }
    static var putRolePolicy: Handler? { nil }
    static var putUserPermissionsBoundary: Handler? { nil }
    static var putUserPolicy: Handler? { nil }
    static var rejectDelegationRequest: Handler? { nil }
    static var removeClientIDFromOpenIDConnectProvider: Handler? { nil }
    static var removeRoleFromInstanceProfile: Handler? { nil }
    static var removeUserFromGroup: Handler? { nil }
    static var resetServiceSpecificCredential: Handler? { nil }
    static var resyncMFADevice: Handler? { nil }
    static var sendDelegationToken: Handler? { nil }
    static var setDefaultPolicyVersion: Handler? { nil }
    static var setSecurityTokenServicePreferences: Handler? { nil }
    static var simulateCustomPolicy: Handler? { nil }
    static var simulatePrincipalPolicy: Handler? { nil }
    static var tagInstanceProfile: Handler? { nil }
    static var tagMFADevice: Handler? { nil }
    static var tagOpenIDConnectProvider: Handler? { nil }
    static var tagPolicy: Handler? { nil }
    static var tagRole: Handler? { nil }
    static var tagSAMLProvider: Handler? { nil }
    static var tagServerCertificate: Handler? { nil }
    static var tagUser: Handler? { nil }
    static var untagInstanceProfile: Handler? { nil }
    static var untagMFADevice: Handler? { nil }
    static var untagOpenIDConnectProvider: Handler? { nil }
    static var untagPolicy: Handler? { nil }
    static var untagRole: Handler? { nil }
    static var untagSAMLProvider: Handler? { nil }
    static var untagServerCertificate: Handler? { nil }
    static var untagUser: Handler? { nil }
    static var updateAccessKey: Handler? { nil }
    static var updateAccountPasswordPolicy: Handler? { nil }
    static var updateAssumeRolePolicy: Handler? { nil }
    static var updateDelegationRequest: Handler? { nil }
    static var updateGroup: Handler? { nil }
    static var updateLoginProfile: Handler? { nil }
    static var updateOpenIDConnectProviderThumbprint: Handler? { nil }
    static var updateRole: Handler? { nil }
    static var updateRoleDescription: Handler? { nil }
    static var updateSAMLProvider: Handler? { nil }
    static var updateSSHPublicKey: Handler? { nil }
    static var updateServerCertificate: Handler? { nil }
    static var updateServiceSpecificCredential: Handler? { nil }
    static var updateSigningCertificate: Handler? { nil }
    static var updateUser: Handler? { nil }
    static var uploadSSHPublicKey: Handler? { nil }
    static var uploadServerCertificate: Handler? { nil }
    static var uploadSigningCertificate: Handler? { nil }

    static func iamHandler(_ operation: String) -> Handler? {
        switch operation {
        case "AcceptDelegationRequest": acceptDelegationRequest
        case "AddClientIDToOpenIDConnectProvider": addClientIDToOpenIDConnectProvider
        case "AddRoleToInstanceProfile": addRoleToInstanceProfile
        case "AddUserToGroup": addUserToGroup
        case "AssociateDelegationRequest": associateDelegationRequest
        case "AttachGroupPolicy": attachGroupPolicy
        case "AttachRolePolicy": attachRolePolicy
        case "AttachUserPolicy": attachUserPolicy
        case "ChangePassword": changePassword
        case "CreateAccessKey": createAccessKey
        case "CreateAccountAlias": createAccountAlias
        case "CreateDelegationRequest": createDelegationRequest
        case "CreateGroup": createGroup
        case "CreateInstanceProfile": createInstanceProfile
        case "CreateLoginProfile": createLoginProfile
        case "CreateOpenIDConnectProvider": createOpenIDConnectProvider
        case "CreatePolicy": createPolicy
        case "CreatePolicyVersion": createPolicyVersion
        case "CreateRole": createRole
        case "CreateSAMLProvider": createSAMLProvider
        case "CreateServiceLinkedRole": createServiceLinkedRole
        case "CreateServiceSpecificCredential": createServiceSpecificCredential
        case "CreateUser": createUser
        case "CreateVirtualMFADevice": createVirtualMFADevice
        case "DeactivateMFADevice": deactivateMFADevice
        case "DeleteAccessKey": deleteAccessKey
        case "DeleteAccountAlias": deleteAccountAlias
        case "DeleteAccountPasswordPolicy": deleteAccountPasswordPolicy
        case "DeleteGroup": deleteGroup
        case "DeleteGroupPolicy": deleteGroupPolicy
        case "DeleteInstanceProfile": deleteInstanceProfile
        case "DeleteLoginProfile": deleteLoginProfile
        case "DeleteOpenIDConnectProvider": deleteOpenIDConnectProvider
        case "DeletePolicy": deletePolicy
        case "DeletePolicyVersion": deletePolicyVersion
        case "DeleteRole": deleteRole
        case "DeleteRolePermissionsBoundary": deleteRolePermissionsBoundary
        case "DeleteRolePolicy": deleteRolePolicy
        case "DeleteSAMLProvider": deleteSAMLProvider
        case "DeleteSSHPublicKey": deleteSSHPublicKey
        case "DeleteServerCertificate": deleteServerCertificate
        case "DeleteServiceLinkedRole": deleteServiceLinkedRole
        case "DeleteServiceSpecificCredential": deleteServiceSpecificCredential
        case "DeleteSigningCertificate": deleteSigningCertificate
        case "DeleteUser": deleteUser
        case "DeleteUserPermissionsBoundary": deleteUserPermissionsBoundary
        case "DeleteUserPolicy": deleteUserPolicy
        case "DeleteVirtualMFADevice": deleteVirtualMFADevice
        case "DetachGroupPolicy": detachGroupPolicy
        case "DetachRolePolicy": detachRolePolicy
        case "DetachUserPolicy": detachUserPolicy
        case "DisableOrganizationsRootCredentialsManagement": disableOrganizationsRootCredentialsManagement
        case "DisableOrganizationsRootSessions": disableOrganizationsRootSessions
        case "DisableOutboundWebIdentityFederation": disableOutboundWebIdentityFederation
        case "EnableMFADevice": enableMFADevice
        case "EnableOrganizationsRootCredentialsManagement": enableOrganizationsRootCredentialsManagement
        case "EnableOrganizationsRootSessions": enableOrganizationsRootSessions
        case "EnableOutboundWebIdentityFederation": enableOutboundWebIdentityFederation
        case "GenerateCredentialReport": generateCredentialReport
        case "GenerateOrganizationsAccessReport": generateOrganizationsAccessReport
        case "GenerateServiceLastAccessedDetails": generateServiceLastAccessedDetails
        case "GetAccessKeyLastUsed": getAccessKeyLastUsed
        case "GetAccountAuthorizationDetails": getAccountAuthorizationDetails
        case "GetAccountPasswordPolicy": getAccountPasswordPolicy
        case "GetAccountSummary": getAccountSummary
        case "GetContextKeysForCustomPolicy": getContextKeysForCustomPolicy
        case "GetContextKeysForPrincipalPolicy": getContextKeysForPrincipalPolicy
        case "GetCredentialReport": getCredentialReport
        case "GetDelegationRequest": getDelegationRequest
        case "GetGroup": getGroup
        case "GetGroupPolicy": getGroupPolicy
        case "GetHumanReadableSummary": getHumanReadableSummary
        case "GetInstanceProfile": getInstanceProfile
        case "GetLoginProfile": getLoginProfile
        case "GetMFADevice": getMFADevice
        case "GetOpenIDConnectProvider": getOpenIDConnectProvider
        case "GetOrganizationsAccessReport": getOrganizationsAccessReport
        case "GetOutboundWebIdentityFederationInfo": getOutboundWebIdentityFederationInfo
        case "GetPolicy": getPolicy
        case "GetPolicyVersion": getPolicyVersion
        case "GetRole": getRole
        case "GetRolePolicy": getRolePolicy
        case "GetSAMLProvider": getSAMLProvider
        case "GetSSHPublicKey": getSSHPublicKey
        case "GetServerCertificate": getServerCertificate
        case "GetServiceLastAccessedDetails": getServiceLastAccessedDetails
        case "GetServiceLastAccessedDetailsWithEntities": getServiceLastAccessedDetailsWithEntities
        case "GetServiceLinkedRoleDeletionStatus": getServiceLinkedRoleDeletionStatus
        case "GetUser": getUser
        case "GetUserPolicy": getUserPolicy
        case "ListAccessKeys": listAccessKeys
        case "ListAccountAliases": listAccountAliases
        case "ListAttachedGroupPolicies": listAttachedGroupPolicies
        case "ListAttachedRolePolicies": listAttachedRolePolicies
        case "ListAttachedUserPolicies": listAttachedUserPolicies
        case "ListDelegationRequests": listDelegationRequests
        case "ListEntitiesForPolicy": listEntitiesForPolicy
        case "ListGroupPolicies": listGroupPolicies
        case "ListGroups": listGroups
        case "ListGroupsForUser": listGroupsForUser
        case "ListInstanceProfileTags": listInstanceProfileTags
        case "ListInstanceProfiles": listInstanceProfiles
        case "ListInstanceProfilesForRole": listInstanceProfilesForRole
        case "ListMFADeviceTags": listMFADeviceTags
        case "ListMFADevices": listMFADevices
        case "ListOpenIDConnectProviderTags": listOpenIDConnectProviderTags
        case "ListOpenIDConnectProviders": listOpenIDConnectProviders
        case "ListOrganizationsFeatures": listOrganizationsFeatures
        case "ListPolicies": listPolicies
        case "ListPoliciesGrantingServiceAccess": listPoliciesGrantingServiceAccess
        case "ListPolicyTags": listPolicyTags
        case "ListPolicyVersions": listPolicyVersions
        case "ListRolePolicies": listRolePolicies
        case "ListRoleTags": listRoleTags
        case "ListRoles": listRoles
        case "ListSAMLProviderTags": listSAMLProviderTags
        case "ListSAMLProviders": listSAMLProviders
        case "ListSSHPublicKeys": listSSHPublicKeys
        case "ListServerCertificateTags": listServerCertificateTags
        case "ListServerCertificates": listServerCertificates
        case "ListServiceSpecificCredentials": listServiceSpecificCredentials
        case "ListSigningCertificates": listSigningCertificates
        case "ListUserPolicies": listUserPolicies
        case "ListUserTags": listUserTags
        case "ListUsers": listUsers
        case "ListVirtualMFADevices": listVirtualMFADevices
        case "PutGroupPolicy": putGroupPolicy
        case "PutRolePermissionsBoundary": putRolePermissionsBoundary
        case "PutRolePolicy": putRolePolicy
        case "PutUserPermissionsBoundary": putUserPermissionsBoundary
        case "PutUserPolicy": putUserPolicy
        case "RejectDelegationRequest": rejectDelegationRequest
        case "RemoveClientIDFromOpenIDConnectProvider": removeClientIDFromOpenIDConnectProvider
        case "RemoveRoleFromInstanceProfile": removeRoleFromInstanceProfile
        case "RemoveUserFromGroup": removeUserFromGroup
        case "ResetServiceSpecificCredential": resetServiceSpecificCredential
        case "ResyncMFADevice": resyncMFADevice
        case "SendDelegationToken": sendDelegationToken
        case "SetDefaultPolicyVersion": setDefaultPolicyVersion
        case "SetSecurityTokenServicePreferences": setSecurityTokenServicePreferences
        case "SimulateCustomPolicy": simulateCustomPolicy
        case "SimulatePrincipalPolicy": simulatePrincipalPolicy
        case "TagInstanceProfile": tagInstanceProfile
        case "TagMFADevice": tagMFADevice
        case "TagOpenIDConnectProvider": tagOpenIDConnectProvider
        case "TagPolicy": tagPolicy
        case "TagRole": tagRole
        case "TagSAMLProvider": tagSAMLProvider
        case "TagServerCertificate": tagServerCertificate
        case "TagUser": tagUser
        case "UntagInstanceProfile": untagInstanceProfile
        case "UntagMFADevice": untagMFADevice
        case "UntagOpenIDConnectProvider": untagOpenIDConnectProvider
        case "UntagPolicy": untagPolicy
        case "UntagRole": untagRole
        case "UntagSAMLProvider": untagSAMLProvider
        case "UntagServerCertificate": untagServerCertificate
        case "UntagUser": untagUser
        case "UpdateAccessKey": updateAccessKey
        case "UpdateAccountPasswordPolicy": updateAccountPasswordPolicy
        case "UpdateAssumeRolePolicy": updateAssumeRolePolicy
        case "UpdateDelegationRequest": updateDelegationRequest
        case "UpdateGroup": updateGroup
        case "UpdateLoginProfile": updateLoginProfile
        case "UpdateOpenIDConnectProviderThumbprint": updateOpenIDConnectProviderThumbprint
        case "UpdateRole": updateRole
        case "UpdateRoleDescription": updateRoleDescription
        case "UpdateSAMLProvider": updateSAMLProvider
        case "UpdateSSHPublicKey": updateSSHPublicKey
        case "UpdateServerCertificate": updateServerCertificate
        case "UpdateServiceSpecificCredential": updateServiceSpecificCredential
        case "UpdateSigningCertificate": updateSigningCertificate
        case "UpdateUser": updateUser
        case "UploadSSHPublicKey": uploadSSHPublicKey
        case "UploadServerCertificate": uploadServerCertificate
        case "UploadSigningCertificate": uploadSigningCertificate
        default: nil
        }
    }
}
