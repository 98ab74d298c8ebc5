// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// A session with credentials of its own.
struct IAMSession: Sendable {
    let principal: Principal
    let secret: String
    let token: String
    let begins: Timestamp
    let expires: Timestamp
    /// The role that it is of, where it is one's.
    var roleARN: String?
    /// The documents that narrow it.
    var policies: [String] = []
    /// The managed policies that narrow it.
    var policyARNs: [String] = []
    /// `aws:PrincipalTag/…` beside the role's own tags.
    var tags: Fields = [:]
    /// Which of its tags go on to sessions that it opens.
    var transitive: [String] = []
    var sourceIdentity: String?
    /// When its holder proved to have a device for one-time passwords; nil where that was not asked.
    var authenticatedByDevice: Timestamp?
    /// Who vouched for it: an OIDC provider, a SAML provider; `aws:FederatedProvider`.
    var federatedProvider: String?
    /// What that provider says of its holder, as conditions ask for it.
    var vouched = GivenKeys()
    /// The holder whose rights it has, where that is no role: a user's unique id, or the account's number.
    var holder: String?

    /// Whether IAM takes its key.
    fileprivate var isForIAM: Bool {
        switch principal.kind {
        case .user: authenticatedByDevice != nil
        // One of AssumeRoot has a task.
        case .root: authenticatedByDevice != nil || !policyARNs.isEmpty
        case .federatedUser: false
        case .assumedRole, .service: true
        }
    }
}

/// A session of a role that no call of STS asked for: of an instance, of a container, of a person who signed in.
public struct OutsideSession: Sendable {
    /// The role's account.
    public var account: String
    /// The role's name.
    public var role: String
    /// The session's name.
    public var name: String
    /// How long it lasts.
    public var lifetime: Duration

    /// A session of this role.
    public init(account: String, role: String, name: String, lifetime: Duration) {
        self.account = account
        self.role = role
        self.name = name
        self.lifetime = lifetime
    }
}

extension IAMAccount {
    private static let secretLetters: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// An id for a key that nobody has.
    mutating func keyID(_ prefix: String) -> String {
        while true {
            let id = AccessKeyID.text(prefix, account: self.id, mark: identifiers.mark, bits: identifiers.bits())
            if sessions[id] == nil, owner(ofKey: id) == nil { return id }
        }
    }

    /// A secret of 40 letters, as AWS's are.
    mutating func secret() -> String { identifiers.letters(40, of: Self.secretLetters) }

    /// Opens a session, whose principal gets its key id. Those that have ended for a day are forgotten.
    mutating func open(
        _ principal: Principal, lasting span: Duration, now: Timestamp, _ describe: (inout IAMSession) -> Void
    ) -> IssuedKey {
        if sessions.count % 256 == 255 { sessions = sessions.filter { $0.value.expires + .seconds(86_400) > now } }
        let id = keyID("ASIA")
        var principal = principal
        principal.accessKeyID = id
        var session = IAMSession(
            principal: principal, secret: secret(),
            token: "IQoJb3JpZ2luX2VjE" + identifiers.letters(283, of: Self.secretLetters), begins: now,
            expires: now + span)
        describe(&session)
        sessions[id] = session
        return issued(session, id)
    }

    private func issued(_ session: IAMSession, _ id: String) -> IssuedKey {
        IssuedKey(
            accessKeyID: id, secret: session.secret, sessionToken: session.token, expires: session.expires,
            isActive: true, takesEffect: session.begins,
            isForIAM: session.isForIAM, principal: session.principal)
    }

    /// The user whose key this is, or root; nil where it is nobody's.
    func owner(ofKey id: String) -> IAMUser? {
        keyHolders[id].flatMap { user(id: $0) }
    }

    /// A key that was given out.
    func key(_ id: String) -> IssuedKey? {
        if let session = sessions[id] { return issued(session, id) }
        guard let user = owner(ofKey: id), let key = user.keys.first(where: { $0.id == id }) else { return nil }
        var principal = principal(of: user)
        principal.accessKeyID = id
        return IssuedKey(
            accessKeyID: id, secret: key.secret, isActive: key.isActive, takesEffect: key.created,
            principal: principal)
    }

    /// A user, or root, as a caller.
    func principal(of user: IAMUser) -> Principal {
        if user.entity.id == id { return .root(of: id) }
        return Principal(
            kind: .user, account: id, arn: user.arn(in: id), userID: user.entity.id, userName: user.entity.name)
    }

    /// A session of a role as a caller; a role that nobody made has an id all the same.
    mutating func principal(role name: String, session: String) -> Principal {
        let known = roles[IAMRole.key(name)]
        let roleID = known?.entity.id ?? uniqueID("AROA")
        return Principal(
            kind: .assumedRole, account: id,
            arn: "arn:aws:sts::\(id):assumed-role/\(known?.entity.name ?? name)/\(session)",
            userID: "\(roleID):\(session)", sessionName: session)
    }
}

extension IAM {
    /// Notes that a service was called by a key of this principal's.
    mutating func noteUse(of principal: Principal, _ use: IAMLastUse, of service: String) {
        guard let keyID = principal.accessKeyID, let index = accounts.index(forKey: principal.account) else { return }
        var arn = principal.arn
        if !accounts.values[index].noteUse(ofKey: keyID, principal.userID, use, service),
            let role = session(keyID)?.roleARN, let name = role.split(separator: "/").last
        {
            accounts.values[index].roles[IAMRole.key(String(name))]?.lastUsed = (use.at, use.region)
            arn = role
        }
        accounts.values[index].lastUses[.init(arn: arn, service: service)] = use
    }

    /// Gives out a session's credentials that no call of STS asked for.
    mutating func issue(_ session: OutsideSession, at now: Timestamp) -> IssuedKey {
        let principal = self[session.account].principal(role: session.role, session: session.name)
        let role = accounts[session.account]?.roles[IAMRole.key(session.role)]
        let arn = role?.arn(in: session.account) ?? "arn:aws:iam::\(session.account):role/\(session.role)"
        return self[session.account].open(principal, lasting: session.lifetime, now: now) { $0.roleARN = arn }
    }
}

extension IAMAccount {
    /// Notes at a user's key that it was used; whether there is such a user. In place, for every call does it.
    fileprivate mutating func noteUse(
        ofKey key: String, _ userID: String, _ use: IAMLastUse, _ service: String
    ) -> Bool {
        if userID == id {
            root.noteUse(ofKey: key, use, service)
            return true
        }
        guard let name = userKeys[userID], let index = users.index(forKey: name) else { return false }
        users.values[index].noteUse(ofKey: key, use, service)
        return true
    }
}

extension IAMUser {
    fileprivate mutating func noteUse(ofKey key: String, _ use: IAMLastUse, _ service: String) {
        guard let index = keys.firstIndex(where: { $0.id == key }) else { return }
        keys[index].lastUse = (use.at, use.region, service)
    }
}
