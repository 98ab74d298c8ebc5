// SPDX-License-Identifier: Apache-2.0

/// Holds the gaps of calls against a rule set.
struct BackoffAudit {
    let calls: [SDKCall]
    let rules: RetryRuleSet
    private let measured: [(gap: SDKCall.Gap, seconds: Double, bound: GapBound)]

    init(_ calls: [SDKCall], by rules: RetryRuleSet) {
        self.calls = calls
        self.rules = rules
        measured = calls.flatMap(\.gaps).compactMap { gap in
            gap.seconds.map { (gap, $0, rules.bound(of: gap, lasting: $0)) }
        }
    }

    /// Whether there is a gap to be judged.
    var isEmpty: Bool { measured.isEmpty }

    /// What breaks the rule set: the gap that does so by most, and how gaps are too fast or too regular.
    var problems: [String] {
        let gaps = calls.flatMap(\.gaps)
        return [boundProblem, JitterTest(gaps, by: rules).problem(of: rules.name)].compactMap { $0 }
    }

    private var boundProblem: String? {
        let breaking = measured.filter { $0.bound.place(of: $0.seconds) != .within }
        guard let worst = breaking.max(by: { $0.bound.excess(of: $0.seconds) < $1.bound.excess(of: $1.seconds) }) else {
            return nil
        }
        let others = breaking.count > 1 ? " (and \(breaking.count - 1) more)" : ""
        let came = "\(worst.gap.place) came \(Figure.span(worst.seconds)) after \(worst.gap.before)"
        if worst.bound.place(of: worst.seconds) == .tooShort {
            let asked = worst.gap.earlier.askedWait.map { ", asked for \($0.text)" } ?? ""
            return "too early: \(came)\(asked); \(rules.name) waits \(Figure.span(worst.bound.least)) at least\(others)"
        }
        return "too late: \(came); \(rules.name) waits \(Figure.span(worst.bound.most)) at most\(others)"
    }

    /// The gap that comes nearest to the end of its bound, for people; nil where there is none.
    var closest: String? {
        let shares = measured.filter { $0.bound.most > 0 && $0.bound.most.isFinite }
        guard let closest = shares.max(by: { $0.seconds / $0.bound.most < $1.seconds / $1.bound.most }) else {
            return nil
        }
        return "the longest gap by its bound is \(Figure.span(closest.seconds)) of \(Figure.span(closest.bound.most)), "
            + closest.gap.place
    }

    /// The rule sets that calls fit: with gaps that can be judged, all of which are right.
    static func fits(_ calls: [SDKCall]) -> [String] {
        RetryRuleSet.all.filter { rules in
            let audit = BackoffAudit(calls, by: rules)
            return !audit.isEmpty && audit.problems.isEmpty
        }.map(\.name)
    }
}

extension SDKCall.Gap {
    /// `attempt 3 of call 7f…`.
    var place: String { "attempt \(later.attempt.number) of call \(later.attempt.call)" }

    /// `attempt 2 (400 ThrottlingException)`.
    var before: String { "attempt \(earlier.attempt.number) (\(earlier.answerText))" }
}

extension JournalEntry {
    /// `400 ThrottlingException`, `200`, `reset`, `nothing`.
    var answerText: String {
        guard let delivery else { return "under way" }
        if let fault { return fault }
        guard let status = delivery.status else { return delivery.bytes > 0 ? "no HTTP" : "nothing" }
        let error = delivery.error.map { " \($0)" } ?? ""
        return "\(status)\(error)\(delivery.isWhole ? "" : ", cut")"
    }
}

extension JournalEntry.AskedWait {
    /// `x-amz-retry-after: 2000`, `Retry-After: 2`, or both.
    var text: String {
        let texts = [
            milliseconds.map { "x-amz-retry-after: \($0)" }, seconds.map { "Retry-After: \($0)" },
        ]
        return texts.compactMap { $0 }.joined(separator: " and ")
    }

    /// In seconds, by the header that says it more exactly.
    var span: Double? { milliseconds.map { Double($0) / 1000 } ?? seconds.map { Double($0) } }
}
