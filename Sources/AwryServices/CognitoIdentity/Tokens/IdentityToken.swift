// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A token by which an identity pool vouches for one of its identities: STS takes it for a role's credentials.
struct IdentityToken {
    /// The pools' name in tokens.
    static let issuer = "https://cognito-identity.amazonaws.com"

    let pool: IdentityPool
    let identity: String
    /// `authenticated` and what each login says, or `unauthenticated`.
    var methods: [String]
    /// Tags of the session.
    var tags: Fields = [:]

    /// The token of an identity that these logins have proven; a guest's where there are none.
    init(_ pool: IdentityPool, _ identity: String, _ logins: [ProvenLogin]) {
        self.pool = pool
        self.identity = identity
        methods = logins.isEmpty ? ["unauthenticated"] : ["authenticated"] + logins.flatMap(\.methods)
        for login in logins {
            guard let map = login.settingNames.lazy.compactMap({ pool.tagMaps[$0] }).first else { continue }
            for (tag, claim) in map.tags {
                guard let claim = claim.string, let text = login.claims[claim]?.claimTexts.first else { continue }
                tags[tag] = .string(text)
            }
        }
    }

    /// Its text, signed; STS knows the issuer from now on.
    func text(_ keys: IdentityPoolKeys, lasting seconds: Int64, _ call: FakeCall) -> String {
        var claims: Fields = [
            "sub": .string(identity), "aud": .string(pool.id), "amr": .list(methods.map { .string($0) }),
            "iss": .string(Self.issuer), "exp": .integer(call.now.seconds + seconds),
            "iat": .integer(call.now.seconds),
        ]
        if !tags.isEmpty {
            let listed = tags.map { (name: $0.name, value: Value.list([$0.value])) }
            claims["https://aws.amazon.com/tags"] = [
                "principal_tags": .structure(Fields(listed.map { ($0.name, $0.value) }))
            ]
        }
        call.issuers?.know(Self.issuer, keys: keys.published)
        return keys.token(claims)
    }
}

/// Which claims of a provider become tags of a session ("Using attributes for access control" of the Cognito Developer
/// Guide).
struct PrincipalTagMap: Sendable {
    /// What AWS maps where nothing else is given.
    static let defaults: Fields = ["username": "sub", "client": "aud"]

    let usesDefaults: Bool
    /// The claim's name by the tag's.
    let tags: Fields
}

extension Value {
    /// A claim as texts: one, or those of a list.
    var claimTexts: [String] {
        switch self {
        case .string(let text): [text]
        case .bool(let flag): [flag ? "true" : "false"]
        case .integer(let number): [String(number)]
        case .list(let values): values.flatMap(\.claimTexts)
        default: []
        }
    }
}
