// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var createStream: Handler? { create }

    private static func create(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let key = StreamKey(call.place, members.text("StreamName"))
        let mode = members.fields("StreamModeDetails")["StreamMode"]?.string
        // Who says neither mode nor shards gets an on-demand stream, as recorded from AWS.
        let isOnDemand = mode == "ON_DEMAND" || mode == nil && members["ShardCount"] == nil
        let others = state.streams(at: call.place, call.now)
        if others.contains(where: { $0.key == key }) {
            throw call.inUse("Stream \(key.name) under account \(key.place.account) already exists.")
        }
        let count = try shardCount(members.integer("ShardCount"), isOnDemand, others, call)
        let warm = members.integer("WarmThroughputMiBps")
        let hasAdvantage = state.hasAdvantage(key.place, call.now)
        if let warm { try call.checkWarmThroughput(warm, isOnDemand: isOnDemand, hasAdvantage, key) }
        let tags = try call.tags(members.fields("Tags"), beside: [:])
        if others.count(where: { $0.status == .creating }) >= KinesisLimits.creatingStreams {
            throw call.limitExceeded(
                "Limit for streams being created concurrently reached: \(KinesisLimits.creatingStreams).")
        }
        let shards = WriteDemand.shards(from: count, for: Int(warm ?? 0), in: key.place.region)
        state.make(key, shards: shards, isOnDemand: isOnDemand, tags: tags, call: call) { stream in
            stream.warmThroughput = warm
            if let size = members.integer("MaxRecordSizeInKiB") { stream.recordKiB = size }
        }
        return .output([:])
    }

    /// How many shards a new stream begins with.
    private static func shardCount(
        _ wanted: Int64?, _ isOnDemand: Bool, _ others: [Stream], _ call: FakeCall
    ) throws(WireError) -> Int {
        if isOnDemand {
            if wanted != nil {
                throw call.invalid("ShardCount cannot be specified for a stream in On-Demand mode.")
            }
            if others.count(where: \.isOnDemand) >= KinesisLimits.onDemandStreams {
                throw call.limitExceeded(
                    "This request would exceed the limit of \(KinesisLimits.onDemandStreams) On-Demand streams for "
                        + "the account \(call.place.account) in \(call.place.region).")
            }
            return KinesisLimits.onDemandShards
        }
        guard let wanted else {
            throw call.invalid("ShardCount must be specified for a stream in Provisioned mode.")
        }
        try call.checkShardLimit(others, adding: wanted)
        return Int(wanted)
    }
}

extension FakeCall {
    /// Refuses so many more shards if the account has no room for them.
    func checkShardLimit(_ streams: [Stream], adding more: Int64) throws(WireError) {
        let limit = Int64(KinesisLimits.shards(in: place.region))
        let count = Int64(Kinesis.provisionedShards(streams))
        guard more > limit - count else { return }
        throw limitExceeded(
            "This request would exceed the shard limit for the account \(place.account) in \(place.region). Current "
                + "shard count for the account: \(count). Limit: \(limit). Number of additional shards that would "
                + "have resulted from this request: \(more). Refer to the AWS Service Limits page "
                + "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how "
                + "to request higher limits.")
    }
}

extension Kinesis {
    /// The open shards that count against the account's limit, those to come included.
    static func provisionedShards(_ streams: [Stream]) -> Int {
        streams.reduce(0) { count, stream in
            if stream.isOnDemand { return count }
            if case .create(let shards)? = stream.pending?.change { return count + shards }
            return count + stream.open.count
        }
    }
}
