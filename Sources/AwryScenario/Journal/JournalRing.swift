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

    /// Whether there never was an entry.
    var isUnused: Bool { next == 1 }

    /// Adds an entry, which is moved out of where it is, and gives it its number.
    mutating func append(_ entry: inout JournalEntry?) -> UInt64 {
        if count >= capacity { drop() }
        let size = entry?.footprint ?? 0
        entry?.sequence = next
        entry?.size = size
        bytes += size
        let at = index(of: next)
        if at == slots.count { slots.append(nil) }
        swap(&slots[at], &entry)
        next += 1
        // The newest stays, however large: its own parts are bounded.
        while bytes > mostBytes, count > 1 { drop() }
        return next - 1
    }

    /// The entry of this number; nil where it is gone.
    subscript(sequence: UInt64) -> JournalEntry? {
        sequence >= first && sequence < next ? slots[index(of: sequence)] : nil
    }

    /// Notes how the entry of this number was answered; false where it is gone.
    mutating func finish(_ sequence: UInt64, _ delivery: JournalEntry.Delivery) -> Bool {
        guard sequence >= first, sequence < next else { return false }
        slots[index(of: sequence)]?.delivery = delivery
        return true
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
        bytes -= slots[at]?.size ?? 0
        slots[at] = nil
        first += 1
        dropped += 1
    }

    private func index(of sequence: UInt64) -> Int { Int((sequence - base) % UInt64(capacity)) }
}
