// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension S3 {
    static var putObject: Handler? { put }

    private static func put(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let key = try call.objectKey()
        let settings = try ObjectSettings(call, in: state.buckets.values[index])
        try state.buckets.values[index].checkWrite(of: key, WriteConditions(call), call)
        let body = try state.buckets.values[index].written(call, to: key)
        let md5 = Checksum.of(body.blob, .md5)
        let given = try call.checkBody(body, md5: md5)
        let checksum = ObjectChecksum(of: body, given?.algorithm ?? .crc64nvme)
        let etag = settings.encryption.etag(md5: md5)
        let content = settings.content(body, etag: etag, checksum: checksum)
        let id = state.add(content, to: key, inBucketAt: index, .put, call)
        var output: Fields = ["ETag": .string("\"\(etag)\"")]
        checksum.show(in: &output)
        settings.encryption.show(in: &output, withContext: true)
        if let id { output["VersionId"] = .string(id) }
        state.showExpiration(of: key, inBucketAt: index, in: &output)
        if state.buckets.values[index].zone != nil, call.members["WriteOffsetBytes"] != nil {
            output["Size"] = .integer(Int64(body.count))
        }
        return .output(output)
    }

    /// Puts an object in as the latest version of its key; gives the version's id where the bucket shows such.
    mutating func add(
        _ content: ObjectContent, to key: ObjectKey, inBucketAt index: Dictionary<String, Bucket>.Index,
        _ event: S3Event.Name, _ call: FakeCall
    ) -> String? {
        let versioning = buckets.values[index].versioning
        let id = versioning == .enabled ? nextVersionID() : nil
        let version = ObjectVersion(id: id, modifiedAt: call.now, owner: content.acl.owner, content: content)
        buckets.values[index].add(version, to: key)
        report(event, of: version, key, inBucketAt: index, at: call.now)
        return versioning == .never ? nil : id ?? "null"
    }
}

extension S3 {
    /// Says when the latest version of a key goes by itself, where it does.
    func showExpiration(
        of key: ObjectKey, inBucketAt index: Dictionary<String, Bucket>.Index, in output: inout Fields
    ) {
        guard buckets.values[index].configuration[.lifecycle] != nil, let latest = buckets.values[index].latest(key),
            let text = buckets.values[index].expiration(of: latest, key)
        else { return }
        output["Expiration"] = .string(text)
    }

    /// Tells who wants to know of it that something happened to a version.
    mutating func report(
        _ event: S3Event.Name, of version: ObjectVersion, _ key: ObjectKey,
        inBucketAt index: Dictionary<String, Bucket>.Index, at moment: Timestamp
    ) {
        let configuration = buckets.values[index].configuration
        guard configuration[.notification] != nil || configuration[.replication] != nil else { return }
        happened(S3Event(event, buckets.values[index].name, key, version, at: moment))
    }
}

extension Bucket {
    /// The body that a put leaves behind: what was sent, or in a directory bucket that behind what was there.
    fileprivate func written(_ call: FakeCall, to key: ObjectKey) throws(WireError) -> ObjectBody {
        let sent = ObjectBody(call.members["Body"]?.blob ?? Blob([]))
        if sent.count > S3Limits.uploadBytes {
            throw call.refusal(
                "EntityTooLarge",
                [
                    "ProposedSize": .integer(Int64(sent.count)),
                    "MaxSizeAllowed": .integer(Int64(S3Limits.uploadBytes)),
                ])
        }
        guard let offset = call.members.integer("WriteOffsetBytes") else { return sent }
        guard zone != nil else {
            throw call.refusal("NotImplemented", ["Header": "x-amz-write-offset-bytes"])
        }
        let held = current(key)?.content?.body ?? ObjectBody()
        guard offset == Int64(held.count) else { throw call.refusal("InvalidWriteOffset") }
        return ObjectBody(joining: [held, sent])
    }
}
