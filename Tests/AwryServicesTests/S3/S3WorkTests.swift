// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel
import Testing

@testable import AwryServices

/// What S3 lets be done while nobody holds its lock.
struct S3WorkTests {
    private static let large = Blob([UInt8](repeating: 7, count: 300 << 10))

    /// What a call comes to when it is asked for the first time, or with work that was done.
    private static func ask(
        _ name: String, _ input: Fields, _ bench: inout Bench<S3>, worked: Work? = nil
    ) throws -> Outcome {
        let operation = try #require(bench.service.operation(name))
        let handler = try #require(S3.handler(name))
        var call = FakeCall(
            service: bench.service, operation: operation, input: input, place: bench.place, now: bench.now,
            endpoint: "http://localhost")
        call.worked = worked
        return try handler(&bench.state, call)
    }

    private static func work(_ outcome: Outcome) throws -> Work {
        guard case .work(let work) = outcome else {
            throw WireError("NoWork", status: 500)
        }
        work.run()
        return work
    }

    private static func bench() throws -> Bench<S3> {
        var bench = try Bench<S3>()
        try bench.call("CreateBucket", ["Bucket": "one"])
        return bench
    }

    @Test func whatIsSmallIsPutAtOnce() throws {
        var bench = try Self.bench()
        let input: Fields = ["Bucket": "one", "Key": "k", "Body": .blob(Blob([1, 2, 3]))]
        guard case .output = try Self.ask("PutObject", input, &bench) else {
            return #expect(Bool(false), "it asks for work")
        }
    }

    @Test func whatIsLargeIsHashedFirst() throws {
        var bench = try Self.bench()
        let input: Fields = ["Bucket": "one", "Key": "k", "Body": .blob(Self.large)]
        let work = try Self.work(try Self.ask("PutObject", input, &bench))
        #expect(bench.state.buckets["one"]?.objects.isEmpty == true)
        guard case .output(let output) = try Self.ask("PutObject", input, &bench, worked: work) else {
            return #expect(Bool(false), "it asks for work again")
        }
        #expect(output["ETag"] == .string("\"\(Hex.text(Checksum.of(Self.large, .md5)))\""))
    }

    /// Digests of one body are not taken for those of another.
    @Test func aSourceThatChangedIsHashedAgain() throws {
        var bench = try Self.bench()
        let other = Blob([UInt8](repeating: 8, count: 300 << 10))
        for (key, body) in [("a", Self.large), ("b", other)] {
            try bench.call("PutObject", ["Bucket": "one", "Key": .string(key), "Body": .blob(body)])
        }
        let copy: Fields = ["Bucket": "one", "Key": "copy", "CopySource": "one/a", "ChecksumAlgorithm": "SHA1"]
        let work = try Self.work(try Self.ask("CopyObject", copy, &bench))
        try bench.call("CopyObject", ["Bucket": "one", "Key": "a", "CopySource": "one/b"])
        let again = try Self.work(try Self.ask("CopyObject", copy, &bench, worked: work))
        guard case .output(let output) = try Self.ask("CopyObject", copy, &bench, worked: again) else {
            return #expect(Bool(false), "it asks for work for the third time")
        }
        let sum = output["CopyObjectResult"]?.fields?["ChecksumSHA1"]
        #expect(sum == .string(Base64.text(Checksum.of(other, .sha1))))
    }

    @Test func aSearchIsWork() throws {
        var bench = try Self.bench()
        try bench.call("PutObject", ["Bucket": "one", "Key": "k", "Body": .blob(Blob(utf8: "1,2\n"))])
        let input: Fields = [
            "Bucket": "one", "Key": "k", "ExpressionType": "SQL", "Expression": "select _2 from s3object",
            "InputSerialization": ["CSV": [:]], "OutputSerialization": ["CSV": [:]],
        ]
        let work = try Self.work(try Self.ask("SelectObjectContent", input, &bench))
        bench.state.buckets["one"] = Bucket("one", place: bench.place, now: bench.now)
        #expect(throws: WireError.self) { try Self.ask("SelectObjectContent", input, &bench, worked: work) }
    }

    @Test func anAccountHasSoManyBuckets() throws {
        var bench = try Self.bench()
        for number in 1..<S3Limits.buckets {
            bench.state.buckets["b\(number)"] = Bucket("b\(number)", place: bench.place, now: bench.now)
        }
        #expect(bench.refusal("CreateBucket", ["Bucket": "more"])?.code == "TooManyBuckets")
        bench.place.account = "999999999999"
        #expect(bench.refusal("CreateBucket", ["Bucket": "more"]) == nil)
    }
}
