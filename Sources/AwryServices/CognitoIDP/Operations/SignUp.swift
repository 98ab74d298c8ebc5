// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var signUp: Handler? { begin }
    static var confirmSignUp: Handler? { confirm }
    static var resendConfirmationCode: Handler? { resend }

    private static func begin(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let output = try state.onClient(call) { (pool, client) throws(WireError) in
            try client.checkSecretHash(call, user: call.members.text("Username"))
            if pool.settings["AdminCreateUserConfig"]?.fields?["AllowAdminCreateUserOnly"]?.bool == true {
                throw call.refused("SignUp is not permitted for this user pool")
            }
            guard let password = call.members.optionalText("Password") else {
                throw call.missingParameter("Password")
            }
            try pool.check(password: password, call)
            var attributes = try UserAttributeList(call.members["UserAttributes"], call)
            try attributes.checkWritable(by: client, call)
            var user = try pool.newUser(call.members.text("Username"), &attributes, .unconfirmed, call)
            let event = try pool.trigger(
                "PreSignUp", as: "PreSignUp_SignUp", user, client, call,
                request: ["validationData": call.validationData, "clientMetadata": call.clientMetadata],
                response: ["autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false])
            user.follow(signUp: event)
            user.password = PoolPassword(password, of: user.username, in: pool, salt: pool.identifiers.bytes(16))
            var output: Fields = ["UserConfirmed": .bool(user.isConfirmed), "UserSub": .string(user.sub)]
            if !user.isConfirmed,
                let sent = try pool.sendCode(.signUp, to: &user, lasting: .seconds(86_400), call)
            {
                output["CodeDeliveryDetails"] = sent
            }
            user.record("SignUp", passed: true, call, &pool.identifiers)
            pool.add(user)
            if user.isConfirmed { try pool.confirmed(user, as: "PostConfirmation_ConfirmSignUp", client, call) }
            return output
        }
        return .output(output)
    }

    private static func confirm(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onClientsUser(call) { (pool, user, client) throws(WireError) in
            guard !user.isConfirmed else {
                throw call.refused("User cannot be confirmed. Current status is \(user.status.rawValue)")
            }
            guard user.attempts.count("sign-up codes", at: call.now) else {
                throw call.error(
                    "TooManyFailedAttemptsException",
                    "Too many invalid credentials attempts. User temporarily locked. Please try after few seconds.")
            }
            let code = try user.take(.signUp, call.members.text("ConfirmationCode"), call)
            if let attribute = code.attribute {
                if pool.isTaken(user.attributes[attribute] ?? "", by: attribute, besides: user.key),
                    call.members["ForceAliasCreation"]?.bool != true
                {
                    throw call.error(
                        "AliasExistsException", "An account with the given \(attribute) already exists.")
                }
                user.attributes["\(attribute)_verified"] = "true"
            }
            user.status = .confirmed
            user.modifiedAt = call.now
            user.codes[.signUp] = nil
            user.attempts.forget("sign-up codes")
            pool.index(user)
            try pool.confirmed(user, as: "PostConfirmation_ConfirmSignUp", client, call)
            return .output([:])
        } hidden: { () throws(WireError) in
            throw call.staleCode()
        }
    }

    private static func resend(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onClientsUser(call) { (pool, user, client) throws(WireError) in
            guard !user.isConfirmed else { throw call.wrong("User is already confirmed.") }
            guard user.attempts.count("codes", at: call.now) else { throw call.tooManyAttempts() }
            let sent = try pool.sendCode(.signUp, to: &user, lasting: .seconds(86_400), call)
            guard let sent else {
                throw call.wrong("Cannot resend codes. Auto verification not turned on.")
            }
            user.record("ResendCode", passed: true, call, &pool.identifiers)
            return .output(["CodeDeliveryDetails": sent])
        } hidden: { () throws(WireError) in
            .output(["CodeDeliveryDetails": CodeDelivery.invented(for: call.members.text("Username"))])
        }
    }
}

extension CognitoIDP {
    /// Works on the user whom one of a client's calls names. Where there is none the client is told, unless it hides
    /// that: then `hidden` answers.
    mutating func onClientsUser(
        _ call: FakeCall, _ work: (inout UserPool, inout PoolUser, UserPoolClient) throws(WireError) -> Outcome,
        hidden: () throws(WireError) -> Outcome
    ) throws(WireError) -> Outcome {
        try onClient(call) { (pool, client) throws(WireError) in
            let name = call.members.text("Username")
            try client.checkSecretHash(call, user: name)
            guard let key = pool.resolve(name) else {
                if client.hidesUsers { return try hidden() }
                throw call.error("UserNotFoundException", "Username/client id combination not found.")
            }
            return try pool.onUser(key, call) { (pool, user) throws(WireError) in try work(&pool, &user, client) }
        }
    }
}

extension PoolUser {
    /// Takes over what the trigger before a sign-up says.
    mutating func follow(signUp event: Fields?) {
        guard let response = event?["response"]?.fields else { return }
        if response["autoConfirmUser"]?.bool == true { status = .confirmed }
        if response["autoVerifyEmail"]?.bool == true { attributes["email_verified"] = "true" }
        if response["autoVerifyPhone"]?.bool == true { attributes["phone_number_verified"] = "true" }
    }
}
