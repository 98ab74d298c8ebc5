// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Why a rule did or did not take a request.
public struct Explanation: Sendable {
    /// The rule, as it stands now.
    public var rule: RuleStatus
    /// What came of asking it.
    public var verdict: Verdict
    /// Which of the requests that the rule counts this was, from 1; nil where it was not counted.
    public var position: Int?
    /// The first condition that failed: `operation`, `params.StreamName`, `nth`; nil where none did.
    public var condition: String?
    /// What that condition wants.
    public var wanted: String?
    /// What the request had instead, where the journal knows it.
    public var came: String?

    /// What can come of asking a rule.
    public enum Verdict: String, Sendable {
        /// It gave the answer.
        case decided
        /// It fired without an outcome, and later rules were asked.
        case fired
        /// It fired, but the operation refused the request, so it has not.
        case refused
        /// A condition did not hold, and the rule counted nothing.
        case unmet
        /// The request was counted, but it was not one of those that the rule takes.
        case notSelected = "not selected"
        /// A rule before it had decided.
        case notAsked = "not asked"
        /// The rule came after the request.
        case later = "loaded later"
        /// Too many requests came since.
        case forgotten
    }

    /// As the control interface gives it.
    public var value: Value {
        var fields: Fields = ["rule": .string(rule.id), "verdict": .string(verdict.rawValue)]
        if let position { fields["position"] = .integer(Int64(position)) }
        if let condition { fields["condition"] = .string(condition) }
        if let wanted { fields["wanted"] = .string(wanted) }
        if let came { fields["came"] = .string(came) }
        fields["scenario"] = rule.scenario.map { .string($0) } ?? .null
        fields["match"] = .string(rule.match)
        fields["file"] = .string(rule.location.file)
        fields["line"] = .integer(Int64(rule.location.line))
        return .structure(fields)
    }
}

extension EngineState {
    /// For each rule, in the order in which they are asked, why it did or did not take a request of the journal.
    func explain(_ entry: JournalEntry) -> [Explanation] {
        let steps = trace.steps(entry.trace).map { Dictionary(grouping: $0, by: \.rule).compactMapValues(\.first) }
        return zip(statuses(), ([adHoc] + scenarios).flatMap(\.slots)).map { status, slot in
            let rule = slot.compiled
            var explanation = Explanation(rule: status, verdict: .notAsked)
            if !rule.rule.match.covers(service: entry.service, operation: entry.operation) {
                explanation.verdict = .unmet
                explanation.tell(.operation, of: rule.rule, entry)
            } else if let steps, let step = steps[rule.serial] {
                explanation.tell(step, of: rule.rule, entry)
            } else if steps == nil {
                explanation.verdict = .forgotten
            } else if entry.trace.rules < rule.serial {
                explanation.verdict = .later
            }
            return explanation
        }
    }
}

extension Explanation {
    fileprivate mutating func tell(_ step: TraceStep, of rule: Rule, _ entry: JournalEntry) {
        if step.position > 0 { position = step.position }
        switch step.result {
        case .fired where !entry.rules.contains(rule.id): verdict = .refused
        case .fired: verdict = entry.decidedBy == rule.id ? .decided : .fired
        case .notSelected: verdict = .notSelected
        case .unmet: verdict = .unmet
        }
        if let condition = step.condition { tell(condition, of: rule, entry) }
    }

    fileprivate mutating func tell(_ condition: Condition, of rule: Rule, _ entry: JournalEntry) {
        self.condition = condition.name(in: rule.match)
        wanted = condition.wanted(by: rule)
        came = condition.fact(in: entry, match: rule.match)
    }
}
