// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts of what was answered since the server started, whatever was reset since.
///
/// One lock around a table: a look-up by a key of which most parts are shared strings, and two additions, for each
/// answer.
public final class Metrics: Sendable {
    /// What answers are counted by.
    public struct Key: Hashable, Sendable {
        /// botocore's name of the service; `other` once there are too many kinds of answers.
        public var service: String
        /// The operation.
        public var operation: String
        /// The status; 0 where none was sent.
        public var status: Int
        /// The rule that decided or fired first; empty where none did.
        public var rule: String
    }

    /// The counts at one moment.
    public struct Snapshot: Sendable {
        /// How many answers of each kind, in the order of their first.
        public var answers: [(key: Key, count: Int)] = []
        /// How many took at most the bound of the same place, and one more for the others.
        public var buckets = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        /// How long all of them took, in nanoseconds.
        public var nanoseconds: UInt64 = 0
    }

    /// Upper bounds of the durations' histogram, in seconds.
    public static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private static let limits = bounds.map { UInt64($0 * 1_000_000_000) }
    private static let mostKinds = 5_000
    private static let others = Key(service: "other", operation: "", status: 0, rule: "")

    private struct State {
        var places: [Key: Int] = [:]
        var snapshot = Snapshot()
        /// The kind counted last: a client often asks for the same again, and nothing is hashed then.
        var last = (key: Metrics.others, place: 0)
    }

    private let state = Mutex(State())
    private let newKind = Mutex<(@Sendable (Int) -> Void)?>(nil)

    /// Nothing counted yet.
    public init() {}

    /// What was counted.
    public var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// Calls this when an answer of a new kind has gone out, with the number of kinds so far.
    public func onNewKind(_ told: @escaping @Sendable (Int) -> Void) {
        newKind.withLock { $0 = told }
    }

    /// Counts an answer that took so long, from the request's arrival to the last byte.
    func count(_ key: Key, nanoseconds: UInt64) {
        let bucket = Self.limits.firstIndex { nanoseconds <= $0 } ?? Self.limits.count
        let (kinds, isNew) = state.withLock { state in
            let before = state.places.count
            state.snapshot.buckets[bucket] += 1
            state.snapshot.nanoseconds &+= nanoseconds
            if state.last.key != key || state.places.isEmpty { state.last = (key, Self.place(of: key, in: &state)) }
            state.snapshot.answers[state.last.place].count += 1
            return (state.places.count, state.places.count > before)
        }
        if isNew, let told = newKind.withLock({ $0 }) { told(kinds) }
    }

    private static func place(of key: Key, in state: inout State) -> Int {
        if let place = state.places[key] { return place }
        // Ids of rules are the user's: a test that names each anew must not fill the memory.
        let key = state.places.count < mostKinds ? key : others
        let place = state.places[key] ?? state.snapshot.answers.count
        if place == state.snapshot.answers.count {
            state.snapshot.answers.append((key, 0))
            state.places[key] = place
        }
        return place
    }
}
