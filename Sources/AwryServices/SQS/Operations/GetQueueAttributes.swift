// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var getQueueAttributes: Handler? { getAttributes }

    private static func getAttributes(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let asked = call.members.texts("AttributeNames")
        let lag = state.delivery.lag
        return try state.onQueue(of: call) { (queue) throws(WireError) in
            for name in asked where name != "All" && !QueueAttributes.isName(name) {
                throw call.error("InvalidAttributeName", "Unknown Attribute \(name).")
            }
            let counts = queue.history?.counts(at: call.now + (.zero - lag)) ?? queue.counts
            let names = asked.contains("All") ? QueueAttributes.counted + QueueAttributes.settable : asked
            var shown: Fields = [:]
            for name in names {
                let text = count(name, of: queue, counts) ?? queue.attributes.text(of: name)
                if let text { shown[name] = .string(text) }
            }
            return .output(shown.isEmpty ? [:] : ["Attributes": .structure(shown)])
        }
    }

    private static func count(_ name: String, of queue: Queue, _ counts: QueueCounts) -> String? {
        switch name {
        case "QueueArn": queue.arn
        case "ApproximateNumberOfMessages": String(counts.ready)
        case "ApproximateNumberOfMessagesNotVisible": String(counts.inFlight)
        case "ApproximateNumberOfMessagesDelayed": String(counts.delayed)
        case "CreatedTimestamp": String(queue.createdAt.seconds)
        case "LastModifiedTimestamp": String(queue.modifiedAt.seconds)
        default: nil
        }
    }
}
