// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What was sent: it never changes, so queues that hand a message on share it.
final class MessageContent: Sendable {
    let messageID: String
    let body: String
    let bodyMD5: String
    let attributes: Fields
    let systemAttributes: Fields
    let group: String?
    let deduplication: String?
    /// 20 digits, for messages of FIFO queues.
    let sequence: String?
    let sentAt: Timestamp
    let sender: String
    /// The ARN of the queue that gave it up, for messages of a dead-letter queue.
    let source: String?

    init(
        messageID: String, body: String, bodyMD5: String, attributes: Fields, systemAttributes: Fields,
        group: String?, deduplication: String?, sequence: String?, sentAt: Timestamp, sender: String, source: String?
    ) {
        self.messageID = messageID
        self.body = body
        self.bodyMD5 = bodyMD5
        self.attributes = attributes
        self.systemAttributes = systemAttributes
        self.group = group
        self.deduplication = deduplication
        self.sequence = sequence
        self.sentAt = sentAt
        self.sender = sender
        self.source = source
    }

    /// The same message in another queue; a FIFO queue counts its retention anew.
    func moved(source: String?, sentAt: Timestamp, sequence: String?) -> MessageContent {
        MessageContent(
            messageID: messageID, body: body, bodyMD5: bodyMD5, attributes: attributes,
            systemAttributes: systemAttributes, group: group, deduplication: deduplication, sequence: sequence,
            sentAt: sentAt, sender: sender, source: source)
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
    var state = State.ready
    /// When it can be received (again); the moment itself where it can be.
    var visibleAt: Timestamp
    var receiveCount: Int32 = 0
    var firstReceivedAt: Timestamp?
    /// Tells the last receipt from those before it; 0 before the first.
    var receipt: UInt32 = 0

    init(_ content: MessageContent, visibleAt: Timestamp) {
        self.content = content
        self.visibleAt = visibleAt
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
