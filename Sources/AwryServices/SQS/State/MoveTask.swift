// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A task that moves messages out of a dead-letter queue.
struct MoveTask: Sendable {
    enum Status: String, Sendable {
        case running = "RUNNING"
        case completed = "COMPLETED"
        case cancelled = "CANCELLED"
        case failed = "FAILED"
    }

    let handle: String
    let source: QueueKey
    /// Nil where messages go back to where they came from.
    let destination: QueueKey?
    /// Messages a second; nil where they go as fast as they can.
    let rate: Int64?
    let startedAt: Timestamp
    /// How many there were when it started.
    let toMove: Int
    var moved = 0
    var status = Status.running
    var failureReason: String?

    /// How many it should have moved by a moment.
    func due(at now: Timestamp) -> Int {
        guard let rate else { return toMove }
        let elapsed = max(now.milliseconds - startedAt.milliseconds, 0)
        // The first goes at once. A task has less than 2^53 messages, and the span is bounded by the clock's range.
        return Int(min(Int64(toMove), 1 + min(elapsed, 1 << 40) * rate / 1000))
    }
}
