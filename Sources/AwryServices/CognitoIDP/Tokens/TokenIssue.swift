// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Gives out the tokens of a sign-in ("Understanding user pool JSON web tokens" of Cognito's guide).
struct TokenIssue {
    /// The scope of a sign-in by the API: everything that a user may do with his own account.
    static let ownScope = "aws.cognito.signin.user.admin"

    let pool: UserPool
    let client: UserPoolClient
    let call: FakeCall
    /// What a trigger changed.
    var overrides = ClaimOverrides()

    /// The pool's name in tokens: where its keys can be fetched, by the way the caller reached the server.
    static func issuer(of pool: UserPool, at endpoint: String) -> String { "\(endpoint)/\(pool.id)" }

    /// Access token and ID token for a sign-in of this `origin_jti`.
    func result(
        for user: PoolUser, _ origin: String, _ signIn: PoolSignIn, _ ids: inout IdentifierSource
    ) -> Fields {
        let access = accessToken(user, origin, signIn, &ids)
        var fields: Fields = [
            "AccessToken": .string(access), "ExpiresIn": .integer(Int64(client.span(of: "AccessToken").seconds)),
            "TokenType": "Bearer",
        ]
        fields["IdToken"] = .string(identityToken(user, origin, signIn, &ids))
        return fields
    }

    /// The user's groups in the order of their precedence, those without one last.
    private func groups(of user: PoolUser) -> [UserGroup] {
        pool.groups.values.filter { $0.members.contains(user.key) }.enumerated().sorted {
            ($0.element.precedence ?? .max, $0.offset) < ($1.element.precedence ?? .max, $1.offset)
        }.map(\.element)
    }

    private func roles(of user: PoolUser) -> [String] { groups(of: user).compactMap(\.role) }

    /// The role of the group that comes first; with two of the same precedence none is preferred.
    private func preferredRole(of user: PoolUser) -> String? {
        let first = groups(of: user).filter { $0.role != nil }
        guard let foremost = first.first else { return nil }
        return first.count == 1 || foremost.precedence != first[1].precedence ? foremost.role : nil
    }

    /// The user's groups as the trigger before the making of tokens is told of them.
    func groupConfiguration(of user: PoolUser) -> Value {
        [
            "groupsToOverride": .list(groups(of: user).map { .string($0.name) }),
            "iamRolesToOverride": .list(roles(of: user).map { .string($0) }),
            "preferredRole": preferredRole(of: user).map { .string($0) } ?? .null,
        ]
    }

    private func common(_ user: PoolUser, _ origin: String, _ signIn: PoolSignIn, as kind: String) -> Fields {
        var claims: Fields = ["sub": .string(user.sub)]
        let groups = overrides.groups ?? groups(of: user).map(\.name)
        if !groups.isEmpty { claims["cognito:groups"] = .list(groups.map { .string($0) }) }
        claims["iss"] = .string(Self.issuer(of: pool, at: call.endpoint))
        if client.has("EnableTokenRevocation") { claims["origin_jti"] = .string(origin) }
        claims["token_use"] = .string(kind)
        claims["auth_time"] = .integer(signIn.at.seconds)
        return claims
    }

    private func times(_ kind: String, _ claims: inout Fields, _ ids: inout IdentifierSource) {
        claims["exp"] = .integer((call.now + client.span(of: kind)).seconds)
        claims["iat"] = .integer(call.now.seconds)
        claims["jti"] = .string(ids.uuid())
    }

    func accessToken(_ user: PoolUser, _ origin: String, _ signIn: PoolSignIn, _ ids: inout IdentifierSource) -> String
    {
        var claims = common(user, origin, signIn, as: "access")
        claims["client_id"] = .string(client.id)
        claims["event_id"] = .string(ids.uuid())
        claims["scope"] = .string(signIn.scopes)
        if let device = signIn.device { claims["device_key"] = .string(device) }
        times("AccessToken", &claims, &ids)
        claims["username"] = .string(user.username)
        if pool.settings["UserPoolTier"]?.string != "LITE" { claims["version"] = 2 }
        overrides.apply(to: &claims, of: .access)
        return pool.keys.access.token(claims)
    }

    func identityToken(_ user: PoolUser, _ origin: String, _ signIn: PoolSignIn, _ ids: inout IdentifierSource)
        -> String
    {
        var claims = common(user, origin, signIn, as: "id")
        let roles = overrides.roles ?? roles(of: user)
        if !roles.isEmpty { claims["cognito:roles"] = .list(roles.map { .string($0) }) }
        if let preferred = overrides.preferredRole ?? preferredRole(of: user), !roles.isEmpty {
            claims["cognito:preferred_role"] = .string(preferred)
        }
        claims["cognito:username"] = .string(user.username)
        claims["aud"] = .string(client.id)
        claims["event_id"] = .string(ids.uuid())
        if let nonce = signIn.nonce { claims["nonce"] = .string(nonce) }
        let readable = Set(client.texts("ReadAttributes"))
        for (name, value) in user.attributes.sorted(by: { $0.key < $1.key }) {
            guard readable.isEmpty || readable.contains(name) else { continue }
            claims[name] = claim(name, value)
        }
        times("IdToken", &claims, &ids)
        overrides.apply(to: &claims, of: .identity)
        return pool.keys.identity.token(claims)
    }

    /// An attribute as a claim: whether something is verified is a truth value, an address is a structure.
    private func claim(_ name: String, _ value: String) -> Value {
        switch name {
        case "email_verified", "phone_number_verified": .bool(value == "true")
        case "address": ["formatted": .string(value)]
        case "identities": (try? JSON.parse(value)) ?? .string(value)
        default: .string(value)
        }
    }
}

extension Duration {
    /// Whole seconds.
    var seconds: Int64 { components.seconds }
}
