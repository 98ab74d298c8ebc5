// SPDX-License-Identifier: Apache-2.0

/// What Kinesis allows: "Quotas and limits" of the Kinesis Data Streams Developer Guide, and what the API Reference
/// says of each operation.
enum KinesisLimits {
    /// Shards of an account in a region, by default: more in the three regions named.
    static func shards(in region: String) -> Int { hasMost(region) ? 20_000 : 1_000 }

    private static func hasMost(_ region: String) -> Bool {
        ["us-east-1", "us-west-2", "eu-west-1"].contains(region)
    }

    /// On-demand streams of an account in a region.
    static let onDemandStreams = 50
    /// The shards of a stream that is made on demand.
    static let onDemandShards = 4
    /// For how many days a peak of writing counts for an on-demand stream.
    static let demandDays: Int64 = 30
    /// The shards of an on-demand stream at most: 10 GB a second in three regions, 200 MB in all others.
    static func onDemandThroughput(in region: String) -> Int { hasMost(region) ? 10_240 : 200 }
    /// Streams of an account that may be under way to existence at once.
    static let creatingStreams = 5
    /// The consumers of a stream; of an on-demand stream whose account has chosen On-demand Advantage.
    static let consumers = 20
    static let advantageConsumers = 50
    /// Consumers of a stream that may be under way to existence at once.
    static let creatingConsumers = 5
    /// The tags of a stream or a consumer.
    static let tags = 50
    /// For how many hours records may be kept.
    static let retention: ClosedRange<Int64> = 24...8760
    /// How long an iterator, a page's token and a subscription are good for.
    static let life = Duration.seconds(300)
    /// For how long nobody can subscribe again.
    static let resubscription = Duration.seconds(5)
    /// Records of a reading, and their bytes.
    static let readRecords = 10_000
    static let readBytes = 10 << 20
    /// The bytes of the records of one event of a subscription.
    static let eventBytes = 1 << 20
    /// The bytes of all records of one writing.
    static let writeBytes = 10 << 20
    /// The largest record in KiB, unless its stream says otherwise.
    static let recordKiB: Int64 = 1024
    /// How many shards of a description, streams of a listing, fit on a page.
    static let describedShards = 100
    static let listedStreams = 100
    static let listedShards = 1000
    static let listedConsumers = 100
    /// Shards of a stream that is brought to a number of them.
    static let scaledShards: Int64 = 10_000
    /// How often a stream can be brought to another number of shards in a day, and to the other mode.
    static let scalingsPerDay = 10
    static let modeChangesPerDay = 2
    static let day = Duration.seconds(86_400)
    /// The largest throughput that a stream can be warmed for, in MiB a second.
    static let warmThroughput: Int64 = 10_240
    /// For how long an account is bound that chose to pay for a minimum of throughput.
    static let commitment = Duration.seconds(86_400)
    /// The longest resource policy, in bytes.
    static let policyBytes = 20 << 10
}
