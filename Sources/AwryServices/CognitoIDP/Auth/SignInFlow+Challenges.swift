// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Answers to challenges.
extension SignInFlow {
    func goOn(_ pool: inout UserPool) throws(WireError) -> Outcome {
        let name = call.members.text("ChallengeName")
        let id = sessionID(pool)
        guard let session = pool.sessions[id], session.client == client.id,
            session.isAdministrators == isAdministrators
        else { throw id.isEmpty ? call.missingParameter("Session") : call.badSession() }
        guard session.endsAt > call.now else {
            pool.sessions[id] = nil
            throw call.refused("Invalid session for the user, session is expired.")
        }
        guard accepts(name, of: session) else { throw call.wrong("Invalid challenge transition") }
        let user = try parameter("USERNAME")
        try client.checkSecretHash(parameters, user: user, call)
        if session.user.isEmpty { throw call.refused("Incorrect username or password.") }
        guard pool.users[session.user] != nil else { throw call.noUser() }
        guard pool.resolve(user) == session.user else { throw call.badSession() }
        pool.sessions[id] = nil
        return try pool.onUser(session.user, call) { (pool, user) throws(WireError) in
            guard user.isEnabled else { throw call.refused("User is disabled.") }
            do throws(WireError) {
                return try answer(name, session, &user, &pool)
            } catch {
                // A wrong code may be tried again with the same session, a wrong password may not.
                if error.code == "CodeMismatchException" || error.code == "InvalidPasswordException"
                    || error.code == "InvalidParameterException"
                {
                    pool.sessions[id] = session
                }
                throw error
            }
        }
    }

    /// The session that is answered. Clients need not send it back where a secret block or a device names it as well.
    private func sessionID(_ pool: UserPool) -> String {
        if let id = call.members.optionalText("Session") { return id }
        if call.members.text("ChallengeName") == "DEVICE_SRP_AUTH", let device = parameters["DEVICE_KEY"]?.string {
            let asked = pool.sessions.first { $0.value.challenge == "DEVICE_SRP_AUTH" && $0.value.device == device }
            return asked?.key ?? ""
        }
        guard let text = parameters["PASSWORD_CLAIM_SECRET_BLOCK"]?.string,
            let block = Base64.decode(Array(text.utf8))
        else { return "" }
        return pool.sessions.first { $0.value.exchange?.block == block }?.key ?? ""
    }

    /// Whether a challenge may be answered as this one: who may choose answers with his choice.
    private func accepts(_ name: String, of session: AuthSession) -> Bool {
        if name == session.challenge { return true }
        return session.challenge == "MFA_SETUP" && name == "SOFTWARE_TOKEN_MFA"
    }

    private func answer(
        _ name: String, _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        switch name {
        case "PASSWORD_VERIFIER": return try provePassword(session, &user, &pool)
        case "PASSWORD":
            try checkPassword(try parameter("PASSWORD"), of: &user, &pool)
            return try afterPassword(&user, &pool)
        case "PASSWORD_SRP": return try beginSRP(user, &pool)
        case "NEW_PASSWORD_REQUIRED": return try takeNewPassword(&user, &pool)
        case "SMS_MFA", "EMAIL_OTP", "SMS_OTP": return try proveCode(name, session, &user, &pool)
        case "SOFTWARE_TOKEN_MFA": return try proveOneTimePassword(&user, &pool)
        case "SELECT_MFA_TYPE": return try chooseFactor(&user, &pool)
        case "SELECT_CHALLENGE": return try choose(try parameter("ANSWER"), &user, &pool)
        case "MFA_SETUP": return try finishSetup(&user, &pool)
        case "DEVICE_SRP_AUTH": return try beginDevice(session, &user, &pool)
        case "DEVICE_PASSWORD_VERIFIER": return try proveDevice(session, &user, &pool)
        case "WEB_AUTHN": return try provePasskey(session, &user, &pool)
        case "CUSTOM_CHALLENGE": return try proveCustom(session, &user, &pool)
        default: throw call.wrong("Invalid challenge name \(name)")
        }
    }
}
