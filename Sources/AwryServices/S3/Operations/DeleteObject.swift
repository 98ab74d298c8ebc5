// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var deleteObject: Handler? { delete }
    static var deleteObjects: Handler? { deleteMany }

    private static func delete(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let input = call.members
        let deletion = Deletion(
            key: try call.objectKey(), versionID: input.optionalText("VersionId"),
            ifMatch: input.optionalText("IfMatch"), modifiedAt: input["IfMatchLastModifiedTime"]?.timestamp,
            size: input.integer("IfMatchSize"))
        let deleted = try state.delete(deletion, inBucketAt: index, call)
        var output: Fields = [:]
        if let id = deleted.id { output["VersionId"] = .string(id) }
        if deleted.isMarker { output["DeleteMarker"] = true }
        return .output(output)
    }

    private static func deleteMany(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let request = call.members.fields("Delete")
        let objects = (request["Objects"]?.list ?? []).compactMap(\.fields)
        guard (1...S3Limits.deletions).contains(objects.count) else { throw call.malformedXML() }
        var (deleted, errors): ([Value], [Value]) = ([], [])
        for object in objects {
            let deletion = Deletion(
                key: ObjectKey(object["Key"]?.string ?? ""), versionID: object["VersionId"]?.string,
                ifMatch: object["ETag"]?.string, modifiedAt: object["LastModifiedTime"]?.timestamp,
                size: object["Size"]?.integer)
            var result: Fields = ["Key": .string(deletion.key.text)]
            if let id = deletion.versionID { result["VersionId"] = .string(id) }
            do throws(WireError) {
                let done = try state.delete(deletion, inBucketAt: index, call)
                if done.isMarker {
                    result["DeleteMarker"] = true
                    result["DeleteMarkerVersionId"] = done.id.map { .string($0) }
                }
                deleted.append(.structure(result))
            } catch {
                result["Code"] = .string(error.code)
                result["Message"] = .string(error.message ?? "")
                errors.append(.structure(result))
            }
        }
        var output: Fields = [:]
        if !deleted.isEmpty, request["Quiet"]?.bool != true { output["Deleted"] = .list(deleted) }
        if !errors.isEmpty { output["Errors"] = .list(errors) }
        return .output(output)
    }
}

/// One object that is to be deleted, and what is to be true of it.
private struct Deletion {
    let key: ObjectKey
    let versionID: String?
    let ifMatch: String?
    let modifiedAt: Timestamp?
    let size: Int64?
}

/// What became of a deletion: the version that went, or the marker that came.
private struct Deleted {
    var id: String?
    var isMarker = false
}

extension S3 {
    fileprivate mutating func delete(
        _ deletion: Deletion, inBucketAt index: Dictionary<String, Bucket>.Index, _ call: FakeCall
    ) throws(WireError) -> Deleted {
        let key = deletion.key
        try buckets.values[index].check(deletion, call)
        if let id = deletion.versionID {
            try Bucket.checkForm(ofVersionID: id, call)
            let bypassing = call.members["BypassGovernanceRetention"]?.bool ?? false
            if let content = buckets.values[index].version(key, id)?.content,
                content.isLocked(at: call.now, bypassing: bypassing)
            {
                throw call.accessDenied("Access Denied because object protected by object lock.")
            }
            let removed = buckets.values[index].remove(key, id)
            if let removed { report(.deleted, of: removed, key, inBucketAt: index, at: call.now) }
            return Deleted(id: id, isMarker: removed?.isDeleteMarker ?? false)
        }
        switch buckets.values[index].versioning {
        case .never:
            if let removed = buckets.values[index].remove(key, "null") {
                report(.deleted, of: removed, key, inBucketAt: index, at: call.now)
            }
            return Deleted()
        case .enabled, .suspended:
            let id = buckets.values[index].versioning == .enabled ? nextVersionID() : nil
            let owner = buckets.values[index].objectOwner(writer: call.place.account)
            let marker = ObjectVersion(id: id, modifiedAt: call.now, owner: owner, content: nil)
            buckets.values[index].add(marker, to: key)
            report(.markerCreated, of: marker, key, inBucketAt: index, at: call.now)
            return Deleted(id: id ?? "null", isMarker: true)
        }
    }
}

extension Bucket {
    /// Refuses a deletion whose conditions the current version does not meet (Amazon S3 User Guide, "How to perform
    /// conditional deletes").
    fileprivate func check(_ deletion: Deletion, _ call: FakeCall) throws(WireError) {
        if zone == nil {
            if deletion.modifiedAt != nil {
                throw call.refusal("NotImplemented", ["Header": "x-amz-if-match-last-modified-time"])
            }
            if deletion.size != nil { throw call.refusal("NotImplemented", ["Header": "x-amz-if-match-size"]) }
        }
        if deletion.ifMatch == nil, deletion.modifiedAt == nil, deletion.size == nil { return }
        guard let current = current(deletion.key), let content = current.content else {
            if latest(deletion.key) != nil { throw call.preconditionFailed("If-Match") }
            throw call.noSuchKey(deletion.key.text)
        }
        if let wanted = deletion.ifMatch, !Preconditions.names(wanted, content.etag) {
            throw call.preconditionFailed("If-Match")
        }
        if let wanted = deletion.modifiedAt, wanted.seconds != current.modifiedAt.seconds {
            throw call.preconditionFailed("x-amz-if-match-last-modified-time")
        }
        if let wanted = deletion.size, wanted != Int64(content.size) {
            throw call.preconditionFailed("x-amz-if-match-size")
        }
    }
}
