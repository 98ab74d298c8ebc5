// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createOpenIDConnectProvider: Handler? {
        on { (account, call) throws(WireError) in try account.createOIDC(call) }
    }
    static var getOpenIDConnectProvider: Handler? {
        on { (account, call) throws(WireError) in
            let provider = try account.find(OIDCProvider.self, call)
            var output: Fields = [
                "Url": .string(provider.url), "ClientIDList": .list(provider.clientIDs.map { .string($0) }),
                "ThumbprintList": .list(provider.thumbprints.map { .string($0) }),
                "CreateDate": .timestamp(provider.entity.created),
            ]
            if !provider.entity.tags.isEmpty { output["Tags"] = .tags(provider.entity.tags) }
            return output
        }
    }
    static var listOpenIDConnectProviders: Handler? {
        on { (account, _) throws(WireError) in
            [
                "OpenIDConnectProviderList": .list(
                    account.oidcProviders.keys.sorted().map { ["Arn": .string($0)] })
            ]
        }
    }
    static var deleteOpenIDConnectProvider: Handler? {
        on { (account, call) throws(WireError) in
            account.oidcProviders[try account.key(OIDCProvider.self, call)] = nil
            return [:]
        }
    }
    static var addClientIDToOpenIDConnectProvider: Handler? {
        on { (account, call) throws(WireError) in
            try account.change(OIDCProvider.self, call) { (provider) throws(WireError) in
                let id = call.members.text("ClientID")
                guard !provider.clientIDs.contains(id) else { return [:] }
                try IAMLimit.clientIDs.check(provider.clientIDs.count, call)
                provider.clientIDs.append(id)
                return [:]
            }
        }
    }
    static var removeClientIDFromOpenIDConnectProvider: Handler? {
        on { (account, call) throws(WireError) in
            try account.change(OIDCProvider.self, call) { (provider) throws(WireError) in
                provider.clientIDs.removeAll { $0 == call.members.text("ClientID") }
                return [:]
            }
        }
    }
    static var updateOpenIDConnectProviderThumbprint: Handler? {
        on { (account, call) throws(WireError) in
            let thumbprints = call.members.texts("ThumbprintList")
            return try account.change(OIDCProvider.self, call) { (provider) throws(WireError) in
                try call.check(thumbprints: thumbprints)
                provider.thumbprints = thumbprints
                return [:]
            }
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createOIDC(_ call: FakeCall) throws(WireError) -> Fields {
        let url = call.members.text("Url")
        guard url.hasPrefix("https://"), url.utf8.count > 8, !url.contains("?"), !url.contains(" ") else {
            throw call.error("ValidationError", "Invalid Open ID Connect Provider URL")
        }
        var bare = String(url.dropFirst(8))
        while bare.hasSuffix("/") { bare.removeLast() }
        let arn = "arn:aws:iam::\(id):oidc-provider/\(bare)"
        guard oidcProviders[arn] == nil else {
            throw call.error("EntityAlreadyExists", "Provider with url \(url) already exists.")
        }
        try IAMLimit.oidcProviders.check(oidcProviders.count, call)
        let clients = call.members.texts("ClientIDList")
        if clients.count > IAMLimit.clientIDs.most { try IAMLimit.clientIDs.check(clients.count - 1, call) }
        let thumbprints = call.members.texts("ThumbprintList")
        try call.check(thumbprints: thumbprints)
        var entity = IAMEntity(name: bare, path: "/", id: arn, created: call.now)
        entity.tags = try call.tags(beside: [:])
        oidcProviders[arn] = OIDCProvider(entity: entity, url: bare, clientIDs: clients, thumbprints: thumbprints)
        var output: Fields = ["OpenIDConnectProviderArn": .string(arn)]
        if !entity.tags.isEmpty { output["Tags"] = .tags(entity.tags) }
        return output
    }
}

extension FakeCall {
    /// A thumbprint is a SHA-1 in hexadecimal; there are five at most.
    fileprivate func check(thumbprints: [String]) throws(WireError) {
        guard thumbprints.count <= IAMLimit.thumbprints.most else {
            throw error("InvalidInput", "Thumbprint list must contain fewer than 5 entries.")
        }
        guard thumbprints.allSatisfy({ $0.utf8.allSatisfy { $0.hexDigit != nil } }) else {
            throw error("InvalidInput", "Thumbprint must be a hexadecimal number.")
        }
    }
}
