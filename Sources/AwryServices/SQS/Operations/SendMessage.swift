// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension SQS {
    static var sendMessage: Handler? { send }

    private static func send(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let message = try Outgoing(call.members, of: call)
        return .output(try state.put(message, into: key, call))
    }

    /// For how long a FIFO queue knows what was sent to it.
    static let deduplicationTime = Duration.seconds(300)

    /// Sends one message, and gives what its sender is told.
    mutating func put(_ sent: Outgoing, into key: QueueKey, _ call: FakeCall) throws(WireError) -> Fields {
        guard let index = queues.index(forKey: key) else { throw call.error("QueueDoesNotExist") }
        // Not the queue itself: held here, it would be copied when it changes.
        let queue = queues.look(at: index) { $0.attributes }
        try sent.check(for: queue, call)
        try checkKey(queue.key, for: "GenerateDataKey", call)
        let deduplication = Self.deduplicationKey(sent, in: queue)
        bringUpToDate(index, now: call.now)
        let bodyMD5 = MD5(of: sent.body)
        var told = Fields(minimumCapacity: 4)
        told["MD5OfMessageBody"] = .string(bodyMD5.text)
        if let digest = MessageDigest.attributes(sent.attributes) { told["MD5OfMessageAttributes"] = .string(digest) }
        if let digest = MessageDigest.attributes(sent.systemAttributes) {
            told["MD5OfMessageSystemAttributes"] = .string(digest)
        }
        if let deduplication, let known = queues.look(at: index, { $0.sent[deduplication.key] }) {
            told["MessageId"] = .string(UUIDText.version4(known.id.0, known.id.1))
            told["SequenceNumber"] = .string(known.sequence.text)
            return told
        }
        let sequence = queue.isFIFO ? nextSequence() : nil
        let content = MessageContent(
            id: nextID(), body: sent.body, bodyMD5: bodyMD5, sentAt: call.now, sender: call.principal.userID,
            more: MessageContent.More(
                attributes: sent.attributes, systemAttributes: sent.systemAttributes, group: sent.group,
                deduplication: deduplication?.id, sequence: sequence))
        let visibleAt = call.now + .seconds(sent.delay ?? queue.delay)
        let isReady = queues.values[index].add(content, visibleAt: visibleAt, now: call.now)
        wake(index, at: isReady ? nil : visibleAt, now: call.now)
        told["MessageId"] = .string(content.messageID)
        if let sequence {
            told["SequenceNumber"] = .string(sequence.text)
            if let deduplication {
                let record = SentMessage(id: content.id, sequence: sequence)
                queues.values[index].sent.remember(
                    record, for: deduplication.key, until: call.now + Self.deduplicationTime)
            }
        }
        return told
    }

    /// Puts a message into a queue and wakes who waits for it.
    mutating func add(_ content: MessageContent, to key: QueueKey, visibleAt: Timestamp, now: Timestamp) {
        var isReady = false
        onQueue(key) { isReady = $0.add(content, visibleAt: visibleAt, now: now) }
        wake(key, at: isReady ? nil : visibleAt, now: now)
    }

    /// By what a FIFO queue knows a message again, and the id that receivers see.
    private static func deduplicationKey(_ sent: Outgoing, in queue: QueueAttributes) -> (key: String, id: String)? {
        guard queue.isFIFO else { return nil }
        let id = sent.deduplication ?? Hex.text(Digests.sha256(sent.body.utf8))
        let isByGroup = queue.deduplicationScope == "messageGroup"
        // A space is in neither id.
        return (isByGroup ? "\(sent.group ?? "") \(id)" : id, id)
    }
}
