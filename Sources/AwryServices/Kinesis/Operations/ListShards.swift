// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var listShards: Handler? { list }

    private static func list(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let limit = min(Int(clamping: members.integer("MaxResults") ?? .max), KinesisLimits.listedShards)
        let (key, listing) = try state.shardListing(call)
        return try state.onStream(key, call) { (stream) throws(WireError) in
            let matches = stream.shards.filter { shard in
                (listing.after.map { shard.number > $0 } ?? true) && listing.filter.takes(shard)
            }
            let page = matches.prefix(limit)
            var output: Fields = ["Shards": .list(page.map { .structure($0.value) })]
            if page.count < matches.count, let last = page.last {
                let token = StreamToken(
                    .shards, stream: stream.number, shard: listing.filter.kind.rawValue,
                    position: UInt64(last.number), horizon: listing.filter.moment, issued: call.now)
                output["NextToken"] = .string(token.text)
            }
            return .output(output)
        }
    }

    private typealias ShardListing = (after: UInt32?, filter: ShardFilter)

    /// What is to be listed: as a token says, else as the call does.
    private mutating func shardListing(_ call: FakeCall) throws(WireError) -> (StreamKey, ShardListing) {
        let members = call.members
        if let text = members.optionalText("NextToken") {
            for name in ["StreamName", "StreamARN", "StreamCreationTimestamp", "ExclusiveStartShardId", "ShardFilter"]
            where members[name] != nil {
                throw call.invalid("NextToken and \(name) cannot be provided together.")
            }
            guard let token = StreamToken(text, for: .shards), let key = key(ofNumber: token.stream, call),
                let kind = ShardFilter.Kind(rawValue: token.shard)
            else { throw call.invalid("The NextToken is invalid.") }
            try call.checkToken(issued: token.issued)
            let filter = ShardFilter(kind: kind, moment: token.horizon)
            return (key, (UInt32(truncatingIfNeeded: token.position), filter))
        }
        if call.input["StreamName"] == nil, call.input["StreamARN"] == nil, call.input["StreamId"] == nil {
            throw call.invalid("Either NextToken or StreamName should be provided.")
        }
        let key = try key(of: call)
        let wanted = members["StreamCreationTimestamp"]?.moment
        var after = members.optionalText("ExclusiveStartShardId").flatMap(ShardID.number)
        let filter = try onStream(key, call) { (stream) throws(WireError) in
            if let wanted, wanted.seconds != stream.createdAt.seconds {
                throw call.streamNotFound(key.name, key.place.account)
            }
            return try ShardFilter(members.fields("ShardFilter"), of: stream, call, after: &after)
        }
        return (key, (after, filter))
    }
}

/// Which shards a listing takes.
struct ShardFilter {
    enum Kind: UInt64 {
        case all = 0
        /// Open now.
        case latest = 1
        /// Open at the moment.
        case at = 2
        /// Open at the moment or later.
        case from = 3
    }

    let kind: Kind
    let moment: Timestamp

    init(kind: Kind, moment: Timestamp) {
        self.kind = kind
        self.moment = moment
    }

    /// The filter of a call; `after` becomes the shard behind which the listing begins.
    init(_ fields: Fields, of stream: Stream, _ call: FakeCall, after: inout UInt32?) throws(WireError) {
        let type = fields["Type"]?.string ?? "FROM_TRIM_HORIZON"
        let horizon = stream.horizon(call.now)
        switch type {
        case "AFTER_SHARD_ID":
            guard let id = fields["ShardId"]?.string else {
                throw call.invalid("ShardId must be provided for a ShardFilter of type AFTER_SHARD_ID.")
            }
            after = ShardID.number(id)
            self.init(kind: .all, moment: horizon)
        case "AT_LATEST": self.init(kind: .latest, moment: call.now)
        case "AT_TRIM_HORIZON": self.init(kind: .at, moment: max(horizon, stream.shards.first?.createdAt ?? horizon))
        case "AT_TIMESTAMP", "FROM_TIMESTAMP":
            guard let moment = fields["Timestamp"]?.moment else {
                throw call.invalid("Timestamp must be provided for a ShardFilter of type \(type).")
            }
            guard moment <= call.now else {
                throw call.invalid("The Timestamp of a ShardFilter cannot be in the future.")
            }
            self.init(kind: type == "AT_TIMESTAMP" ? .at : .from, moment: moment)
        default: self.init(kind: .all, moment: horizon)
        }
    }

    /// Whether it takes a shard.
    func takes(_ shard: Shard) -> Bool {
        switch kind {
        case .all: true
        case .latest: shard.isOpen
        case .at: shard.createdAt <= moment && shard.closedAt.map { $0 > moment } ?? true
        case .from: shard.closedAt.map { $0 >= moment } ?? true
        }
    }
}
