// SPDX-License-Identifier: Apache-2.0

import HeapModule

/// When which connection is to be looked at: a binary heap. An entry is never taken out before its time; one that its
/// connection no longer means is passed over, and the heap is rebuilt when such entries are most of it.
struct TimerQueue {
    struct Entry: Comparable {
        /// On the monotonic clock, in nanoseconds.
        let at: UInt64
        let slot: Int32
        let generation: UInt32

        static func < (left: Entry, right: Entry) -> Bool { left.at < right.at }
    }

    private var heap = Heap<Entry>()

    /// How many entries there are, meant or not.
    var count: Int { heap.count }

    /// When the first entry is due.
    var first: UInt64? { heap.min?.at }

    mutating func add(_ entry: Entry) { heap.insert(entry) }

    /// The first entry that is due at `now`, taken out.
    mutating func popDue(_ now: UInt64) -> Entry? {
        guard let entry = heap.min, entry.at <= now else { return nil }
        return heap.popMin()
    }

    /// Keeps only the entries that are meant.
    mutating func prune(_ isMeant: (Entry) -> Bool) {
        heap = Heap(heap.unordered.filter(isMeant))
    }
}
