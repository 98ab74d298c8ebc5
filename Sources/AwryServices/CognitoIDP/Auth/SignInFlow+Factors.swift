// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// The second factor.
extension SignInFlow {
    /// What follows the first factor: a device that proves itself, a second factor, or tokens.
    func afterFirstFactor(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        if let device = try knownDevice(user, pool) {
            return challenge("DEVICE_SRP_AUTH", ["USERNAME": .string(user.username)], for: user.key, &pool) {
                $0.device = device.key
            }
        }
        return try secondFactor(&user, &pool)
    }

    func secondFactor(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        guard pool.mfa != "OFF" else { return try signIn(&user, &pool) }
        let active = factors(of: user, pool)
        if active.isEmpty {
            return pool.mfa == "ON" ? try setUp(user, &pool) : try signIn(&user, &pool)
        }
        if let preferred = user.factors.preferred, active.contains(preferred) {
            return try ask(for: preferred, &user, &pool)
        }
        guard active.count > 1 else { return try ask(for: active[0], &user, &pool) }
        let parameters: Fields = [
            "MFAS_CAN_CHOOSE": .string(JSON.text(.list(active.map { .string($0) }))),
            "USER_ID_FOR_SRP": .string(user.username),
        ]
        return challenge("SELECT_MFA_TYPE", parameters, for: user.key, &pool)
    }

    /// The factors that the user has set up; a telephone number is one where the pool insists on a second factor.
    private func factors(of user: PoolUser, _ pool: UserPool) -> [String] {
        let active = user.factors.active
        let hasTelephone = user.attributes["phone_number"] != nil
        if active.isEmpty, pool.mfa == "ON", hasTelephone, pool.allows(factor: "SMS_MFA") { return ["SMS_MFA"] }
        return active
    }

    private func setUp(_ user: PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        let possible = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"].filter { pool.allows(factor: $0) }
        let parameters: Fields = [
            "MFAS_CAN_SETUP": .string(JSON.text(.list(possible.map { .string($0) }))),
            "USER_ID_FOR_SRP": .string(user.username),
        ]
        return challenge("MFA_SETUP", parameters, for: user.key, &pool)
    }

    /// The answer to MFA_SETUP: the user has proved a one-time password in the meantime.
    func finishSetup(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        guard user.factors.isTOTPProven else { throw call.badSession() }
        user.factors.isTOTPOn = true
        return try signIn(&user, &pool)
    }

    /// The answer to SELECT_MFA_TYPE.
    func chooseFactor(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        let chosen = try parameter("ANSWER")
        guard user.factors.active.contains(chosen) else { throw call.wrong("Invalid MFA type \(chosen)") }
        return try ask(for: chosen, &user, &pool)
    }

    private func ask(
        for factor: String, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        if factor == "SOFTWARE_TOKEN_MFA" {
            return challenge(factor, ["USER_ID_FOR_SRP": .string(user.username)], for: user.key, &pool)
        }
        return try sendCode(factor, user, &pool)
    }

    /// Sends a code and asks for it.
    func sendCode(
        _ factor: String, _ user: PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let attribute = factor == "EMAIL_OTP" ? "email" : "phone_number"
        guard let recipient = user.attributes[attribute] else {
            let message = "User does not have delivery config set to turn on \(factor)"
            throw call.models("MFAMethodNotFoundException")
                ? call.error("MFAMethodNotFoundException", message) : call.wrong(message)
        }
        let delivery = CodeDelivery(attribute: attribute, recipient: recipient)
        let code = pool.identifiers.sixDigits()
        let message = pool.messages.authentication(code, user, by: delivery.channel)
        try pool.tell(user, "Authentication", code, message, at: delivery.recipient, call)
        let shown = delivery.described.fields ?? [:]
        let parameters: Fields = [
            "CODE_DELIVERY_DELIVERY_MEDIUM": shown["DeliveryMedium"] ?? "",
            "CODE_DELIVERY_DESTINATION": shown["Destination"] ?? "", "USER_ID_FOR_SRP": .string(user.username),
        ]
        return challenge(factor, parameters, for: user.key, &pool) { $0.code = code }
    }

    /// The answer with a code that was sent.
    func proveCode(
        _ factor: String, _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let given = try parameter("\(factor)_CODE")
        guard user.attempts.mayTryPassword(at: call.now) else { throw call.refused("Password attempts exceeded") }
        guard given == session.code else {
            user.attempts.passwordWasWrong(at: call.now)
            throw call.error("CodeMismatchException", "Invalid code or auth state for the user.")
        }
        user.attempts.passwordWasRight()
        return try signIn(&user, &pool)
    }

    /// The answer with an authenticator's password.
    func proveOneTimePassword(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        let given = try parameter("SOFTWARE_TOKEN_MFA_CODE")
        guard user.attempts.mayTryPassword(at: call.now) else { throw call.refused("Password attempts exceeded") }
        guard let secret = user.factors.totpSecret.flatMap({ Base32.decode($0.utf8) }), user.factors.isTOTPProven else {
            throw call.error("SoftwareTokenMFANotFoundException")
        }
        let last = user.factors.lastStep
        guard let step = OneTimePassword.step(of: given, key: secret, at: call.now.seconds, after: last) else {
            user.attempts.passwordWasWrong(at: call.now)
            let known = OneTimePassword.step(of: given, key: secret, at: call.now.seconds, after: nil)
            if known != nil {
                throw call.error("ExpiredCodeException", "Your software token has already been used once.")
            }
            throw call.error("CodeMismatchException", "Invalid code received for user")
        }
        user.factors.lastStep = step
        user.attempts.passwordWasRight()
        return try signIn(&user, &pool)
    }
}

extension UserPool {
    /// Whether the pool lets users take this second factor.
    func allows(factor: String) -> Bool {
        switch factor {
        case "SMS_MFA": settings["SmsConfiguration"] != nil || mfaSettings["SmsMfaConfiguration"] != nil
        case "SOFTWARE_TOKEN_MFA":
            mfaSettings["SoftwareTokenMfaConfiguration"]?.fields?["Enabled"]?.bool ?? false
        default: mfaSettings["EmailMfaConfiguration"] != nil
        }
    }
}
