// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What the trigger before the making of tokens changed ("Pre token generation Lambda trigger").
struct ClaimOverrides: Sendable {
    enum Kind: Sendable {
        case identity
        case access
    }

    /// Claims that belong to the pool: no trigger changes them.
    private static let fixed: Set<String> = [
        "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat", "iss", "jti",
        "nbf", "nonce", "origin_jti", "sub", "token_use", "username", "version", "aud", "cognito:username",
    ]

    private var added: [Kind: Fields] = [:]
    private var suppressed: [Kind: [String]] = [:]
    private var addedScopes: [String] = []
    private var suppressedScopes: [String] = []
    /// Groups, roles and the preferred role in the place of the user's own.
    private(set) var groups: [String]?
    private(set) var roles: [String]?
    private(set) var preferredRole: String?

    init() {}

    /// What the trigger's answer changes, in its first version or the later ones.
    init(_ response: Fields) {
        if let first = response["claimsOverrideDetails"]?.fields {
            added[.identity] = first["claimsToAddOrOverride"]?.fields ?? [:]
            suppressed[.identity] = first.texts("claimsToSuppress")
            takeGroups(first["groupOverrideDetails"]?.fields)
        }
        guard let later = response["claimsAndScopeOverrideDetails"]?.fields else { return }
        for (kind, member) in [(Kind.identity, "idTokenGeneration"), (.access, "accessTokenGeneration")] {
            guard let change = later[member]?.fields else { continue }
            added[kind] = change["claimsToAddOrOverride"]?.fields ?? [:]
            suppressed[kind] = change.texts("claimsToSuppress")
            guard kind == .access else { continue }
            addedScopes = change.texts("scopesToAdd")
            suppressedScopes = change.texts("scopesToSuppress")
        }
        takeGroups(later["groupOverrideDetails"]?.fields)
    }

    private mutating func takeGroups(_ details: Fields?) {
        guard let details else { return }
        groups = details["groupsToOverride"]?.list.map { $0.compactMap(\.string) } ?? groups
        roles = details["iamRolesToOverride"]?.list.map { $0.compactMap(\.string) } ?? roles
        preferredRole = details["preferredRole"]?.string ?? preferredRole
    }

    func apply(to claims: inout Fields, of kind: Kind) {
        for (name, value) in added[kind] ?? [:] where !Self.fixed.contains(name) { claims[name] = value }
        for name in suppressed[kind] ?? [] where !Self.fixed.contains(name) { claims[name] = nil }
        guard kind == .access, let scope = claims["scope"]?.string else { return }
        var scopes = scope.split(separator: " ").map(String.init).filter { !suppressedScopes.contains($0) }
        scopes += addedScopes.filter { !scopes.contains($0) }
        claims["scope"] = .string(scopes.joined(separator: " "))
    }
}
