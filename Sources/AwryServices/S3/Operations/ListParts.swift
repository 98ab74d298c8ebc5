// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var listParts: Handler? { list }

    private static func list(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let limit = try bounded("MaxParts", "max-parts", call) ?? Int64(S3Limits.pageEntries)
        let marker = try bounded("PartNumberMarker", "part-number-marker", call) ?? 0
        let bucket = try state.bucket(of: call)
        let upload = try bucket.upload(of: call)
        let rest = upload.sortedParts.filter { $0.number > marker }
        let page = rest.prefix(min(Int(limit), S3Limits.pageEntries))
        var output: Fields = [
            "Bucket": .string(bucket.name), "Key": .string(upload.key.text), "UploadId": .string(upload.id),
            "PartNumberMarker": .integer(marker),
            "NextPartNumberMarker": .integer(Int64(page.last?.number ?? 0)),
            "MaxParts": .integer(min(limit, Int64(S3Limits.pageEntries))),
            "IsTruncated": .bool(page.count < rest.count), "Initiator": upload.initiator.value,
            "Owner": upload.owner.value, "StorageClass": .string(upload.settings.storageClass),
        ]
        bucket.showAbortion(of: upload, in: &output)
        if !page.isEmpty { output["Parts"] = .list(page.map { .structure(shown($0)) }) }
        if let algorithm = upload.algorithm {
            output["ChecksumAlgorithm"] = .string(algorithm.rawValue)
            output["ChecksumType"] = .string(upload.isComposite ? "COMPOSITE" : "FULL_OBJECT")
        }
        return .output(output)
    }

    private static func shown(_ part: MultipartUpload.Part) -> Fields {
        var fields: Fields = [
            "PartNumber": .integer(Int64(part.number)), "LastModified": .timestamp(part.modifiedAt.wholeSeconds),
            "ETag": .string("\"\(part.etag)\""), "Size": .integer(Int64(part.size)),
        ]
        part.checksum?.show(in: &fields, withType: false)
        return fields
    }

    /// A number that is not negative.
    private static func bounded(_ member: String, _ name: String, _ call: FakeCall) throws(WireError) -> Int64? {
        let text = call.members[member]
        guard let number = text?.integer ?? text?.string.flatMap({ Int64($0) }) else {
            guard let text = text?.string else { return nil }
            throw call.invalidArgument("Provided \(name) not an integer or within integer range", name, text)
        }
        guard (0...Int64(Int32.max)).contains(number) else {
            throw call.invalidArgument(
                "Argument \(name) must be an integer between 0 and 2147483647", name, String(number))
        }
        return number
    }
}
