// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Users of other providers, linked to a pool's own.
extension CognitoIDP {
    static var adminLinkProviderForUser: Handler? { link }
    static var adminDisableProviderForUser: Handler? { unlink }

    private static func link(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let (own, other) = (call.members.fields("DestinationUser"), call.members.fields("SourceUser"))
            let provider = other["ProviderName"]?.string ?? ""
            guard pool.identityProviders[provider] != nil else {
                throw call.error("ResourceNotFoundException", "Identity provider \(provider) does not exist.")
            }
            guard let key = pool.resolve(own["ProviderAttributeValue"]?.string ?? "") else { throw call.noUser() }
            let id = other["ProviderAttributeValue"]?.string ?? ""
            if pool.resolve("\(provider)_\(id)") != nil {
                throw call.wrong(
                    "Merging is not currently supported, provide a SourceUser that has not been linked already.")
            }
            if let owner = pool.owner(of: id, at: provider) {
                if owner.key == key { throw call.wrong("SourceUser is already linked to DestinationUser") }
                throw call.error("AliasExistsException", "SourceUser is already linked to another user.")
            }
            return try pool.onUser(key, call) { (pool, user) throws(WireError) in
                var identities = user.identities
                try PoolQuota.linkedIdentities.check(identities.count, call)
                identities.append([
                    "userId": .string(id), "providerName": .string(provider),
                    "providerType": pool.identityProviders[provider]?["ProviderType"] ?? "OIDC", "issuer": .null,
                    "primary": .bool(false), "dateCreated": .integer(call.now.milliseconds),
                ])
                user.attributes["identities"] = JSON.text(.list(identities))
                user.modifiedAt = call.now
                return .output([:])
            }
        }
    }

    private static func unlink(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let named = call.members.fields("User")
            let (provider, id) = (named["ProviderName"]?.string ?? "", named["ProviderAttributeValue"]?.string ?? "")
            guard let owner = pool.owner(of: id, at: provider) else { throw call.noUser() }
            return try pool.onUser(owner.key, call) { (_, user) throws(WireError) in
                let left = user.identities.filter {
                    $0.fields?["userId"]?.string != id || $0.fields?["providerName"]?.string != provider
                }
                user.attributes["identities"] = left.isEmpty ? nil : JSON.text(.list(left))
                user.modifiedAt = call.now
                return .output([:])
            }
        }
    }
}

extension UserPool {
    /// The user to whom an account elsewhere is linked.
    fileprivate func owner(of id: String, at provider: String) -> PoolUser? {
        users.values.first { user in
            user.identities.contains {
                $0.fields?["userId"]?.string == id && $0.fields?["providerName"]?.string == provider
            }
        }
    }
}

extension PoolUser {
    /// The accounts elsewhere that are linked to this one.
    fileprivate var identities: [Value] {
        attributes["identities"].flatMap { try? JSON.parse($0) }?.list ?? []
    }
}
