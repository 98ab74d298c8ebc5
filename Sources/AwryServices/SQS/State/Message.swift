// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What was sent: it never changes, so queues that hand a message on share it. A queue may hold a million, so what few
/// messages have stands apart, and what can be made of something else is not kept.
final class MessageContent: Sendable {
    /// 128 bits, of which `messageID` is made.
    let id: (UInt64, UInt64)
    let body: String
    let bodyMD5: MD5
    let sentAt: Timestamp
    let sender: String
    private let rare: Rare?

    /// What few messages have.
    struct More: Sendable, Equatable {
        var attributes: Fields = [:]
        var systemAttributes: Fields = [:]
        var group: String?
        var deduplication: String?
        /// For messages of FIFO queues.
        var sequence: SequenceNumber?
        /// The ARN of the queue that gave it up, for messages of a dead-letter queue.
        var source: String?
    }

    private final class Rare: Sendable {
        let more: More
        init(_ more: More) { self.more = more }
    }

    init(id: (UInt64, UInt64), body: String, bodyMD5: MD5, sentAt: Timestamp, sender: String, more: More) {
        self.id = id
        self.body = body
        self.bodyMD5 = bodyMD5
        self.sentAt = sentAt
        self.sender = sender
        rare = more == More() ? nil : Rare(more)
    }

    var messageID: String { UUIDText.version4(id.0, id.1) }
    var more: More { rare?.more ?? More() }
    /// The group, without a copy of all the rest.
    var group: String? { rare?.more.group }
    var source: String? { rare?.more.source }

    /// The same message in another queue. `id` makes it a new one.
    func moved(
        id: (UInt64, UInt64)? = nil, source: String?, sentAt: Timestamp, sequence: SequenceNumber?
    ) -> MessageContent {
        var more = self.more
        more.source = source
        more.sequence = sequence
        return MessageContent(
            id: id ?? self.id, body: body, bodyMD5: bodyMD5, sentAt: sentAt, sender: sender, more: more)
    }
}

/// A FIFO queue's count of its messages, as clients see it: 20 digits, growing, as AWS's beginning with 188 and with
/// steps between them.
struct SequenceNumber: Sendable, Hashable {
    let count: UInt64

    var text: String {
        let digits = String(count &* 256)
        return "188" + String(repeating: "0", count: max(17 - digits.count, 0)) + digits
    }
}

/// A message in a queue.
struct Message: Sendable {
    enum State: Sendable {
        /// It was sent with a delay that is not over.
        case delayed
        /// It can be received.
        case ready
        /// Somebody received it and has neither deleted it nor let its time pass.
        case inFlight
    }

    let content: MessageContent
    /// When it can be received (again); the moment itself where it can be.
    var visibleAt: Timestamp
    /// When it was received last.
    var receivedAt: Timestamp
    private var firstReceipt: Timestamp
    var receiveCount: Int32 = 0
    /// Tells the last receipt from those before it; 0 before the first.
    var receipt: UInt32 = 0
    var state = State.ready
    /// Whether it is there once more than it was sent, as a scenario's `delivery` has it.
    var isCopy = false

    init(_ content: MessageContent, visibleAt: Timestamp) {
        self.content = content
        self.visibleAt = visibleAt
        (receivedAt, firstReceipt) = (visibleAt, visibleAt)
    }

    var firstReceivedAt: Timestamp? { receiveCount == 0 ? nil : firstReceipt }

    /// It is received, and invisible until `end`.
    mutating func receive(until end: Timestamp, now: Timestamp) {
        state = .inFlight
        visibleAt = end
        receivedAt = now
        if receiveCount == 0 { firstReceipt = now }
        receiveCount &+= 1
        receipt &+= 1
    }
}

/// A moment at which something is due for an entry of this number.
struct Due: Comparable, Sendable {
    let at: Timestamp
    let number: UInt64

    static func < (left: Due, right: Due) -> Bool {
        left.at == right.at ? left.number < right.number : left.at < right.at
    }
}
