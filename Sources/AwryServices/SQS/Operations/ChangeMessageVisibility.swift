// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var changeMessageVisibility: Handler? { changeVisibility }

    private static func changeVisibility(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let members = call.members
        try state.changeVisibility(
            members.text("ReceiptHandle"), to: members.integer("VisibilityTimeout"), in: key, call)
        return .output([:])
    }

    /// How long a message may be in flight altogether, in seconds.
    private static let longestFlight: Int64 = 43_200

    /// Lets a received message become visible so many seconds from now.
    mutating func changeVisibility(
        _ text: String, to seconds: Int64?, in key: QueueKey, _ call: FakeCall
    ) throws(WireError) {
        guard
            let seconds = try call.number(
                seconds, "VisibilityTimeout", 0...Self.longestFlight,
                "VisibilityTimeout must be an integer between 0 and 43200.")
        else { throw call.missing("VisibilityTimeout") }
        let handle = try handle(text, of: key, call)
        let end = call.now + .seconds(seconds)
        try change(key, now: call.now) { (queue) throws(WireError) in
            guard let message = queue.message(handle.message) else {
                throw call.invalid(
                    "ReceiptHandle", text,
                    "Message does not exist or is not available for visibility timeout change.")
            }
            // A standard queue's last receipt counts also when its time is over, as recorded from AWS.
            let isLate = message.state == .ready && !queue.isFIFO && message.receiveCount > 0
            guard message.state == .inFlight || isLate, message.receipt == handle.receipt else {
                throw call.error(
                    "MessageNotInflight",
                    "Value \(text) for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not "
                        + "available for visibility timeout change.")
            }
            guard end - message.receivedAt <= .seconds(Self.longestFlight) else {
                throw call.invalid(
                    "VisibilityTimeout", String(seconds),
                    "Total VisibilityTimeout for the message is beyond the limit [\(Self.longestFlight) seconds]")
            }
            if isLate { queue.hide(handle.message) }
            queue.change(handle.message, visibleAt: end, now: call.now)
        }
        wake(key, at: end, now: call.now)
    }
}
