// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A stream: its shards, what it is about to be, and what was said of it.
struct Stream: Sendable {
    let key: StreamKey
    /// Which of all that the sandbox ever made.
    let number: UInt64
    /// Its identifier beside its name: twenty letters and digits, a hyphen and three more.
    let id: String
    let createdAt: Timestamp

    var status = StreamStatus.creating
    /// What becomes of it, and when.
    var pending: (change: StreamChange, at: Timestamp)?
    /// Whether it was deleted: its owner removes it.
    var isGone = false

    var isOnDemand: Bool
    /// What is written to it, where it is an on-demand stream.
    var demand: WriteDemand?
    /// By their numbers.
    var shards: [Shard] = []
    /// The numbers of the shards that are open, by their ranges.
    var open: [UInt32] = []
    var nextShard: UInt32 = 0

    var retentionHours: Int64 = 24
    /// The key that new records are encrypted with; nil where they are not.
    var encryptionKey: String?
    /// Shard-level metrics, in the order in which Kinesis lists them.
    var metrics: [String] = []
    var labels: StreamLabels
    var consumers: [StreamConsumer] = []
    var warmThroughput: Int64?
    var recordKiB = KinesisLimits.recordKiB
    /// When it was brought to another number of shards, and to the other mode, within the last day.
    var scalings: [Timestamp] = []
    var modeChanges: [Timestamp] = []
    /// The subscriptions that something came for.
    var woken: [UInt64] = []

    init(_ key: StreamKey, number: UInt64, id: String, isOnDemand: Bool, tags: [String: String], now: Timestamp) {
        self.key = key
        self.number = number
        self.id = id
        self.isOnDemand = isOnDemand
        if isOnDemand { demand = WriteDemand(floor: KinesisLimits.onDemandShards) }
        labels = StreamLabels(tags: tags)
        createdAt = now
    }
}

extension Stream {
    /// Whether records can be written and read.
    var isUsable: Bool { status == .active || status == .updating }

    /// The moment before which records are out of time.
    func horizon(_ now: Timestamp) -> Timestamp { now + .seconds(-retentionHours * 3600) }

    /// Where a shard lies in `shards`; nil where there is none of that number.
    func index(of number: UInt32) -> Int? {
        var (low, high) = (0, shards.count)
        while low < high {
            let middle = (low + high) / 2
            if shards[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < shards.count && shards[low].number == number ? low : nil
    }

    /// Where the open shard lies that a hash key falls to.
    func shardIndex(of key: UInt128) -> Int? {
        let place = openPlace(of: key)
        return place == 0 ? nil : index(of: open[place - 1])
    }

    /// How many of the open shards begin at a hash key or before.
    func openPlace(of key: UInt128) -> Int {
        var (low, high) = (0, open.count)
        while low < high {
            let middle = (low + high) / 2
            let begins = index(of: open[middle]).map { shards[$0].range.lowerBound <= key } ?? false
            if begins { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The open shards, by their ranges.
    var openShards: [Shard] { open.compactMap { index(of: $0).map { shards[$0] } } }

    /// Writes a record into the shard that its hash key falls to; nil where the stream has none.
    mutating func put(
        _ data: Blob, _ partitionKey: String, hash: UInt128, now: Timestamp
    ) -> (shard: String, sequence: String)? {
        guard let index = shardIndex(of: hash) else { return nil }
        shards[index].trim(before: horizon(now))
        let sequence = shards[index].put(data, partitionKey, isEncrypted: encryptionKey != nil, now: now)
        if !shards[index].subscriptions.isEmpty { woken += shards[index].subscriptions }
        return (shards[index].id, sequence.text)
    }

    /// What contradicts itself; nil where all is well.
    var contradiction: String? {
        if let found = shards.lazy.compactMap(\.contradiction).first { return found }
        if zip(shards, shards.dropFirst()).contains(where: { $0.number >= $1.number }) {
            return "its shards are out of order"
        }
        if Set(open) != Set(shards.filter(\.isOpen).map(\.number)) { return "its open shards are not those listed" }
        guard !shards.isEmpty else { return nil }
        var wanted = UInt128(0)
        for (position, shard) in openShards.enumerated() {
            if shard.range.lowerBound != wanted { return "its open shards do not cover the hash keys once" }
            if position == open.count - 1 { return shard.range.upperBound == .max ? nil : "its last range ends early" }
            wanted = shard.range.upperBound + 1
        }
        return "it has no open shard"
    }
}
