// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How the role of a provider's people is chosen ("Using role-based access control" of the Cognito Developer Guide).
struct RoleMapping: Sendable {
    /// One rule, the first that holds decides.
    struct Rule: Sendable {
        let claim: String
        let kind: String
        let value: String
        let role: String

        init(_ fields: Fields) {
            claim = fields["Claim"]?.string ?? ""
            kind = fields["MatchType"]?.string ?? ""
            value = fields["Value"]?.string ?? ""
            role = fields["RoleARN"]?.string ?? ""
        }

        /// Whether it holds of these claims; of one that is not there nothing holds.
        func holds(of claims: Fields) -> Bool {
            let texts = claims[claim]?.claimTexts ?? []
            guard !texts.isEmpty else { return false }
            return switch kind {
            case "Equals": texts.contains(value)
            case "NotEqual": !texts.contains(value)
            case "StartsWith": texts.contains { $0.hasPrefix(value) }
            case "Contains": texts.contains { $0.contains(value) }
            default: false
            }
        }
    }

    /// As it was sent.
    let described: Fields
    /// Whether the token names the role, else rules do.
    let isByToken: Bool
    let rules: [Rule]
    /// Whether nobody gets in whose role is not clear.
    let denies: Bool

    /// The mapping of a call, checked.
    init(_ fields: Fields, _ provider: String, _ call: FakeCall) throws(WireError) {
        described = fields
        isByToken = fields["Type"]?.string == "Token"
        rules = (fields["RulesConfiguration"]?.fields?["Rules"]?.list ?? []).compactMap(\.fields).map { Rule($0) }
        denies = fields["AmbiguousRoleResolution"]?.string == "Deny"
        guard fields["AmbiguousRoleResolution"] != nil else {
            throw call.wrong("AmbiguousRoleResolution is required for the role mapping of \(provider).")
        }
        if !isByToken, rules.isEmpty {
            throw call.wrong("RulesConfiguration is required for the role mapping of \(provider).")
        }
        guard rules.count <= IdentityPoolLimits.rulesPerMapping else {
            throw call.wrong("A role mapping can have \(IdentityPoolLimits.rulesPerMapping) rules at most.")
        }
    }

    /// The role of these claims, or what the pool does where none is clear.
    func choice(for claims: Fields, asked: String?) -> RoleChoice {
        var roles: [String]
        if isByToken {
            roles = claims["cognito:roles"]?.claimTexts ?? []
            if asked == nil, let preferred = claims["cognito:preferred_role"]?.string { return .role(preferred) }
        } else {
            roles = rules.filter { $0.holds(of: claims) }.map(\.role)
        }
        if let asked { return roles.contains(asked) ? .role(asked) : .forbidden(asked) }
        // Of rules the first decides; of a token's roles none is before the others.
        if let first = roles.first, !isByToken || roles.count == 1 { return .role(first) }
        return denies ? .denied : .standard
    }
}

/// What role a login leads to.
enum RoleChoice: Equatable {
    case role(String)
    /// The pool's own role.
    case standard
    /// The role that is asked for is not among those that the login may have.
    case forbidden(String)
    /// Nothing says which role, and the pool lets nobody in then.
    case denied
}
