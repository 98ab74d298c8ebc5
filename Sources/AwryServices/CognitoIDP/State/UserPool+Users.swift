// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension UserPool {
    /// Refuses a password that the pool's policy does not allow.
    func check(password: String, _ call: FakeCall) throws(WireError) {
        if let lack = passwordPolicy.lack(of: password) {
            throw call.error("InvalidPasswordException", "Password did not conform with policy: \(lack)")
        }
    }

    /// Gives a user a password that the policy and his former ones allow.
    mutating func set(password: String, of user: inout PoolUser, _ call: FakeCall) throws(WireError) {
        try check(password: password, call)
        let former = ([user.password].compactMap { $0 } + user.formerPasswords).prefix(Int(passwordPolicy.historySize))
        if former.contains(where: { $0.isMade(of: password, of: user.username, in: self) }) {
            throw call.error(
                "PasswordHistoryPolicyViolationException", "Password has been used before. Choose another one.")
        }
        user.formerPasswords = Array(former)
        user.password = PoolPassword(password, of: user.username, in: self, salt: identifiers.bytes(16))
        user.temporaryUntil = nil
        user.modifiedAt = call.now
    }

    /// A user who is not in the pool yet. Where users sign in by an attribute, his name is his `sub`.
    mutating func newUser(
        _ name: String, _ attributes: inout UserAttributeList, _ status: PoolUser.Status, _ call: FakeCall
    ) throws(WireError) -> PoolUser {
        try checkName(name, &attributes, call)
        try attributes.check(in: self, isNew: true, call)
        let sub = identifiers.uuid()
        let username = usernameAttributes.isEmpty ? name : sub
        if resolve(name) != nil { throw call.error("UsernameExistsException", existing(name)) }
        for attribute in usernameAttributes {
            if let value = attributes.values[attribute], isTaken(value, by: attribute, besides: "") {
                throw call.error("UsernameExistsException", existing(value))
            }
        }
        var user = PoolUser(
            username: username, key: fold(username), sub: sub, status: status, createdAt: call.now,
            modifiedAt: call.now)
        user.attributes = attributes.values
        return user
    }

    private func existing(_ name: String) -> String {
        if usernameAttributes.isEmpty { return "User already exists" }
        return "An account with the given \(name.hasPrefix("+") ? "phone_number" : "email") already exists."
    }

    /// Whether a name has the form that the pool wants, which becomes an attribute where users sign in by one.
    private func checkName(_ name: String, _ attributes: inout UserAttributeList, _ call: FakeCall) throws(WireError) {
        let isAddress = SchemaAttribute.isAddress(name)
        let isTelephone = SchemaAttribute.isTelephone(name)
        if usernameAttributes.isEmpty {
            if isAddress, aliasAttributes.contains("email") {
                throw call.wrong(
                    "Username cannot be of email format, since user pool is configured for email alias.")
            }
            if isTelephone, aliasAttributes.contains("phone_number") {
                throw call.wrong(
                    "Username cannot be of phone number format, since user pool is configured for phone number alias.")
            }
            return
        }
        let (email, telephone) = (usernameAttributes.contains("email"), usernameAttributes.contains("phone_number"))
        switch (email, telephone) {
        case (true, true) where !isAddress && !isTelephone:
            throw call.wrong("Username should be either an email or a phone number.")
        case (true, false) where !isAddress: throw call.wrong("Username should be an email.")
        case (false, true) where !isTelephone: throw call.wrong("Username should be a phone number.")
        default: attributes.values[isAddress ? "email" : "phone_number"] = name
        }
    }

    mutating func add(_ user: PoolUser) {
        users[user.key] = user
        index(user)
    }

    mutating func remove(_ key: String) {
        unindex(key)
        users[key] = nil
        for name in groups.keys { groups.change(name) { $0.members.removeAll { $0 == key } } }
    }
}
