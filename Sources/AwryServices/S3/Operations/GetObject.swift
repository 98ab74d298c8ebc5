// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var getObject: Handler? { read }
    static var headObject: Handler? { head }

    private static func read(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let found = try bucket.readObject(call)
        try call.checkReadable(found.content)
        let selection = try Selection(call, of: found.content)
        var output = bucket.describe(found, selection, call)
        output["Body"] = .blob(found.content.body.part(selection.bytes).blob)
        return .output(output)
    }

    private static func head(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let found = try bucket.readObject(call)
        return .output(bucket.describe(found, try Selection(call, of: found.content), call))
    }
}

/// Which of an object's bytes a read wants.
private struct Selection {
    var bytes: Range<Int>
    /// Whether the answer says which: 206.
    var isPart = false
    var partNumber: Int?

    init(_ call: FakeCall, of content: ObjectContent) throws(WireError) {
        let size = content.size
        bytes = 0..<size
        let header = call.members.optionalText("Range")
        if let number = call.members.integer("PartNumber") {
            guard header == nil else {
                throw call.invalidRequest("Cannot specify both Range header and partNumber query parameter")
            }
            try select(part: number, of: content, call)
        } else if let header, let range = ByteRange(header: header) {
            guard let within = range.within(size) else {
                throw call.refusal(
                    "InvalidRange",
                    ["RangeRequested": .string(header), "ActualObjectSize": .integer(Int64(size))])
            }
            bytes = within
            isPart = true
        }
    }

    /// The bytes of one part; an object that was put at once is its own first part.
    private mutating func select(part number: Int64, of content: ObjectContent, _ call: FakeCall) throws(WireError) {
        guard (1...Int64(S3Limits.parts)).contains(number) else {
            throw call.invalidArgument(
                "Part number must be an integer between 1 and \(S3Limits.parts), inclusive", "partNumber",
                String(number))
        }
        var start = 0
        for part in content.parts {
            if part.number == Int(number) {
                bytes = start..<start + part.size
                isPart = true
                partNumber = part.number
                return
            }
            start += part.size
        }
        guard content.parts.isEmpty, number == 1 else {
            throw call.refusal(
                "InvalidPartNumber",
                [
                    "PartNumberRequested": .integer(number),
                    "ActualPartCount": .integer(Int64(max(content.parts.count, 1))),
                ])
        }
        isPart = content.size > 0
    }
}

extension Bucket {
    /// The object that a read names, where its conditions hold and its key is given.
    fileprivate func readObject(_ call: FakeCall) throws(WireError) -> Found {
        let input = call.members
        let found = try object(try call.objectKey(), version: input.optionalText("VersionId"), call)
        let conditions = Preconditions(
            ifMatch: input.optionalText("IfMatch"), ifNoneMatch: input.optionalText("IfNoneMatch"),
            ifModifiedSince: input["IfModifiedSince"]?.timestamp,
            ifUnmodifiedSince: input["IfUnmodifiedSince"]?.timestamp)
        switch conditions.verdict(etag: found.content.etag, modifiedAt: found.version.modifiedAt, now: call.now) {
        case .holds: break
        case .failed(let header): throw call.preconditionFailed(header)
        case .notModified:
            var error = call.refusal("NotModified")
            error.headers = [
                Header("ETag", "\"\(found.content.etag)\""),
                Header("Last-Modified", TimeFormats.rfc822(found.version.modifiedAt)),
            ]
            throw error
        }
        try found.content.encryption.check(try CustomerKey.read(call), call)
        return found
    }

    /// What GetObject and HeadObject say of an object.
    fileprivate func describe(_ found: Found, _ selection: Selection, _ call: FakeCall) -> Fields {
        let (content, input) = (found.content, call.members)
        var output: Fields = [
            "AcceptRanges": "bytes", "LastModified": .timestamp(found.version.modifiedAt.wholeSeconds),
            "ContentLength": .integer(Int64(selection.bytes.count)), "ETag": .string("\"\(content.etag)\""),
        ]
        if let id = shownID(of: found.version) { output["VersionId"] = .string(id) }
        for (name, value) in content.headers { output[name] = value }
        output.setDefault("ContentType", "binary/octet-stream")
        for (name, member) in Self.overridable {
            if let value = input[member] { output[name] = value }
        }
        if !content.metadata.isEmpty { output["Metadata"] = .structure(content.metadata) }
        if selection.isPart {
            let bytes = selection.bytes
            output["ContentRange"] = .string("bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(content.size)")
        }
        if input["PartNumber"] != nil, !content.parts.isEmpty {
            output["PartsCount"] = .integer(Int64(content.parts.count))
        }
        if input["VersionId"] == nil, let text = expiration(of: found.version, ObjectKey(input.text("Key"))) {
            output["Expiration"] = .string(text)
        }
        content.encryption.show(in: &output)
        if content.storageClass != StorageClass.standard { output["StorageClass"] = .string(content.storageClass) }
        if let replication = content.replication { output["ReplicationStatus"] = .string(replication.rawValue) }
        if let restoration = content.restoration, let text = restoration.header(at: call.now) {
            output["Restore"] = .string(text)
        }
        if !content.tags.isEmpty { output["TagCount"] = .integer(Int64(content.tags.count)) }
        if let retention = content.retention {
            output["ObjectLockMode"] = .string(retention.mode.rawValue)
            output["ObjectLockRetainUntilDate"] = .timestamp(retention.until)
        }
        if let isHeld = content.legalHold { output["ObjectLockLegalHoldStatus"] = isHeld ? "ON" : "OFF" }
        if input.optionalText("ChecksumMode")?.uppercased() == "ENABLED" {
            show(content.checksum, selection, content, in: &output)
        }
        return output
    }

    /// What a read may have said otherwise, and the member by which it asks for that.
    private static let overridable = [
        "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires",
    ].map { (name: $0, member: "Response\($0)") }

    /// The checksum of what is read: of the object, or of the part that is read whole.
    private func show(
        _ checksum: ObjectChecksum?, _ selection: Selection, _ content: ObjectContent, in output: inout Fields
    ) {
        guard let checksum else { return }
        if let number = selection.partNumber {
            guard let part = content.parts.first(where: { $0.number == number }), let value = part.checksum else {
                return
            }
            output[checksum.algorithm.member] = .string(value)
            output["ChecksumType"] = .string(checksum.type)
        } else if selection.bytes.count == content.size {
            checksum.show(in: &output)
        }
    }
}

extension Restoration {
    /// As `x-amz-restore` tells it; nil once the copy has gone.
    func header(at now: Timestamp) -> String? {
        if now < readyAt { return "ongoing-request=\"true\"" }
        if now >= expiresAt { return nil }
        return "ongoing-request=\"false\", expiry-date=\"\(TimeFormats.rfc822(expiresAt))\""
    }
}
