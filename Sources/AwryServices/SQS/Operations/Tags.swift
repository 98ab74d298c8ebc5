// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var tagQueue: Handler? { tag }
    static var untagQueue: Handler? { untag }
    static var listQueueTags: Handler? { listTags }

    private static func tag(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let tags = call.members.fields("Tags")
        guard !tags.isEmpty else { throw call.missing("Tags") }
        return try state.onQueue(of: call) { (queue) throws(WireError) in
            try checkTags(tags, beside: queue.tags, call)
            for (name, value) in tags { queue.tags[name] = value }
            return .output([:])
        }
    }

    private static func untag(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let names = call.members.texts("TagKeys")
        guard !names.isEmpty else { throw call.missing("TagKeys") }
        return try state.onQueue(of: call) { (queue) throws(WireError) in
            for name in names { queue.tags[name] = nil }
            return .output([:])
        }
    }

    private static func listTags(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let tags = try state.onQueue(of: call) { (queue) throws(WireError) in queue.tags }
        return .output(["Tags": .structure(tags)])
    }

    /// A queue has 50 tags at most, their keys 128 letters and their values 256.
    static func checkTags(_ tags: Fields, beside others: Fields, _ call: FakeCall) throws(WireError) {
        for (name, value) in tags {
            guard (1...128).contains(name.unicodeScalars.count), !name.hasPrefix("aws:") else {
                throw call.invalid("TagKey", name, "A key has 1 to 128 characters and does not begin with aws:.")
            }
            guard (value.string ?? "").unicodeScalars.count <= 256 else {
                throw call.invalid("TagValue", value.string ?? "", "A value has at most 256 characters.")
            }
        }
        let count = tags.names.reduce(others.count) { others[$1] == nil ? $0 + 1 : $0 }
        if count > 50 {
            throw call.error("InvalidParameterValue", "Too many tags added for queue. The maximum is 50.")
        }
    }
}
