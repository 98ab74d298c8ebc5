// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What administrators do with users.
extension CognitoIDP {
    static var adminCreateUser: Handler? { create }
    static var adminGetUser: Handler? { show }
    static var adminDeleteUser: Handler? { delete }
    static var adminConfirmSignUp: Handler? { confirm }
    static var adminEnableUser: Handler? { { (state, call) throws(WireError) in try setEnabled(true, &state, call) } }
    static var adminDisableUser: Handler? { { (state, call) throws(WireError) in try setEnabled(false, &state, call) } }
    static var adminSetUserPassword: Handler? { setPassword }
    static var adminResetUserPassword: Handler? { resetPassword }
    static var adminUpdateUserAttributes: Handler? { updateAttributes }
    static var adminDeleteUserAttributes: Handler? { deleteAttributes }
    static var adminUserGlobalSignOut: Handler? { signOut }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let name = call.members.text("Username")
            if call.members.optionalText("MessageAction") == "RESEND" { return try resend(name, &pool, call) }
            let temporary = call.members.optionalText("TemporaryPassword")
            if let temporary { try pool.check(password: temporary, call) }
            var attributes = try UserAttributeList(call.members["UserAttributes"], call)
            if pool.resolve(name) != nil { throw call.error("UsernameExistsException", "User account already exists") }
            var user = try pool.newUser(name, &attributes, .forceChangePassword, call)
            _ = try pool.trigger(
                "PreSignUp", as: "PreSignUp_AdminCreateUser", user, nil, call,
                request: ["validationData": call.validationData, "clientMetadata": call.clientMetadata])
            try pool.invite(&user, temporary ?? pool.newTemporaryPassword(), call)
            pool.add(user)
            return .output(["User": user.described()])
        }
    }

    private static func resend(
        _ name: String, _ pool: inout UserPool, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        guard let key = pool.resolve(name) else { throw call.noUser() }
        return try pool.onUser(key, call) { (pool, user) throws(WireError) in
            guard user.status == .forceChangePassword else {
                throw call.error(
                    "UnsupportedUserStateException",
                    "Resend not possible. \(user.username) status is not FORCE_CHANGE_PASSWORD")
            }
            let password = call.members.optionalText("TemporaryPassword") ?? pool.newTemporaryPassword()
            try pool.invite(&user, password, call)
            return .output(["User": user.described()])
        }
    }

    private static func show(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (_, user) throws(WireError) in
            var output: Fields = [
                "Username": .string(user.username), "UserAttributes": user.attributeList(),
                "UserCreateDate": .timestamp(user.createdAt), "UserLastModifiedDate": .timestamp(user.modifiedAt),
                "Enabled": .bool(user.isEnabled), "UserStatus": .string(user.status.rawValue),
            ]
            user.describeFactors(in: &output)
            return .output(output)
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.onUser(call) { (_, user) throws(WireError) in user.key }
        try state.onPool(call) { (pool) throws(WireError) in pool.remove(key) }
        return .output([:])
    }

    private static func confirm(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            guard !user.isConfirmed else {
                throw call.refused("User cannot be confirmed. Current status is \(user.status.rawValue)")
            }
            user.status = .confirmed
            user.modifiedAt = call.now
            pool.index(user)
            try pool.confirmed(user, as: "PostConfirmation_ConfirmSignUp", nil, call)
            return .output([:])
        }
    }

    private static func setEnabled(
        _ isEnabled: Bool, _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            user.isEnabled = isEnabled
            user.modifiedAt = call.now
            if !isEnabled { pool.revoke(&user, Array(user.signIns.keys)) }
            return .output([:])
        }
    }

    private static func setPassword(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            try pool.set(password: call.members.text("Password"), of: &user, call)
            let isPermanent = call.members["Permanent"]?.bool ?? false
            user.status = isPermanent ? .confirmed : .forceChangePassword
            if !isPermanent { user.temporaryUntil = call.now + pool.temporarySpan }
            user.attempts.passwordWasRight()
            pool.index(user)
            return .output([:])
        }
    }

    private static func resetPassword(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            guard user.status != .forceChangePassword, user.isEnabled else {
                throw call.refused("User password cannot be reset in the current state.")
            }
            guard user.attempts.count("forgotten", at: call.now) else { throw call.tooManyAttempts() }
            let sent = try pool.sendCode(.forgotPassword, to: &user, lasting: .seconds(3600), call)
            guard sent != nil else { throw call.nowhereToSend() }
            user.status = .resetRequired
            user.modifiedAt = call.now
            return .output([:])
        }
    }

    private static func updateAttributes(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            let attributes = try UserAttributeList(call.members["UserAttributes"], call)
            try pool.change(attributes, of: &user, isAdministrators: true, call)
            return .output([:])
        }
    }

    private static func deleteAttributes(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            try pool.delete(call.members.texts("UserAttributeNames"), of: &user, call)
            return .output([:])
        }
    }

    private static func signOut(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            pool.revoke(&user, Array(user.signIns.keys))
            return .output([:])
        }
    }
}

extension FakeCall {
    func nowhereToSend() -> WireError {
        wrong("Cannot reset password for the user as there is no registered/verified email or phone_number")
    }
}

extension UserPool {
    /// How long a temporary password serves.
    var temporarySpan: Duration {
        let unused = settings["AdminCreateUserConfig"]?.fields?["UnusedAccountValidityDays"]?.integer
        return .seconds(86_400 * (unused ?? passwordPolicy.temporaryDays))
    }

    /// A password that the policy allows.
    mutating func newTemporaryPassword() -> String {
        let length = max(Int(passwordPolicy.minimumLength), 12)
        return "aA1!" + identifiers.letters(length - 4, of: CognitoAlphabet.digitsAndCapitals)
    }

    /// Gives a user a temporary password and tells him, unless the call says not to.
    mutating func invite(_ user: inout PoolUser, _ password: String, _ call: FakeCall) throws(WireError) {
        user.password = PoolPassword(password, of: user.username, in: self, salt: identifiers.bytes(16))
        user.temporaryUntil = call.now + temporarySpan
        user.modifiedAt = call.now
        guard call.members.optionalText("MessageAction") != "SUPPRESS" else { return }
        let mediums = call.members.texts("DesiredDeliveryMediums")
        for medium in mediums.isEmpty ? ["SMS"] : mediums {
            guard let recipient = user.attributes[medium == "SMS" ? "phone_number" : "email"] else { continue }
            let message = messages.invitation(password, user, by: medium == "SMS" ? .sms : .email)
            try tell(user, "AdminCreateUser", password, message, at: recipient, call)
        }
    }
}
