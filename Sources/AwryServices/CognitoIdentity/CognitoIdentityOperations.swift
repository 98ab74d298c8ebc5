// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// CognitoIdentity's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol CognitoIdentityOperations: FakeService {
    static var createIdentityPool: Handler? { get }
    static var deleteIdentities: Handler? { get }
    static var deleteIdentityPool: Handler? { get }
    static var describeIdentity: Handler? { get }
    static var describeIdentityPool: Handler? { get }
    static var getCredentialsForIdentity: Handler? { get }
    static var getId: Handler? { get }
    static var getIdentityPoolRoles: Handler? { get }
    static var getOpenIdToken: Handler? { get }
    static var getOpenIdTokenForDeveloperIdentity: Handler? { get }
    static var getPrincipalTagAttributeMap: Handler? { get }
    static var listIdentities: Handler? { get }
    static var listIdentityPools: Handler? { get }
    static var listTagsForResource: Handler? { get }
    static var lookupDeveloperIdentity: Handler? { get }
    static var mergeDeveloperIdentities: Handler? { get }
    static var setIdentityPoolRoles: Handler? { get }
    static var setPrincipalTagAttributeMap: Handler? { get }
    static var tagResource: Handler? { get }
    static var unlinkDeveloperIdentity: Handler? { get }
    static var unlinkIdentity: Handler? { get }
    static var untagResource: Handler? { get }
    static var updateIdentityPool: Handler? { get }
}

extension CognitoIdentityOperations {
    static var createIdentityPool: Handler? { nil }
    static var deleteIdentities: Handler? { nil }
    static var deleteIdentityPool: Handler? { nil }
    static var describeIdentity: Handler? { nil }
    static var describeIdentityPool: Handler? { nil }
    static var getCredentialsForIdentity: Handler? { nil }
    static var getId: Handler? { nil }
    static var getIdentityPoolRoles: Handler? { nil }
    static var getOpenIdToken: Handler? { nil }
    static var getOpenIdTokenForDeveloperIdentity: Handler? { nil }
    static var getPrincipalTagAttributeMap: Handler? { nil }
    static var listIdentities: Handler? { nil }
    static var listIdentityPools: Handler? { nil }
    static var listTagsForResource: Handler? { nil }
    static var lookupDeveloperIdentity: Handler? { nil }
    static var mergeDeveloperIdentities: Handler? { nil }
    static var setIdentityPoolRoles: Handler? { nil }
    static var setPrincipalTagAttributeMap: Handler? { nil }
    static var tagResource: Handler? { nil }
    static var unlinkDeveloperIdentity: Handler? { nil }
    static var unlinkIdentity: Handler? { nil }
    static var untagResource: Handler? { nil }
    static var updateIdentityPool: Handler? { nil }

    static func identityHandler(_ operation: String) -> Handler? {
        switch operation {
        case "CreateIdentityPool": createIdentityPool
        case "DeleteIdentities": deleteIdentities
        case "DeleteIdentityPool": deleteIdentityPool
        case "DescribeIdentity": describeIdentity
        case "DescribeIdentityPool": describeIdentityPool
        case "GetCredentialsForIdentity": getCredentialsForIdentity
        case "GetId": getId
        case "GetIdentityPoolRoles": getIdentityPoolRoles
        case "GetOpenIdToken": getOpenIdToken
        case "GetOpenIdTokenForDeveloperIdentity": getOpenIdTokenForDeveloperIdentity
        case "GetPrincipalTagAttributeMap": getPrincipalTagAttributeMap
        case "ListIdentities": listIdentities
        case "ListIdentityPools": listIdentityPools
        case "ListTagsForResource": listTagsForResource
        case "LookupDeveloperIdentity": lookupDeveloperIdentity
        case "MergeDeveloperIdentities": mergeDeveloperIdentities
        case "SetIdentityPoolRoles": setIdentityPoolRoles
        case "SetPrincipalTagAttributeMap": setPrincipalTagAttributeMap
        case "TagResource": tagResource
        case "UnlinkDeveloperIdentity": unlinkDeveloperIdentity
        case "UnlinkIdentity": unlinkIdentity
        case "UntagResource": untagResource
        case "UpdateIdentityPool": updateIdentityPool
        default: nil
        }
    }
}
