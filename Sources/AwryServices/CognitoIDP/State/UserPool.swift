// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A user pool with all that is in it.
struct UserPool: Placed, Sendable {
    let id: String
    let place: Place
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    /// The members of CreateUserPool and UpdateUserPool that are kept as they came.
    var settings: Fields
    /// All attributes, the standard ones first.
    var schema: [SchemaAttribute]
    var passwordPolicy: PoolPasswordPolicy
    /// OFF, ON or OPTIONAL.
    var mfa: String
    /// What SetUserPoolMfaConfig has set, by its members' names.
    var mfaSettings: Fields = [:]
    var tags: Fields

    /// By username.
    var users = KeyedList<PoolUser>()
    /// The username behind each alias, folded as `fold` does.
    private(set) var aliases: [String: String] = [:]
    /// The aliases of each username.
    private(set) var aliasesOf: [String: [String]] = [:]
    var clients = KeyedList<UserPoolClient>()
    var groups = KeyedList<UserGroup>()
    /// Things that are kept and given back as they are, by their names.
    var resourceServers = KeyedList<Fields>()
    var identityProviders = KeyedList<Fields>()
    var brandings = KeyedList<Fields>()
    var terms = KeyedList<Fields>()
    var importJobs = KeyedList<Fields>()
    /// By client id, or "ALL".
    var customizations: [String: Fields] = [:]
    var risks: [String: Fields] = [:]
    var logDelivery: [Value] = []
    var domain: PoolDomain?
    /// Sign-ins that wait for an answer to a challenge, by session.
    var sessions: [String: AuthSession] = [:]
    /// Who got which refresh token. One that was revoked stays, to be told from one that never was.
    var refreshTokens: [String: RefreshToken] = [:]
    /// Browsers that have signed in at the pool's pages, by what their cookies say.
    var hostedSessions: [String: HostedSession] = [:]
    /// What clients of those pages may exchange for tokens.
    var authorizationCodes: [String: AuthorizationCode] = [:]
    /// What names and codes in the pool follow from.
    var identifiers: IdentifierSource
    /// Signs the tokens; made from these bits when the first one is asked for.
    let keys: PoolKeys

    var arn: String { "arn:aws:cognito-idp:\(place.region):\(place.account):userpool/\(id)" }

    /// What stands after the region in the pool's id: the name by which passwords are hashed.
    var shortName: String { id.split(separator: "_", maxSplits: 1).last.map(String.init) ?? id }

    /// Attributes by which users sign in in place of a name they choose.
    var usernameAttributes: [String] { settings.texts("UsernameAttributes") }
    var aliasAttributes: [String] { settings.texts("AliasAttributes") }
    /// What a sign-in may begin with where the user has the choice (`USER_AUTH`).
    var firstFactors: [String] { Self.firstFactors(of: settings) }

    /// The same of settings that a call gives.
    static func firstFactors(of settings: Fields) -> [String] {
        let policy = settings["Policies"]?.fields?["SignInPolicy"]?.fields ?? [:]
        return policy["AllowedFirstAuthFactors"] == nil ? ["PASSWORD"] : policy.texts("AllowedFirstAuthFactors")
    }

    var verifiedByItself: [String] { settings.texts("AutoVerifiedAttributes") }

    /// By AWS's default names are told apart by case too.
    var isCaseSensitive: Bool { settings["UsernameConfiguration"]?.fields?["CaseSensitive"]?.bool ?? true }

    func fold(_ name: String) -> String { isCaseSensitive ? name : name.lowercased() }

    /// The username of the user who calls himself so: by username, `sub`, or an attribute that serves as a name.
    func resolve(_ name: String) -> String? {
        if users[fold(name)] != nil { return fold(name) }
        return aliases[fold(name)]
    }

    /// The attributes whose values lead to a user: his own `sub`, and those that the pool lets serve as names.
    private func aliases(of user: PoolUser) -> [String] {
        var names = [user.sub]
        for attribute in usernameAttributes { names += [user.attributes[attribute]].compactMap { $0 } }
        for attribute in aliasAttributes {
            guard let value = user.attributes[attribute] else { continue }
            let isVerified = attribute == "preferred_username" || user.attributes["\(attribute)_verified"] == "true"
            if isVerified, user.isConfirmed { names.append(value) }
        }
        return names.map(fold).filter { $0 != user.key }
    }

    /// Brings the names that lead to a user up to date. An alias that another user had leads to this one from now on.
    mutating func index(_ user: PoolUser) {
        unindex(user.key)
        let names = aliases(of: user)
        for name in names { aliases[name] = user.key }
        aliasesOf[user.key] = names
    }

    /// Forgets the names that lead to a user.
    mutating func unindex(_ key: String) {
        for name in aliasesOf.removeValue(forKey: key) ?? [] where aliases[name] == key { aliases[name] = nil }
    }

    /// Whether another user has this value of an attribute that serves as a name.
    func isTaken(_ value: String, by attribute: String, besides key: String) -> Bool {
        guard usernameAttributes.contains(attribute) || aliasAttributes.contains(attribute) else { return false }
        guard let owner = resolve(value) else { return false }
        return owner != key
    }

    func attribute(_ name: String) -> SchemaAttribute? { schema.first { $0.name == name } }

    var contradiction: String? {
        for (alias, key) in aliases where users[key] == nil { return "\(alias) leads to \(key), who is no user" }
        for group in groups.values {
            if let stranger = group.members.first(where: { users[$0] == nil }) {
                return "group \(group.name) has \(stranger), who is no user"
            }
        }
        return nil
    }
}

/// A pool's domain for its pages.
struct PoolDomain: Sendable {
    let name: String
    var version: Int64
    var certificate: String?
}

/// A group of users.
struct UserGroup: Sendable {
    let name: String
    var description: String?
    var role: String?
    var precedence: Int64?
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    /// Usernames, in the order in which they were added.
    var members: [String] = []

    func described(in pool: UserPool) -> Value {
        var fields: Fields = [
            "GroupName": .string(name), "UserPoolId": .string(pool.id), "LastModifiedDate": .timestamp(modifiedAt),
            "CreationDate": .timestamp(createdAt),
        ]
        if let description { fields["Description"] = .string(description) }
        if let role { fields["RoleArn"] = .string(role) }
        if let precedence { fields["Precedence"] = .integer(precedence) }
        return .structure(fields)
    }
}
