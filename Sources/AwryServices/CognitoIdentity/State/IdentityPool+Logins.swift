// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Whom logins lead to ("Identity pools authentication flow" of the Cognito Developer Guide).
extension IdentityPool {
    /// The identity that logins lead to. New ones are linked to it; where they are of several identities, those become
    /// one. Without `named` an identity may be made; one that is named must have one of the logins, unless it is a
    /// guest's.
    mutating func resolve(
        _ logins: [LinkedLogin], named: String? = nil, _ call: FakeCall, _ identifiers: inout IdentifierSource
    ) throws(WireError) -> String {
        var owned: [String] = []
        for login in logins {
            if let owner = owners[login], !owned.contains(owner) { owned.append(owner) }
        }
        var target = owned.first
        if let named, let identity = living(named) {
            if identities[named]?.isAuthenticated ?? false {
                guard owned.contains(identity.id) else { throw call.strangeLogins() }
                target = identity.id
            } else {
                target = owned.first ?? named
                if !owned.contains(named) { owned.append(named) }
            }
        }
        let absorbed = owned.filter { $0 != target }
        try check(logins + absorbed.flatMap { identities[$0]?.logins ?? [] }, joining: target, call)
        let found = target ?? makeIdentity(call, &identifiers)
        for source in absorbed { merge(source, into: found, call) }
        link(logins, to: found, call)
        return found
    }

    /// Refuses logins that an identity cannot have beside its own: of one public provider two people, or too many.
    func check(_ new: [LinkedLogin], joining target: String?, _ call: FakeCall) throws(WireError) {
        var all = target.flatMap { identities[$0]?.logins } ?? []
        for login in new where !all.contains(login) {
            if login.provider != developerProvider, all.contains(where: { $0.provider == login.provider }) {
                throw call.linkedElsewhere()
            }
            all.append(login)
        }
        guard all.count <= IdentityPoolLimits.loginsPerIdentity else { throw call.tooManyLogins() }
    }

    /// Refuses whoever names an identity and has no login, unless it is a guest's.
    func checkGuest(_ id: String, _ call: FakeCall) throws(WireError) {
        guard identities[id]?.isAuthenticated == false else { throw call.forbiddenIdentity(id) }
        guard allowsGuests else { throw call.noGuests() }
    }

    /// The developer's user whom a call names, as a login.
    func developerLogin(_ user: String, _ provider: String?, _ call: FakeCall) throws(WireError) -> LinkedLogin {
        guard let known = developerProvider, provider == nil || provider == known else {
            throw call.unknownDeveloper()
        }
        return LinkedLogin(provider: known, user: user)
    }
}
