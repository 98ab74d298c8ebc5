// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var getRecords: Handler? { read }

    private static func read(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let text = members.text("ShardIterator")
        guard let token = StreamToken(text, for: .iterator) else { throw call.invalid("Invalid ShardIterator.") }
        guard let key = state.key(ofNumber: token.stream, call) else {
            if let gone = state.formerKeys[token.stream] { throw call.streamNotFound(gone.name, gone.place.account) }
            throw call.invalid("Invalid ShardIterator.")
        }
        if key.place.account != call.place.account { _ = try state.key(ofARN: key.arn, call) }
        if members["StreamARN"] != nil || members["StreamId"] != nil, try state.key(of: call) != key {
            throw call.invalid("Invalid ShardIterator.")
        }
        if token.isExpired(call.now) {
            throw call.error(
                "ExpiredIteratorException",
                "Iterator expired. The iterator was created at time \(WordyTime.text(token.issued)) while right now "
                    + "it is \(WordyTime.text(call.now)) which is further in the future than the tolerated delay of "
                    + "\(KinesisLimits.life.components.seconds * 1000) milliseconds.")
        }
        let limit = Int(members.integer("Limit") ?? Int64(KinesisLimits.readRecords))
        let kms = state.kms
        return try state.onStream(key, call) { (stream) throws(WireError) in
            try call.checkWritable(stream)
            let name = ShardID.text(UInt32(truncatingIfNeeded: token.shard))
            let index = try call.shardIndex(name, in: stream)
            stream.shards[index].trim(before: stream.horizon(call.now))
            let reading = ShardReading(
                of: stream.shards[index], from: token.position, atMost: limit, KinesisLimits.readBytes)
            if reading.isEncrypted { try kms.check(stream.encryptionKey, for: "Decrypt", call) }
            return .output(output(of: reading, stream, index, call))
        }
    }

    private static func output(
        of reading: ShardReading, _ stream: Stream, _ index: Int, _ call: FakeCall
    ) -> Fields {
        let shard = stream.shards[index]
        var output: Fields = ["Records": .list(reading.records)]
        if reading.isEnd {
            if !shard.children.isEmpty { output["ChildShards"] = stream.children(of: shard) }
        } else {
            let next = StreamToken(
                .iterator, stream: stream.number, shard: UInt64(shard.number), position: reading.next,
                issued: call.now)
            output["NextShardIterator"] = .string(next.text)
        }
        output["MillisBehindLatest"] = .integer(reading.behind(call.now))
        return output
    }
}

/// A piece of a shard, read: GetRecords' and SubscribeToShard's.
struct ShardReading {
    /// The records, as clients see them.
    var records: [Value] = []
    /// The number of the next record.
    let next: UInt64
    /// Whether the shard is closed, and read to its end.
    let isEnd: Bool
    /// Whether a record was read that a key encrypts.
    private(set) var isEncrypted = false
    /// When the last record that was read came, if there are more.
    private let lastArrival: Timestamp?

    /// Reads at most so many records and bytes, but one record if there is one.
    init(of shard: Shard, from position: UInt64, atMost limit: Int, _ bytes: Int) {
        var index = max(position, shard.first)
        var size = 0
        while index < shard.next, records.count < limit {
            let record = shard.record(index)
            size += record.size
            if size > bytes, !records.isEmpty { break }
            records.append(record.value(shard.sequence(index)))
            if record.isEncrypted { isEncrypted = true }
            index += 1
        }
        next = index
        isEnd = !shard.isOpen && index >= shard.next
        lastArrival = index < shard.next && index > shard.first ? shard.record(index - 1).arrival : nil
    }

    /// How far behind the newest record the reader is, in milliseconds.
    func behind(_ now: Timestamp) -> Int64 {
        lastArrival.map { max(0, now.milliseconds - $0.milliseconds) } ?? 0
    }
}

extension DataRecord {
    fileprivate func value(_ sequence: RecordNumber) -> Value {
        var fields: Fields = [
            "SequenceNumber": .string(sequence.text), "ApproximateArrivalTimestamp": .timestamp(arrival),
            "Data": .blob(data), "PartitionKey": .string(partitionKey),
        ]
        if isEncrypted { fields["EncryptionType"] = "KMS" }
        return .structure(fields)
    }
}

extension Stream {
    /// The shards that took a shard's place, as readers are told of them.
    func children(of shard: Shard) -> Value {
        .list(
            shard.children.compactMap { number in
                index(of: number).map { index in
                    let child = shards[index]
                    return [
                        "ShardId": .string(child.id),
                        "ParentShards": .list(child.parents.map { .string(ShardID.text($0)) }),
                        "HashKeyRange": child.range.value,
                    ]
                }
            })
    }
}
