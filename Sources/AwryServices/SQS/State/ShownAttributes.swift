// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Which attributes a receiver wants to see of messages.
struct ShownAttributes {
    /// `All`, or names of system attributes.
    let system: Set<String>
    /// `All`, `.*`, names, or beginnings of names (`prefix.*`).
    let own: [String]

    /// The names of system attributes.
    static let known: Set<String> = [
        "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber",
        "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn",
    ]

    /// A message as its receiver sees it.
    func value(of message: Message, _ handle: ReceiptHandle) -> Value {
        let content = message.content
        var fields: Fields = [
            "MessageId": .string(content.messageID), "ReceiptHandle": .string(handle.text),
            "MD5OfBody": .string(content.bodyMD5.text), "Body": .string(content.body),
        ]
        let system = systemAttributes(of: message)
        if !system.isEmpty { fields["Attributes"] = .structure(system) }
        if own.isEmpty { return .structure(fields) }
        let attributes = Fields(content.more.attributes.filter { wants($0.name) }.map { ($0.name, $0.value) })
        if let digest = MessageDigest.attributes(attributes) {
            fields["MD5OfMessageAttributes"] = .string(digest)
            fields["MessageAttributes"] = .structure(attributes)
        }
        return .structure(fields)
    }

    private func wants(_ name: String) -> Bool {
        own.contains { wanted in
            wanted == "All" || wanted == name || wanted.hasSuffix(".*") && name.hasPrefix(wanted.dropLast(2))
        }
    }

    private func systemAttributes(of message: Message) -> Fields {
        if system.isEmpty { return [:] }
        let content = message.content
        let more = content.more
        let known: [(String, String?)] = [
            ("SenderId", content.sender), ("SentTimestamp", String(content.sentAt.milliseconds)),
            ("ApproximateReceiveCount", String(message.receiveCount)),
            ("ApproximateFirstReceiveTimestamp", message.firstReceivedAt.map { String($0.milliseconds) }),
            ("SequenceNumber", more.sequence?.text), ("MessageDeduplicationId", more.deduplication),
            ("MessageGroupId", more.group),
            ("AWSTraceHeader", more.systemAttributes["AWSTraceHeader"]?.fields?["StringValue"]?.string),
            ("DeadLetterQueueSourceArn", more.source),
        ]
        var shown: Fields = [:]
        for (name, value) in known where system.contains("All") || system.contains(name) {
            if let value { shown[name] = .string(value) }
        }
        return shown
    }
}
