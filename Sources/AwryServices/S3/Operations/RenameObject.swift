// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var renameObject: Handler? { rename }

    private static func rename(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let bucket = state.buckets.values[index]
        guard bucket.zone != nil else {
            throw call.refusal("NotImplemented", message: "This operation is only supported for directory buckets.")
        }
        let key = try call.objectKey()
        let input = call.members
        // The source lies in the same bucket: its key alone, or behind the bucket's name.
        let text = input.text("RenameSource")
        guard let decoded = PercentCoding.text(Array(text.utf8)[...], plusIsSpace: false) else {
            throw call.invalidArgument("Rename source must be a valid object key", "x-amz-rename-source", text)
        }
        let name = decoded.hasPrefix("/") ? String(decoded.dropFirst()) : decoded
        let prefix = "\(bucket.name)/"
        let source = ObjectKey(name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name)
        guard source != key, !key.text.hasSuffix("/"), !source.text.hasSuffix("/") else {
            throw call.invalidRequest("The source and the destination of a rename must be two objects")
        }
        let rename = Bucket.Rename(token: input.optionalText("ClientToken"), source: source, key: key)
        if try bucket.isDone(rename, call) { return .output([:]) }
        let found = try bucket.object(source, version: nil, call)
        try check(found.content.etag, found.version.modifiedAt, "Source", call)
        if let held = bucket.current(key), let content = held.content {
            try check(content.etag, held.modifiedAt, "Destination", call)
            if input["DestinationIfNoneMatch"] == nil, input["DestinationIfMatch"] == nil {
                // Without a word about it nothing is written over.
                throw call.preconditionFailed("If-None-Match")
            }
        } else if input["DestinationIfMatch"] != nil {
            throw call.noSuchKey(key.text)
        }
        state.buckets.values[index].remove(source, "null")
        state.buckets.values[index].add(found.version, to: key)
        state.buckets.values[index].remember(rename)
        return .output([:])
    }

    private static func check(
        _ etag: String, _ modifiedAt: Timestamp, _ side: String, _ call: FakeCall
    ) throws(WireError) {
        let input = call.members
        let conditions = Preconditions(
            ifMatch: input.optionalText("\(side)IfMatch"), ifNoneMatch: input.optionalText("\(side)IfNoneMatch"),
            ifModifiedSince: input["\(side)IfModifiedSince"]?.timestamp,
            ifUnmodifiedSince: input["\(side)IfUnmodifiedSince"]?.timestamp)
        switch conditions.verdict(etag: etag, modifiedAt: modifiedAt, now: call.now) {
        case .holds: break
        case .notModified(let header), .failed(let header): throw call.preconditionFailed(header)
        }
    }
}

extension Bucket {
    /// A rename that was done, by the token of who asked for it.
    struct Rename: Sendable, Hashable {
        let token: String?
        let source: ObjectKey
        let key: ObjectKey
    }

    /// How many renames are remembered: what an SDK tries again it tries soon.
    private static let renamesKept = 1000

    /// Whether this very rename was done before; refused where its token was another's (RenameObject, ClientToken).
    fileprivate func isDone(_ rename: Rename, _ call: FakeCall) throws(WireError) -> Bool {
        guard let token = rename.token, let done = renames.last(where: { $0.token == token }) else { return false }
        guard done == rename else { throw call.refusal("IdempotencyParameterMismatch") }
        return true
    }

    fileprivate mutating func remember(_ rename: Rename) {
        guard rename.token != nil else { return }
        if renames.count == Self.renamesKept { renames.removeFirst() }
        renames.append(rename)
    }
}
