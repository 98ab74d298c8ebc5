// SPDX-License-Identifier: Apache-2.0

/// Within what one gap has to lie by a rule set. Times are in seconds.
struct GapBound: Sendable {
    /// The gap is not shorter.
    var least: Double
    /// The wait is not longer; the gap may be, by `allowance`.
    var most: Double
    /// What the wait is drawn below, where it is drawn at all and nothing else lengthens it: what the mean of many gaps
    /// is held against.
    var drawnBelow: Double?

    /// By how much a gap may be longer than the wait: the client's own work between two attempts, and the scheduling
    /// of both processes on a machine that has more to do.
    static let allowance = 0.5

    /// The bound of a gap by one schedule.
    init(_ gap: SDKCall.Gap, by schedule: RetrySchedule) {
        let backoff = schedule.backoff(after: gap.cause, service: gap.later.service)
        let wait = backoff.bound(ofRetry: gap.retry)
        least = backoff.isJittered ? 0 : wait
        most = wait
        drawnBelow = backoff.isJittered ? wait : nil
        if gap.cause == .unclear, backoff.isJittered {
            let service = gap.later.service
            drawnBelow = min(wait, schedule.backoff(after: .transient, service: service).bound(ofRetry: gap.retry))
        }
        guard let reading = schedule.retryAfter, let millis = gap.earlier.askedWait?.milliseconds else { return }
        let asked = Double(millis) / 1000
        least = max(least, min(asked, reading.most))
        most = max(wait, min(asked, wait + reading.most))
        drawnBelow = nil
    }

    /// Where a gap lies.
    enum Place: Hashable {
        case within
        case tooShort
        case tooLong
    }

    func place(of seconds: Double) -> Place {
        if seconds < least { return .tooShort }
        return seconds > most + Self.allowance ? .tooLong : .within
    }

    /// By how much a gap breaks the bound; below 0, by how much it keeps from the nearer end.
    func excess(of seconds: Double) -> Double {
        max(least > 0 ? least - seconds : -.infinity, seconds - most - Self.allowance)
    }
}

extension RetryRuleSet {
    /// The bound that comes nearest to a gap among those of the rule set's schedules.
    func bound(of gap: SDKCall.Gap, lasting seconds: Double) -> GapBound {
        let held = slowestSend.map { $0 * Double(gap.passedBy + 1) } ?? 0
        let bounds = schedules.map { schedule in
            var bound = GapBound(gap, by: schedule)
            bound.most += held
            return bound
        }
        return bounds.min { $0.excess(of: seconds) < $1.excess(of: seconds) } ?? GapBound(least: 0, most: .infinity)
    }

    /// What the wait before a gap's end is drawn below; the least where schedules differ, nil where one of them says
    /// something else than chance.
    func drawnBelow(_ gap: SDKCall.Gap) -> Double? {
        let draws = schedules.map { GapBound(gap, by: $0).drawnBelow }
        return draws.contains(nil) ? nil : draws.compactMap { $0 }.min()
    }
}

extension GapBound {
    fileprivate init(least: Double, most: Double) {
        self.least = least
        self.most = most
        drawnBelow = nil
    }
}
