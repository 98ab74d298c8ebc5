// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What users do with their own accounts, by their access tokens.
extension CognitoIDP {
    static var getUser: Handler? { show }
    static var deleteUser: Handler? { delete }
    static var changePassword: Handler? { replacePassword }
    static var updateUserAttributes: Handler? { update }
    static var deleteUserAttributes: Handler? { deleteAttributes }
    static var getUserAttributeVerificationCode: Handler? { sendCode }
    static var verifyUserAttribute: Handler? { verify }
    static var globalSignOut: Handler? { signOut }
    static var getUserAuthFactors: Handler? { factors }

    private static func show(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, bearer) throws(WireError) in
            let readable = pool.clients[bearer.client]?.settings.texts("ReadAttributes") ?? []
            var output: Fields = [
                "Username": .string(user.username),
                "UserAttributes": user.attributeList(readable.isEmpty ? [] : readable + ["sub"]),
            ]
            user.describeFactors(in: &output)
            return .output(output)
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let bearer = try state.onBearer(call) { (_, _, bearer) throws(WireError) in bearer }
        state.pools.change(bearer.pool) { $0.remove(bearer.user) }
        return .output([:])
    }

    private static func replacePassword(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            guard user.attempts.count("password", at: call.now) else { throw call.tooManyAttempts() }
            if let stored = user.password {
                let given = call.members.text("PreviousPassword")
                guard stored.isMade(of: given, of: user.username, in: pool) else {
                    throw call.refused("Incorrect username or password.")
                }
            }
            try pool.set(password: call.members.text("ProposedPassword"), of: &user, call)
            user.attempts.forget("password")
            user.record("PasswordChange", passed: true, call, &pool.identifiers)
            return .output([:])
        }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, bearer) throws(WireError) in
            let attributes = try UserAttributeList(call.members["UserAttributes"], call)
            if let client = pool.clients[bearer.client] { try attributes.checkWritable(by: client, call) }
            let verified = attributes.values.keys.first { $0.hasSuffix("_verified") }
            if verified != nil { throw call.refused("A client attempted to write unauthorized attribute") }
            let sent = try pool.change(attributes, of: &user, isAdministrators: false, call)
            return .output(["CodeDeliveryDetailsList": .list(sent)])
        }
    }

    private static func deleteAttributes(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            try pool.delete(call.members.texts("UserAttributeNames"), of: &user, call)
            return .output([:])
        }
    }

    private static func sendCode(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            let name = call.members.text("AttributeName")
            guard ["email", "phone_number"].contains(name) else {
                throw call.wrong("Invalid attribute name \(name): only email and phone_number can be verified.")
            }
            guard user.attempts.count("codes", at: call.now) else { throw call.tooManyAttempts() }
            let sent = try pool.sendCode(.attribute(name), to: &user, lasting: .seconds(86_400), call)
            guard let sent else { throw call.wrong("User does not have a \(name) to verify.") }
            return .output(["CodeDeliveryDetails": sent])
        }
    }

    private static func verify(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            let name = call.members.text("AttributeName")
            guard user.attempts.count("verification", at: call.now) else { throw call.tooManyAttempts() }
            _ = try user.take(.attribute(name), call.members.text("Code"), call)
            let value = user.pendingAttributes[name] ?? user.attributes[name] ?? ""
            if pool.isTaken(value, by: name, besides: user.key) {
                throw call.error("AliasExistsException", "An account with the given \(name) already exists.")
            }
            user.pendingAttributes[name] = nil
            user.attributes[name] = value
            user.attributes["\(name)_verified"] = "true"
            user.codes[.attribute(name)] = nil
            user.attempts.forget("verification")
            user.modifiedAt = call.now
            pool.index(user)
            return .output([:])
        }
    }

    private static func signOut(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            pool.revoke(&user, Array(user.signIns.keys))
            return .output([:])
        }
    }

    private static func factors(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            var output: Fields = ["Username": .string(user.username)]
            user.describeFactors(in: &output)
            output["MFAOptions"] = nil
            var first: [Value] = user.password == nil ? [] : ["PASSWORD"]
            if user.attributes["email_verified"] == "true" { first.append("EMAIL_OTP") }
            if user.attributes["phone_number_verified"] == "true" { first.append("SMS_OTP") }
            if !user.passkeys.isEmpty { first.append("WEB_AUTHN") }
            output["ConfiguredUserAuthFactors"] = .list(first)
            return .output(output)
        }
    }
}
