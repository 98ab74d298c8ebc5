// SPDX-License-Identifier: Apache-2.0

/// Whom a statement of a resource's policy speaks of (IAM User Guide, "AWS JSON policy elements: Principal" and
/// "NotPrincipal").
struct PrincipalList: Sendable {
    /// One entry of the element.
    enum Entry: Sendable, Hashable {
        case everyone
        /// An account, by number or as its root's ARN: it may pass the right on to its identities.
        case account(String)
        /// A user, a role, a session or a federated user, by ARN.
        case arn(String)
        /// The unique id that stands where a deleted identity's ARN stood.
        case uniqueID(String)
        case service(String)
        case federated(String)
        case canonicalUser(String)
    }

    /// How a statement names the caller: the closer, the fewer other policies may stand in the way. From far to near.
    enum Closeness: Int, Comparable, Sendable {
        /// By its account.
        case account
        /// As one of all.
        case everyone
        /// The user; for a session the role it was made of, or the user.
        case identity
        /// The session itself, the service, or the federated identity.
        case itself

        static func < (left: Closeness, right: Closeness) -> Bool { left.rawValue < right.rawValue }
    }

    let entries: [Entry]
    let isExcluding: Bool

    /// How near the list comes to the caller; nil where it does not speak of it.
    func closeness(to caller: PolicyPrincipal) -> Closeness? {
        if isExcluding { return isExempt(caller) ? nil : .everyone }
        return entries.lazy.compactMap { closeness(of: $0, to: caller) }.max()
    }

    private func closeness(of entry: Entry, to caller: PolicyPrincipal) -> Closeness? {
        switch entry {
        case .everyone: return .everyone
        case .account(let account):
            guard account == caller.account, caller.isOfAccount else { return nil }
            return caller.kind == .root ? .identity : .account
        case .arn(let arn):
            if arn == caller.arn { return caller.kind.isSession ? .itself : .identity }
            return arn == caller.issuer ? .identity : nil
        case .uniqueID(let id): return id == caller.uniqueID ? .identity : nil
        case .service(let name): return caller.kind == .service && caller.name == name ? .itself : nil
        case .federated(let provider): return caller.kind == .federated && caller.name == provider ? .itself : nil
        case .canonicalUser(let id):
            guard let canonical = caller.canonicalUser, canonical == id else { return nil }
            return caller.kind == .root ? .identity : .account
        }
    }

    /// Whether `NotPrincipal` excepts the caller: its account must be named, and where identities of that account are
    /// named too, so must it, with its role if it is a role's session.
    private func isExempt(_ caller: PolicyPrincipal) -> Bool {
        let near = entries.compactMap { entry in closeness(of: entry, to: caller).map { (entry, $0) } }
        if near.contains(where: { $0.1 == .everyone }) { return true }
        guard caller.isOfAccount else { return !near.isEmpty }
        let named = entries.compactMap { if case .arn(let arn) = $0 { arn } else { nil } }
        let isAccountNamed = entries.contains(.account(caller.account ?? ""))
        guard named.contains(where: { PolicyPrincipal.account(of: $0) == caller.account }) else {
            return isAccountNamed
        }
        let isIssuerNamed = caller.issuer.map { named.contains($0) } ?? true
        return isAccountNamed && isIssuerNamed && caller.arn.map { named.contains($0) } == true
    }
}
