// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An identity pool with all that is in it.
struct IdentityPool: Placed, Sendable {
    let id: String
    let place: Place
    /// The members of CreateIdentityPool and UpdateIdentityPool, as they came; tags apart.
    var settings: Fields
    var tags: Fields
    /// `authenticated` and `unauthenticated`, by these names.
    var roles: Fields = [:]
    /// How roles are chosen, by the provider's name.
    var mappings: [String: RoleMapping] = [:]
    /// Which claims become tags of the session, by the provider's name.
    var tagMaps: [String: PrincipalTagMap] = [:]
    /// By id, oldest first.
    var identities = KeyedList<PooledIdentity>()
    /// The identity that each login leads to.
    private(set) var owners: [LinkedLogin: String] = [:]
    /// Identities that the present operation has made.
    var made: [String] = []

    var arn: String { "arn:aws:cognito-identity:\(place.region):\(place.account):identitypool/\(id)" }

    /// The pool that an ARN names; nil where it is none of a pool.
    static func id(inARN arn: String) -> String? {
        let parts = arn.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].hasPrefix("arn:aws:cognito-identity:"), parts[0].hasSuffix(":identitypool")
        else { return nil }
        return parts[1]
    }

    var allowsGuests: Bool { settings["AllowUnauthenticatedIdentities"]?.bool ?? false }

    /// Refused only where it is said: a pool that says nothing of the classic flow has it.
    var refusesClassicFlow: Bool { settings["AllowClassicFlow"]?.bool == false }

    /// The name under which the developer's own users are known.
    var developerProvider: String? { settings["DeveloperProviderName"]?.string }

    /// The ids of apps by the social provider's name.
    var socialProviders: Fields { settings["SupportedLoginProviders"]?.fields ?? [:] }

    /// The user pools whose tokens are taken, one row for each client.
    var userPoolClients: [Fields] { settings["CognitoIdentityProviders"]?.list?.compactMap(\.fields) ?? [] }

    /// The names of the providers, as role mappings call them: a user pool's with the client's id behind it.
    var mappingNames: Set<String> {
        let clients = userPoolClients.map { "\($0["ProviderName"]?.string ?? ""):\($0["ClientId"]?.string ?? "")" }
        return otherProviderNames.union(clients)
    }

    /// The names of the providers, as maps of tags call them.
    var providerNames: Set<String> {
        otherProviderNames.union(userPoolClients.compactMap { $0["ProviderName"]?.string })
    }

    private var otherProviderNames: Set<String> {
        var names = Set(socialProviders.names).union(settings.texts("SamlProviderARNs"))
        for arn in settings.texts("OpenIdConnectProviderARNs") {
            names.formUnion([arn, IdentityPool.issuer(inARN: arn)])
        }
        if let developerProvider { names.insert(developerProvider) }
        return names
    }

    /// The issuer of an OIDC provider's ARN: `arn:aws:iam::123456789012:oidc-provider/example.com/realm`.
    static func issuer(inARN arn: String) -> String {
        arn.split(separator: "/", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    }

    /// As the operations show a pool.
    var described: Fields {
        var fields = settings
        fields["IdentityPoolId"] = .string(id)
        fields["IdentityPoolTags"] = .structure(tags)
        return fields
    }

    var contradiction: String? {
        for (login, id) in owners where identities[id]?.logins.contains(login) != true {
            return "\(login.provider) leads to \(id), which does not have that login"
        }
        for identity in identities.values {
            if identity.logins.contains(where: { owners[$0] != identity.id }) {
                return "a login of \(identity.id) does not lead there"
            }
            if let next = identity.successor, identities[next] == nil || !identity.logins.isEmpty {
                return "\(identity.id) was merged, and is not as such an identity should be"
            }
        }
        return nil
    }
}

/// What identities are made of.
extension IdentityPool {
    /// Makes a guest's identity.
    mutating func makeIdentity(_ call: FakeCall, _ identifiers: inout IdentifierSource) -> String {
        let id = "\(place.region):\(identifiers.uuid())"
        identities[id] = PooledIdentity(id, at: call.now)
        made.append(id)
        return id
    }

    /// Links logins to an identity, whoever had them.
    mutating func link(_ logins: [LinkedLogin], to id: String, _ call: FakeCall) {
        for login in logins {
            if let former = owners[login], former != id { unlink([login], from: former, call) }
            owners[login] = id
        }
        identities.change(id) { identity in
            let new = logins.filter { !identity.logins.contains($0) }
            guard !new.isEmpty else { return }
            identity.logins += new
            identity.isAuthenticated = true
            identity.modifiedAt = call.now
        }
    }

    /// Takes logins from an identity.
    mutating func unlink(_ logins: [LinkedLogin], from id: String, _ call: FakeCall) {
        for login in logins where owners[login] == id { owners[login] = nil }
        identities.change(id) { identity in
            identity.logins.removeAll { logins.contains($0) }
            identity.modifiedAt = call.now
        }
    }

    /// Makes two identities one: all logins are the second's, the first is disabled.
    mutating func merge(_ source: String, into target: String, _ call: FakeCall) {
        let logins = identities[source]?.logins ?? []
        link(logins, to: target, call)
        identities.change(source) { identity in
            identity.successor = target
            identity.isAuthenticated = true
            identity.modifiedAt = call.now
        }
    }

    /// Forgets an identity and those that were merged into it; gives the ids of all.
    mutating func remove(_ id: String) -> [String] {
        var gone: [String] = []
        var next = [id]
        while let id = next.popLast() {
            for login in identities[id]?.logins ?? [] { owners[login] = nil }
            identities[id] = nil
            gone.append(id)
            next += identities.values.filter { $0.successor == id }.map(\.id)
        }
        return gone
    }

    /// The identity that serves in the place of this one: itself, or what it was merged into.
    func living(_ id: String) -> PooledIdentity? {
        var found = identities[id]
        while let next = found?.successor { found = identities[next] }
        return found
    }
}
