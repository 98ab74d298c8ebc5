// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIdentity {
    static var setIdentityPoolRoles: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call) { (pool) throws(WireError) in
                let roles = call.members.fields("Roles")
                for (_, arn) in roles { try check(arn.string ?? "", call) }
                var mappings: [String: RoleMapping] = [:]
                let names = pool.mappingNames
                for (name, value) in call.members.fields("RoleMappings") {
                    guard names.contains(name) else {
                        throw call.wrong(
                            "(\(name)) is not a valid RoleMapping ProviderName or is not a configured provider.")
                    }
                    let mapping = try RoleMapping(value.fields ?? [:], name, call)
                    for rule in mapping.rules { try check(rule.role, call) }
                    mappings[name] = mapping
                }
                pool.roles = roles
                pool.mappings = mappings
                return .output([:])
            }
        }
    }
    static var getIdentityPoolRoles: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call) { (pool) throws(WireError) in
                var output: Fields = ["IdentityPoolId": .string(pool.id), "Roles": .structure(pool.roles)]
                let mappings = pool.mappings.sorted { $0.key < $1.key }
                if !mappings.isEmpty {
                    output["RoleMappings"] = .structure(
                        Fields(mappings.map { ($0.key, .structure($0.value.described)) }))
                }
                return .output(output)
            }
        }
    }

    /// Refuses what is no role of the account.
    private static func check(_ arn: String, _ call: FakeCall) throws(WireError) {
        guard arn.hasPrefix("arn:aws:iam::\(call.place.account):role/") else { throw call.forbiddenRole(arn) }
    }

    static var setPrincipalTagAttributeMap: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call) { (pool) throws(WireError) in
                let provider = call.members.text("IdentityProviderName")
                guard pool.providerNames.contains(provider) else {
                    throw call.wrong("\(provider) is not a configured provider of this identity pool.")
                }
                let usesDefaults = call.members["UseDefaults"]?.bool ?? false
                let tags = usesDefaults ? PrincipalTagMap.defaults : call.members.fields("PrincipalTags")
                pool.tagMaps[provider] = PrincipalTagMap(usesDefaults: usesDefaults, tags: tags)
                return .output(pool.tagMap(of: provider))
            }
        }
    }
    static var getPrincipalTagAttributeMap: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call) { (pool) throws(WireError) in
                let provider = call.members.text("IdentityProviderName")
                guard pool.providerNames.contains(provider) else {
                    throw call.wrong("\(provider) is not a configured provider of this identity pool.")
                }
                return .output(pool.tagMap(of: provider))
            }
        }
    }
}

extension IdentityPool {
    fileprivate func tagMap(of provider: String) -> Fields {
        let map = tagMaps[provider]
        return [
            "IdentityPoolId": .string(id), "IdentityProviderName": .string(provider),
            "UseDefaults": .bool(map?.usesDefaults ?? false), "PrincipalTags": .structure(map?.tags ?? [:]),
        ]
    }
}
