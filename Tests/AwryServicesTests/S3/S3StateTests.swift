// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel
import Testing

@testable import AwryServices

/// S3's state under calls: whole, and never in contradiction with itself.
struct S3StateTests {
    @Test func everyOperationHasItsFake() throws {
        let service = try #require(Catalogue.shared.service("s3"))
        for operation in service.operations { #expect(S3.handler(operation.name) != nil, "\(operation.name)") }
        #expect(service.operations.count == 111)
    }

    private static func bench() throws -> Bench<S3> {
        var bench = try Bench<S3>()
        try bench.call("CreateBucket", ["Bucket": "reports"])
        return bench
    }

    /// Every call is followed by the invariant check, which is the bench's.
    @Test(arguments: [1, 2, 3])
    func chanceFindsNoContradiction(seed: UInt64) throws {
        var bench = try Self.bench()
        let chance = Chance(seed: seed)
        var ids: [(key: Value, id: Value)] = []
        for step in 0..<400 {
            let bits = chance.bits(at: UInt64(step))
            let object: Fields = ["Bucket": "reports", "Key": .string("k\(bits >> 8 & 7)")]
            let key = object["Key"] ?? .null
            switch bits & 15 {
            case 0...5:
                let put = try bench.call("PutObject", object.merging(["Body": .blob(Blob(utf8: "\(step)"))]))
                if let id = put["VersionId"] { ids.append((key, id)) }
            case 6, 7:
                let gone = try bench.call("DeleteObject", object)
                if let id = gone["VersionId"] { ids.append((key, id)) }
            case 8, 9:
                guard let (key, id) = ids.isEmpty ? nil : ids[Int(bits >> 16) % ids.count] else { continue }
                try bench.call("DeleteObject", ["Bucket": "reports", "Key": key, "VersionId": id])
            case 10:
                let status: Value = bits >> 20 & 1 == 0 ? "Enabled" : "Suspended"
                try bench.call(
                    "PutBucketVersioning",
                    ["Bucket": "reports", "VersioningConfiguration": ["Status": status]])
            case 11: _ = bench.refusal("CopyObject", object.merging(["CopySource": "reports/k1"]))
            default: bench.advance(Int64(bits >> 30 & 1023))
            }
        }
        // What a listing shows can be read, version by version.
        let listed = try bench.call("ListObjectVersions", ["Bucket": "reports"])
        for version in (listed["Versions"]?.list ?? []).compactMap(\.fields) {
            let read = try bench.call(
                "GetObject",
                [
                    "Bucket": "reports", "Key": version["Key"] ?? "", "VersionId": version["VersionId"] ?? "",
                ])
            #expect(read["ETag"] == version["ETag"])
        }
    }

    @Test func aRefusedWriteLeavesNothing() throws {
        var bench = try Self.bench()
        let refusal = bench.refusal(
            "PutObject",
            [
                "Bucket": "reports", "Key": "k", "Body": .blob(Blob(utf8: "content")), "ChecksumCRC32": "AAAAAA==",
            ])
        #expect(refusal?.code == "BadDigest")
        #expect(bench.state.buckets["reports"]?.objects.isEmpty == true)
    }

    @Test func anUploadsTagIsMadeOfItsPartsDigests() throws {
        var bench = try Self.bench()
        let begun = try bench.call("CreateMultipartUpload", ["Bucket": "reports", "Key": "k"])
        let upload: Fields = ["Bucket": "reports", "Key": "k", "UploadId": begun["UploadId"] ?? ""]
        let bodies = [[UInt8](repeating: 1, count: S3Limits.partBytes), [2, 3]]
        var parts: [Value] = []
        for (number, body) in bodies.enumerated() {
            let sent = try bench.call(
                "UploadPart",
                upload.merging(["PartNumber": .integer(Int64(number + 1)), "Body": .blob(Blob(body))]))
            parts.append(["PartNumber": .integer(Int64(number + 1)), "ETag": sent["ETag"] ?? ""])
        }
        let done = try bench.call(
            "CompleteMultipartUpload", upload.merging(["MultipartUpload": ["Parts": .list(parts)]]))
        let digest = Hex.text(Digests.md5(bodies.flatMap { Digests.md5($0) }))
        #expect(done["ETag"] == .string("\"\(digest)-2\""))
        let checksum = Base64.text(Checksum.of((bodies[0] + bodies[1])[...], .crc64nvme))
        #expect(done["ChecksumCRC64NVME"] == .string(checksum))
    }

    @Test func aHundredThousandKeysAreListedByPages() throws {
        var bench = try Self.bench()
        let version = try { () throws in
            try bench.call("PutObject", ["Bucket": "reports", "Key": "k"])
            return try #require(bench.state.buckets["reports"]?.objects[ObjectKey("k")])
        }()
        for number in 0..<100_000 {
            bench.state.buckets["reports"]?.objects.insert(ObjectKey("n/\(number)"), version)
        }
        let page = try bench.call("ListObjectsV2", ["Bucket": "reports", "StartAfter": "n/5"])
        #expect(page["KeyCount"] == 1000 && page["IsTruncated"] == true)
        #expect(page["Contents"]?.list?.first?.fields?["Key"] == "n/50")
    }
}

extension Fields {
    /// These, and others over them.
    fileprivate func merging(_ others: Fields) -> Fields {
        var all = self
        for field in others { all[field.name] = field.value }
        return all
    }
}
