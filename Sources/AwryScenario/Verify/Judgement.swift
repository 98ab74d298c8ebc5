// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One expectation's demands, held against the requests that it is about.
struct Judgement {
    let label: String
    let demands: Expectation.Demands
    private let sighting: Sighting
    private let calls: [(call: String, requests: [JournalEntry])]

    init(label: String, match: Match, demands: Expectation.Demands, entries: [JournalEntry]) {
        self.label = label
        self.demands = demands
        sighting = Sighting(of: match, in: entries)
        calls = sighting.calls.map { ($0.key, $0.value) }
    }

    /// What differs; nothing where all demands hold.
    var problems: [String] {
        if let problem = sighting.uncertainty { return [problem] }
        var problems = [
            demands.count.flatMap { problem(with: $0, seen: sighting.requests.count, noun: "request") },
            demands.calls.flatMap { problem(with: $0, seen: calls.count, noun: "call") },
        ].compactMap { $0 }
        if calls.isEmpty, demands.count == nil, demands.calls == nil {
            problems.append("expected \(label) to be called, saw no request\(sighting.nearest)")
        }
        for (name, requests) in calls {
            problems += [
                attemptsProblem(requests, of: name), endsProblem(requests, of: name), withinProblem(requests, of: name),
            ].compactMap { $0 }
        }
        return problems + unjudged
    }

    private func problem(with range: Expectation.CountRange, seen: Int, noun: String) -> String? {
        if range.contains(seen) { return nil }
        let nearest = seen < range.least ? sighting.nearest : ""
        return "expected \(range.text) \(noun)\(range.isOne ? "" : "s") of \(label), saw \(seen)\(nearest)"
    }

    private func attemptsProblem(_ requests: [JournalEntry], of call: String) -> String? {
        guard let range = demands.attempts, !range.contains(requests.count) else { return nil }
        let noun = range.isOne ? "attempt" : "attempts"
        return "expected \(range.text) \(noun) of each call of \(label), call \(call) made \(requests.count)"
    }

    private func endsProblem(_ requests: [JournalEntry], of call: String) -> String? {
        guard let wanted = demands.ends, let last = requests.last else { return nil }
        guard let delivery = last.delivery else {
            return "expected \(label) to end with \(wanted), call \(call) is still under way"
        }
        let got = last.fault == nil ? delivery.outcome : "connection"
        return got == wanted ? nil : "expected \(label) to end with \(wanted), call \(call) ended with \(got)"
    }

    private func withinProblem(_ requests: [JournalEntry], of call: String) -> String? {
        guard let bound = demands.within, let first = requests.first else { return nil }
        var finished: UInt64 = 0
        for request in requests {
            guard let delivery = request.delivery else {
                return "expected \(label) within \(bound.shortText), call \(call) is still under way"
            }
            finished = max(finished, delivery.finished)
        }
        let span = Duration.nanoseconds(Int64(clamping: finished > first.arrived ? finished - first.arrived : 0))
        return span <= bound
            ? nil : "expected \(label) within \(bound.shortText), call \(call) took \(span.shortText)"
    }

    /// What cannot be judged must not pass.
    private var unjudged: [String] {
        var names: [String] = []
        if demands.backoff != nil { names.append("backoff") }
        if !demands.gaps.isEmpty { names.append("gaps") }
        if demands.obeysRetryAfter != nil { names.append("obeys") }
        return names.map { "`\($0)` of \(label) is not judged yet" }
    }
}

extension JournalEntry.Delivery {
    /// `success`, `connection` (nothing came, or not all of it), or the error's code.
    fileprivate var outcome: String {
        guard isWhole, let status else { return "connection" }
        if let error { return error }
        return status < 400 ? "success" : "\(status)"
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

extension Duration {
    /// `1.25 s`, `200 ms`.
    fileprivate var shortText: String {
        let millis = inMillisecondsRoundedUp
        if millis < 1000 { return "\(millis) ms" }
        let seconds = Double(millis) / 1000
        return seconds.rounded() == seconds ? "\(millis / 1000) s" : "\(seconds) s"
    }
}
