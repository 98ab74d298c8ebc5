// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var createQueue: Handler? { create }

    private static func create(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let name = call.members.text("QueueName")
        var given = call.members.fields("Attributes")
        let tags = call.members.fields("tags")
        let key = QueueKey(call.place, name)
        var attributes = QueueAttributes()
        if let fifo = given["FifoQueue"]?.string {
            guard fifo.lowercased() == "true" else {
                throw call.error("InvalidAttributeName", "Unknown Attribute FifoQueue.")
            }
            attributes.isFIFO = true
            given["FifoQueue"] = nil
        }
        try check(name, isFIFO: attributes.isFIFO, call)
        try checkTags(tags, beside: [:], call)
        if let queue = state.queues[key] {
            try compare(given, with: queue, call)
        } else {
            if let deleted = state.deletedAt[key], call.now - deleted < deletionPause {
                throw call.error("QueueDeletedRecently")
            }
            try AttributeReading(call: call, key: key, queues: state.queues).apply(given, to: &attributes)
            state.make(key, attributes, tags: tags, now: call.now)
        }
        return .output(["QueueUrl": .string(key.url(at: call.endpoint))])
    }

    private static func check(_ name: String, isFIFO: Bool, _ call: FakeCall) throws(WireError) {
        let stem = isFIFO && name.hasSuffix(".fifo") ? name.dropLast(5) : name[...]
        let isValid =
            !stem.isEmpty && name.utf8.count <= 80 && (!isFIFO || stem.endIndex < name.endIndex)
            && stem.utf8.allSatisfy(isNameLetter)
        guard !isValid else { return }
        throw call.error(
            "InvalidParameterValue",
            isFIFO
                ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must "
                    + "end with .fifo suffix and be 1 to 80 in length"
                : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
    }

    /// Letters, digits, `-` and `_`.
    static func isNameLetter(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// A queue that is made again must be the same in all that the call says of it.
    private static func compare(_ given: Fields, with queue: Queue, _ call: FakeCall) throws(WireError) {
        var same = queue.attributes
        try AttributeReading(call: call, key: queue.key, queues: [:]).applyLeniently(given, to: &same)
        for name in given.names where same.text(of: name) != queue.attributes.text(of: name) {
            throw call.error(
                "QueueAlreadyExists",
                "A queue already exists with the same name and a different value for attribute \(name)")
        }
    }
}
