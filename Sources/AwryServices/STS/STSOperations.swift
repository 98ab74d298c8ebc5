// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// STS's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol STSOperations: FakeService {
    static var assumeRole: Handler? { get }
    static var assumeRoleWithSAML: Handler? { get }
    static var assumeRoleWithWebIdentity: Handler? { get }
    static var assumeRoot: Handler? { get }
    static var decodeAuthorizationMessage: Handler? { get }
    static var getAccessKeyInfo: Handler? { get }
    static var getCallerIdentity: Handler? { get }
    static var getDelegatedAccessToken: Handler? { get }
    static var getFederationToken: Handler? { get }
    static var getSessionToken: Handler? { get }
    static var getWebIdentityToken: Handler? { get }
}

extension STSOperations {
    static var assumeRole: Handler? { nil }
    static var assumeRoleWithSAML: Handler? { nil }
    static var assumeRoleWithWebIdentity: Handler? { nil }
    static var assumeRoot: Handler? { nil }
    static var decodeAuthorizationMessage: Handler? { nil }
    static var getAccessKeyInfo: Handler? { nil }
    static var getCallerIdentity: Handler? { nil }
    static var getDelegatedAccessToken: Handler? { nil }
    static var getFederationToken: Handler? { nil }
    static var getSessionToken: Handler? { nil }
    static var getWebIdentityToken: Handler? { nil }

    static func stsHandler(_ operation: String) -> Handler? {
        switch operation {
        case "AssumeRole": assumeRole
        case "AssumeRoleWithSAML": assumeRoleWithSAML
        case "AssumeRoleWithWebIdentity": assumeRoleWithWebIdentity
        case "AssumeRoot": assumeRoot
        case "DecodeAuthorizationMessage": decodeAuthorizationMessage
        case "GetAccessKeyInfo": getAccessKeyInfo
        case "GetCallerIdentity": getCallerIdentity
        case "GetDelegatedAccessToken": getDelegatedAccessToken
        case "GetFederationToken": getFederationToken
        case "GetSessionToken": getSessionToken
        case "GetWebIdentityToken": getWebIdentityToken
        default: nil
        }
    }
}
