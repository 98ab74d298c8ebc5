// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var getShardIterator: Handler? { iterator }

    private static func iterator(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let position = StartingPosition(
            type: members.text("ShardIteratorType"), number: members.optionalText("StartingSequenceNumber"),
            moment: members["Timestamp"]?.moment)
        return try state.onStream(of: call) { (stream) throws(WireError) in
            try call.checkWritable(stream)
            let index = try call.shardIndex(members.text("ShardId"), in: stream)
            stream.shards[index].trim(before: stream.horizon(call.now))
            let start = try position.index(in: stream.shards[index], of: stream, call)
            let token = StreamToken(
                .iterator, stream: stream.number, shard: UInt64(stream.shards[index].number), position: start,
                issued: call.now)
            return .output(["ShardIterator": .string(token.text)])
        }
    }
}

extension Value {
    /// The moment, if this is one.
    var moment: Timestamp? {
        if case .timestamp(let moment) = self { moment } else { nil }
    }
}

/// Where a reader wants to begin: GetShardIterator's parameters and SubscribeToShard's.
struct StartingPosition {
    let type: String
    let number: String?
    let moment: Timestamp?

    /// The number in its shard of the first record that is wanted.
    func index(in shard: Shard, of stream: Stream, _ call: FakeCall) throws(WireError) -> UInt64 {
        switch type {
        case "AT_SEQUENCE_NUMBER": return try given(in: shard, of: stream, call)
        case "AFTER_SEQUENCE_NUMBER": return try given(in: shard, of: stream, call) + 1
        case "AT_TIMESTAMP": return try at(shard, call)
        default:
            if number != nil { throw mismatch("a", call) }
            return type == "LATEST" ? shard.next : shard.first
        }
    }

    private func mismatch(_ word: String, _ call: FakeCall) -> WireError {
        call.invalid(
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) "
                + "TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified \(type) and \(word) "
                + "StartingSequenceNumber.")
    }

    private func given(in shard: Shard, of stream: Stream, _ call: FakeCall) throws(WireError) -> UInt64 {
        guard let text = number else { throw mismatch("no", call) }
        // 0 stands for the shard's beginning.
        if text == "0" { return 0 }
        let place = "\(call.operation.name) on shard \(shard.id) in stream \(stream.key.name) under account "
        guard let number = RecordNumber(text) else {
            throw call.invalid(
                "StartingSequenceNumber \(text) used in \(place)\(stream.key.place.account) is invalid.")
        }
        guard number.shard == shard.number else {
            throw call.invalid(
                "Invalid StartingSequenceNumber. It encodes \(ShardID.text(number.shard)), while it was used in a "
                    + "call to a shard with \(shard.id)")
        }
        guard number.epoch == shard.epoch, number.index < shard.next || shard.end?.index == number.index else {
            throw call.invalid(
                "StartingSequenceNumber \(text) used in \(place)\(stream.key.place.account) is invalid because it did "
                    + "not come from this stream.")
        }
        return number.index
    }

    private func at(_ shard: Shard, _ call: FakeCall) throws(WireError) -> UInt64 {
        guard let moment else {
            throw call.invalid(
                "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no "
                    + "timestamp parameter.")
        }
        guard moment <= call.now else {
            throw call.invalid(
                "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
                    + "timestampInMillis: \(moment.milliseconds), currentTimestampInMillis: "
                    + "\(call.now.milliseconds)")
        }
        return shard.firstIndex(at: moment)
    }
}
