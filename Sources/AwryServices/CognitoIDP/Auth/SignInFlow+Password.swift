// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Sign-in with a password that is proved and never sent.
extension SignInFlow {
    func beginSRP(
        _ user: PoolUser, _ pool: inout UserPool, _ fill: (inout AuthSession) -> Void = { _ in }
    ) throws(WireError) -> Outcome {
        guard let password = user.password else { throw call.refused("Incorrect username or password.") }
        return try challengeSRP(
            key: user.key, name: user.username, salt: password.salt,
            verifier: SecureRemotePassword.verifier(password.secret), &pool, fill)
    }

    func challengeSRP(
        key: String, name: String, salt: [UInt8], verifier: [UInt8], _ pool: inout UserPool,
        _ fill: (inout AuthSession) -> Void = { _ in }
    ) throws(WireError) -> Outcome {
        let number = try clientNumber()
        let secret = pool.identifiers.bytes(32)
        let server = SecureRemotePassword.publicNumber(verifier: verifier, secret: secret)
        let block = pool.identifiers.bytes(128)
        let parameters: Fields = [
            "SALT": .string(Hex.text(salt)), "SECRET_BLOCK": .string(Base64.text(block)),
            "SRP_B": .string(Hex.text(server)), "USERNAME": .string(name), "USER_ID_FOR_SRP": .string(name),
        ]
        return challenge("PASSWORD_VERIFIER", parameters, for: key, &pool) {
            $0.exchange = .init(client: number, server: server, secret: secret, block: block)
            fill(&$0)
        }
    }

    /// The client's public number, as hexadecimal digits.
    func clientNumber() throws(WireError) -> [UInt8] {
        let text = try parameter("SRP_A")
        let digits = Array(text.utf8)
        guard let number = Hex.decode(digits.count % 2 == 0 ? digits : [UInt8(ascii: "0")] + digits) else {
            throw call.wrong("Invalid SRP_A value provided.")
        }
        return number
    }

    /// Whether the client has proved that it knows what a verifier was made of.
    func proves(
        _ exchange: AuthSession.Exchange, verifier: [UInt8], group: String, user: String
    ) throws(WireError) -> Bool {
        let block = try parameter("PASSWORD_CLAIM_SECRET_BLOCK")
        let signature = try parameter("PASSWORD_CLAIM_SIGNATURE")
        let timestamp = try parameter("TIMESTAMP")
        guard Base64.decode(Array(block.utf8)) == exchange.block,
            let key = SecureRemotePassword.key(
                client: exchange.client, server: exchange.server, verifier: verifier, secret: exchange.secret)
        else { return false }
        let proof = SecureRemotePassword.proof(
            key: key, group: group, user: user, block: exchange.block, timestamp: timestamp)
        return Digests.areEqual(Array(Base64.text(proof).utf8), Array(signature.utf8))
    }

    /// The answer to PASSWORD_VERIFIER.
    func provePassword(
        _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        guard user.attempts.mayTryPassword(at: call.now) else { throw call.refused("Password attempts exceeded") }
        guard let exchange = session.exchange, let password = user.password else { throw call.badSession() }
        let verifier = SecureRemotePassword.verifier(password.secret)
        guard try proves(exchange, verifier: verifier, group: pool.shortName, user: user.username) else {
            throw wrongPassword(&user, &pool)
        }
        user.attempts.passwordWasRight()
        // Of a custom sign-in its functions say what comes next.
        if !session.custom.isEmpty {
            return try define(session.custom + [Self.met("PASSWORD_VERIFIER")], &user, &pool)
        }
        return try afterPassword(&user, &pool)
    }

    /// What follows a right password.
    func afterPassword(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        if let end = user.temporaryUntil, end <= call.now {
            throw call.refused("Temporary password has expired and must be reset by an administrator.")
        }
        switch user.status {
        case .unconfirmed: throw call.notConfirmed()
        case .resetRequired: throw call.mustReset()
        case .forceChangePassword: return newPasswordRequired(user, &pool)
        case .confirmed, .externalProvider: return try afterFirstFactor(&user, &pool)
        }
    }

    private func newPasswordRequired(_ user: PoolUser, _ pool: inout UserPool) -> Outcome {
        var attributes: Fields = [:]
        for (name, value) in user.attributes.sorted(by: { $0.key < $1.key }) { attributes[name] = .string(value) }
        let missing = pool.schema.filter {
            $0.isRequired && $0.name != "sub" && user.attributes[$0.name] == nil
        }.map { Value.string("userAttributes.\($0.name)") }
        let parameters: Fields = [
            "USER_ID_FOR_SRP": .string(user.username), "requiredAttributes": .string(JSON.text(.list(missing))),
            "userAttributes": .string(JSON.text(.structure(attributes))),
        ]
        return challenge("NEW_PASSWORD_REQUIRED", parameters, for: user.key, &pool)
    }

    /// The answer to NEW_PASSWORD_REQUIRED.
    func takeNewPassword(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        let prefix = "userAttributes."
        let given = parameters.filter { $0.name.hasPrefix(prefix) }.map { pair -> Value in
            ["Name": .string(String(pair.name.dropFirst(prefix.count))), "Value": pair.value]
        }
        let attributes = try UserAttributeList(.list(given), call)
        try attributes.check(in: pool, isNew: false, call)
        let missing = pool.schema.first {
            $0.isRequired && $0.name != "sub" && user.attributes[$0.name] == nil && attributes.values[$0.name] == nil
        }
        if let missing { throw call.wrong("Invalid attributes given, \(missing.name) is missing") }
        try pool.checkFree(attributes, besides: user, call)
        try pool.set(password: try parameter("NEW_PASSWORD"), of: &user, call)
        user.attributes.merge(attributes.values) { $1 }
        user.status = .confirmed
        pool.index(user)
        return try afterFirstFactor(&user, &pool)
    }
}
