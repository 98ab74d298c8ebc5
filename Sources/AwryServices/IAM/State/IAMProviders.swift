// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An identity provider that speaks SAML 2.0.
struct SAMLProvider: IAMNoun {
    static var store: WritableKeyPath<IAMAccount, [String: SAMLProvider]> { \.samlProviders }
    static let member = "SAMLProviderArn"
    static let resource = "saml-provider"
    static func missing(_ name: String) -> String { "SAML provider \(name) cannot be found." }
    static func key(_ name: String) -> String { name }

    var entity: IAMEntity
    let arn: String
    var metadata: SAMLMetadata
    var validUntil: Timestamp
    var encryptionMode: String?
    var privateKeys: [(id: String, at: Timestamp)] = []
}

/// An identity provider that speaks OpenID Connect.
struct OIDCProvider: IAMNoun {
    static var store: WritableKeyPath<IAMAccount, [String: OIDCProvider]> { \.oidcProviders }
    static let member = "OpenIDConnectProviderArn"
    static let resource = "oidc-provider"
    static func missing(_ name: String) -> String { "OpenIDConnect Provider not found for arn \(name)" }
    static func key(_ name: String) -> String { name }

    var entity: IAMEntity
    /// Without `https://`, as the ARN has it.
    let url: String
    var clientIDs: [String]
    var thumbprints: [String]
}

/// A certificate for load balancers.
struct ServerCertificate: IAMNoun {
    static var store: WritableKeyPath<IAMAccount, [String: ServerCertificate]> { \.serverCertificates }
    static let member = "ServerCertificateName"
    static let resource = "server-certificate"
    static func missing(_ name: String) -> String {
        "The Server Certificate with name \(name) cannot be found."
    }

    var entity: IAMEntity
    let body: String
    let chain: String?
    let expires: Timestamp
}
