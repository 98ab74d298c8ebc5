// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// What IAM has of a caller: its policies as written, and what conditions may ask of it.
struct HeldRights: Sendable {
    typealias Document = (name: String, text: String)

    var principal = PolicyPrincipal.anonymous
    var identity: [Document] = []
    /// Nil where there is no boundary.
    var boundary: [Document]?
    /// Nil where no policy narrows the session.
    var session: [Document]?
    var tags: Fields = [:]
    var name: String?
    var sourceIdentity: String?
    var federatedProvider: String?
    var issued: Timestamp?
    var authenticatedByDevice: Timestamp?
    var isSession = false
    /// What the provider of the session's holder says of it: `cognito-identity.amazonaws.com:sub`, `saml:iss`.
    var vouched = GivenKeys()
    /// Until when it stays so, if a change waits to take effect.
    var until: Timestamp?
}

extension IAM {
    /// What a caller may do by its own policies.
    func rights(of principal: Principal?, at now: Timestamp) -> HeldRights {
        var held = HeldRights()
        guard let principal else { return held }
        let former = lateChanges.former(principal.account, at: now)
        let account = former.map(\.account) ?? accounts[principal.account]
        held.until = former?.until
        let session = session(principal.accessKeyID)
        held.name = principal.userName
        held.isSession = session != nil
        if let session, let account { account.describe(session, &held) }
        let canonical = S3Owner(account: principal.account).id
        func named(_ kind: PolicyPrincipal.Kind, issuer: String? = nil) -> PolicyPrincipal {
            PolicyPrincipal(
                kind, account: principal.account, arn: principal.arn, issuer: issuer, uniqueID: principal.userID,
                canonicalUser: canonical)
        }
        switch principal.kind {
        case .root: held.principal = named(.root)
        case .service: held.principal = .service(principal.arn)
        case .user:
            held.principal = named(.user)
            if let user = account?.users.values.first(where: { $0.entity.id == principal.userID }) {
                account?.collect(user, &held)
            }
        case .assumedRole:
            let role = session?.roleARN ?? ""
            held.principal = named(.roleSession, issuer: role)
            let name = role.split(separator: "/").last.map(String.init) ?? ""
            guard let role = account?.roles[IAMRole.key(name)] else { break }
            account?.collect(role.permissions, &held)
            held.inherit(role.entity.tags)
        case .federatedUser:
            let user = session?.holder.flatMap { holder in account?.users.values.first { $0.entity.id == holder } }
            held.principal = named(.federatedUser, issuer: user?.arn(in: principal.account))
            if let user { account?.collect(user, &held) }
            if session?.holder == principal.account { held.identity = [("root", HeldRights.everything)] }
            // Without a policy of its own such a session may do nothing.
            held.session = held.session ?? []
        }
        return held
    }
}

extension HeldRights {
    /// Takes the tags of what stands behind a session; the session's own go before them.
    fileprivate mutating func inherit(_ inherited: Fields) {
        for (name, value) in inherited { tags.setDefault(name, value) }
    }

    /// What an account's root may do.
    fileprivate static let everything =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"
}

extension IAMAccount {
    fileprivate func describe(_ session: IAMSession, _ held: inout HeldRights) {
        held.tags = session.tags
        held.sourceIdentity = session.sourceIdentity
        held.federatedProvider = session.federatedProvider
        held.vouched = session.vouched
        held.issued = session.begins
        held.authenticatedByDevice = session.authenticatedByDevice
        guard !session.policies.isEmpty || !session.policyARNs.isEmpty else { return }
        held.session = session.policies.map { ("session policy", $0) } + documents(session.policyARNs)
    }

    func collect(_ user: IAMUser, _ held: inout HeldRights) {
        collect(user.permissions, &held)
        for group in groups.values.sorted(by: { $0.entity.name < $1.entity.name })
        where group.members.contains(user.entity.id) {
            held.identity += inline(group.permissions) + documents(group.permissions.attached)
        }
        held.inherit(user.entity.tags)
    }

    func collect(_ permissions: HeldPolicies, _ held: inout HeldRights) {
        held.identity += inline(permissions) + documents(permissions.attached)
        if let boundary = permissions.boundary { held.boundary = documents([boundary]) }
    }

    private func inline(_ permissions: HeldPolicies) -> [HeldRights.Document] {
        permissions.inline.compactMap { name, value in value.string.map { (name, $0) } }
    }

    private func documents(_ arns: [String]) -> [HeldRights.Document] {
        arns.compactMap { arn in policy(arn).map { (arn, $0.document) } }
    }
}
