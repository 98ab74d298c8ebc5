// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The end of a sign-in, and its refreshing.
extension SignInFlow {
    /// Signs the user in: tokens, and a device to confirm where the pool tracks devices.
    func signIn(_ user: inout PoolUser, _ pool: inout UserPool, device: String? = nil) throws(WireError) -> Outcome {
        if isHosted { return try signInAtPages(&user, &pool) }
        let origin = pool.identifiers.uuid()
        let scopes = TokenIssue.ownScope
        let signIn = PoolSignIn(client: client.id, at: call.now, device: device, scopes: scopes)
        let source = user.status == .forceChangePassword ? "NewPasswordChallenge" : "Authentication"
        var result = try tokens(user, origin, signIn, as: "TokenGeneration_\(source)", &pool)
        let refresh = pool.newRefreshToken(user, client, origin, until: call.now + client.span(of: "RefreshToken"))
        result["RefreshToken"] = .string(refresh)
        if device == nil, let made = newDevice(&user, &pool) { result["NewDeviceMetadata"] = made }
        try tellAfter(user, pool, isNewDevice: device == nil)
        user.signIns[origin] = signIn
        user.record("SignIn", passed: true, call, &pool.identifiers)
        return .output(["ChallengeParameters": [:], "AuthenticationResult": .structure(result)])
    }

    /// The end of a sign-in at the pool's pages: the client fetches its tokens later.
    private func signInAtPages(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        try tellAfter(user, pool, isNewDevice: true)
        user.record("SignIn", passed: true, call, &pool.identifiers)
        return .output(["User": .string(user.key)])
    }

    private func tellAfter(_ user: PoolUser, _ pool: UserPool, isNewDevice: Bool) throws(WireError) {
        _ = try pool.trigger(
            "PostAuthentication", as: "PostAuthentication_Authentication", user, client, call,
            request: ["newDeviceUsed": .bool(isNewDevice), "clientMetadata": call.clientMetadata])
    }

    /// Tokens as the trigger before their making leaves them.
    func tokens(
        _ user: PoolUser, _ origin: String, _ signIn: PoolSignIn, as source: String, _ pool: inout UserPool
    ) throws(WireError) -> Fields {
        var issue = TokenIssue(pool: pool, client: client, call: call)
        let event = try pool.trigger(
            "PreTokenGeneration", as: source, user, client, call,
            request: [
                "groupConfiguration": issue.groupConfiguration(of: user), "clientMetadata": call.clientMetadata,
                "scopes": .list(signIn.scopes.split(separator: " ").map { .string(String($0)) }),
            ],
            response: ["claimsOverrideDetails": .null, "claimsAndScopeOverrideDetails": .null])
        if let response = event?["response"]?.fields { issue.overrides = ClaimOverrides(response) }
        return issue.result(for: user, origin, signIn, &pool.identifiers)
    }

    /// REFRESH_TOKEN_AUTH: new tokens for a refresh token.
    func refresh(_ pool: inout UserPool) throws(WireError) -> Outcome {
        let text = try parameter("REFRESH_TOKEN")
        if !client.secrets.isEmpty, parameters["SECRET_HASH"] == nil {
            throw call.refused("Client \(client.id) is configured for secret but secret was not received")
        }
        let token = try pool.refreshToken(text, client, call)
        if let hash = parameters["SECRET_HASH"]?.string, !client.secrets.isEmpty {
            let names = [pool.users[token.user]?.username, pool.users[token.user]?.sub].compactMap { $0 }
            guard names.contains(where: { client.isRight(secretHash: hash, user: $0) }) else {
                throw call.refused("SecretHash does not match for the client: \(client.id)")
            }
        }
        let result = try refreshed(token, &pool)
        return .output(["ChallengeParameters": [:], "AuthenticationResult": .structure(result)])
    }

    /// The new tokens of a sign-in that lasts.
    func refreshed(_ token: RefreshToken, _ pool: inout UserPool) throws(WireError) -> Fields {
        guard let user = pool.users[token.user] else { throw call.noUser() }
        guard user.isEnabled else { throw call.refused("User is disabled.") }
        guard let signIn = user.signIns[token.origin] else { throw call.refused("Refresh Token has been revoked") }
        if let device = parameters["DEVICE_KEY"]?.string, user.devices[device] == nil {
            throw call.refused("Invalid Refresh Token.")
        }
        return try tokens(user, token.origin, signIn, as: "TokenGeneration_RefreshTokens", &pool)
    }
}

extension UserPool {
    /// A refresh token, in the form of AWS's encrypted ones: five parts, of which only the first says anything.
    mutating func newRefreshToken(
        _ user: PoolUser, _ client: UserPoolClient, _ origin: String, until end: Timestamp
    ) -> String {
        let header = Base64.urlText(Array(#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#.utf8))
        let parts = [256, 12, 480, 16].map { Base64.urlText(identifiers.bytes($0)) }
        let text = ([header] + parts).joined(separator: ".")
        refreshTokens[text] = RefreshToken(user: user.key, client: client.id, origin: origin, until: end)
        return text
    }

    /// The refresh token of this text, if it serves.
    func refreshToken(
        _ text: String, _ client: UserPoolClient, _ call: FakeCall
    ) throws(WireError) -> RefreshToken {
        guard let token = refreshTokens[text], token.client == client.id else {
            throw call.refused("Invalid Refresh Token.")
        }
        if token.isRevoked { throw call.refused("Refresh Token has been revoked") }
        guard token.until > call.now else { throw call.refused("Refresh Token has expired") }
        return token
    }

    /// Ends sign-ins of a user: their refresh tokens are revoked, and their access tokens with them.
    mutating func revoke(_ user: inout PoolUser, _ origins: [String]) {
        let ended = Set(origins)
        for origin in origins { user.signIns[origin] = nil }
        for (text, token) in refreshTokens where token.user == user.key && ended.contains(token.origin) {
            refreshTokens[text]?.isRevoked = true
        }
    }
}
