// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createSAMLProvider: Handler? { on { (account, call) throws(WireError) in try account.createSAML(call) } }
    static var getSAMLProvider: Handler? {
        on { (account, call) throws(WireError) in
            let provider = try account.find(SAMLProvider.self, call)
            var output: Fields = [
                "SAMLProviderUUID": .string(provider.entity.id),
                "SAMLMetadataDocument": .string(provider.metadata.text),
                "CreateDate": .timestamp(provider.entity.created), "ValidUntil": .timestamp(provider.validUntil),
            ]
            if !provider.entity.tags.isEmpty { output["Tags"] = .tags(provider.entity.tags) }
            if let mode = provider.encryptionMode { output["AssertionEncryptionMode"] = .string(mode) }
            if !provider.privateKeys.isEmpty {
                output["PrivateKeyList"] = .list(
                    provider.privateKeys.map { ["KeyId": .string($0.id), "Timestamp": .timestamp($0.at)] })
            }
            return output
        }
    }
    static var listSAMLProviders: Handler? {
        on { (account, _) throws(WireError) in
            let providers = account.samlProviders.values.sorted { $0.arn < $1.arn }
            return [
                "SAMLProviderList": .list(
                    providers.map {
                        [
                            "Arn": .string($0.arn), "ValidUntil": .timestamp($0.validUntil),
                            "CreateDate": .timestamp($0.entity.created),
                        ]
                    })
            ]
        }
    }
    static var updateSAMLProvider: Handler? { on { (account, call) throws(WireError) in try account.updateSAML(call) } }
    static var deleteSAMLProvider: Handler? {
        on { (account, call) throws(WireError) in
            account.samlProviders[try account.key(SAMLProvider.self, call)] = nil
            return [:]
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createSAML(_ call: FakeCall) throws(WireError) -> Fields {
        let name = call.members.text("Name")
        let arn = "arn:aws:iam::\(id):saml-provider/\(name)"
        guard samlProviders[arn] == nil else {
            throw call.error("EntityAlreadyExists", "SAML provider \(name) already exists.")
        }
        try IAMLimit.samlProviders.check(samlProviders.count, call)
        let metadata = try SAMLMetadata(call)
        var entity = IAMEntity(name: name, path: "/", id: uniqueID("ASP"), created: call.now)
        entity.tags = try call.tags(beside: [:])
        var provider = SAMLProvider(
            entity: entity, arn: arn, metadata: metadata, validUntil: Self.validity(of: metadata, now: call.now),
            encryptionMode: call.members.optionalText("AssertionEncryptionMode"))
        if let key = call.members.optionalText("AddPrivateKey") { try add(key, to: &provider, call) }
        samlProviders[arn] = provider
        var output: Fields = ["SAMLProviderArn": .string(arn)]
        if !entity.tags.isEmpty { output["Tags"] = .tags(entity.tags) }
        return output
    }

    fileprivate mutating func updateSAML(_ call: FakeCall) throws(WireError) -> Fields {
        var provider = try find(SAMLProvider.self, call)
        if call.members.optionalText("SAMLMetadataDocument") != nil {
            provider.metadata = try SAMLMetadata(call)
            provider.validUntil = Self.validity(of: provider.metadata, now: call.now)
        }
        if let mode = call.members.optionalText("AssertionEncryptionMode") { provider.encryptionMode = mode }
        if let gone = call.members.optionalText("RemovePrivateKey") {
            guard provider.privateKeys.contains(where: { $0.id == gone }) else {
                throw call.error("NoSuchEntity", "The private key with id \(gone) cannot be found.")
            }
            provider.privateKeys.removeAll { $0.id == gone }
        }
        if let key = call.members.optionalText("AddPrivateKey") { try add(key, to: &provider, call) }
        samlProviders[provider.arn] = provider
        return ["SAMLProviderArn": .string(provider.arn)]
    }

    private mutating func add(_ key: String, to provider: inout SAMLProvider, _ call: FakeCall) throws(WireError) {
        guard PrivateKeyText(pem: key) != nil else {
            throw call.error("InvalidInput", "The private key is not valid.")
        }
        // "You can have at most two private keys" (UpdateSAMLProvider of the IAM API Reference).
        guard provider.privateKeys.count < 2 else {
            throw call.error("LimitExceeded", "Cannot exceed quota for PrivateKeysPerSAMLProvider: 2")
        }
        provider.privateKeys.append((uniqueID("ASPKA"), call.now))
    }

    /// What the document's certificates say, else a hundred years.
    private static func validity(of metadata: SAMLMetadata, now: Timestamp) -> Timestamp {
        metadata.validUntil ?? metadata.certificates.map(\.validUntil).min() ?? now + .seconds(100 * 365 * 86_400)
    }
}
