// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var getQueueAttributes: Handler? { getAttributes }

    private static func getAttributes(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let asked = call.members.texts("AttributeNames")
        return try state.onQueue(of: call) { (queue) throws(WireError) in
            for name in asked where name != "All" && !QueueAttributes.isName(name) {
                throw call.error("InvalidAttributeName", "Unknown Attribute \(name).")
            }
            let names = asked.contains("All") ? QueueAttributes.counted + QueueAttributes.settable : asked
            var shown: Fields = [:]
            for name in names {
                if let text = count(name, of: queue) ?? queue.attributes.text(of: name) { shown[name] = .string(text) }
            }
            return .output(shown.isEmpty ? [:] : ["Attributes": .structure(shown)])
        }
    }

    private static func count(_ name: String, of queue: Queue) -> String? {
        switch name {
        case "QueueArn": queue.arn
        case "ApproximateNumberOfMessages": String(queue.readyCount)
        case "ApproximateNumberOfMessagesNotVisible": String(queue.inFlightCount)
        case "ApproximateNumberOfMessagesDelayed": String(queue.delayedCount)
        case "CreatedTimestamp": String(queue.createdAt.seconds)
        case "LastModifiedTimestamp": String(queue.modifiedAt.seconds)
        default: nil
        }
    }
}
