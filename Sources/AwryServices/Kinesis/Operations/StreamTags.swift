// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var addTagsToStream: Handler? { addTags }
    static var removeTagsFromStream: Handler? { removeTags }
    static var listTagsForStream: Handler? { listStreamTags }
    static var tagResource: Handler? { addTags }
    static var untagResource: Handler? { removeTags }
    static var listTagsForResource: Handler? { listResourceTags }

    private static func addTags(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let tags = call.members.fields("Tags")
        return try state.onResource(of: call) { (labels) throws(WireError) in
            labels.tags = try call.tags(tags, beside: labels.tags)
            return .output([:])
        }
    }

    private static func removeTags(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let keys = call.members.texts("TagKeys")
        return try state.onResource(of: call) { (labels) throws(WireError) in
            for key in keys { labels.tags[key] = nil }
            return .output([:])
        }
    }

    private static func listResourceTags(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onResource(of: call) { (labels) throws(WireError) in
            .output(["Tags": listing(labels.tags.sorted { $0.key < $1.key })])
        }
    }

    private static func listStreamTags(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let limit = Int(members.integer("Limit") ?? Int64(KinesisLimits.tags))
        let after = members.text("ExclusiveStartTagKey")
        return try state.onResource(of: call) { (labels) throws(WireError) in
            let tags = labels.tags.filter { $0.key > after }.sorted { $0.key < $1.key }
            return .output([
                "Tags": listing(Array(tags.prefix(limit))), "HasMoreTags": .bool(tags.count > limit),
            ])
        }
    }

    private static func listing(_ tags: [(key: String, value: String)]) -> Value {
        .list(tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
    }
}

extension FakeCall {
    /// The tags that there are with these set, checked.
    func tags(_ new: Fields, beside old: [String: String]) throws(WireError) -> [String: String] {
        var tags = old
        for (key, value) in new {
            let text = value.string ?? ""
            if key.lowercased().hasPrefix("aws:") {
                throw invalid("Tag keys that start with aws: are reserved for AWS: \(key).")
            }
            guard isTagText(key), isTagText(text) else {
                throw invalid(
                    "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ "
                        + ". / = + - % @.")
            }
            tags[key] = text
        }
        guard tags.count <= KinesisLimits.tags else {
            throw invalid(
                "Failed to add tags: a given resource cannot have more than \(KinesisLimits.tags) tags associated "
                    + "with it.")
        }
        return tags
    }

    private func isTagText(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { letter in
            let properties = letter.properties
            return properties.isAlphabetic || properties.isWhitespace || properties.numericType != nil
                || "_.:/=+-%@".unicodeScalars.contains(letter)
        }
    }
}

extension Kinesis {
    /// Works on what a call's `ResourceARN` names, a stream or a consumer; else on the stream that it names.
    mutating func onResource<Result>(
        of call: FakeCall, _ work: (inout StreamLabels) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let arn = call.input["ResourceARN"]?.string
        return try onStream(of: call) { (stream) throws(WireError) in
            guard let arn, arn != stream.key.arn else { return try work(&stream.labels) }
            guard let index = stream.consumers.firstIndex(where: { $0.arn(of: stream.key) == arn }) else {
                throw call.error(
                    "ResourceNotFoundException",
                    "Resource \(arn) under account \(stream.key.place.account) not found.")
            }
            return try work(&stream.consumers[index].labels)
        }
    }
}
