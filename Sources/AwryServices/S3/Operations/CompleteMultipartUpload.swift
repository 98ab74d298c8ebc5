// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var completeMultipartUpload: Handler? { complete }

    private static func complete(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let key = try call.objectKey()
        let upload: MultipartUpload
        do {
            upload = try state.buckets.values[index].upload(of: call)
        } catch {
            guard let done = completed(call, key, in: state.buckets.values[index]) else { throw error }
            return done
        }
        let chosen = try Parts(call, of: upload)
        try state.buckets.values[index].checkWrite(of: key, WriteConditions(call), call, began: upload)
        let body = ObjectBody(joining: chosen.parts.lazy.map(\.body))
        try checkSize(of: body, call)
        let checksum = upload.checksum(of: chosen.parts)
        try check(checksum, call)
        var content = upload.settings.content(body, etag: chosen.etag, checksum: checksum)
        content.uploadID = upload.id
        content.parts = chosen.parts.map { part in
            let own = part.checksum.flatMap { $0.algorithm == checksum.algorithm ? $0.value : nil }
            return ObjectPart(number: part.number, size: part.size, checksum: own)
        }
        state.buckets.values[index].uploads[upload.id] = nil
        let id = state.add(content, to: key, inBucketAt: index, .completed, call)
        return .output(output(content, key, versionID: id, state.buckets.values[index], call))
    }

    /// The answer of an upload that has been completed before, and whose object is still the latest.
    private static func completed(_ call: FakeCall, _ key: ObjectKey, in bucket: Bucket) -> Outcome? {
        guard let version = bucket.current(key), let content = version.content,
            content.uploadID == call.members.text("UploadId")
        else { return nil }
        return .output(output(content, key, versionID: bucket.shownID(of: version), bucket, call))
    }

    private static func output(
        _ content: ObjectContent, _ key: ObjectKey, versionID: String?, _ bucket: Bucket, _ call: FakeCall
    ) -> Fields {
        let path = "\(bucket.name)/\(PercentCoding.encode(key.text, keeping: "/"))"
        var output: Fields = [
            "Location": .string("\(call.endpoint)/\(path)"), "Bucket": .string(bucket.name),
            "Key": .string(key.text), "ETag": .string("\"\(content.etag)\""),
        ]
        content.checksum?.show(in: &output)
        content.encryption.show(in: &output)
        output["SSECustomerAlgorithm"] = nil
        output["SSECustomerKeyMD5"] = nil
        if let versionID { output["VersionId"] = .string(versionID) }
        if let latest = bucket.latest(key), let text = bucket.expiration(of: latest, key) {
            output["Expiration"] = .string(text)
        }
        return output
    }

    private static func checkSize(of body: ObjectBody, _ call: FakeCall) throws(WireError) {
        guard let said = call.members.integer("MpuObjectSize"), said != Int64(body.count) else { return }
        throw call.invalidRequest(
            "The provided 'x-amz-mp-object-size' header value \(said) does not match what was computed: "
                + "\(body.count)")
    }

    /// Refuses a checksum or a type of it that is not the object's.
    private static func check(_ checksum: ObjectChecksum, _ call: FakeCall) throws(WireError) {
        if let type = call.members.optionalText("ChecksumType"), type != checksum.type {
            throw call.invalidRequest(
                "The upload was created using the \(checksum.type) checksum mode. The complete request must use the "
                    + "same checksum mode.")
        }
        guard let given = try GivenChecksum.read(call) else { return }
        let digits = given.value.split(separator: "-", maxSplits: 1).first.map(String.init) ?? ""
        try GivenChecksum(algorithm: given.algorithm, value: digits).checkForm(call)
        let held = checksum.value
        guard given.algorithm == checksum.algorithm, given.value == held || held.hasPrefix("\(given.value)-") else {
            throw call.refusal(
                "BadDigest",
                message: "The \(given.algorithm.rawValue.lowercased()) you specified did not match the calculated "
                    + "checksum.")
        }
    }
}

/// The parts of which a call makes an object, checked.
private struct Parts {
    let parts: [MultipartUpload.Part]
    /// The MD5 of the parts' MD5s, and how many they are.
    let etag: String

    init(_ call: FakeCall, of upload: MultipartUpload) throws(WireError) {
        let named = (call.members.fields("MultipartUpload")["Parts"]?.list ?? []).compactMap(\.fields)
        guard !named.isEmpty else { throw call.malformedXML() }
        var parts: [MultipartUpload.Part] = []
        var before: Int64 = 0
        for entry in named {
            guard let number = entry["PartNumber"]?.integer else { throw call.malformedXML() }
            guard number > before else {
                throw call.refusal("InvalidPartOrder", ["UploadId": .string(upload.id)])
            }
            before = number
            parts.append(try Self.part(Int(number), entry, of: upload, call))
        }
        for part in parts.dropLast() where part.size < S3Limits.partBytes {
            throw call.refusal(
                "EntityTooSmall",
                [
                    "ProposedSize": .integer(Int64(part.size)), "MinSizeAllowed": .integer(Int64(S3Limits.partBytes)),
                    "PartNumber": .integer(Int64(part.number)), "ETag": .string(part.etag),
                ])
        }
        let digests = parts.flatMap(\.md5)
        self.parts = parts
        etag = upload.settings.encryption.etag(md5: Digests.md5(digests)) + "-\(parts.count)"
    }

    private static func part(
        _ number: Int, _ entry: Fields, of upload: MultipartUpload, _ call: FakeCall
    ) throws(WireError) -> MultipartUpload.Part {
        let etag = entry["ETag"]?.string ?? ""
        let wanted = Preconditions.unquoted(etag[...])
        guard let part = upload.parts[number], part.etag == wanted else { throw invalid(number, wanted, upload, call) }
        for algorithm in ChecksumAlgorithm.allCases {
            guard let value = entry[algorithm.member]?.string else { continue }
            guard let checksum = part.checksum, checksum.algorithm == algorithm, checksum.value == value else {
                throw invalid(number, wanted, upload, call)
            }
        }
        if let algorithm = upload.algorithm, upload.isComposite, entry[algorithm.member] == nil {
            throw call.invalidRequest(
                "The upload was created using a \(algorithm.rawValue.lowercased()) checksum. The complete request must "
                    + "include the checksum for each part. It was missing for part \(number) in the request.")
        }
        return part
    }

    private static func invalid(
        _ number: Int, _ etag: Substring, _ upload: MultipartUpload, _ call: FakeCall
    ) -> WireError {
        call.refusal(
            "InvalidPart",
            [
                "UploadId": .string(upload.id), "PartNumber": .integer(Int64(number)), "ETag": .string(String(etag)),
            ])
    }
}

extension MultipartUpload {
    /// The object's checksum: of its parts' checksums, or of all bytes.
    fileprivate func checksum(of parts: [Part]) -> ObjectChecksum {
        guard isComposite, let algorithm else {
            // Made of what is known of the parts: an object of terabytes is not read for it.
            let whole = JoinedCRC.of(parts.map { (digest: $0.digest, count: $0.size) }, wholeAlgorithm)
            return ObjectChecksum(algorithm: wholeAlgorithm, value: Base64.text(whole ?? []))
        }
        let digests = parts.flatMap { Base64.decode(($0.checksum?.value ?? "").utf8) ?? [] }
        let value = Base64.text(Checksum.of(digests[...], algorithm))
        return ObjectChecksum(algorithm: algorithm, value: "\(value)-\(parts.count)", isComposite: true)
    }
}
