// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var setQueueAttributes: Handler? { setAttributes }

    private static func setAttributes(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        guard var attributes = state.queues[key]?.attributes else { throw call.error("QueueDoesNotExist") }
        let given = call.members.fields("Attributes")
        guard !given.isEmpty else { throw call.missing("Attributes") }
        try AttributeReading(call: call, key: key, queues: state.queues).apply(given, to: &attributes)
        // What the old retention had ended before is gone, whatever the new one says.
        state.change(key, now: call.now) { queue in
            queue.attributes = attributes
            queue.modifiedAt = call.now
        }
        return .output([:])
    }
}
