// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

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
        // At the pages a client must ask for it (OpenID Connect Core 1.0, 3.1.2.1).
        guard !signIn.isHosted || signIn.scopes.split(separator: " ").contains("openid") else { return fields }
        let hash = signIn.isHosted ? Base64.urlText(Digests.sha256(access.utf8).prefix(16)) : nil
        fields["IdToken"] = .string(identityToken(user, origin, signIn, &ids, accessHash: hash))
        return fields
    }

    /// The result of a sign-in by the names of RFC 6749.
    static func names(_ result: Fields) -> Fields {
        let names = [
            ("id_token", "IdToken"), ("access_token", "AccessToken"), ("refresh_token", "RefreshToken"),
            ("expires_in", "ExpiresIn"), ("token_type", "TokenType"),
        ]
        return Fields(names.compactMap { name, old in result[old].map { (name, $0) } })
    }

    /// What a client may read of a user: beside `openid` other scopes narrow it ("Scopes, M2M, and resource servers").
    static func attributes(
        of user: PoolUser, for client: UserPoolClient, scopes: String?
    ) -> [(name: String, value: String)] {
        let readable = Set(client.settings.texts("ReadAttributes"))
        let scopes = Set((scopes ?? "").split(separator: " "))
        let isNarrow = !scopes.contains("profile") && (scopes.contains("email") || scopes.contains("phone"))
        return user.attributes.sorted { $0.key < $1.key }.filter { name, _ in
            guard readable.isEmpty || readable.contains(name) else { return false }
            guard isNarrow else { return true }
            return scopes.contains("email") && name.hasPrefix("email")
                || scopes.contains("phone") && name.hasPrefix("phone_number")
        }.map { (name: $0.key, value: $0.value) }
    }

    /// An access token for a client that speaks for nobody (RFC 6749, 4.4).
    func machineToken(_ scopes: String, _ ids: inout IdentifierSource) -> String {
        var claims: Fields = [
            "sub": .string(client.id), "token_use": "access", "scope": .string(scopes),
            "auth_time": .integer(call.now.seconds), "iss": .string(Self.issuer(of: pool, at: call.endpoint)),
        ]
        times("AccessToken", &claims, &ids)
        claims["version"] = 2
        claims["client_id"] = .string(client.id)
        return pool.keys.access.token(claims)
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

    private func identityToken(
        _ user: PoolUser, _ origin: String, _ signIn: PoolSignIn, _ ids: inout IdentifierSource, accessHash: String?
    ) -> String {
        var claims = common(user, origin, signIn, as: "id")
        if let accessHash { claims["at_hash"] = .string(accessHash) }
        let roles = overrides.roles ?? roles(of: user)
        if !roles.isEmpty { claims["cognito:roles"] = .list(roles.map { .string($0) }) }
        if let preferred = overrides.preferredRole ?? preferredRole(of: user), !roles.isEmpty {
            claims["cognito:preferred_role"] = .string(preferred)
        }
        claims["cognito:username"] = .string(user.username)
        claims["aud"] = .string(client.id)
        claims["event_id"] = .string(ids.uuid())
        if let nonce = signIn.nonce { claims["nonce"] = .string(nonce) }
        let scopes = signIn.isHosted ? signIn.scopes : nil
        for (name, value) in Self.attributes(of: user, for: client, scopes: scopes) {
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
