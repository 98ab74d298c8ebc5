// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// IAM and STS: who there is in the accounts of one sandbox, and the sessions they hold. One state, since STS gives out
/// what IAM's roles and users allow.
///
/// Its operations are extensions, a file for each noun, which supply the properties of `IAMOperations` and of
/// `STSOperations`. All but a few work on one account: `on` gives it to them.
struct IAM: FakeService, IAMOperations, STSOperations {
    static let name = "iam"
    static let names = ["iam", "sts"]

    let identifiers: IdentifierSource
    var accounts: [String: IAMAccount] = [:]
    /// How long a change takes at most until it has an effect, where the scenario says so.
    private(set) var propagation = Duration.zero
    /// The accounts before the call that is carried out, where changes are late.
    private(set) var before: [String: IAMAccount] = [:]
    var lateChanges = LateChanges()
    /// What binds the accounts, where they are in an organisation.
    private(set) var organization: OrganizationControl?

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
    }

    static func handler(_ operation: String) -> Handler? {
        iamHandler(operation) ?? stsHandler(operation)
    }

    mutating func configure(_ options: WorldOptions) {
        propagation = options.propagation
        organization = options.organization.map { OrganizationControl($0) }
    }

    mutating func advance(to now: Timestamp) {
        if propagation > .zero { before = accounts }
    }

    mutating func takeWakes() -> [Wake] { [] }

    var contradiction: String? {
        for account in accounts.values {
            if let found = account.contradiction { return "\(account.id): \(found)" }
        }
        return nil
    }
}

extension IAM {
    /// What an operation does in the caller's account.
    typealias AccountWork = @Sendable (inout IAMAccount, FakeCall) throws(WireError) -> Fields

    /// A handler that works in the caller's account.
    static func on(_ work: @escaping AccountWork) -> Handler {
        { (state, call) throws(WireError) in
            .output(try work(&state[call.place.account], call))
        }
    }

    /// An account; one of which nobody has heard yet is empty.
    subscript(id: String) -> IAMAccount {
        get { accounts[id] ?? IAMAccount(id, identifiers.part(id)) }
        _modify {
            let source = identifiers
            yield &accounts[id, default: IAMAccount(id, source.part(id))]
        }
    }

    /// The key of this id, if it was given out here.
    func key(_ accessKeyID: String) -> IssuedKey? {
        guard let id = AccessKeyID.account(of: accessKeyID) else { return nil }
        guard var key = accounts[id]?.key(accessKeyID) else { return nil }
        if key.sessionToken == nil { key.takesEffect = effect(of: accessKeyID, at: key.takesEffect) }
        return key
    }

    /// When something that was changed then has an effect: after half the scenario's time at least, and by the seed.
    func effect(of name: String, at moment: Timestamp) -> Timestamp {
        guard propagation > .zero else { return moment }
        var source = identifiers.part(name)
        let share = 0.5 + Double(source.bits() >> 11) / Double(1 << 54)
        return moment + propagation * share
    }

    /// The session of a temporary key; nil for any other.
    func session(_ accessKeyID: String?) -> IAMSession? {
        guard let accessKeyID, let id = AccessKeyID.account(of: accessKeyID) else { return nil }
        return accounts[id]?.sessions[accessKeyID]
    }
}
