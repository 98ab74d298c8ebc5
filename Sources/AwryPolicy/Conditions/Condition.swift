// SPDX-License-Identifier: Apache-2.0

/// One line of a statement's `Condition`: an operator, a key, and the values of which one must hold.
struct Condition: Sendable {
    /// How several values of a request are taken (IAM User Guide, "Set operators for multivalued context keys").
    enum SetOperator: String, Sendable {
        case forAllValues = "ForAllValues:"
        case forAnyValue = "ForAnyValue:"
    }

    /// The operator as written: `ForAnyValue:StringLikeIfExists`.
    let name: String
    /// The key as written.
    let key: String
    private let folded: String
    private let comparison: Comparison
    private let isNegated: Bool
    private let isIfExists: Bool
    private let set: SetOperator?
    private let wanted: [Wanted]
    /// The values as written.
    let texts: [String]

    /// Nil where no operator has that name.
    init?(_ name: String, key: String, _ texts: [String], _ version: Policy.Version) {
        var rest = name[...]
        let set = [SetOperator.forAllValues, .forAnyValue].first { rest.hasPrefix($0.rawValue) }
        rest = rest.dropFirst(set?.rawValue.count ?? 0)
        let isIfExists = rest.hasSuffix("IfExists")
        if isIfExists { rest = rest.dropLast("IfExists".count) }
        let negated = Comparison.negated[String(rest)]
        guard let comparison = negated ?? Comparison(rawValue: String(rest)) else { return nil }
        // Whether a key is there is no question of how it is.
        guard comparison != .null || (set == nil && !isIfExists) else { return nil }
        self.name = name
        self.key = key
        folded = key.lowercased()
        self.comparison = comparison
        isNegated = negated != nil
        self.isIfExists = isIfExists
        self.set = set
        wanted = texts.map { Wanted($0, for: comparison, version) }
        self.texts = texts
    }

    /// The operators' names, for messages that say which is near.
    static let operators = Comparison.allCases.map(\.rawValue) + Comparison.negated.keys.sorted()

    /// Whether the request meets it.
    func holds(_ keys: any ConditionKeys) -> Bool {
        let values = keys.values(of: folded)
        if comparison == .null {
            return wanted.contains { $0.accepts(values == nil ? "true" : "false", by: .null, keys) }
        }
        guard let values, !values.isEmpty else { return holdsWithoutValue(isKeyThere: values != nil) }
        switch set {
        case .forAllValues: return values.allSatisfy { holds($0, keys) }
        case .forAnyValue: return values.contains { holds($0, keys) }
        // A key of several values, asked without saying how: one must be like it; none, where it must not be.
        case nil: return isNegated ? values.allSatisfy { holds($0, keys) } : values.contains { holds($0, keys) }
        }
    }

    private func holdsWithoutValue(isKeyThere: Bool) -> Bool {
        if isIfExists, !isKeyThere { return true }
        switch set {
        case .forAllValues: return true
        case .forAnyValue: return false
        // What is not there is not like anything.
        case nil: return isNegated
        }
    }

    private func holds(_ value: String, _ keys: any ConditionKeys) -> Bool {
        wanted.contains { $0.accepts(value, by: comparison, keys) } != isNegated
    }

    /// The keys that judging it may ask for, in lower case, its own first.
    var keys: [String] { [folded] + wanted.flatMap(\.variables) }
}
