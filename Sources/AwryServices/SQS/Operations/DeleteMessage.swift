// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var deleteMessage: Handler? { delete }

    private static func delete(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        try state.delete(call.members.text("ReceiptHandle"), from: key, call)
        return .output([:])
    }

    /// Deletes the message of a receipt. An older receipt than the last does nothing, nor does one of a message that is
    /// gone; a FIFO queue refuses one whose time is over.
    mutating func delete(_ text: String, from key: QueueKey, _ call: FakeCall) throws(WireError) {
        let handle = try handle(text, of: key, call)
        try change(key, now: call.now) { (queue) throws(WireError) in
            guard let message = queue.message(handle.message) else { return }
            if queue.isFIFO, message.state != .inFlight || message.receipt != handle.receipt {
                throw call.invalid("ReceiptHandle", text, "The receipt handle has expired.")
            }
            if message.receipt == handle.receipt { queue.remove(handle.message) }
        }
        // Its group may have its turn now.
        if queues[key]?.isFIFO == true { wake(key, now: call.now) }
    }

    /// The receipt that a text names in a queue.
    func handle(_ text: String, of key: QueueKey, _ call: FakeCall) throws(WireError) -> ReceiptHandle {
        guard let handle = ReceiptHandle(text), handle.queue == queues[key]?.number else {
            throw call.error(
                "ReceiptHandleIsInvalid", "The input receipt handle \"\(text)\" is not a valid receipt handle.")
        }
        return handle
    }
}
