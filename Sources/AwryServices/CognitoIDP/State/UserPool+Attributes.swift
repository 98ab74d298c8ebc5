// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension UserPool {
    /// Changes attributes of a user; those that must be verified first wait for it. What was sent where.
    @discardableResult
    mutating func change(
        _ attributes: UserAttributeList, of user: inout PoolUser, isAdministrators: Bool, _ call: FakeCall
    ) throws(WireError) -> [Value] {
        try attributes.check(in: self, isNew: false, call)
        try checkFree(attributes, besides: user, call)
        let verifyFirst =
            settings["UserAttributeUpdateSettings"]?.fields?["AttributesRequireVerificationBeforeUpdate"]?.list?
            .compactMap(\.string) ?? []
        var sent: [Value] = []
        for (name, value) in attributes.values.sorted(by: { $0.key < $1.key }) {
            let changes = user.attributes[name] != value
            // An administrator may say that it is verified.
            let mustVerify = !isAdministrators || attributes.values["\(name)_verified"] != "true"
            if mustVerify, changes, verifyFirst.contains(name) {
                user.pendingAttributes[name] = value
            } else if value.isEmpty {
                user.attributes[name] = nil
            } else {
                user.attributes[name] = value
                // A new address is not verified, unless the administrator says so in the same call.
                let mark = "\(name)_verified"
                if changes, ["email", "phone_number"].contains(name), attributes.values[mark] == nil {
                    user.attributes[mark] = "false"
                }
            }
            let isAsked = !isAdministrators || user.pendingAttributes[name] == value
            guard changes, isAsked, mustVerify, verifiedByItself.contains(name) else { continue }
            let told = try sendCode(.attribute(name), to: &user, lasting: .seconds(86_400), call)
            if let told { sent.append(told) }
        }
        user.modifiedAt = call.now
        index(user)
        return sent
    }

    /// Refuses values that serve as names and that another user has.
    func checkFree(
        _ attributes: UserAttributeList, besides user: PoolUser, _ call: FakeCall
    ) throws(WireError) {
        for (name, value) in attributes.values where isTaken(value, by: name, besides: user.key) {
            throw call.error("AliasExistsException", "An account with the given \(name) already exists.")
        }
    }

    mutating func delete(_ names: [String], of user: inout PoolUser, _ call: FakeCall) throws(WireError) {
        for name in names {
            guard let attribute = attribute(name) else {
                throw call.wrong("user.\(name): Attribute does not exist in the schema.")
            }
            if attribute.isRequired || !attribute.isMutable {
                throw call.wrong("user.\(name): Attribute cannot be deleted.")
            }
        }
        for name in names {
            user.attributes[name] = nil
            if ["email", "phone_number"].contains(name) { user.attributes["\(name)_verified"] = nil }
        }
        user.modifiedAt = call.now
        index(user)
    }
}

extension PoolUser {
    /// Adds what `GetUser` says of second factors.
    func describeFactors(in output: inout Fields) {
        if !options.isEmpty { output["MFAOptions"] = .list(options) }
        if let preferred = factors.preferred { output["PreferredMfaSetting"] = .string(preferred) }
        if !factors.active.isEmpty { output["UserMFASettingList"] = .list(factors.active.map { .string($0) }) }
    }
}
