// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy
import Synchronization

/// Policies that were read, so that a call finds its caller's and its resource's ready. One lock around tables of
/// bounded size.
final class PolicyShelf: Sendable {
    /// A caller's, as they were at one state of IAM. An object, because every call that is judged is handed it.
    final class Held: Sendable {
        let version: UInt64
        let rights: HeldRights
        let layers: PolicyLayers

        init(version: UInt64, rights: HeldRights, layers: PolicyLayers) {
            self.version = version
            self.rights = rights
            self.layers = layers
        }
    }

    private struct Tables {
        var callers: [String: Held] = [:]
        var documents: [String: PolicySet] = [:]
        var organization: OrganizationControl?
    }

    private static let most = 1024
    private let tables = Mutex(Tables())

    /// What was kept of a caller, if IAM has not changed since, nor a change taken effect.
    func held(_ caller: String, _ version: UInt64, at now: Timestamp) -> Held? {
        guard let held = tables.withLock({ $0.callers[caller] }), held.version == version else { return nil }
        return held.rights.until.map { now >= $0 } ?? false ? nil : held
    }

    /// What the organisation of the accounts says; nil where they are in none.
    var organization: OrganizationControl? { tables.withLock { $0.organization } }

    /// Lets an organisation govern the accounts, or none.
    func govern(by organization: OrganizationPolicies?) {
        let control = organization.map { OrganizationControl($0) }
        tables.withLock { $0.organization = control }
    }

    /// Keeps what there is of a caller.
    func keep(_ held: Held, of caller: String) {
        tables.withLock { tables in
            if tables.callers.count >= Self.most { tables.callers = [:] }
            tables.callers[caller] = held
        }
    }

    /// Documents as one set. What does not read as a policy says nothing: whoever kept it had checked it.
    func set(_ documents: [HeldRights.Document]) -> PolicySet {
        let name = documents.count == 1 ? documents[0].text : documents.map(\.text).joined(separator: "\n")
        if let set = tables.withLock({ $0.documents[name] }) { return set }
        let set = PolicySet(
            documents.compactMap { document in
                (try? Policy(document.text, as: .any)).map { PolicySet.Named(document.name, $0) }
            })
        tables.withLock { tables in
            if tables.documents.count >= Self.most { tables.documents = [:] }
            tables.documents[name] = set
        }
        return set
    }
}
