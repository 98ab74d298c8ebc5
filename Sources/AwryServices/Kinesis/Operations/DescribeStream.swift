// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var describeStream: Handler? { describe }
    static var describeStreamSummary: Handler? { summarise }

    private static func describe(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let limit = min(Int(clamping: members.integer("Limit") ?? .max), KinesisLimits.describedShards)
        let after = members.optionalText("ExclusiveStartShardId").flatMap(ShardID.number)
        return try state.onStream(of: call) { (stream) throws(WireError) in
            let shards = stream.shards.filter { shard in after.map { shard.number > $0 } ?? true }
            var fields = stream.common
            fields["Shards"] = .list(shards.prefix(limit).map { .structure($0.value) })
            fields["HasMoreShards"] = .bool(shards.count > limit)
            return .output(["StreamDescription": .structure(fields)])
        }
    }

    private static func summarise(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onStream(of: call) { (stream) throws(WireError) in
            var fields = stream.common
            fields["StreamId"] = .string(stream.id)
            fields["OpenShardCount"] = .integer(Int64(stream.open.count))
            fields["ConsumerCount"] = .integer(Int64(stream.consumers.count))
            if let rate = stream.warmThroughput { fields["WarmThroughput"] = Stream.warmth(rate) }
            fields["MaxRecordSizeInKiB"] = .integer(stream.recordKiB)
            return .output(["StreamDescriptionSummary": .structure(fields)])
        }
    }
}

extension Stream {
    /// What every description tells.
    fileprivate var common: Fields {
        var fields: Fields = [
            "StreamName": .string(key.name), "StreamARN": .string(key.arn), "StreamStatus": .string(status.rawValue),
            "StreamModeDetails": mode, "RetentionPeriodHours": .integer(retentionHours),
            "StreamCreationTimestamp": .timestamp(createdAt),
            "EnhancedMonitoring": [["ShardLevelMetrics": .list(metrics.map { .string($0) })]],
            "EncryptionType": .string(encryptionKey == nil ? "NONE" : "KMS"),
        ]
        if let encryptionKey { fields["KeyId"] = .string(encryptionKey) }
        return fields
    }

    var mode: Value { ["StreamMode": .string(isOnDemand ? "ON_DEMAND" : "PROVISIONED")] }

    static func warmth(_ rate: Int64) -> Value { ["TargetMiBps": .integer(rate), "CurrentMiBps": .integer(rate)] }
}

extension ClosedRange<UInt128> {
    var value: Value {
        ["StartingHashKey": .string(lowerBound.description), "EndingHashKey": .string(upperBound.description)]
    }
}

extension Shard {
    /// As operations tell of it.
    var value: Fields {
        var fields: Fields = ["ShardId": .string(id)]
        if let parent = parents.first { fields["ParentShardId"] = .string(ShardID.text(parent)) }
        if parents.count > 1 { fields["AdjacentParentShardId"] = .string(ShardID.text(parents[1])) }
        fields["HashKeyRange"] = range.value
        var numbers: Fields = ["StartingSequenceNumber": .string(start.text)]
        if let end { numbers["EndingSequenceNumber"] = .string(end.text) }
        fields["SequenceNumberRange"] = .structure(numbers)
        return fields
    }
}
