// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var uploadPart: Handler? { put }
    static var uploadPartCopy: Handler? { copy }

    private static func put(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let number = try partNumber(call)
        let upload = try state.buckets.values[index].upload(of: call)
        let sent = try call.sentBody()
        try checkKey(of: upload, call)
        var wanted = upload.digestsOfParts
        let given = try GivenChecksum.read(call)
        if let given { wanted.insert(given.algorithm) }
        guard let body = call.digested(sent, wanted) else { return call.digesting(sent, wanted) }
        try call.checkBody(body, given)
        if let given, let wanted = upload.algorithm, given.algorithm != wanted {
            throw call.invalidRequest(
                "Checksum Type mismatch occurred, expected checksum Type: \(wanted.rawValue.lowercased()), actual "
                    + "checksum Type: \(given.algorithm.rawValue.lowercased())")
        }
        let part = upload.part(number, body, given: given, now: call.now)
        state.buckets.values[index].uploads[upload.id]?.parts[number] = part
        var output: Fields = ["ETag": .string("\"\(part.etag)\"")]
        upload.settings.encryption.show(in: &output)
        part.checksum?.show(in: &output, withType: false)
        return .output(output)
    }

    private static func copy(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let number = try partNumber(call)
        let upload = try state.buckets.values[index].upload(of: call)
        try checkKey(of: upload, call)
        let source = try state.source(of: call)
        let copied = source.found.content.body.part(try copiedRange(of: source.found.content.size, call))
        if copied.count > S3Limits.uploadBytes {
            throw call.invalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: "
                    + "\(S3Limits.uploadBytes)")
        }
        let wanted = upload.digestsOfParts
        guard let body = call.digested(copied, wanted) else { return call.digesting(copied, wanted) }
        let part = upload.part(number, body, given: nil, now: call.now)
        state.buckets.values[index].uploads[upload.id]?.parts[number] = part
        var result: Fields = ["ETag": .string("\"\(part.etag)\""), "LastModified": .timestamp(call.now.wholeSeconds)]
        part.checksum?.show(in: &result, withType: false)
        var output: Fields = ["CopyPartResult": .structure(result)]
        upload.settings.encryption.show(in: &output)
        if let id = source.shownID { output["CopySourceVersionId"] = .string(id) }
        return .output(output)
    }

    private static func partNumber(_ call: FakeCall) throws(WireError) -> Int {
        let number = call.members.integer("PartNumber") ?? 0
        guard (1...Int64(S3Limits.parts)).contains(number) else {
            throw call.invalidArgument(
                "Part number must be an integer between 1 and \(S3Limits.parts), inclusive", "partNumber",
                String(number))
        }
        return Int(number)
    }

    /// An upload under the customer's key takes parts under that key alone.
    private static func checkKey(of upload: MultipartUpload, _ call: FakeCall) throws(WireError) {
        let key = try CustomerKey.read(call)
        guard let wanted = upload.settings.encryption.customerKeyMD5 else {
            if key == nil { return }
            throw call.invalidRequest(
                "The multipart upload initiate requested did not request encryption. Please resend the request without "
                    + "specifying encryption parameters.")
        }
        guard let key else {
            throw call.invalidRequest(
                "The multipart upload initiate requested encryption. Subsequent part requests must include the "
                    + "appropriate encryption parameters.")
        }
        guard key.md5 == wanted else {
            throw call.invalidRequest(
                "The provided encryption parameters did not match the ones used originally.")
        }
    }

    /// The bytes of a source that become the part.
    private static func copiedRange(of size: Int, _ call: FakeCall) throws(WireError) -> Range<Int> {
        guard let header = call.members.optionalText("CopySourceRange") else { return 0..<size }
        guard case .from(let first, let last?) = ByteRange(header: header) else {
            throw call.invalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the "
                    + "zero-based offsets of the first and last bytes to copy", "x-amz-copy-source-range", header)
        }
        guard last < size else {
            throw call.invalidArgument(
                "Range specified is not valid for source object of size: \(size)", "x-amz-copy-source-range", header)
        }
        return first..<last + 1
    }
}
