// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

/// Bytes put behind an object of a directory bucket.
struct AppendsTests {
    private static let name: Value = "zoned--use1-az4--x-s3"
    private static let object: Fields = ["Bucket": name, "Key": "k"]

    private static func bench() throws -> Bench<S3> {
        var bench = try Bench<S3>()
        let directory: Value = [
            "Location": ["Type": "AvailabilityZone", "Name": "use1-az4"],
            "Bucket": ["Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"],
        ]
        try bench.call("CreateBucket", ["Bucket": name, "CreateBucketConfiguration": directory])
        return bench
    }

    private static func append(at offset: Int64) -> Fields {
        object.merging(["Body": .blob(Blob([1])), "WriteOffsetBytes": .integer(offset)])
    }

    @Test func thereIsALimitAndACopyBeginsAnew() throws {
        var bench = try Self.bench()
        for offset in 0..<8 { try bench.call("PutObject", Self.append(at: offset)) }
        // The rest of them are not sent, for the sum over all that is there would be made for each.
        let place = try #require(bench.state.buckets.index(forKey: Self.name.string ?? ""))
        let key = ObjectKey("k")
        var version = try #require(bench.state.buckets.values[place].latest(key))
        version.content?.appends = S3Limits.parts - 1
        bench.state.buckets.values[place].remove(key, "null")
        bench.state.buckets.values[place].add(version, to: key)
        try bench.call("PutObject", Self.append(at: 8))
        #expect(bench.refusal("PutObject", Self.append(at: 9))?.code == "TooManyParts")
        try bench.call("CopyObject", Self.object.merging(["Key": "copy", "CopySource": "\(Self.name.string ?? "")/k"]))
        try bench.call("PutObject", Self.append(at: 9).merging(["Key": "copy"]))
    }
}
