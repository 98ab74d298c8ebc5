// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var putRecords: Handler? { putAll }

    private static func putAll(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let records = call.input["Records"]?.list?.compactMap(\.fields) ?? []
        var hashes: [UInt128] = []
        hashes.reserveCapacity(records.count)
        for record in records { hashes.append(try call.hashKey(of: record)) }
        let kms = state.kms
        return try state.onStream(of: call) { (stream) throws(WireError) in
            try call.checkWritable(stream)
            let data = try data(of: records, for: stream, call)
            try kms.check(stream.encryptionKey, for: "GenerateDataKey", call)
            var results: [Value] = []
            results.reserveCapacity(records.count)
            for (index, record) in records.enumerated() {
                let key = record["PartitionKey"]?.string ?? ""
                guard let written = stream.put(data[index], key, hash: hashes[index], now: call.now) else { continue }
                stream.noteWriting(data[index], key, call)
                results.append(["SequenceNumber": .string(written.sequence), "ShardId": .string(written.shard)])
            }
            var output: Fields = ["FailedRecordCount": 0, "Records": .list(results)]
            if stream.encryptionKey != nil { output["EncryptionType"] = "KMS" }
            return .output(output)
        }
    }

    /// The data of all records: nothing is written if one is too large, or all together.
    private static func data(of records: [Fields], for stream: Stream, _ call: FakeCall) throws(WireError) -> [Blob] {
        var data: [Blob] = []
        data.reserveCapacity(records.count)
        var size = 0
        for (index, record) in records.enumerated() {
            let blob = try call.data(of: record, for: stream, at: "records.\(index + 1).member.data")
            size += blob.count + (record["PartitionKey"]?.string?.utf8.count ?? 0)
            data.append(blob)
        }
        if size > KinesisLimits.writeBytes {
            throw call.invalid("Records size exceeds \(KinesisLimits.writeBytes >> 20) MB limit")
        }
        return data
    }
}
