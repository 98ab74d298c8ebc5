// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

/// Bytes put behind an object of a directory bucket.
struct AppendsTests {
    private static let name = "zoned--use1-az4--x-s3"

    private static func bench() throws -> Bench<S3> {
        var bench = try Bench<S3>()
        let directory: Value = [
            "Location": ["Type": "AvailabilityZone", "Name": "use1-az4"],
            "Bucket": ["Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"],
        ]
        try bench.call("CreateBucket", ["Bucket": .string(name), "CreateBucketConfiguration": directory])
        return bench
    }

    private static func append(to key: Value, at offset: Int64) -> Fields {
        [
            "Bucket": .string(name), "Key": key, "Body": .blob(Blob([1])), "WriteOffsetBytes": .integer(offset),
        ]
    }

    @Test func thereIsALimitAndACopyBeginsAnew() throws {
        var bench = try Self.bench()
        for offset in Int64(0)..<8 { try bench.call("PutObject", Self.append(to: "k", at: offset)) }
        // The rest of them are not sent, for the sum over all that is there would be made for each.
        let key = ObjectKey("k")
        var version = try #require(bench.state.buckets[Self.name]?.latest(key))
        version.content?.appends = S3Limits.parts - 1
        bench.state.buckets[Self.name]?.remove(key, "null")
        bench.state.buckets[Self.name]?.add(version, to: key)
        try bench.call("PutObject", Self.append(to: "k", at: 8))
        #expect(bench.refusal("PutObject", Self.append(to: "k", at: 9))?.code == "TooManyParts")
        let source: Value = .string("\(Self.name)/k")
        try bench.call("CopyObject", ["Bucket": .string(Self.name), "Key": "copy", "CopySource": source])
        try bench.call("PutObject", Self.append(to: "copy", at: 9))
    }
}
