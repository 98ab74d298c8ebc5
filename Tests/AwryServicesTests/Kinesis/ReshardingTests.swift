// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

struct ReshardingTests {
    private func bench(shards: Int64) throws -> Bench<Kinesis> {
        var bench = try Bench<Kinesis>()
        try bench.call("CreateStream", ["StreamName": "s", "ShardCount": .integer(shards)])
        return bench
    }

    private func shards(_ bench: inout Bench<Kinesis>) throws -> [Fields] {
        try bench.call("ListShards", ["StreamName": "s"])["Shards"]?.list?.compactMap(\.fields) ?? []
    }

    private func open(_ bench: inout Bench<Kinesis>) throws -> [ClosedRange<UInt128>] {
        try shards(&bench).filter { $0["SequenceNumberRange"]?.fields?["EndingSequenceNumber"] == nil }
            .compactMap { $0["HashKeyRange"]?.fields }
            .map { range in
                let ends = ["StartingHashKey", "EndingHashKey"].map { UInt128(range[$0]?.string ?? "") ?? 0 }
                return ends[0]...ends[1]
            }
            .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// From any number to any that one step reaches: the shards are of one size, and nobody has more than two parents.
    @Test(arguments: 1...9) func aStreamIsBroughtToAnyNumberOfShards(_ count: Int) throws {
        for target in max(1, (count + 1) / 2)...count * 2 {
            var bench = try bench(shards: Int64(count))
            let output = try bench.call(
                "UpdateShardCount",
                [
                    "StreamName": "s", "TargetShardCount": .integer(Int64(target)),
                    "ScalingType": "UNIFORM_SCALING",
                ])
            #expect(output["CurrentShardCount"] == .integer(Int64(count)))
            #expect(try open(&bench) == HashKey.ranges(target), "from \(count) to \(target)")
        }
    }

    @Test func numbersOfChildrenAreLaterThanTheirParents() throws {
        var bench = try bench(shards: 1)
        let input: Fields = ["StreamName": "s", "Data": .blob(Blob([1])), "PartitionKey": "k"]
        var numbers = [try bench.call("PutRecord", input)["SequenceNumber"]?.string ?? ""]
        for (shard, start) in [("0", "1000"), ("2", "2000"), ("4", "3000")] {
            // Within one second: only their order in the tree tells.
            try bench.call(
                "SplitShard",
                ["StreamName": "s", "ShardToSplit": .string("shardId-" + shard), "NewStartingHashKey": .string(start)])
            numbers.append(try bench.call("PutRecord", input)["SequenceNumber"]?.string ?? "")
        }
        #expect(numbers == numbers.sorted() && Set(numbers).count == 4)
    }

    @Test func changesTakeTheTimeThatTheClockSays() throws {
        var bench = try bench(shards: 2)
        bench.settings.transitions[.stream] = .seconds(3)
        try bench.call(
            "MergeShards",
            ["StreamName": "s", "ShardToMerge": "shardId-0", "AdjacentShardToMerge": "shardId-1"])
        func status() throws -> Value? {
            try bench.call("DescribeStream", ["StreamName": "s"])["StreamDescription"]?.fields?["StreamStatus"]
        }
        #expect(try status() == "UPDATING")
        #expect(try open(&bench).count == 2)
        bench.advance(2)
        #expect(try status() == "UPDATING")
        bench.advance(1)
        #expect(try status() == "ACTIVE")
        #expect(try open(&bench) == [0...UInt128.max])
        try bench.call("DeleteStream", ["StreamName": "s"])
        #expect(try status() == "DELETING")
        bench.advance(3)
        let refusal = bench.refusal("DescribeStream", ["StreamName": "s"])
        #expect(refusal?.code == "ResourceNotFoundException")
    }

    @Test func whatIsOutOfTimeIsGoneAndClosedShardsWithIt() throws {
        var bench = try bench(shards: 1)
        for _ in 0..<3000 {
            try bench.call("PutRecord", ["StreamName": "s", "Data": .blob(Blob([1])), "PartitionKey": "k"])
        }
        try bench.call(
            "SplitShard", ["StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": "1000"])
        let iterator = try bench.call(
            "GetShardIterator",
            ["StreamName": "s", "ShardId": "shardId-0", "ShardIteratorType": "TRIM_HORIZON"])
        #expect(try bench.call("GetRecords", iterator)["Records"]?.list?.count == 3000)
        bench.advance(86_401)
        #expect(try shards(&bench).map { $0["ShardId"] } == ["shardId-000000000001", "shardId-000000000002"])
    }
}
