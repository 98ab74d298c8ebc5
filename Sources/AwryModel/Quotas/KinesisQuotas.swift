// SPDX-License-Identifier: Apache-2.0

extension Quota {
    private static let stream = Scope.member(["StreamARN", "StreamName"])
    private static let day: Double = 86_400

    /// "Quotas and limits" of the Kinesis Data Streams Developer Guide, and the limits that the API Reference gives
    /// with each operation. Those of the operations have the operation's name.
    static let kinesis: [Quota] =
        [
            Quota("kinesis.recordsPerShard", 1000, .records, per: .shard, of: puts),
            // The guide writes 1 MB, and counts partition keys.
            Quota("kinesis.bytesPerShard", 1_048_576, .recordBytes, per: .shard, of: puts),
            Quota("kinesis.readsPerShard", 5, per: .shard, of: .operations(["GetRecords"])),
            Quota("kinesis.readBytesPerShard", 2_097_152, .answerBytes, per: .shard, of: .operations(["GetRecords"])),
        ]
        + [
            ("AddTagsToStream", 5), ("CreateStream", 5), ("DeleteStream", 5), ("DescribeAccountSettings", 5),
            ("DescribeLimits", 1), ("DescribeStream", 10), ("DescribeStreamSummary", 20), ("ListStreams", 5),
            ("ListTagsForStream", 5), ("MergeShards", 5), ("RegisterStreamConsumer", 5), ("RemoveTagsFromStream", 5),
            ("SplitShard", 5), ("UpdateAccountSettings", 5), ("UpdateStreamWarmThroughput", 5),
        ].map { Quota("kinesis.\($0)", $1, of: .operations([$0])) }
        + [("ListShards", 1000), ("ListStreamConsumers", 5)].map {
            Quota("kinesis.\($0)", $1, per: stream, of: .operations([$0]))
        }
        + [
            Quota("kinesis.GetShardIterator", 5, per: .shard, of: .operations(["GetShardIterator"])),
            Quota(
                "kinesis.DeregisterStreamConsumer", 5, per: .member(["StreamARN", "ConsumerARN"]),
                of: .operations(["DeregisterStreamConsumer"])),
            Quota(
                "kinesis.DescribeStreamConsumer", 20, per: .member(["StreamARN", "ConsumerARN"]),
                of: .operations(["DescribeStreamConsumer"])),
            Quota("kinesis.SubscribeToShard", 1, per: .shard, of: .operations(["SubscribeToShard"])),
            // These are counted over a rolling day.
            Quota("kinesis.UpdateShardCount", 10 / day, burst: 10, per: stream, of: .operations(["UpdateShardCount"])),
            Quota(
                "kinesis.StartStreamEncryption", 25 / day, burst: 25, per: stream,
                of: .operations(["StartStreamEncryption"])),
            Quota(
                "kinesis.StopStreamEncryption", 25 / day, burst: 25, per: stream,
                of: .operations(["StopStreamEncryption"])),
        ]

    private static let puts = Reach.operations(["PutRecord", "PutRecords"])
}
