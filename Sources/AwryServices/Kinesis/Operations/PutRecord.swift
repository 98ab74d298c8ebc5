// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var putRecord: Handler? { put }

    private static func put(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let hash = try call.hashKey(of: call.input)
        let kms = state.kms
        return try state.onStream(of: call) { (stream) throws(WireError) in
            try call.checkWritable(stream)
            if let number = call.input["SequenceNumberForOrdering"]?.string {
                try call.checkOrdering(number, in: stream)
            }
            let data = try call.data(of: call.input, for: stream, at: "data")
            try kms.check(stream.encryptionKey, for: "GenerateDataKey", call)
            let key = call.input["PartitionKey"]?.string ?? ""
            guard let written = stream.put(data, key, hash: hash, now: call.now) else {
                throw call.streamNotFound(stream.key.name, stream.key.place.account)
            }
            stream.noteWriting(data, key, call)
            var output: Fields = [
                "ShardId": .string(written.shard), "SequenceNumber": .string(written.sequence),
            ]
            if stream.encryptionKey != nil { output["EncryptionType"] = "KMS" }
            return .output(output)
        }
    }
}

/// What PutRecord and PutRecords ask of a record alike.
extension FakeCall {
    /// Where a record falls: its explicit hash key, else its partition key's.
    func hashKey(of record: Fields) throws(WireError) -> UInt128 {
        guard let text = record["ExplicitHashKey"]?.string else {
            return HashKey.of(partitionKey: record["PartitionKey"]?.string ?? "")
        }
        guard let key = UInt128(text) else {
            throw invalid(
                "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was "
                    + text)
        }
        return key
    }

    /// A stream that is not there yet, or soon no more, cannot be told from one that never was.
    func checkWritable(_ stream: Stream) throws(WireError) {
        guard stream.isUsable else { throw streamNotFound(stream.key.name, stream.key.place.account) }
    }

    /// A record's data, if the stream takes as much.
    func data(of record: Fields, for stream: Stream, at place: String) throws(WireError) -> Blob {
        guard case .blob(let data) = record["Data"] else { return Blob([]) }
        guard data.count <= stream.recordKiB << 10 else {
            throw constraint(
                "Value at '\(place)' failed to satisfy constraint: Member must have length less than or equal to "
                    + "\(stream.recordKiB << 10)")
        }
        return data
    }

    /// The number that a record is to come after must be one of the stream's.
    func checkOrdering(_ text: String, in stream: Stream) throws(WireError) {
        let number = RecordNumber(text)
        let isKnown = number.map { number in stream.index(of: number.shard) != nil } ?? false
        guard isKnown else {
            throw invalid(
                "ExclusiveMinimumSequenceNumber \(text) used in PutRecord on stream \(stream.key.name) under account "
                    + "\(stream.key.place.account) is invalid.")
        }
    }
}
