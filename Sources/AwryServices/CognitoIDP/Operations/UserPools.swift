// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var createUserPool: Handler? { create }
    static var describeUserPool: Handler? { describe }
    static var updateUserPool: Handler? { update }
    static var deleteUserPool: Handler? { delete }
    static var listUserPools: Handler? { list }
    static var addCustomAttributes: Handler? { addAttributes }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let input = call.members
        var settings = call.input
        for name in ["PoolName", "Schema", "UserPoolTags", "MfaConfiguration"] { settings[name] = nil }
        if !input.texts("AliasAttributes").isEmpty, !input.texts("UsernameAttributes").isEmpty {
            throw call.wrong("Only one of the aliasAttributes or usernameAttributes can be set in an user pool.")
        }
        try PoolQuota.pools.check(state.pools.values.count { $0.place == call.place }, call)
        try PoolDefaults.check(call, mfa: input.optionalText("MfaConfiguration") ?? "OFF", settings)
        var schema = SchemaAttribute.standard
        for fields in input["Schema"]?.list?.compactMap(\.fields) ?? [] { try schema.add(fields, call) }
        let id = "\(call.place.region)_\(state.identifiers.letters(9, of: CognitoAlphabet.digitsAndCapitals))"
        let policy = input.fields("Policies")["PasswordPolicy"]?.fields
        var pool = UserPool(
            id: id, place: call.place, createdAt: call.now, modifiedAt: call.now, settings: settings, schema: schema,
            passwordPolicy: policy.map { PoolPasswordPolicy($0) } ?? PoolPasswordPolicy(),
            mfa: input.optionalText("MfaConfiguration") ?? "OFF", tags: input.fields("UserPoolTags"),
            identifiers: IdentifierSource(seed: state.identifiers.bits(), sandbox: id, service: CognitoIDP.name),
            keys: PoolKeys(seed: state.identifiers.bits()))
        pool.settings["PoolName"] = .string(input.text("PoolName"))
        state.pools[id] = pool
        let keys = pool.keys
        call.issuers?.know(pool: id) { keys.list }
        return .output(["UserPool": PoolDefaults.described(pool)])
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in .output(["UserPool": PoolDefaults.described(pool)]) }
    }

    /// What is not given goes back to its default, but for what cannot be changed.
    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let input = call.members
            let mfa = input.optionalText("MfaConfiguration") ?? "OFF"
            try PoolDefaults.check(call, mfa: mfa, call.input)
            try pool.mustNotImport(call)
            var settings = call.input
            for name in ["UserPoolId", "UserPoolTags", "MfaConfiguration"] { settings[name] = nil }
            let fixed = ["UsernameAttributes", "AliasAttributes", "UsernameConfiguration"]
            let kept = fixed + (input["PoolName"] == nil ? ["PoolName"] : [])
            for name in kept { settings[name] = pool.settings[name] }
            pool.settings = settings
            pool.mfa = mfa
            if let policy = input.fields("Policies")["PasswordPolicy"]?.fields {
                pool.passwordPolicy = PoolPasswordPolicy(policy)
            }
            if input["UserPoolTags"] != nil { pool.tags = input.fields("UserPoolTags") }
            pool.modifiedAt = call.now
            return .output([:])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let pool = try state.onPool(call) { (pool) throws(WireError) in pool }
        try pool.mustNotImport(call)
        if pool.settings["DeletionProtection"]?.string == "ACTIVE" {
            throw call.wrong(
                "The user pool cannot be deleted because deletion protection is activated. Deletion protection must "
                    + "be inactivated first.")
        }
        if pool.domain != nil {
            throw call.wrong("User pool cannot be deleted. It has a domain configured that should be deleted first.")
        }
        for client in pool.clients.keys { state.poolOfClient[client] = nil }
        state.pools[pool.id] = nil
        call.issuers?.forget(pool: pool.id)
        return .output([:])
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let here = state.pools.values.filter { $0.place == call.place }
        let page = try PoolPage(here, by: \.id, call, limit: "MaxResults", token: "NextToken")
        let shown = page.elements.map { pool -> Value in
            [
                "Id": .string(pool.id), "Name": pool.settings["PoolName"] ?? "",
                "LambdaConfig": pool.settings["LambdaConfig"] ?? [:], "LastModifiedDate": .timestamp(pool.modifiedAt),
                "CreationDate": .timestamp(pool.createdAt),
            ]
        }
        return .output(page.output(["UserPools": .list(shown)], token: "NextToken"))
    }

    private static func addAttributes(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            try pool.mustNotImport(call)
            var schema = pool.schema
            for fields in call.members["CustomAttributes"]?.list?.compactMap(\.fields) ?? [] {
                try schema.add(fields, call, isCustom: true)
            }
            pool.schema = schema
            pool.modifiedAt = call.now
            return .output([:])
        }
    }
}

extension [SchemaAttribute] {
    /// How many attributes of its own a pool may have ("Quotas on user pool resource servers, attributes…").
    static let mostCustom = 50

    /// Adds a custom attribute, or changes a standard one, which can only become required.
    mutating func add(_ fields: Fields, _ call: FakeCall, isCustom: Bool = false) throws(WireError) {
        let name = fields["Name"]?.string ?? ""
        let isRequired = fields["Required"]?.bool ?? false
        let bounds = fields["StringAttributeConstraints"]?.fields ?? fields["NumberAttributeConstraints"]?.fields ?? [:]
        if !isCustom, let index = firstIndex(where: { $0.name == name }) {
            if let kind = fields["AttributeDataType"]?.string, kind != self[index].kind.rawValue {
                throw call.wrong(
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute "
                        + name
                )
            }
            self[index].isRequired = isRequired || name == "sub"
            self[index].isMutable = fields["Mutable"]?.bool ?? self[index].isMutable
            self[index].least = bounds["MinLength"]?.string ?? bounds["MinValue"]?.string ?? self[index].least
            self[index].most = bounds["MaxLength"]?.string ?? bounds["MaxValue"]?.string ?? self[index].most
            return
        }
        let isForDevelopers = fields["DeveloperOnlyAttribute"]?.bool ?? false
        let full =
            (isForDevelopers ? "dev:" : "custom:") + (name.hasPrefix("custom:") ? String(name.dropFirst(7)) : name)
        if isRequired { throw call.wrong("Required custom attributes are not supported currently.") }
        if contains(where: { $0.name == full }) {
            throw call.wrong("\(full): Existing attribute already has name \(full).")
        }
        if filter({ $0.name.contains(":") }).count >= Self.mostCustom {
            throw call.error("LimitExceededException", "Exceeded the limit of \(Self.mostCustom) custom attributes.")
        }
        let kind = fields["AttributeDataType"]?.string.flatMap(SchemaAttribute.Kind.init) ?? .string
        append(
            SchemaAttribute(
                name: full, kind: kind, isMutable: fields["Mutable"]?.bool ?? true, isForDevelopers: isForDevelopers,
                least: bounds["MinLength"]?.string ?? bounds["MinValue"]?.string,
                most: bounds["MaxLength"]?.string ?? bounds["MaxValue"]?.string))
    }
}
