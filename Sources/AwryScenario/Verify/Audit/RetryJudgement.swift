// SPDX-License-Identifier: Apache-2.0

/// What an expectation demands of the time between attempts: `backoff`, `gaps` and `obeys`.
struct RetryJudgement {
    /// What differs; nothing where all demands hold.
    private(set) var problems: [String] = []
    /// What is told beside that.
    private(set) var notes: [String] = []

    init(label: String, demands: Expectation.Demands, calls: [SDKCall]) {
        guard demands.backoff != nil || !demands.gaps.isEmpty || demands.obeysRetryAfter != nil, !calls.isEmpty else {
            return
        }
        let gaps = calls.flatMap(\.gaps)
        // What no gap shows must not pass.
        guard !gaps.isEmpty else {
            let text = "expected \(label) to be tried again, but no call of it made a second attempt"
            problems = [text + Self.followers(of: calls)]
            return
        }
        let obscure = gaps.filter { $0.obscurity != nil }
        if let first = obscure.first {
            let text =
                "\(obscure.count) of \(gaps.count) gaps of \(label) cannot be judged, such as that before "
                + "\(first.place): \(first.obscurity ?? "")"
            if obscure.count == gaps.count {
                problems = [text]
                return
            }
            notes.append(text)
        }
        let rules = demands.backoff.flatMap(RetryRuleSet.named)
        if let rules { judge(calls, by: rules, label: label) }
        if !demands.gaps.isEmpty { problems += SaidGapsAudit.problems(calls, demands.gaps) }
        if let isStrict = demands.obeysRetryAfter {
            let audit = RetryAfterAudit(calls, by: rules, isStrict: isStrict, label: label)
            problems += audit.problems
            notes += audit.notes
        }
    }

    /// How closely calls followed one another: a program that tries again by a loop of its own makes new calls, of
    /// whose spacing no rule set says anything.
    private static func followers(of calls: [SDKCall]) -> String {
        let gaps = zip(calls, calls.dropFirst()).compactMap { earlier, later -> Double? in
            guard earlier.outcome != "success", let end = earlier.attempts.last?.delivery?.finished,
                let start = later.attempts.first?.arrived, start >= end
            else { return nil }
            return Double(start - end) / 1e9
        }
        guard let least = gaps.min(), let most = gaps.max() else { return "" }
        return "; \(gaps.count) failed call\(gaps.count == 1 ? " was" : "s were") followed by another, after "
            + "\(Figure.span(least))\(gaps.count == 1 ? "" : " to " + Figure.span(most)): a loop of the program's own?"
    }

    private mutating func judge(_ calls: [SDKCall], by rules: RetryRuleSet, label: String) {
        let audit = BackoffAudit(calls, by: rules)
        let found = audit.problems
        guard !found.isEmpty else {
            if let closest = audit.closest { notes.append("\(label) backs off as \(rules.name): \(closest)") }
            notes += RetryQuotaAudit.notes(calls, by: rules)
            return
        }
        let fits = BackoffAudit.fits(calls)
        let nearest = fits.isEmpty ? "no rule set" : fits.joined(separator: ", ")
        problems += found.map { "expected \(label) to back off as \(rules.name); \($0); fits: \(nearest)" }
    }
}
