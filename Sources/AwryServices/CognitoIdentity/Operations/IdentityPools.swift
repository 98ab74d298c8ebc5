// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIdentity {
    static var createIdentityPool: Handler? { create }
    static var updateIdentityPool: Handler? { update }
    static var deleteIdentityPool: Handler? { delete }
    static var describeIdentityPool: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call) { (pool) throws(WireError) in .output(pool.described) }
        }
    }
    static var listIdentityPools: Handler? {
        { (state, call) throws(WireError) in
            let here = state.pools.values.filter { $0.place == call.place }
            let page = try PoolPage(here, by: \.id, call, limit: "MaxResults", token: "NextToken")
            let shown = page.elements.map { pool -> Value in
                ["IdentityPoolId": .string(pool.id), "IdentityPoolName": pool.settings["IdentityPoolName"] ?? ""]
            }
            return .output(page.output(["IdentityPools": .list(shown)], token: "NextToken"))
        }
    }

    private static func create(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let settings = try IdentityPoolSettings.read(call)
        let here = state.pools.values.count { $0.place == call.place }
        guard here < IdentityPoolLimits.pools else { throw call.error("LimitExceededException") }
        let id = "\(call.place.region):\(state.identifiers.uuid())"
        let pool = IdentityPool(
            id: id, place: call.place, settings: settings, tags: call.members.fields("IdentityPoolTags"))
        state.pools[id] = pool
        return .output(pool.described)
    }

    /// What is not given goes away, but for the developer provider's name, which stays as it is, and the tags.
    private static func update(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            var settings = try IdentityPoolSettings.read(call)
            if let name = pool.developerProvider {
                guard settings["DeveloperProviderName"]?.string ?? name == name else {
                    throw call.wrong("The developer provider name cannot be changed once it is set.")
                }
                settings["DeveloperProviderName"] = .string(name)
            }
            pool.settings = settings
            if call.members["IdentityPoolTags"] != nil { pool.tags = call.members.fields("IdentityPoolTags") }
            return .output(pool.described)
        }
    }

    private static func delete(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let pool = try state.onPool(call) { (pool) throws(WireError) in pool }
        for id in pool.identities.keys { state.poolOfIdentity[id] = nil }
        state.pools[pool.id] = nil
        return .output([:])
    }
}

/// What a pool is told to be.
private enum IdentityPoolSettings {
    /// The settings of a call, checked.
    static func read(_ call: FakeCall) throws(WireError) -> Fields {
        var settings = call.input
        for name in ["IdentityPoolId", "IdentityPoolTags"] { settings[name] = nil }
        for name in call.members.fields("SupportedLoginProviders").names where SocialProvider(name) == nil {
            throw call.wrong("\(name) is not a supported login provider.")
        }
        var rows: [Value] = []
        for row in call.members.structures("CognitoIdentityProviders") {
            let name = row.text("ProviderName")
            guard let id = name.split(separator: "/").last, id.contains("_"), id != name, !row.text("ClientId").isEmpty
            else { throw call.wrong("Invalid Cognito Identity Provider") }
            var fields = row.all
            fields.setDefault("ServerSideTokenCheck", false)
            rows.append(.structure(fields))
        }
        if !rows.isEmpty { settings["CognitoIdentityProviders"] = .list(rows) }
        let oidc = try arns("OpenIdConnectProviderARNs", "oidc-provider", call)
        let saml = try arns("SamlProviderARNs", "saml-provider", call)
        let isTooMany =
            rows.count > IdentityPoolLimits.userPoolClients || oidc > IdentityPoolLimits.oidcProviders
            || saml > IdentityPoolLimits.samlProviders
        if isTooMany { throw call.error("LimitExceededException", "Exceeded the limit of identity providers.") }
        guard call.members.fields("IdentityPoolTags").count <= IdentityPoolLimits.tags else { throw call.tooManyTags() }
        return settings
    }

    /// How many providers a member names, each by the ARN of one.
    private static func arns(_ member: String, _ kind: String, _ call: FakeCall) throws(WireError) -> Int {
        let arns = call.members.texts(member)
        for arn in arns where !arn.hasPrefix("arn:aws:iam::") || !arn.contains(":\(kind)/") {
            throw call.wrong("Invalid ARN: \(arn)")
        }
        return arns.count
    }
}

extension FakeCall {
    /// More tags than a pool may have.
    fileprivate func tooManyTags() -> WireError {
        wrong("An identity pool can have \(IdentityPoolLimits.tags) tags at most.")
    }
}

extension CognitoIdentity {
    static var tagResource: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call, try state.tagged(call).id) { (pool) throws(WireError) in
                var tags = pool.tags
                for (name, value) in call.members.fields("Tags") { tags[name] = value }
                guard tags.count <= IdentityPoolLimits.tags else { throw call.tooManyTags() }
                pool.tags = tags
                return .output([:])
            }
        }
    }
    static var untagResource: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call, try state.tagged(call).id) { (pool) throws(WireError) in
                for name in call.members.texts("TagKeys") { pool.tags[name] = nil }
                return .output([:])
            }
        }
    }
    static var listTagsForResource: Handler? {
        { (state, call) throws(WireError) in .output(["Tags": .structure(try state.tagged(call).tags)]) }
    }
}
