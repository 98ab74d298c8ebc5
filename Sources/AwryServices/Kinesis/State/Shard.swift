// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A shard: a range of hash keys, and the records that fell into it, in order.
struct Shard: Sendable {
    let number: UInt32
    /// What clients call it.
    let id: String
    let range: ClosedRange<UInt128>
    /// The shards whose place it took: one after a split, two after a merge.
    let parents: [UInt32]
    let createdAt: Timestamp
    /// What its records' numbers begin with: its second of creation, but later than that of its parents, so that
    /// numbers grow from parent to child even where both were made in one second.
    let epoch: UInt64

    /// When it was split or merged; nil while it is open.
    private(set) var closedAt: Timestamp?
    /// The shards that took its place.
    var children: [UInt32] = []
    /// The subscriptions that read it.
    var subscriptions: [UInt64] = []

    private var records: [DataRecord] = []
    /// How many at the beginning of `records` are out of time. They are removed many at once.
    private var trimmed = 0
    /// The number of the first of `records`.
    private var base: UInt64 = 1
    private(set) var lastArrival: Timestamp

    /// An open shard without records.
    init(_ number: UInt32, _ range: ClosedRange<UInt128>, parents: [Shard] = [], now: Timestamp) {
        self.number = number
        id = ShardID.text(number)
        self.range = range
        self.parents = parents.map(\.number)
        createdAt = now
        lastArrival = now
        let second = UInt64(max(now.seconds, 0))
        epoch = min(max(second, (parents.map(\.epoch).max() ?? 0) + 1), RecordNumber.seconds)
    }

    var isOpen: Bool { closedAt == nil }
    /// The number of the first record that can still be read, or that of the next to come.
    var first: UInt64 { base + UInt64(trimmed) }
    /// The number that the next record gets.
    var next: UInt64 { base + UInt64(records.count) }

    /// The record of this number; it must lie in `first..<next`.
    func record(_ index: UInt64) -> DataRecord { records[Int(index - base)] }

    /// Takes a record in, and gives its number.
    mutating func put(_ data: Blob, _ partitionKey: String, isEncrypted: Bool, now: Timestamp) -> RecordNumber {
        // A clock that was set back must not let a later record look earlier: by their time records are searched.
        lastArrival = max(lastArrival, now)
        let index = next
        records.append(
            DataRecord(data: data, partitionKey: partitionKey, arrival: lastArrival, isEncrypted: isEncrypted))
        return sequence(index, lastArrival)
    }

    /// Takes nothing in any more.
    mutating func close(now: Timestamp) {
        closedAt = max(now, createdAt)
    }

    /// The number of a record, in full.
    func sequence(_ index: UInt64) -> RecordNumber {
        sequence(index, index >= first && index < next ? record(index).arrival : lastArrival)
    }

    private func sequence(_ index: UInt64, _ arrival: Timestamp) -> RecordNumber {
        RecordNumber(epoch: epoch, shard: number, index: index, second: UInt64(max(arrival.seconds, 0)))
    }

    /// The number that begins it.
    var start: RecordNumber { sequence(0, createdAt) }
    /// The number that ends it, once it is closed.
    var end: RecordNumber? { closedAt.map { sequence(RecordNumber.last, $0) } }

    /// Forgets records that came before this moment.
    mutating func trim(before horizon: Timestamp) {
        while trimmed < records.count, records[trimmed].arrival < horizon { trimmed += 1 }
        guard trimmed > 1024, trimmed > records.count / 2 else { return }
        records.removeFirst(trimmed)
        base += UInt64(trimmed)
        trimmed = 0
    }

    /// The number of the first record that came at this moment or later.
    func firstIndex(at moment: Timestamp) -> UInt64 {
        var (low, high) = (trimmed, records.count)
        while low < high {
            let middle = (low + high) / 2
            if records[middle].arrival < moment { low = middle + 1 } else { high = middle }
        }
        return base + UInt64(low)
    }

    /// What contradicts itself; nil where all is well.
    var contradiction: String? {
        if trimmed > records.count { return "\(id): more records are out of time than there are" }
        for (earlier, later) in zip(records, records.dropFirst()) where earlier.arrival > later.arrival {
            return "\(id): a record came before the one in front of it"
        }
        if isOpen, !children.isEmpty { return "\(id): an open shard has children" }
        return nil
    }
}
