// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var createIdentityProvider: Handler? { create }
    static var describeIdentityProvider: Handler? { describe }
    static var updateIdentityProvider: Handler? { update }
    static var deleteIdentityProvider: Handler? { delete }
    static var listIdentityProviders: Handler? { list }
    static var getIdentityProviderByIdentifier: Handler? { find }

    /// What each kind of provider must be told ("CreateIdentityProvider" of the API reference).
    private static let needed: [String: [String]] = [
        "Google": ["client_id", "client_secret", "authorize_scopes"],
        "Facebook": ["client_id", "client_secret", "authorize_scopes"],
        "LoginWithAmazon": ["client_id", "client_secret", "authorize_scopes"],
        "SignInWithApple": ["client_id", "team_id", "key_id", "private_key", "authorize_scopes"],
        "OIDC": ["client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"],
    ]

    private static func missing(_ call: FakeCall) -> WireError {
        call.error(
            "ResourceNotFoundException", "Identity provider \(call.members.text("ProviderName")) does not exist.")
    }

    private static func check(_ kind: String, _ details: Fields, _ call: FakeCall) throws(WireError) {
        if let name = needed[kind]?.first(where: { details[$0] == nil }) {
            throw call.wrong("\(kind) provider requires \(name) in ProviderDetails")
        }
        if kind == "SAML", details["MetadataURL"] == nil, details["MetadataFile"] == nil {
            throw call.wrong("SAML provider requires MetadataURL or MetadataFile in ProviderDetails")
        }
    }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let name = call.members.text("ProviderName")
            if pool.identityProviders[name] != nil {
                throw call.error("DuplicateProviderException", "A provider with the name \(name) already exists")
            }
            try check(call.members.text("ProviderType"), call.members.fields("ProviderDetails"), call)
            try PoolQuota.providers.check(pool.identityProviders.count, call)
            var provider = call.input
            provider["LastModifiedDate"] = .timestamp(call.now)
            provider["CreationDate"] = .timestamp(call.now)
            pool.identityProviders[name] = provider
            return .output(["IdentityProvider": .structure(provider)])
        }
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            guard let provider = pool.identityProviders[call.members.text("ProviderName")] else { throw missing(call) }
            return .output(["IdentityProvider": .structure(provider)])
        }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let name = call.members.text("ProviderName")
            guard var provider = pool.identityProviders[name] else { throw missing(call) }
            for (member, value) in call.input { provider[member] = value }
            try check(provider["ProviderType"]?.string ?? "", provider["ProviderDetails"]?.fields ?? [:], call)
            provider["LastModifiedDate"] = .timestamp(call.now)
            pool.identityProviders[name] = provider
            return .output(["IdentityProvider": .structure(provider)])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let name = call.members.text("ProviderName")
            guard pool.identityProviders[name] != nil else { throw missing(call) }
            pool.identityProviders[name] = nil
            return .output([:])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let key = { (provider: Fields) in provider["ProviderName"]?.string ?? "" }
            let page = try PoolPage(
                pool.identityProviders.values, by: key, call, limit: "MaxResults", token: "NextToken")
            let shown = page.elements.map { provider -> Value in
                var shown: Fields = [:]
                for name in ["ProviderName", "ProviderType", "LastModifiedDate", "CreationDate"] {
                    shown[name] = provider[name]
                }
                return .structure(shown)
            }
            return .output(page.output(["Providers": .list(shown)], token: "NextToken"))
        }
    }

    private static func find(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let identifier = call.members["IdpIdentifier"] ?? .null
            let found = pool.identityProviders.values.first {
                $0["IdpIdentifiers"]?.list?.contains(identifier) ?? false
            }
            guard let found else {
                throw call.error("ResourceNotFoundException", "Identity provider does not exist.")
            }
            return .output(["IdentityProvider": .structure(found)])
        }
    }
}
