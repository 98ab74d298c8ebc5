// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How many messages of each state a queue has.
struct QueueCounts: Sendable, Equatable {
    var ready = 0
    var inFlight = 0
    var delayed = 0
}

/// What a queue's counts were, for as long as a scenario may tell them late.
struct CountHistory: Sendable {
    private struct Entry: Sendable {
        let counts: QueueCounts
        /// From here on they were others.
        let until: Timestamp
    }

    private var entries: [Entry] = []
    private var last: Timestamp?
    /// More than a minute has in changes that are told apart.
    private static let most = 256

    /// These were the counts up to this moment.
    mutating func note(_ counts: QueueCounts, before now: Timestamp) {
        guard last.map({ $0 < now }) ?? true else { return }
        last = now
        if entries.last?.counts == counts { entries.removeLast() }
        entries.append(Entry(counts: counts, until: now))
        let oldest = now + (.zero - QueueDelivery.longestLag)
        let kept = entries.drop { $0.until <= oldest }
        entries = Array(kept.suffix(Self.most))
    }

    /// The counts at an earlier moment; nil where they are those of now.
    func counts(at moment: Timestamp) -> QueueCounts? {
        entries.first { $0.until > moment }?.counts
    }
}
