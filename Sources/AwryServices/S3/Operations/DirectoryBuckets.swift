// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var listDirectoryBuckets: Handler? { list }
    static var createSession: Handler? { session }

    private static func list(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        var after: String?
        if let token = call.members.optionalText("ContinuationToken"), !token.isEmpty {
            guard let name = ContinuationToken.text(of: token) else {
                throw call.invalidArgument(
                    "The continuation token provided is incorrect", "continuation-token", token)
            }
            after = name
        }
        let limit = min(Int(clamping: call.members.integer("MaxDirectoryBuckets") ?? .max), S3Limits.pageEntries)
        let mine = state.buckets.values.filter { bucket in
            bucket.account == call.place.account && bucket.region == call.place.region && bucket.zone != nil
                && after.map { $0 < bucket.name } ?? true
        }.sorted { $0.name < $1.name }
        let page = mine.prefix(max(limit, 0))
        var output: Fields = [
            "Buckets": .list(
                page.map { bucket in
                    [
                        "Name": .string(bucket.name), "CreationDate": .timestamp(bucket.createdAt.wholeSeconds),
                        "BucketRegion": .string(bucket.region), "BucketArn": .string(bucket.arn),
                    ]
                })
        ]
        if mine.count > page.count, let last = page.last {
            output["ContinuationToken"] = .string(ContinuationToken.of(last.name))
        }
        return .output(output)
    }

    /// Credentials of a session last five minutes (CreateSession).
    private static let sessionLength = Duration.seconds(300)

    private static func session(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        guard bucket.zone != nil else { throw call.methodNotAllowed("BUCKET") }
        let secret = state.nextVersionID() + state.nextVersionID().prefix(8)
        let token = (0..<6).map { _ in state.nextVersionID() }.joined()
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let key = String((0..<16).map { _ in letters[Int(state.identifiers.bits() & 31)] })
        var output: Fields = [
            "Credentials": [
                "AccessKeyId": .string("ASIA\(key)"), "SecretAccessKey": .string(secret),
                "SessionToken": .string(token), "Expiration": .timestamp((call.now + sessionLength).wholeSeconds),
            ]
        ]
        bucket.defaultEncryption.show(in: &output)
        return .output(output)
    }
}

/// What CreateBucket says of a directory bucket.
struct DirectoryBucketRequest {
    /// What directory buckets' names end in.
    static let ending = "--x-s3"

    let zone: String

    /// Nil where a general-purpose bucket is wanted; refused where name and configuration do not agree.
    init?(_ name: String, _ call: FakeCall) throws(WireError) {
        let configuration = call.members.fields("CreateBucketConfiguration")
        let isDirectory = configuration["Bucket"]?.fields?["Type"]?.string == "Directory"
        // `base--use1-az4--x-s3`
        let parts = name.hasSuffix(Self.ending) ? Self.parts(of: name.dropLast(Self.ending.count)) : nil
        if !isDirectory {
            if name.hasSuffix(Self.ending) { throw call.invalidBucketName(name) }
            return nil
        }
        guard let parts, let location = configuration["Location"]?.fields, location["Name"]?.string == parts.zone else {
            throw call.invalidBucketName(name)
        }
        zone = parts.zone
    }

    private static func parts(of stem: Substring) -> (base: String, zone: String)? {
        var dashes = stem.endIndex
        var at = stem.startIndex
        while let next = stem[at...].firstIndex(of: "-") {
            let after = stem.index(after: next)
            if after < stem.endIndex, stem[after] == "-" { dashes = next }
            at = after
        }
        guard dashes > stem.startIndex, dashes < stem.endIndex else { return nil }
        let zone = stem[stem.index(dashes, offsetBy: 2)...]
        return zone.isEmpty ? nil : (String(stem[..<dashes]), String(zone))
    }
}
