// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Policies of one sort that hold together (an identity's, a bucket's): made once, asked often.
///
/// For each action that was asked the statements that speak of it are kept, with what their resources begin with in one
/// row of bytes, so that a call looks closely only at those that may match. One lock around that; nothing else changes.
public final class PolicySet: Sendable {
    /// A policy and what it is called.
    public struct Named: Sendable {
        /// The ARN of a managed policy, the name of an inline one.
        public let name: String
        /// The policy.
        public let policy: Policy

        /// A policy of this name.
        public init(_ name: String, _ policy: Policy) {
            self.name = name
            self.policy = policy
        }
    }

    /// What is in it, in order.
    public let policies: [Named]
    private let index = Mutex<[String: Shelf]>([:])
    /// How many actions are kept; a service has no more.
    private static let kept = 512

    /// These policies.
    public init(_ policies: [Named]) {
        self.policies = policies
    }

    /// One policy.
    public convenience init(_ name: String, _ policy: Policy) {
        self.init([Named(name, policy)])
    }

    /// Which statement of which policy.
    struct Place: Sendable, Hashable {
        let policy: Int
        let statement: Int
    }

    /// A statement that may speak of a request, from where its resources' beginnings are kept.
    private struct Candidate {
        let place: Place
        let start: Int32
        let count: Int32
    }

    /// The statements that speak of one action.
    private final class Shelf: Sendable {
        let denying: [Candidate]
        let allowing: [Candidate]
        let prefixes: [UInt8]

        init(_ policies: [Named], action: [UInt8]) {
            var (denying, allowing): ([Candidate], [Candidate]) = ([], [])
            var prefixes: [UInt8] = []
            for (number, named) in policies.enumerated() {
                for (place, statement) in named.policy.statements.enumerated()
                where statement.actions.matches(action, GivenKeys()) {
                    for prefix in statement.resourcePrefixes {
                        let candidate = Candidate(
                            place: Place(policy: number, statement: place), start: Int32(clamping: prefixes.count),
                            count: Int32(clamping: prefix.count))
                        prefixes += prefix
                        if statement.effect == .deny { denying.append(candidate) } else { allowing.append(candidate) }
                    }
                }
            }
            (self.denying, self.allowing, self.prefixes) = (denying, allowing, prefixes)
        }

        /// The first of some candidates of whose statement something holds.
        func first(
            of candidates: [Candidate], resource: [UInt8], where holds: (Place) -> Bool
        ) -> Place? {
            prefixes.withUnsafeBytes { prefixes in
                resource.withUnsafeBytes { resource in
                    for candidate in candidates where Int(candidate.count) <= resource.count {
                        let count = Int(candidate.count)
                        if count > 0, let wanted = prefixes.baseAddress, let came = resource.baseAddress,
                            memcmp(wanted + Int(candidate.start), came, count) != 0
                        {
                            continue
                        }
                        if holds(candidate.place) { return candidate.place }
                    }
                    return nil
                }
            }
        }
    }

    private func shelf(_ request: PolicyRequest) -> Shelf {
        index.withLock { index in
            if let shelf = index[request.action] { return shelf }
            let shelf = Shelf(policies, action: request.actionBytes)
            if index.count >= Self.kept { index = [:] }
            index[request.action] = shelf
            return shelf
        }
    }

    subscript(_ place: Place) -> Statement { policies[place.policy].policy.statements[place.statement] }

    /// The first statement that denies the request.
    func denial(_ request: PolicyRequest) -> Place? {
        let shelf = shelf(request)
        if shelf.denying.isEmpty { return nil }
        return shelf.first(of: shelf.denying, resource: request.resourceBytes) {
            self[$0].applies(to: request) != nil
        }
    }

    /// The first statement that allows it.
    func allowance(_ request: PolicyRequest) -> Place? {
        let shelf = shelf(request)
        return shelf.first(of: shelf.allowing, resource: request.resourceBytes) {
            self[$0].applies(to: request) != nil
        }
    }

    /// The statement that allows it and names the caller most closely, and how closely that is.
    func closestAllowance(_ request: PolicyRequest) -> (place: Place, closeness: PrincipalList.Closeness)? {
        let shelf = shelf(request)
        var closest: (place: Place, closeness: PrincipalList.Closeness)?
        _ = shelf.first(of: shelf.allowing, resource: request.resourceBytes) { place in
            guard let closeness = self[place].applies(to: request) else { return false }
            if closest.map({ $0.closeness < closeness }) ?? true { closest = (place, closeness) }
            return closeness == .itself
        }
        return closest
    }
}

extension Statement {
    /// What the resources begin with of which it speaks; one empty beginning where that says nothing.
    fileprivate var resourcePrefixes: [[UInt8]] {
        guard let resources, !resources.isExcluding else { return [[]] }
        return resources.patterns.map(\.prefix)
    }

    /// How closely it names the caller of a request that it speaks of; nil where it does not. Without principals the
    /// caller is whoever holds the policy. The action has been looked at.
    func applies(to request: PolicyRequest) -> PrincipalList.Closeness? {
        var closeness = PrincipalList.Closeness.itself
        if let principals {
            guard let named = principals.closeness(to: request.principal) else { return nil }
            closeness = named
        }
        if let resources, !resources.matches(request.resourceBytes, request.keys) { return nil }
        return conditions.allSatisfy { $0.holds(request.keys) } ? closeness : nil
    }
}
