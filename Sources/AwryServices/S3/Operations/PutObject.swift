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
        let received = try call.sentBody()
        let given = try GivenChecksum.read(call)
        let algorithm = given?.algorithm ?? .crc64nvme
        guard let sent = call.digested(received, [.md5, algorithm]) else {
            return call.digesting(received, [.md5, algorithm])
        }
        try call.checkBody(sent, given)
        let whole = try state.buckets.values[index].appended(sent, to: key, settings.encryption, call)
        guard let body = call.digested(whole, [.md5, algorithm]) else {
            return call.digesting(whole, [.md5, algorithm])
        }
        let checksum = ObjectChecksum(of: body, algorithm)
        let etag = settings.encryption.etag(md5: Checksum.of(body.blob, .md5))
        var content = settings.content(body, etag: etag, checksum: checksum)
        if call.members["WriteOffsetBytes"] != nil {
            content.appends = (state.buckets.values[index].current(key)?.content?.appends ?? 0) + 1
        }
        let id = state.add(content, to: key, inBucketAt: index, .put, call)
        var output: Fields = ["ETag": .string("\"\(etag)\"")]
        checksum.show(in: &output)
        settings.encryption.show(in: &output, withContext: true)
        if let id { output["VersionId"] = .string(id) }
        state.showExpiration(of: key, inBucketAt: index, in: &output)
        if call.members["WriteOffsetBytes"] != nil { output["Size"] = .integer(Int64(body.count)) }
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
    /// What was there with what was sent behind it, where a call asks for that, as it may in a directory bucket; else
    /// what was sent.
    fileprivate func appended(
        _ sent: ObjectBody, to key: ObjectKey, _ encryption: ObjectEncryption, _ call: FakeCall
    ) throws(WireError) -> ObjectBody {
        guard let offset = call.members.integer("WriteOffsetBytes") else { return sent }
        guard zone != nil else {
            throw call.refusal("NotImplemented", ["Header": "x-amz-write-offset-bytes"])
        }
        let held = current(key)?.content
        guard offset == Int64(held?.size ?? 0) else { throw call.refusal("InvalidWriteOffset") }
        guard let held else { return sent }
        if held.encryption != encryption { throw call.refusal("EncryptionTypeMismatch") }
        if held.parts.count + held.appends >= S3Limits.parts { throw call.refusal("TooManyParts") }
        return ObjectBody(joining: [held.body, sent])
    }
}

extension FakeCall {
    /// The body that was sent, which is not beyond what may be sent at once.
    func sentBody() throws(WireError) -> ObjectBody {
        let sent = ObjectBody(members["Body"]?.blob ?? Blob([]))
        guard sent.count <= S3Limits.uploadBytes else {
            throw refusal(
                "EntityTooLarge",
                [
                    "ProposedSize": .integer(Int64(sent.count)),
                    "MaxSizeAllowed": .integer(Int64(S3Limits.uploadBytes)),
                ])
        }
        return sent
    }
}
