// SPDX-License-Identifier: Apache-2.0

/// What each statement made of a request, for whoever asks why.
public struct PolicyTrace: Sendable {
    /// One statement's part.
    public struct Step: Sendable {
        /// Which statement.
        public let source: Decision.Source
        /// What the statement would do.
        public let effect: Statement.Effect
        /// What did not match, in words; nil where the statement speaks of the request.
        public let failed: String?
    }

    /// What came of it.
    public let decision: Decision
    /// Each statement, in the order in which the policies are asked.
    public let steps: [Step]
    /// Keys that the policies ask for and the request does not have, each once.
    public let missingKeys: [String]
}

extension PolicyLayers {
    /// The decision with all that led to it. Slower than `judge`, which gives the same decision.
    public func trace(_ request: PolicyRequest) -> PolicyTrace {
        var steps: [PolicyTrace.Step] = []
        var missing: [String] = []
        for (layer, set) in all {
            for (number, named) in set.policies.enumerated() {
                for (index, statement) in named.policy.statements.enumerated() {
                    let place = PolicySet.Place(policy: number, statement: index)
                    steps.append(
                        PolicyTrace.Step(
                            source: set.source(place, layer), effect: statement.effect,
                            failed: statement.failure(of: request)))
                    guard statement.speaksOf(request) else { continue }
                    for key in statement.conditions.flatMap({ [$0.key] + $0.keys.dropFirst() })
                    where request.keys.values(of: key.lowercased()) == nil && !missing.contains(key) {
                        missing.append(key)
                    }
                }
            }
        }
        return PolicyTrace(decision: judge(request), steps: steps, missingKeys: missing)
    }
}

extension PolicyLayers {
    /// Whether the organisation's own policies let a request pass.
    public func allowsByOrganization(_ request: PolicyRequest) -> Bool {
        (resourceControl + serviceControl).allSatisfy {
            $0.denial(request) == nil && $0.allowance(request) != nil
        }
    }
}

extension Statement {
    /// Whether action and resource are of those that it speaks of.
    func speaksOf(_ request: PolicyRequest) -> Bool {
        actions.matches(request.actionBytes, request.keys)
            && resources?.matches(request.resourceBytes, request.keys) ?? true
    }

    /// What of it does not match a request; nil where all of it does.
    func failure(of request: PolicyRequest) -> String? {
        if !actions.matches(request.actionBytes, request.keys) {
            return actions.failure("Action", request.action)
        }
        if let principals, principals.closeness(to: request.principal) == nil {
            let name = principals.isExcluding ? "NotPrincipal" : "Principal"
            return "\(name) does not speak of \(request.principal.arn ?? request.principal.kind.rawValue)"
        }
        if let resources, !resources.matches(request.resourceBytes, request.keys) {
            return resources.failure("Resource", request.resource)
        }
        guard let condition = conditions.first(where: { !$0.holds(request.keys) }) else { return nil }
        let values = request.keys.values(of: condition.key.lowercased())
        let came = values.map { $0.map { "\"\($0)\"" }.joined(separator: ", ") } ?? "no such key"
        let wanted = condition.texts.map { "\"\($0)\"" }.joined(separator: ", ")
        return "Condition \(condition.name) of \(condition.key) wants \(wanted); the request has \(came)"
    }
}

extension PatternList {
    fileprivate func failure(_ name: String, _ came: String) -> String {
        let texts = patterns.prefix(5).map(\.text).joined(separator: ", ")
        if isExcluding { return "Not\(name) excludes \(came)" }
        return "\(name) is \(texts)\(patterns.count > 5 ? ", …" : ""); asked was \(came)"
    }
}

extension Policy {
    /// The condition keys that the policy asks for, as written, each once, in order: those of its conditions and those
    /// of its variables, as GetContextKeysForCustomPolicy tells them.
    public var contextKeys: [String] {
        var keys: [String] = []
        var seen: Set<String> = []
        func add(_ key: String) {
            if seen.insert(key.lowercased()).inserted { keys.append(key) }
        }
        for statement in statements {
            for pattern in statement.resources?.patterns ?? [] { pattern.variables.forEach(add) }
            for condition in statement.conditions {
                add(condition.key)
                condition.keys.dropFirst().forEach(add)
            }
        }
        return keys
    }
}
