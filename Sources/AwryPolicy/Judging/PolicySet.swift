// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Policies of one sort that hold together (an identity's, a bucket's): made once, asked often.
///
/// For each action that was asked the statements that speak of it are kept by what their resources begin with, so that
/// a call looks only at those that may match. One lock around that; nothing else changes.
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
    struct Place: Sendable, Hashable, Comparable {
        let policy: Int
        let statement: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.policy, left.statement) < (right.policy, right.statement)
        }
    }

    /// The statements that speak of one action.
    private final class Shelf: Sendable {
        let denying: PrefixTable
        let allowing: PrefixTable

        init(_ policies: [Named], action: [UInt8]) {
            var (denying, allowing): ([([UInt8], Place)], [([UInt8], Place)]) = ([], [])
            for (number, named) in policies.enumerated() {
                for (index, statement) in named.policy.statements.enumerated()
                where statement.actions.matches(action, GivenKeys()) {
                    let place = Place(policy: number, statement: index)
                    let entries = statement.resourcePrefixes.map { ($0, place) }
                    if statement.effect == .deny { denying += entries } else { allowing += entries }
                }
            }
            (self.denying, self.allowing) = (PrefixTable(denying), PrefixTable(allowing))
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
        let denying = shelf(request).denying
        if denying.isEmpty { return nil }
        return denying.places(of: request.resourceBytes).first { self[$0].applies(to: request) != nil }
    }

    /// The first statement that allows it.
    func allowance(_ request: PolicyRequest) -> Place? {
        shelf(request).allowing.places(of: request.resourceBytes).first { self[$0].applies(to: request) != nil }
    }

    /// The statement that allows it and names the caller most closely, and how closely that is.
    func closestAllowance(_ request: PolicyRequest) -> (place: Place, closeness: PrincipalList.Closeness)? {
        var closest: (place: Place, closeness: PrincipalList.Closeness)?
        for place in shelf(request).allowing.places(of: request.resourceBytes) {
            guard let closeness = self[place].applies(to: request) else { continue }
            if closest.map({ $0.closeness < closeness }) ?? true { closest = (place, closeness) }
            if closeness == .itself { break }
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
