// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var receiveMessage: Handler? { receive }

    /// What a receiver asks for.
    struct Receiving {
        let count: Int
        let visibility: Int64?
        let wait: Int64?
        let attempt: String?
        let shown: ShownAttributes

        init(_ call: FakeCall) throws(WireError) {
            let members = call.members
            count = Int(
                try call.number(
                    members.integer("MaxNumberOfMessages"), "MaxNumberOfMessages", 1...10,
                    "Must be between 1 and 10, if provided.") ?? 1)
            visibility = try call.number(
                members.integer("VisibilityTimeout"), "VisibilityTimeout", 0...43_200,
                "Must be >= 0 and <= 43200, if provided.")
            wait = try call.number(
                members.integer("WaitTimeSeconds"), "WaitTimeSeconds", 0...20, "Must be >= 0 and <= 20, if provided.")
            for name in members.texts("AttributeNames") + members.texts("MessageSystemAttributeNames")
            where name != "All" && !ShownAttributes.known.contains(name) && !QueueAttributes.isName(name) {
                throw call.error("InvalidAttributeName", "Unknown Attribute \(name).")
            }
            attempt = members.optionalText("ReceiveRequestAttemptId")
            try Outgoing.checkID(attempt, "ReceiveRequestAttemptId", call)
            shown = ShownAttributes(
                system: Set(members.texts("AttributeNames") + members.texts("MessageSystemAttributeNames")),
                own: members.texts("MessageAttributeNames"))
        }
    }

    private static func receive(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let asked = try Receiving(call)
        guard let queue = try state.change(key, now: call.now, { (queue) throws(WireError) in queue.attributes }) else {
            throw call.error("QueueDoesNotExist")
        }
        if asked.attempt != nil, !queue.isFIFO {
            throw call.invalid(
                "ReceiveRequestAttemptId", asked.attempt ?? "",
                "The request includes a parameter that is not valid for this queue type.")
        }
        // Where nothing can be received nothing has to be decrypted.
        if !queue.key.isEmpty, state.change(key, now: call.now, { $0.next() }) != .some(nil) {
            try state.checkKey(queue.key, for: "Decrypt", call)
        }
        let span = Duration.seconds(asked.visibility ?? queue.visibilityTimeout)
        let wait = asked.wait ?? queue.receiveWait
        var taken: [(message: Message, handle: ReceiptHandle)] = []
        if let attempt = asked.attempt, let again = state.repeated(attempt, key, until: call.now + span, call.now) {
            taken = again
        } else {
            let isFull = state.queues[key].map { $0.inFlightCount >= state.delivery.inFlight } ?? false
            // A long poll and a FIFO queue give nothing then; a short poll of a standard queue is told so.
            if isFull, wait == 0, !queue.isFIFO { throw call.error("OverLimit") }
            if !isFull { taken = state.take(asked.count, key, until: call.now + span, now: call.now) }
            if let attempt = asked.attempt, !taken.isEmpty {
                let handles = taken.map(\.handle)
                state.onQueue(key) {
                    $0.attempts.remember(handles, for: attempt, until: call.now + deduplicationTime)
                }
            }
        }
        if taken.isEmpty, call.mayWait, wait > 0 {
            let end = (call.waitingSince ?? call.now) + .seconds(wait)
            // What comes up after the wait concerns nobody who waits.
            let due = state.queues[key]?.nextDue.flatMap { $0 < end ? $0 : nil }
            if end > call.now { return .wait(Wait(topic: key.arn, until: end, recheck: due)) }
        }
        if taken.isEmpty { return .output([:]) }
        return .output(["Messages": .list(taken.map { asked.shown.value(of: $0.message, $0.handle) })])
    }

    /// Receives at most so many messages. What was received too often goes to the dead-letter queue instead.
    private mutating func take(
        _ count: Int, _ key: QueueKey, until end: Timestamp, now: Timestamp
    ) -> [(message: Message, handle: ReceiptHandle)] {
        var taken: [(message: Message, handle: ReceiptHandle)] = []
        let redrive = queues[key]?.attributes.redrive
        let target = redrive.flatMap { QueueKey(arn: $0.target) }.flatMap { queues[$0] == nil ? nil : $0 }
        let disorder = shuffle(of: key)
        let most = delivery.inFlight
        var group: String?
        while taken.count < count {
            var number: UInt64?
            onQueue(key) { queue in
                number =
                    if let disorder { queue.any(disorder) } else {
                        group.flatMap { queue.next(ofGroup: $0) } ?? queue.next()
                    }
                if queue.inFlightCount >= most { number = nil }
            }
            guard let number, let message = queues[key]?.message(number) else { break }
            if let redrive, let target, Int64(message.receiveCount) >= redrive.maxReceiveCount {
                bury(number, message, of: key, in: target, now: now)
                continue
            }
            onQueue(key) { queue in
                guard let message = queue.take(number, until: end, now: now) else { return }
                let handle = ReceiptHandle(queue: queue.number, message: number, receipt: message.receipt)
                taken.append((message, handle))
                group = queue.isFIFO ? message.content.group : nil
                if end <= now { queue.change(number, visibleAt: end, now: now) }
            }
            // Received with no time at all, it would come up again at once.
            if end <= now { break }
        }
        if !taken.isEmpty {
            wake(key, at: end, now: now)
            duplicate(taken.map(\.message), in: key, now: now)
        }
        return taken
    }

    /// Moves a message to the dead-letter queue.
    private mutating func bury(
        _ number: UInt64, _ message: Message, of key: QueueKey, in target: QueueKey, now: Timestamp
    ) {
        onQueue(key) { $0.remove(number) }
        let isFIFO = queues[target]?.isFIFO ?? false
        let moved = message.content.moved(
            source: key.arn, sentAt: isFIFO ? now : message.content.sentAt, sequence: isFIFO ? nextSequence() : nil)
        add(moved, to: target, visibleAt: now, now: now)
    }

    /// What the same attempt received before, if nothing has become of it since: the same messages and handles, their
    /// time begun anew.
    private mutating func repeated(
        _ attempt: String, _ key: QueueKey, until end: Timestamp, _ now: Timestamp
    ) -> [(message: Message, handle: ReceiptHandle)]? {
        guard let handles = queues[key]?.attempts[attempt] else { return nil }
        var found: [(message: Message, handle: ReceiptHandle)] = []
        for handle in handles {
            guard let message = queues[key]?.message(handle.message), message.state == .inFlight,
                message.receipt == handle.receipt
            else { return nil }
            found.append((message, handle))
        }
        onQueue(key) { queue in
            for handle in handles { queue.change(handle.message, visibleAt: end, now: now) }
        }
        return found
    }
}
