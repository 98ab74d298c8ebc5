// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Bounds on what the journal keeps.
public struct JournalLimits: Sendable {
    /// How many entries.
    public var entries: Int
    /// How much memory they take, in bytes, about.
    public var bytes: Int

    /// 10,000 entries in 32 MiB unless others are given.
    public init(entries: Int = 10_000, bytes: Int = 32 << 20) {
        self.entries = entries
        self.bytes = bytes
    }
}

/// The journal at one moment.
public struct JournalSnapshot: Sendable {
    /// Oldest first.
    public var entries: [JournalEntry]
    /// How many entries had to go since the journal was last emptied.
    public var dropped: Int

    /// A snapshot of these entries.
    public init(entries: [JournalEntry], dropped: Int = 0) {
        self.entries = entries
        self.dropped = dropped
    }
}

/// A sandbox's journal: what was asked, decided and answered.
///
/// A request is entered when it was decided and finished when its answer went out (or was lost). One lock around plain
/// values; nobody waits inside it, and waiters are called after it is released.
public final class Journal: Sendable {
    private struct Waiter: Sendable {
        let id: Int
        let filter: JournalFilter
        var missing: Int
        let then: @Sendable () -> Void
    }

    private struct State: Sendable {
        var ring: JournalRing
        var waiters: [Waiter] = []
        var waitersMade = 0

        /// Counts an entry for those who wait for its like, and gives those who have waited long enough.
        mutating func wake(_ sequence: UInt64, isFinished: Bool) -> [Waiter] {
            var woken: [Waiter] = []
            guard let entry = ring[sequence] else { return [] }
            for index in waiters.indices.reversed()
            where waiters[index].filter.needsDelivery == isFinished && waiters[index].filter.matches(entry) {
                waiters[index].missing -= 1
                if waiters[index].missing <= 0 { woken.append(waiters.remove(at: index)) }
            }
            return woken
        }
    }

    private let state: Mutex<State>

    /// An empty journal.
    public init(limits: JournalLimits = JournalLimits()) {
        state = Mutex(State(ring: JournalRing(capacity: limits.entries, bytes: limits.bytes)))
    }

    /// Enters a request and gives the number by which it is finished.
    public func begin(_ entry: consuming JournalEntry) -> UInt64 {
        // Moved into its place: a copy would count a dozen references.
        var entry = Optional(consume entry)
        let (sequence, woken) = state.withLock { state -> (UInt64, [Waiter]) in
            let sequence = state.ring.append(&entry)
            if state.waiters.isEmpty { return (sequence, [Waiter]()) }
            return (sequence, state.wake(sequence, isFinished: false))
        }
        for waiter in woken { waiter.then() }
        return sequence
    }

    /// Notes how a request was answered. Without effect where its entry is gone.
    public func finish(_ sequence: UInt64, _ delivery: JournalEntry.Delivery) {
        let woken = state.withLock { state in
            guard state.ring.finish(sequence, delivery), !state.waiters.isEmpty else { return [Waiter]() }
            return state.wake(sequence, isFinished: true)
        }
        for waiter in woken { waiter.then() }
    }

    /// The entry of this number; nil where it is gone.
    public func entry(_ sequence: UInt64) -> JournalEntry? {
        state.withLock { $0.ring[sequence] }
    }

    /// The entries that a filter means, oldest first.
    public func entries(_ filter: JournalFilter = JournalFilter()) -> [JournalEntry] {
        snapshot().entries.filter(filter.matches)
    }

    /// All entries, and how many are gone.
    public func snapshot() -> JournalSnapshot {
        state.withLock { JournalSnapshot(entries: $0.ring.entries, dropped: $0.ring.dropped) }
    }

    /// Whether no request was ever entered.
    public var isUnused: Bool { state.withLock { $0.ring.isUnused } }

    /// How many entries had to go since the journal was last emptied.
    public var dropped: Int { state.withLock { $0.ring.dropped } }

    /// Forgets all entries. Requests under way will not appear.
    public func clear() {
        state.withLock { $0.ring.removeAll() }
    }

    /// Calls `then` once, as soon as the journal holds or has seen so many entries that the filter means; on the thread
    /// that enters the last. Gives a number to cancel it by; nil where there are enough already, and `then` was called.
    /// A filter that asks for a status or an error waits for answers, any other for requests.
    public func wait(for count: Int, _ filter: JournalFilter, then: @escaping @Sendable () -> Void) -> Int? {
        let id: Int? = state.withLock { state in
            let missing = count - state.ring.entries.count(where: filter.matches)
            guard missing > 0 else { return nil }
            state.waitersMade += 1
            state.waiters.append(Waiter(id: state.waitersMade, filter: filter, missing: missing, then: then))
            return state.waitersMade
        }
        if id == nil { then() }
        return id
    }

    /// Stops waiting; false where the waiter was already called.
    public func cancel(_ waiter: Int) -> Bool {
        state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.id == waiter }) else { return false }
            state.waiters.remove(at: index)
            return true
        }
    }
}
