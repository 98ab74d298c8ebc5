// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension CognitoIDP {
    static var associateSoftwareToken: Handler? { associate }
    static var verifySoftwareToken: Handler? { verify }
    static var setUserMFAPreference: Handler? { prefer }
    static var adminSetUserMFAPreference: Handler? { preferForUser }
    static var setUserSettings: Handler? { setOptions }
    static var adminSetUserSettings: Handler? { setOptionsOfUser }
    static var setUserPoolMfaConfig: Handler? { configure }
    static var getUserPoolMfaConfig: Handler? { showConfiguration }

    /// Works on the user of an access token, or of the session of a sign-in that asks for a second factor to be set up;
    /// then a new session takes the old one's place.
    private mutating func onUserSettingUp(
        _ call: FakeCall, _ work: (inout UserPool, inout PoolUser) throws(WireError) -> Fields
    ) throws(WireError) -> Outcome {
        if call.members["AccessToken"] != nil {
            return try onBearer(call) { (pool, user, _) throws(WireError) in .output(try work(&pool, &user)) }
        }
        let id = call.members.text("Session")
        guard !id.isEmpty else { throw call.wrong("Access Token or Session is required") }
        guard let found = pools.values.first(where: { $0.sessions[id] != nil })?.id else { throw call.badSession() }
        let output = try pools.change(found) { (pool) throws(WireError) in
            guard let session = pool.sessions[id], session.challenge == "MFA_SETUP" else { throw call.badSession() }
            guard session.endsAt > call.now else {
                throw call.refused("Invalid session for the user, session is expired.")
            }
            return try pool.onUser(session.user, call) { (pool, user) throws(WireError) in
                var output = try work(&pool, &user)
                pool.sessions[id] = nil
                let next = "AYAB" + Base64.urlText(pool.identifiers.bytes(96))
                pool.sessions[next] = session
                output["Session"] = .string(next)
                return output
            }
        }
        return .output(output ?? [:])
    }

    private static func associate(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUserSettingUp(call) { (pool, user) throws(WireError) in
            guard pool.mfa == "OFF" || pool.allows(factor: "SOFTWARE_TOKEN_MFA") else {
                throw call.error(
                    "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool.")
            }
            let secret = Base32.text(pool.identifiers.bytes(32))
            user.factors.totpSecret = secret
            user.factors.isTOTPProven = false
            user.factors.isTOTPOn = false
            user.factors.lastStep = nil
            return ["SecretCode": .string(secret)]
        }
    }

    private static func verify(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUserSettingUp(call) { (_, user) throws(WireError) in
            guard let secret = user.factors.totpSecret.flatMap({ Base32.decode($0.utf8) }) else {
                throw call.error("SoftwareTokenMFANotFoundException")
            }
            guard user.attempts.count("one-time passwords", at: call.now) else { throw call.tooManyAttempts() }
            let code = call.members.text("UserCode")
            guard OneTimePassword.step(of: code, key: secret, at: call.now.seconds, after: nil) != nil else {
                throw call.error("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
            }
            user.attempts.forget("one-time passwords")
            user.factors.isTOTPProven = true
            return ["Status": "SUCCESS"]
        }
    }

    private static func prefer(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            try user.prefer(call, in: pool)
            return .output([:])
        }
    }

    private static func preferForUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (pool, user) throws(WireError) in
            guard user.isConfirmed else { throw call.notConfirmed() }
            try user.mustNotReset(call)
            try user.prefer(call, in: pool)
            return .output([:])
        }
    }

    private static func setOptions(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (_, user, _) throws(WireError) in
            user.setOptions(call)
            return .output([:])
        }
    }

    private static func setOptionsOfUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onUser(call) { (_, user) throws(WireError) in
            user.setOptions(call)
            return .output([:])
        }
    }

    private static func configure(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            var settings = call.input
            settings["UserPoolId"] = nil
            settings["MfaConfiguration"] = nil
            let mfa = call.members.optionalText("MfaConfiguration") ?? pool.mfa
            let factors = ["SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration"]
            try pool.check(.emailMFA, if: settings["EmailMfaConfiguration"] != nil, call)
            try pool.check(.passwordless, if: settings["WebAuthnConfiguration"] != nil, call)
            let hasSMS = pool.settings["SmsConfiguration"] != nil
            if mfa != "OFF", !hasSMS, !factors.contains(where: { settings[$0] != nil }) {
                throw call.wrong("Invalid MFA configuration given, can't turn on MFA without any MFA option.")
            }
            if mfa == "OFF", settings["SoftwareTokenMfaConfiguration"]?.fields?["Enabled"]?.bool == true,
                call.members["MfaConfiguration"] != nil
            {
                throw call.wrong("Invalid MFA configuration given, can't disable MFA and configure an MFA together.")
            }
            pool.mfaSettings = settings
            pool.mfa = mfa
            pool.modifiedAt = call.now
            return .output(pool.mfaOutput)
        }
    }

    private static func showConfiguration(
        _ state: inout CognitoIDP, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in .output(pool.mfaOutput) }
    }
}

extension UserPool {
    fileprivate var mfaOutput: Fields {
        var output = mfaSettings
        if output["SmsMfaConfiguration"] == nil, let sms = settings["SmsConfiguration"] {
            output["SmsMfaConfiguration"] = ["SmsConfiguration": sms]
        }
        output["MfaConfiguration"] = .string(mfa)
        return output
    }
}

extension PoolUser {
    /// Turns second factors on and off, as a call says; all are checked before one is changed.
    fileprivate mutating func prefer(_ call: FakeCall, in pool: UserPool) throws(WireError) {
        var chosen = factors
        let choices = [
            ("SMSMfaSettings", "SMS_MFA"), ("SoftwareTokenMfaSettings", "SOFTWARE_TOKEN_MFA"),
            ("EmailMfaSettings", "EMAIL_OTP"),
        ]
        for (member, name) in choices {
            guard let setting = call.input[member]?.fields else { continue }
            let isOn = setting["Enabled"]?.bool ?? false
            switch name {
            case "SMS_MFA":
                if isOn, attributes["phone_number"] == nil {
                    throw call.wrong("User does not have delivery config set to turn on SMS_MFA")
                }
                chosen.isSMSOn = isOn
            case "EMAIL_OTP":
                if isOn, attributes["email"] == nil {
                    throw call.wrong("User does not have delivery config set to turn on EMAIL_OTP")
                }
                chosen.isEmailOn = isOn
            default:
                if isOn, !factors.isTOTPProven {
                    throw call.wrong("User has not verified software token mfa")
                }
                chosen.isTOTPOn = isOn
            }
            if setting["PreferredMfa"]?.bool == true, isOn {
                chosen.preferred = name
            } else if chosen.preferred == name {
                chosen.preferred = nil
            }
        }
        factors = chosen
        modifiedAt = call.now
    }

    /// The older form: SMS or nothing.
    fileprivate mutating func setOptions(_ call: FakeCall) {
        options = call.input["MFAOptions"]?.list ?? []
        factors.isSMSOn = options.contains { $0.fields?["DeliveryMedium"]?.string == "SMS" }
        modifiedAt = call.now
    }
}
