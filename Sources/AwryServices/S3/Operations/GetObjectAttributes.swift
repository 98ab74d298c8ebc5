// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var getObjectAttributes: Handler? { attributes }

    private static func attributes(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let found = try bucket.object(try call.objectKey(), version: call.members.optionalText("VersionId"), call)
        let content = found.content
        try content.encryption.check(try CustomerKey.read(call), call)
        let wanted = Set(call.members.texts("ObjectAttributes"))
        var output: Fields = ["LastModified": .timestamp(found.version.modifiedAt.wholeSeconds)]
        if let id = bucket.shownID(of: found.version) { output["VersionId"] = .string(id) }
        if wanted.contains("ETag") { output["ETag"] = .string(content.etag) }
        if wanted.contains("ObjectSize") { output["ObjectSize"] = .integer(Int64(content.size)) }
        if wanted.contains("StorageClass") { output["StorageClass"] = .string(content.storageClass) }
        if wanted.contains("Checksum"), let checksum = content.checksum {
            var shown: Fields = [:]
            checksum.show(in: &shown)
            // Here alone the number of parts is not behind the checksum.
            let digits = checksum.value.split(separator: "-").first.map(String.init) ?? checksum.value
            shown[checksum.algorithm.member] = .string(digits)
            output["Checksum"] = .structure(shown)
        }
        if wanted.contains("ObjectParts"), !content.parts.isEmpty {
            output["ObjectParts"] = .structure(try parts(of: content, call))
        }
        return .output(output)
    }

    /// How many parts there are, and which, where they have checksums of their own.
    private static func parts(of content: ObjectContent, _ call: FakeCall) throws(WireError) -> Fields {
        var shown: Fields = ["TotalPartsCount": .integer(Int64(content.parts.count))]
        guard let algorithm = content.checksum?.algorithm, content.parts.contains(where: { $0.checksum != nil }) else {
            return shown
        }
        let limit = min(Int(clamping: call.members.integer("MaxParts") ?? .max), S3Limits.pageEntries)
        let marker = call.members["PartNumberMarker"]
        let after = marker?.integer ?? marker?.string.flatMap { Int64($0) } ?? 0
        let rest = content.parts.filter { $0.number > after }
        let page = rest.prefix(max(limit, 0))
        shown["PartNumberMarker"] = .integer(after)
        shown["NextPartNumberMarker"] = .integer(Int64(page.last?.number ?? 0))
        shown["MaxParts"] = .integer(Int64(limit))
        shown["IsTruncated"] = .bool(page.count < rest.count)
        shown["Parts"] = .list(
            page.map { part in
                var fields: Fields = [
                    "PartNumber": .integer(Int64(part.number)), "Size": .integer(Int64(part.size)),
                ]
                if let checksum = part.checksum { fields[algorithm.member] = .string(checksum) }
                return .structure(fields)
            })
        return shown
    }
}
