// SPDX-License-Identifier: Apache-2.0

/// A call's attempts drawn over time, for a terminal.
///
/// ```
/// kinesis.PutRecord  success after 1.61 s, 3 attempts, call 8c1e…
///   1  █·········                                  400 ProvisionedThroughputExceededException
///   2            █·················    +531 ms     400 ProvisionedThroughputExceededException
///   3                              ██  +1.02 s     200
///   fits: legacy, standard, standard-2026, adaptive
/// ```
public struct CallTimeline: Sendable {
    private let call: SDKCall
    private let width: Int

    /// The time line of a call, its bars at most so many columns wide.
    public init(_ call: SDKCall, width: Int = 40) {
        self.call = call
        self.width = max(width, 1)
    }

    /// The lines, each with its end: one that sums up, and where there was more than one attempt, one for each and
    /// one with the rule sets that the gaps fit.
    public func text(isJudged: Bool = true) -> String {
        var lines = [title]
        if call.attempts.count > 1 {
            lines += call.attempts.indices.map(line)
            if isJudged { lines.append("  " + verdict) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The time lines of a journal's calls that were tried again, at most so many, after an empty line; nothing where
    /// there is none.
    public static func retried(in journal: JournalSnapshot, most: Int = 20) -> String {
        let calls = SDKCall.calls(in: journal).filter { $0.attempts.count > 1 }
        if calls.isEmpty { return "" }
        let texts = calls.prefix(most).map { CallTimeline($0).text(isJudged: journal.dropped == 0) }
        let rest = calls.count > most ? "… and \(calls.count - most) more calls that were tried again\n" : ""
        return "\n" + texts.joined() + rest
    }

    private var title: String {
        let first = call.attempts.first
        let operation = [first?.service ?? "", first?.operation ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        let span = call.seconds.map { " after " + Figure.span($0) } ?? ""
        let count = call.attempts.count
        return "\(operation.isEmpty ? "?" : operation)  \(call.outcome ?? "under way")\(span), \(count) "
            + "attempt\(count == 1 ? "" : "s"), call \(call.name)"
    }

    private func line(_ index: Int) -> String {
        let attempt = call.attempts[index]
        let number = String(attempt.attempt.number)
        let padding = String(repeating: " ", count: max(0, 3 - number.count))
        let gap = index > 0 ? call.gaps[index - 1] : nil
        let wait = gap.map { $0.seconds.map { "+" + Figure.span($0) } ?? "+?" } ?? ""
        var line = padding + number + "  " + bar(index) + "  " + wait
        line += String(repeating: " ", count: max(0, 12 - wait.count)) + attempt.answerText
        if let asked = attempt.askedWait { line += ", asks \(asked.text)" }
        if let obscurity = gap?.obscurity { line += " (the gap is unknown: \(obscurity))" }
        return line
    }

    /// The answering as a block, and the wait for the next attempt as dots.
    private func bar(_ index: Int) -> String {
        let attempt = call.attempts[index]
        let next = index + 1 < call.attempts.count ? call.attempts[index + 1].arrived : nil
        let from = min(column(attempt.arrived), width - 1)
        let to = min(max(column(attempt.delivery?.finished ?? attempt.arrived), from), next.map(column) ?? width)
        let blocks = max(to - from, 1)
        let dots = max(0, (next.map(column) ?? 0) - from - blocks)
        let bar =
            String(repeating: " ", count: from) + String(repeating: "█", count: blocks)
            + String(repeating: "·", count: dots)
        return bar + String(repeating: " ", count: max(0, width - bar.count))
    }

    /// From 0 to `width`.
    private func column(_ moment: UInt64) -> Int {
        guard let start = call.attempts.first?.arrived, moment > start, let end = call.attempts.map(end).max() else {
            return 0
        }
        let share = Double(moment - start) / Double(max(end, moment) - start)
        return min(Int(share * Double(width)), width)
    }

    private func end(_ attempt: JournalEntry) -> UInt64 {
        max(attempt.delivery?.finished ?? attempt.arrived, attempt.arrived)
    }

    private var verdict: String {
        let fits = call.fits
        if !fits.isEmpty { return "fits: " + fits.joined(separator: ", ") }
        if call.gaps.allSatisfy({ $0.seconds == nil }) { return "no gap can be judged" }
        let nearest = RetryRuleSet.all.compactMap { BackoffAudit([call], by: $0).problems.first }.first
        return "fits no rule set" + (nearest.map { ": \($0)" } ?? "")
    }
}
