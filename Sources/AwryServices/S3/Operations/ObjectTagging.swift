// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var putObjectTagging: Handler? { put }
    static var getObjectTagging: Handler? { read }
    static var deleteObjectTagging: Handler? { delete }

    private static func put(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let tags = try TagSet(try call.document("Tagging").structures("TagSet"), of: .object, call).tags
        return try change(&state, call, to: tags, .tagsPut)
    }

    private static func delete(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        try change(&state, call, to: [:], .tagsDeleted)
    }

    private static func change(
        _ state: inout S3, _ call: FakeCall, to tags: Fields, _ event: S3Event.Name
    ) throws(WireError) -> Outcome {
        let id = try state.onObject(of: call, event) { (content, _) throws(WireError) in content.tags = tags }
        return .output(id.map { ["VersionId": .string($0)] } ?? [:])
    }

    private static func read(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = try state.bucket(of: call)
        let found = try bucket.object(
            try call.objectKey(), version: call.members.optionalText("VersionId"), call, isRead: false)
        var output: Fields = ["TagSet": TagSet.shown(found.content.tags)]
        if let id = bucket.shownID(of: found.version) { output["VersionId"] = .string(id) }
        return .output(output)
    }
}

extension S3 {
    /// Changes the object that a call names, in place; gives its version's id where the bucket shows such.
    @discardableResult
    mutating func onObject(
        of call: FakeCall, _ event: S3Event.Name? = nil, _ work: (inout ObjectContent, Bucket) throws(WireError) -> Void
    ) throws(WireError) -> String? {
        let index = try index(of: call)
        let key = try call.objectKey()
        let bucket = buckets.values[index]
        let found = try bucket.object(key, version: call.members.optionalText("VersionId"), call, isRead: false)
        var content = found.content
        try work(&content, bucket)
        buckets.values[index].replace(key, found.version.shownID, by: content)
        if let event { report(event, of: found.version, key, inBucketAt: index, at: call.now) }
        return bucket.shownID(of: found.version)
    }
}
