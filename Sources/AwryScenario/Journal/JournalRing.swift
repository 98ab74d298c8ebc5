// SPDX-License-Identifier: Apache-2.0

/// The newest entries, bounded in number and bytes. Not safe for threads: the journal's lock is around it.
struct JournalRing: Sendable {
    private let capacity: Int
    private let mostBytes: Int
    // Entry n is at (n - base) % capacity; the array grows to the capacity and is then written round.
    private var slots: [JournalEntry?] = []
    private var base: UInt64 = 1
    private var first: UInt64 = 1
    private var next: UInt64 = 1
    private var bytes = 0
    /// How many entries had to go since the ring was last emptied.
    private(set) var dropped = 0

    init(capacity: Int, bytes: Int) {
        self.capacity = max(1, capacity)
        self.mostBytes = bytes
    }

    var count: Int { Int(next - first) }

    /// The entries, oldest first.
    var entries: [JournalEntry] { (first..<next).compactMap { slots[index(of: $0)] } }

    /// The number that the next entry will have.
    var nextSequence: UInt64 { next }

    /// Adds an entry and gives it its number.
    mutating func append(_ entry: JournalEntry) -> UInt64 {
        if count >= capacity { drop() }
        var entry = entry
        entry.sequence = next
        bytes += entry.footprint
        let at = index(of: next)
        if at == slots.count { slots.append(entry) } else { slots[at] = entry }
        next += 1
        // The newest stays, however large: its own parts are bounded.
        while bytes > mostBytes, count > 1 { drop() }
        return next - 1
    }

    /// Notes how the entry of this number was answered, and gives it; nil where it is gone.
    mutating func finish(_ sequence: UInt64, _ delivery: JournalEntry.Delivery) -> JournalEntry? {
        guard sequence >= first, sequence < next else { return nil }
        let at = index(of: sequence)
        slots[at]?.delivery = delivery
        return slots[at]
    }

    /// Forgets everything; numbers go on.
    mutating func removeAll() {
        slots = []
        base = next
        first = next
        bytes = 0
        dropped = 0
    }

    private mutating func drop() {
        let at = index(of: first)
        bytes -= slots[at]?.footprint ?? 0
        slots[at] = nil
        first += 1
        dropped += 1
    }

    private func index(of sequence: UInt64) -> Int { Int((sequence - base) % UInt64(capacity)) }
}
