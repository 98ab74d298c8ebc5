// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a write wants to be true of the object that it would replace (Amazon S3 User Guide, "How to prevent object
/// overwrites with conditional writes").
struct WriteConditions: Sendable {
    var ifMatch: String?
    var ifNoneMatch: String?

    /// The conditions of a call, refused where S3 does not take them.
    init(_ call: FakeCall) throws(WireError) {
        ifMatch = call.members.optionalText("IfMatch")
        ifNoneMatch = call.members.optionalText("IfNoneMatch")
        if ifMatch != nil, ifNoneMatch != nil {
            throw call.notImplemented(
                "If-Match,If-None-Match", "Multiple conditional request headers present in the request")
        }
        if let ifNoneMatch, ifNoneMatch != "*" { throw Self.unknown("If-None-Match", call) }
        if ifMatch == "*" { throw Self.unknown("If-Match", call) }
    }

    private static func unknown(_ header: String, _ call: FakeCall) -> WireError {
        call.notImplemented(header, "We don't accept the provided value of \(header) header for this API")
    }
}

extension Bucket {
    /// Refuses a write whose conditions are not met. `began` is when a multipart upload was begun: what was written
    /// since is a conflict.
    func checkWrite(
        of key: ObjectKey, _ conditions: WriteConditions, _ call: FakeCall, began: MultipartUpload? = nil
    ) throws(WireError) {
        if conditions.ifMatch == nil, conditions.ifNoneMatch == nil { return }
        let current = current(key)
        if conditions.ifNoneMatch != nil {
            if current != nil { throw call.preconditionFailed("If-None-Match") }
            if began?.replacesObject == true { throw conflict("If-None-Match", key, call) }
            return
        }
        guard let current, let content = current.content, let wanted = conditions.ifMatch else {
            throw call.noSuchKey(key.text)
        }
        if let began, current.modifiedAt > began.initiatedAt { throw conflict("If-Match", key, call) }
        guard Preconditions.names(wanted, content.etag) else { throw call.preconditionFailed("If-Match") }
    }

    private func conflict(_ header: String, _ key: ObjectKey, _ call: FakeCall) -> WireError {
        call.refusal("ConditionalRequestConflict", ["Condition": .string(header), "Key": .string(key.text)])
    }
}

extension FakeCall {
    func preconditionFailed(_ header: String) -> WireError {
        refusal("PreconditionFailed", ["Condition": .string(header)])
    }

    func notImplemented(_ header: String, _ more: String) -> WireError {
        refusal("NotImplemented", ["Header": .string(header), "additionalMessage": .string(more)])
    }
}
