// SPDX-License-Identifier: Apache-2.0

import AwryCore
import OrderedCollections

/// What a program asked its SDK for once: the attempts that the journal holds of it, and the time between them.
public struct SDKCall: Sendable {
    /// The call's name: the SDK's invocation id, or one made up.
    public let name: String
    /// At least one, in the order of their arrival.
    public let attempts: [JournalEntry]
    /// The time before each attempt but the first.
    public let gaps: [Gap]

    /// The time from the end of an attempt's answer to the arrival of the next attempt, by the monotonic clock.
    ///
    /// The end is read just before the last byte is handed over, and the arrival when the head's first bytes were seen:
    /// the client's wait lies wholly between them, so a gap is never shorter than the wait. It is longer by what the
    /// client's own work and the scheduling of two processes take. So lower bounds are judged as they are, and upper
    /// ones with an allowance.
    public struct Gap: Sendable {
        /// The attempt before.
        public let earlier: JournalEntry
        /// The attempt after.
        public let later: JournalEntry
        /// Which retry of its call it precedes, from 1 up.
        public let retry: Int
        /// In seconds; nil where the journal cannot tell it.
        public let seconds: Double?
        /// Why it cannot be told.
        public let obscurity: String?
        /// How many requests to the same service came in between.
        public let passedBy: Int
        /// Why the client tried again.
        let cause: RetryCause
    }

    /// The calls in a journal, in the order of their first attempts.
    public static func calls(in journal: JournalSnapshot) -> [SDKCall] {
        calls(journal.entries, among: Arrivals(journal.entries))
    }

    /// The calls that these requests are, among all that arrived.
    static func calls(_ entries: [JournalEntry], among arrivals: Arrivals) -> [SDKCall] {
        OrderedDictionary(grouping: entries, by: \.attempt.call).map { SDKCall($0, $1, arrivals) }
    }

    private init(_ name: String, _ entries: [JournalEntry], _ arrivals: Arrivals) {
        self.name = name
        // The journal is in the order of decisions; bodies may overtake each other.
        attempts = entries.sorted { ($0.arrived, $0.sequence) < ($1.arrived, $1.sequence) }
        gaps = zip(attempts, attempts.dropFirst()).enumerated().map { position, pair in
            Gap(pair.0, pair.1, position: position + 1, arrivals)
        }
    }
}

extension SDKCall.Gap {
    fileprivate init(_ earlier: JournalEntry, _ later: JournalEntry, position: Int, _ arrivals: Arrivals) {
        self.earlier = earlier
        self.later = later
        let step = later.attempt.number - earlier.attempt.number
        // Clients that do not count say the same number each time.
        retry = step == 1 ? max(earlier.attempt.number, 1) : position
        cause = RetryCause(earlier)
        let end = earlier.delivery?.finished
        obscurity = Self.obscurity(earlier, later, step: step)
        let start = min(end ?? earlier.arrived, later.arrived)
        seconds = obscurity == nil ? Double(later.arrived - start) / 1e9 : nil
        passedBy = arrivals.count(of: later.service, after: start, before: later.arrived)
    }

    private static func obscurity(_ earlier: JournalEntry, _ later: JournalEntry, step: Int) -> String? {
        if step > 1 { return "\(step - 1) attempt\(step == 2 ? "" : "s") in between did not arrive" }
        guard let delivery = earlier.delivery else { return "the answer before it is still under way" }
        if let fault = earlier.fault, FaultKind.named(fault)?.endsInSilence == true {
            return "the client's own time-out is part of it (\(fault))"
        }
        if !delivery.isWhole, delivery.finished > later.arrived { return "the client gave up the answer before it" }
        return nil
    }
}

/// When the requests to each service came.
struct Arrivals: Sendable {
    private var moments: [String: [UInt64]] = [:]

    init(_ entries: [JournalEntry]) {
        for entry in entries { moments[entry.service, default: []].append(entry.arrived) }
        for service in moments.keys { moments[service]?.sort() }
    }

    /// How many came to a service between two moments.
    func count(of service: String, after start: UInt64, before end: UInt64) -> Int {
        guard let moments = moments[service] else { return 0 }
        return max(0, Self.index(of: end, in: moments) - Self.index(of: start &+ 1, in: moments))
    }

    /// The position of the first that is not before `moment`.
    private static func index(of moment: UInt64, in moments: [UInt64]) -> Int {
        var (low, high) = (0, moments.count)
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SDKCall {
    /// The last attempt's end: `success`, `connection` (nothing came, or not all of it) or an error's code; nil while
    /// the answer is under way.
    public var outcome: String? {
        guard let last = attempts.last, let delivery = last.delivery else { return nil }
        return last.fault == nil ? delivery.outcome : "connection"
    }

    /// From the first attempt's arrival to the last byte answered, in seconds; nil while an answer is under way.
    public var seconds: Double? {
        guard let first = attempts.first, attempts.allSatisfy({ $0.delivery != nil }) else { return nil }
        let end = attempts.compactMap(\.delivery?.finished).max() ?? first.arrived
        return Double(max(end, first.arrived) - first.arrived) / 1e9
    }
}

extension JournalEntry.Delivery {
    /// `success`, `connection` (nothing came, or not all of it), or the error's code.
    var outcome: String {
        guard isWhole, let status else { return "connection" }
        if let error { return error }
        return status < 400 ? "success" : "\(status)"
    }
}
