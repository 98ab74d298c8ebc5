// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Sign-in in which the user chooses how ("Authentication with Amazon Cognito user pools": USER_AUTH).
extension SignInFlow {
    func beginChoice(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        guard let preferred = parameters["PREFERRED_CHALLENGE"]?.string else { return offer(user, &pool) }
        return try choose(preferred, &user, &pool)
    }

    /// What the pool lets this user begin with.
    private func choices(_ user: PoolUser, _ pool: UserPool) -> [String] {
        pool.firstFactors.flatMap { factor -> [String] in
            switch factor {
            case "PASSWORD": user.password == nil ? [] : ["PASSWORD_SRP", "PASSWORD"]
            case "EMAIL_OTP": user.attributes["email_verified"] == "true" ? [factor] : []
            case "SMS_OTP": user.attributes["phone_number_verified"] == "true" ? [factor] : []
            case "WEB_AUTHN": user.passkeys.isEmpty ? [] : [factor]
            default: []
            }
        }
    }

    private func offer(_ user: PoolUser, _ pool: inout UserPool) -> Outcome {
        let available = choices(user, pool)
        let outcome = challenge("SELECT_CHALLENGE", [:], for: user.key, &pool)
        guard case .output(var output) = outcome else { return outcome }
        output["AvailableChallenges"] = .list(available.map { .string($0) })
        return .output(output)
    }

    func choose(_ name: String, _ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        guard choices(user, pool).contains(name) else { return offer(user, &pool) }
        if user.status == .unconfirmed { throw call.notConfirmed() }
        switch name {
        case "PASSWORD":
            guard parameters["PASSWORD"] != nil else { return challenge(name, [:], for: user.key, &pool) }
            try checkPassword(try parameter("PASSWORD"), of: &user, &pool)
            return try afterPassword(&user, &pool)
        case "PASSWORD_SRP":
            guard parameters["SRP_A"] != nil else { return challenge(name, [:], for: user.key, &pool) }
            return try beginSRP(user, &pool)
        case "EMAIL_OTP", "SMS_OTP": return try sendCode(name, user, &pool)
        default: return try askForPasskey(user, &pool)
        }
    }
}
