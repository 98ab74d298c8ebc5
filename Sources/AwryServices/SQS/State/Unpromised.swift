// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What `delivery` of a scenario's options lets standard queues do, by chance of the queue's own.
extension SQS {
    /// By what the order of a queue's messages is drawn; nil where they come in order.
    func shuffle(of key: QueueKey) -> Chance? {
        guard delivery.disorder, queues[key]?.isFIFO == false else { return nil }
        return identifiers.chance(of: "order in \(key.arn)")
    }

    /// Lets some of the messages that were received for the first time be there once more: the same message with a
    /// receipt of its own, which stays when the other is deleted.
    mutating func duplicate(_ taken: [Message], in key: QueueKey, now: Timestamp) {
        guard delivery.duplicates > 0, queues[key]?.isFIFO == false else { return }
        let chance = identifiers.chance(of: "duplicates in \(key.arn)")
        for message in taken where message.receiveCount == 1 && !message.isCopy {
            // By the message, so that the order of receiving does not matter.
            guard chance.unit(at: message.content.id.0) < delivery.duplicates else { continue }
            onQueue(key) { _ = $0.add(message.content, visibleAt: now, now: now, isCopy: true) }
            wake(key, now: now)
        }
    }
}
