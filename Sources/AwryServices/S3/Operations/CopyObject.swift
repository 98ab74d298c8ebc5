// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel

extension S3 {
    static var copyObject: Handler? { copy }

    private static func copy(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let key = try call.objectKey()
        let source = try state.source(of: call)
        try checkSelf(source, state.buckets.values[index], key, call)
        var settings = try ObjectSettings(call, in: state.buckets.values[index])
        let held = source.found.content
        if call.members.optionalText("MetadataDirective") != "REPLACE" {
            let redirect = settings.headers["WebsiteRedirectLocation"]
            settings.headers = held.headers
            settings.headers["WebsiteRedirectLocation"] = redirect
            settings.metadata = held.metadata
        }
        if call.members.optionalText("TaggingDirective") != "REPLACE" { settings.tags = held.tags }
        try state.buckets.values[index].checkWrite(of: key, WriteConditions(call), call)
        let wanted = try GivenChecksum.algorithm(call)
        // What was uploaded in parts is one object now, with the checksum of all its bytes.
        let algorithm = wanted ?? held.checksum?.algorithm ?? .crc64nvme
        var checksum = held.checksum
        let keepsChecksum = checksum?.algorithm == algorithm && checksum?.isComposite == false
        let digests: Set<ChecksumAlgorithm> = keepsChecksum ? [.md5] : [.md5, algorithm]
        guard let body = call.digested(held.body, digests) else { return call.digesting(held.body, digests) }
        if !keepsChecksum { checksum = ObjectChecksum(of: body, algorithm) }
        let etag = settings.encryption.etag(md5: Checksum.of(body.blob, .md5))
        let id = state.add(
            settings.content(body, etag: etag, checksum: checksum), to: key, inBucketAt: index, .copy, call)
        var result: Fields = ["ETag": .string("\"\(etag)\""), "LastModified": .timestamp(call.now.wholeSeconds)]
        checksum?.show(in: &result)
        var output: Fields = ["CopyObjectResult": .structure(result)]
        settings.encryption.show(in: &output, withContext: true)
        if let id { output["VersionId"] = .string(id) }
        state.showExpiration(of: key, inBucketAt: index, in: &output)
        if let id = source.shownID { output["CopySourceVersionId"] = .string(id) }
        return .output(output)
    }

    /// A copy of an object to itself has to change something.
    private static func checkSelf(
        _ source: Source, _ bucket: Bucket, _ key: ObjectKey, _ call: FakeCall
    ) throws(WireError) {
        guard source.name.bucket == bucket.name, source.name.key == key.text, source.name.versionID == nil else {
            return
        }
        let input = call.members
        let held = source.found.content
        let changes =
            input.optionalText("MetadataDirective") == "REPLACE" || input["WebsiteRedirectLocation"] != nil
            || input["ServerSideEncryption"] != nil || input["SSECustomerKey"] != nil
            || held.encryption.customerKeyMD5 != nil
            || (input.optionalText("StorageClass") ?? StorageClass.standard) != held.storageClass
            || input["ChecksumAlgorithm"] != nil || bucket.configuration[.encryption] != nil
        guard !changes else { return }
        throw call.invalidRequest(
            "This copy request is illegal because it is trying to copy an object to itself without changing the "
                + "object's metadata, storage class, website redirect location or encryption attributes.")
    }
}

/// What a copy is made of.
struct Source: Sendable {
    let name: CopySource
    let found: Bucket.Found
    /// The version's id, where its bucket shows such.
    let shownID: String?
}

extension S3 {
    /// The object that `x-amz-copy-source` names, where its conditions hold and it may be read.
    func source(of call: FakeCall) throws(WireError) -> Source {
        let input = call.members
        guard let name = CopySource(input.text("CopySource")) else {
            throw call.invalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "x-amz-copy-source",
                input.text("CopySource"))
        }
        guard let bucket = buckets[name.bucket] else { throw call.noSuchBucket(name.bucket) }
        try bucket.checkPayer(call)
        if let owner = input.optionalText("ExpectedSourceBucketOwner"), owner != bucket.account {
            throw call.accessDenied()
        }
        let key = ObjectKey(name.key)
        if let id = name.versionID, let marker = bucket.version(key, id), marker.isDeleteMarker {
            throw call.invalidRequest(
                "The source of a copy request may not specifically refer to a delete marker by version id.")
        }
        var found: Bucket.Found
        do {
            found = try bucket.object(key, version: name.versionID, call)
        } catch {
            // The headers that tell of a delete marker are a read's alone.
            var error = error
            error.headers = []
            throw error
        }
        let conditions = Preconditions(
            ifMatch: input.optionalText("CopySourceIfMatch"), ifNoneMatch: input.optionalText("CopySourceIfNoneMatch"),
            ifModifiedSince: input["CopySourceIfModifiedSince"]?.timestamp,
            ifUnmodifiedSince: input["CopySourceIfUnmodifiedSince"]?.timestamp)
        switch conditions.verdict(etag: found.content.etag, modifiedAt: found.version.modifiedAt, now: call.now) {
        case .holds: break
        // A copy has nothing that the client could have already.
        case .failed(let header), .notModified(let header):
            throw call.preconditionFailed("x-amz-copy-source-\(header)")
        }
        try found.content.encryption.check(try CustomerKey.read(call, prefix: "CopySource"), call)
        try call.checkReadable(
            found.content, message: "Operation is not valid for the source object's storage class")
        if call.operation.name == "CopyObject", found.content.size > S3Limits.uploadBytes {
            throw call.invalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: "
                    + "\(S3Limits.uploadBytes)")
        }
        return Source(name: name, found: found, shownID: bucket.shownID(of: found.version))
    }
}
