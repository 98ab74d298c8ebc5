// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a write says of its object beside the bytes.
struct ObjectSettings: Sendable {
    var headers: Fields = [:]
    var metadata: Fields = [:]
    var storageClass = StorageClass.standard
    var tags: Fields = [:]
    var retention: Retention?
    /// Whether it is held until that is lifted; nil where nobody ever said.
    var legalHold: Bool?
    var encryption: ObjectEncryption
    var acl: AccessControlList

    /// The headers that come back as they were put.
    private static let kept = [
        "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires",
        "WebsiteRedirectLocation",
    ]

    /// The settings in a call's input, checked.
    init(_ call: FakeCall, in bucket: Bucket) throws(WireError) {
        let input = call.members
        encryption = try ObjectEncryption(call, in: bucket)
        acl = try bucket.objectACL(of: call)
        try readHeaders(call)
        if bucket.zone != nil { storageClass = StorageClass.express }
        if let wanted = input.optionalText("StorageClass"), wanted != storageClass {
            guard StorageClass.writable.contains(wanted), bucket.zone == nil else {
                throw call.refusal("InvalidStorageClass", ["StorageClassRequested": .string(wanted)])
            }
            storageClass = wanted
        }
        if let text = input.optionalText("Tagging") { tags = try call.tags(inHeader: text) }
        (retention, legalHold) = try Retention.read(call, in: bucket)
    }

    /// Metadata and the headers that are kept.
    mutating func readHeaders(_ call: FakeCall) throws(WireError) {
        let input = call.members
        for name in Self.kept { headers[name] = input[name] }
        if let location = headers["WebsiteRedirectLocation"]?.string,
            !["/", "http://", "https://"].contains(where: location.hasPrefix)
        {
            throw call.refusal(
                "InvalidRedirectLocation",
                message: "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.")
        }
        metadata = input.fields("Metadata")
        let size = metadata.reduce(0) { $0 + $1.name.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        if size > S3Limits.metadataBytes {
            throw call.refusal(
                "MetadataTooLarge",
                ["Size": .integer(Int64(size)), "MaxSizeAllowed": .integer(Int64(S3Limits.metadataBytes))])
        }
    }

    /// The object of these settings and this body.
    func content(_ body: ObjectBody, etag: String, checksum: ObjectChecksum?) -> ObjectContent {
        var content = ObjectContent(body: body, etag: etag, acl: acl)
        content.headers = headers
        content.metadata = metadata
        content.storageClass = storageClass
        content.tags = tags
        content.retention = retention
        content.legalHold = legalHold
        content.checksum = checksum
        content.encryption = encryption
        return content
    }
}

extension FakeCall {
    /// The key that the call names.
    func objectKey(_ name: String = "Key") throws(WireError) -> ObjectKey {
        let text = members.text(name)
        guard text.utf8.count <= S3Limits.keyBytes else {
            throw refusal(
                "KeyTooLongError",
                [
                    "Size": .integer(Int64(text.utf8.count)),
                    "MaxSizeAllowed": .integer(Int64(S3Limits.keyBytes)),
                ])
        }
        return ObjectKey(text)
    }
}
