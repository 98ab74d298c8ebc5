// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// What all listings of a bucket's keys are asked in common.
struct ListRequest: Sendable {
    let prefix: String
    let delimiter: String
    /// How many entries a page has at most.
    let limit: Int
    /// Whether keys are percent-encoded in the answer, which XML cannot carry else.
    let isEncoded: Bool
    private let now: Timestamp
    private let showsRestorations: Bool

    /// The request of a call; `name` is the member that limits the page.
    init(_ call: FakeCall, limit name: String) throws(WireError) {
        let input = call.members
        prefix = input.text("Prefix")
        delimiter = input.text("Delimiter")
        if !prefix.isEmpty, !prefix.hasSuffix("/"), input.text("Bucket").hasSuffix(DirectoryBucketRequest.ending) {
            throw call.invalidRequest(
                "This bucket does not support a prefix that does not end in a delimiter. Specify a prefix path ending "
                    + "with a delimiter and try again.")
        }
        let wanted = input.integer(name) ?? Int64(S3Limits.pageEntries)
        guard (0...Int64(Int32.max)).contains(wanted) else {
            let argument = name.prefix(1).lowercased() + name.dropFirst()
            throw call.invalidArgument(
                "Argument \(argument) must be an integer between 0 and 2147483647",
                name == "MaxKeys" ? "max-keys" : "max-uploads", String(wanted))
        }
        limit = min(Int(wanted), S3Limits.pageEntries)
        isEncoded = input.optionalText("EncodingType") == "url"
        now = call.now
        showsRestorations = name == "MaxKeys" && input.texts("OptionalObjectAttributes").contains("RestoreStatus")
    }

    /// The walk that begins behind a key.
    func listing(after marker: String) -> KeyListing {
        KeyListing(prefix: prefix, delimiter: delimiter, marker: marker)
    }

    /// A key or a part of one, as the answer writes it.
    func shown(_ text: String) -> Value {
        .string(isEncoded ? PercentCoding.encode(text, keeping: "/") : text)
    }

    func shown(groups: [String]) -> Value { .list(groups.map { .structure(["Prefix": shown($0)]) }) }

    /// The request's own words in the answer.
    func echo() -> Fields {
        var output: Fields = ["Prefix": shown(prefix)]
        if !delimiter.isEmpty { output["Delimiter"] = shown(delimiter) }
        if isEncoded { output["EncodingType"] = "url" }
        return output
    }

    /// What a listing says of an object.
    func show(_ content: ObjectContent, _ version: ObjectVersion, in fields: inout Fields, withOwner: Bool) {
        fields["LastModified"] = .timestamp(version.modifiedAt.wholeSeconds)
        fields["ETag"] = .string("\"\(content.etag)\"")
        fields["Size"] = .integer(Int64(content.size))
        fields["StorageClass"] = .string(content.storageClass)
        if let checksum = content.checksum {
            fields["ChecksumAlgorithm"] = [.string(checksum.algorithm.rawValue)]
            fields["ChecksumType"] = .string(checksum.type)
        }
        if withOwner { fields["Owner"] = version.owner.value }
        if showsRestorations, let restoration = content.restoration, now < restoration.expiresAt {
            var status: Fields = ["IsRestoreInProgress": .bool(now < restoration.readyAt)]
            if now >= restoration.readyAt { status["RestoreExpiryDate"] = .timestamp(restoration.expiresAt) }
            fields["RestoreStatus"] = .structure(status)
        }
    }
}
