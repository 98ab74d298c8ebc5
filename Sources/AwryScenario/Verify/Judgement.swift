// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One expectation's demands, held against the requests that it is about.
struct Judgement {
    let label: String
    let demands: Expectation.Demands
    private let sighting: Sighting
    private let calls: [SDKCall]
    /// What differs; nothing where all demands hold.
    private(set) var problems: [String] = []
    /// What is told beside that.
    private(set) var notes: [String] = []

    init(
        label: String, match: Match, demands: Expectation.Demands, entries: [JournalEntry], among arrivals: Arrivals
    ) {
        self.label = label
        self.demands = demands
        sighting = Sighting(of: match, in: entries)
        calls = SDKCall.calls(sighting.requests, among: arrivals)
        if let problem = sighting.uncertainty {
            problems = [problem]
            return
        }
        problems = counted
        let retries = RetryJudgement(label: label, demands: demands, calls: calls)
        problems += retries.problems
        notes = retries.notes
    }

    /// What differs in numbers and ends.
    private var counted: [String] {
        var problems = [
            demands.count.flatMap { problem(with: $0, seen: sighting.requests.count, noun: "request") },
            demands.calls.flatMap { problem(with: $0, seen: calls.count, noun: "call") },
        ].compactMap { $0 }
        if calls.isEmpty, demands.count == nil, demands.calls == nil {
            problems.append("expected \(label) to be called, saw no request\(sighting.nearest)")
        }
        for problem in [attemptsProblem, endsProblem, withinProblem] { problems += Self.shortened(calls, problem) }
        return problems
    }

    /// The problems of the first calls that have one, and how many more there are.
    private static func shortened(_ calls: [SDKCall], _ problem: (SDKCall) -> String?) -> [String] {
        let all = calls.lazy.compactMap(problem)
        let rest = all.dropFirst(mostTold).count
        return all.prefix(mostTold) + (rest > 0 ? ["… and the same of \(rest) more call\(rest == 1 ? "" : "s")"] : [])
    }

    private static let mostTold = 10

    private func problem(with range: Expectation.CountRange, seen: Int, noun: String) -> String? {
        if range.contains(seen) { return nil }
        let nearest = seen < range.least ? sighting.nearest : ""
        return "expected \(range.text) \(noun)\(range.isOne ? "" : "s") of \(label), saw \(seen)\(nearest)"
    }

    private func attemptsProblem(_ call: SDKCall) -> String? {
        guard let range = demands.attempts, !range.contains(call.attempts.count) else { return nil }
        let noun = range.isOne ? "attempt" : "attempts"
        let last = call.attempts.last.map { "; the last got \($0.answerText)" } ?? ""
        return "expected \(range.text) \(noun) of each call of \(label), call \(call.name) made "
            + "\(call.attempts.count)\(last)"
    }

    private func endsProblem(_ call: SDKCall) -> String? {
        guard let wanted = demands.ends, let last = call.attempts.last else { return nil }
        guard let got = call.outcome else {
            return "expected \(label) to end with \(wanted), call \(call.name) is still under way"
        }
        return got == wanted
            ? nil
            : "expected \(label) to end with \(wanted), call \(call.name) ended with \(got) at attempt "
                + "\(last.attempt.number)"
    }

    private func withinProblem(_ call: SDKCall) -> String? {
        guard let bound = demands.within else { return nil }
        guard let seconds = call.seconds else {
            return "expected \(label) within \(Figure.span(bound.inSeconds)), call \(call.name) is still under way"
        }
        guard seconds > bound.inSeconds else { return nil }
        let over = call.attempts.first { attempt in
            guard let first = call.attempts.first, let delivery = attempt.delivery else { return false }
            return Double(delivery.finished) - Double(first.arrived) > bound.inSeconds * 1e9
        }
        let during = over.map { ": the time was up before the end of attempt \($0.attempt.number)" } ?? ""
        return "expected \(label) within \(Figure.span(bound.inSeconds)), call \(call.name) took "
            + "\(Figure.span(seconds))\(during)"
    }
}

extension Expectation.CountRange {
    fileprivate func contains(_ number: Int) -> Bool {
        number >= least && most.map { number <= $0 } ?? true
    }

    /// Whether what is counted stands in the singular.
    fileprivate var isOne: Bool { least == 1 && (most ?? 1) == 1 }

    /// `3`, `2 to 4`, `at least 2`.
    fileprivate var text: String {
        guard let most else { return "at least \(least)" }
        return least == most ? "\(least)" : "\(least) to \(most)"
    }
}
