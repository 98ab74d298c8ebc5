// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Looks at the rules of a scenario together: what can never fire, and which state nothing reaches.
enum RuleChecks {
    /// The state in which a scenario starts.
    static let start = "start"

    static func check(_ rules: [Rule], _ facts: [RuleFacts], _ report: Report) {
        states(rules, facts, report)
        // Quadratic in the rules, of which nobody writes so many by hand.
        guard rules.count <= 1000 else { return }
        let takers = rules.indices.filter { rules[$0].outcome != nil && rules[$0].selection.takesEverything }
        for index in rules.indices {
            guard
                let earlier = takers.prefix(while: { $0 < index }).first(where: {
                    covers(rules[$0], facts[$0], rules[index], facts[index])
                })
            else {
                continue
            }
            let rule = rules[earlier]
            report.warning(
                rules[index].location,
                "this rule can never fire: `\(rule.id)` on line \(rule.location.line) takes all that it matches"
            )
        }
    }

    private static func states(_ rules: [Rule], _ facts: [RuleFacts], _ report: Report) {
        let reached = [start] + rules.compactMap(\.selection.become)
        for (rule, fact) in zip(rules, facts) {
            guard let state = rule.selection.state, let location = fact.stateLocation, !reached.contains(state) else {
                continue
            }
            report.warning(
                location,
                "no rule moves the scenario to the state `\(state)`"
                    + Words.question(for: state, among: reached, orAll: "there are the states"))
        }
    }

    /// Whether an earlier rule decides every request that a later one could.
    private static func covers(_ earlier: Rule, _ first: RuleFacts, _ later: Rule, _ second: RuleFacts) -> Bool {
        guard earlier.outcome != nil, earlier.selection.takesEverything, !earlier.outcome.isSpent else { return false }
        if !first.matchText.isEmpty, first.matchText == second.matchText { return true }
        guard earlier.match.isOnlyOperations, !later.match.operations.isEmpty else { return false }
        if earlier.match.operations.isEmpty { return true }
        return later.match.operations.allSatisfy { wanted in
            earlier.match.operations.contains {
                covers($0.service, wanted.service) && covers($0.operation, wanted.operation)
            }
        }
    }

    private static func covers(_ glob: Glob, _ other: Glob) -> Bool {
        if glob.matchesAll || glob == other { return true }
        return other.literal.map { glob.matches($0) } ?? false
    }
}

extension Selection {
    /// Whether it takes every request that matches, at any time.
    fileprivate var takesEverything: Bool {
        times == nil && nth == nil && every == nil && attempts == nil && (probability == nil || probability == 1)
            && after == nil && until == nil && above == nil && state == nil
    }
}

extension Match {
    /// Whether it looks at nothing but service and operation.
    fileprivate var isOnlyOperations: Bool {
        params.isEmpty && headers.isEmpty && region == nil && account == nil && accessKey == nil && principal == nil
            && userAgent == nil && method == nil && path == nil && host == nil && body == nil
    }
}

extension Outcome? {
    /// Whether the outcome gives out after a while, and lets later rules decide.
    fileprivate var isSpent: Bool {
        guard case .sequence(let sequence) = self else { return false }
        return sequence.then == .next || sequence.steps.contains { $0.outcome == nil }
    }
}
