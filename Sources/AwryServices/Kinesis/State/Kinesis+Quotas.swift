// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    /// The shards that a call writes to or reads: of each record the one that it falls to.
    mutating func quotaScopes(of call: FakeCall) -> [QuotaScope] {
        switch call.operation.name {
        case "PutRecord": shards(of: [call.input], call)
        case "PutRecords": shards(of: call.input["Records"]?.list?.compactMap(\.fields) ?? [], call)
        case "GetShardIterator", "SubscribeToShard": namedShard(call)
        case "GetRecords": readShard(call)
        default: []
        }
    }

    /// What the quota of a shard goes by: the stream's number and its own, and its reader where each has its own.
    private static func scope(_ stream: Stream, _ shard: UInt32, reader: String = "") -> QuotaScope {
        QuotaScope(key: "\(stream.number)/\(shard) \(reader)", name: ShardID.text(shard))
    }

    private mutating func shards(of records: [Fields], _ call: FakeCall) -> [QuotaScope] {
        let scopes = try? onStream(of: call) { (stream) throws(WireError) in
            var scopes: [QuotaScope] = []
            for record in records {
                let index = stream.shardIndex(of: try call.hashKey(of: record)) ?? 0
                scopes.append(Self.scope(stream, stream.shards.isEmpty ? 0 : stream.shards[index].number))
            }
            return scopes
        }
        return scopes ?? []
    }

    private mutating func namedShard(_ call: FakeCall) -> [QuotaScope] {
        guard let number = ShardID.number(call.input["ShardId"]?.string ?? "") else { return [] }
        let arn = call.input["ConsumerARN"]?.string
        guard let key = try? arn.map({ try key(ofARN: $0, call) }) ?? key(of: call), let stream = streams[key] else {
            return []
        }
        // Each consumer has a throughput of its own.
        return [Self.scope(stream, number, reader: arn ?? "")]
    }

    private func readShard(_ call: FakeCall) -> [QuotaScope] {
        guard let token = StreamToken(call.input["ShardIterator"]?.string ?? "", for: .iterator),
            let key = key(ofNumber: token.stream, call), let stream = streams[key]
        else { return [] }
        return [Self.scope(stream, UInt32(truncatingIfNeeded: token.shard))]
    }
}
