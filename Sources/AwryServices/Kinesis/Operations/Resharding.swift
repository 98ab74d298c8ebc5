// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var splitShard: Handler? { split }
    static var mergeShards: Handler? { merge }
    static var updateShardCount: Handler? { scale }

    private static func split(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let others = state.streams(at: call.place, call.now)
        let start = try call.hashKey(of: ["ExplicitHashKey": .string(members.text("NewStartingHashKey"))])
        try state.reshard(call) { (stream) throws(WireError) in
            let shard = try call.openShard(members.text("ShardToSplit"), in: stream)
            guard start > shard.range.lowerBound, start - shard.range.lowerBound > 1, start < shard.range.upperBound
            else {
                throw call.invalid(
                    "NewStartingHashKey \(start) used in SplitShard() on shard \(shard.id) in stream "
                        + "\(stream.key.name) under account \(stream.key.place.account) is not both greater than one "
                        + "plus the shard's StartingHashKey \(shard.range.lowerBound) and less than the shard's "
                        + "EndingHashKey \(shard.range.upperBound).")
            }
            try call.checkShardLimit(others, adding: 1)
            return .split(shard.number, at: start)
        }
        return .output([:])
    }

    private static func merge(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        try state.reshard(call) { (stream) throws(WireError) in
            let one = try call.openShard(members.text("ShardToMerge"), in: stream)
            let other = try call.openShard(members.text("AdjacentShardToMerge"), in: stream)
            let (low, high) =
                one.range.lowerBound < other.range.lowerBound ? (one.range, other.range) : (other.range, one.range)
            guard one.number != other.number, low.upperBound &+ 1 == high.lowerBound else {
                throw call.invalid(
                    "Shards \(one.id) and \(other.id) in stream \(stream.key.name) under account "
                        + "\(stream.key.place.account) are not an adjacent pair of shards eligible for merging")
            }
            return .merge(one.number, other.number)
        }
        return .output([:])
    }

    private static func scale(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let target = call.members.integer("TargetShardCount") ?? 1
        let others = state.streams(at: call.place, call.now)
        var current = 0
        let key = try state.reshard(call) { (stream) throws(WireError) in
            current = stream.open.count
            try call.checkScaling(from: Int64(current), to: target, others)
            stream.scalings.removeAll { call.now - $0 >= KinesisLimits.day }
            if stream.scalings.count >= KinesisLimits.scalingsPerDay {
                throw call.limitExceeded(
                    "UpdateShardCount has been called \(stream.scalings.count) times within 24 hours for stream "
                        + "\(stream.key.name) under account \(stream.key.place.account).")
            }
            stream.scalings.append(call.now)
            return .scale(to: Int(target))
        }
        return .output([
            "StreamName": .string(key.name), "CurrentShardCount": .integer(Int64(current)),
            "TargetShardCount": .integer(target), "StreamARN": .string(key.arn),
        ])
    }

    /// Begins a change of a stream's shards, and tells its readers when it takes effect.
    @discardableResult
    private mutating func reshard(
        _ call: FakeCall, _ change: (inout Stream) throws(WireError) -> StreamChange
    ) throws(WireError) -> StreamKey {
        let key = try key(of: call)
        let readers = try onStream(key, call) { (stream) throws(WireError) -> [UInt64] in
            if stream.isOnDemand {
                throw call.error(
                    "ValidationException",
                    "Request is invalid. Stream \(key.name) under account \(key.place.account) is in On-Demand mode.")
            }
            let change = try change(&stream)
            try call.requireActive(stream)
            stream.begin(change, after: call.transition(.stream), now: call.now)
            return stream.pending == nil ? [] : stream.shards.flatMap(\.subscriptions)
        }
        for number in readers { wake(number, at: call.now + call.transition(.stream)) }
        return key
    }
}

extension FakeCall {
    /// A shard that can be split or merged.
    fileprivate func openShard(_ name: String, in stream: Stream) throws(WireError) -> Shard {
        let shard = stream.shards[try shardIndex(name, in: stream)]
        guard shard.isOpen else {
            throw invalid(
                "Shard \(shard.id) in stream \(stream.key.name) under account \(stream.key.place.account) has already "
                    + "been merged or split, and thus is not eligible for merging or splitting.")
        }
        return shard
    }

    fileprivate func checkScaling(from current: Int64, to target: Int64, _ streams: [Stream]) throws(WireError) {
        let counts = "Current open shard count: \(current), Target shard count: \(target)"
        if target > KinesisLimits.scaledShards {
            throw limitExceeded(
                "Target shard count or number of open shards cannot be greater than \(KinesisLimits.scaledShards). "
                    + counts)
        }
        if target > current * 2 {
            throw limitExceeded(
                "UpdateShardCount cannot scale up over double your current open shard count. " + counts)
        }
        // Rounded up: of five shards, three may be left.
        if target * 2 < current {
            throw limitExceeded(
                "UpdateShardCount cannot scale down below half your current open shard count. " + counts)
        }
        if target > current { try checkShardLimit(streams, adding: target - current) }
    }
}
