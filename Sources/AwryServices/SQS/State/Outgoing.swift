// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A message to be sent, alone or as an entry of a batch: read and checked, nothing of it done.
///
/// Texts from the API reference's SendMessage and from recorded answers.
struct Outgoing {
    let body: String
    let delay: Int64?
    let attributes: Fields
    let systemAttributes: Fields
    let group: String?
    let deduplication: String?
    /// What counts against a queue's largest size and a batch's.
    let size: Int

    init(_ sent: InputReader, of call: FakeCall) throws(WireError) {
        body = sent.text("MessageBody")
        attributes = sent.fields("MessageAttributes")
        systemAttributes = sent.fields("MessageSystemAttributes")
        group = sent.optionalText("MessageGroupId")
        deduplication = sent.optionalText("MessageDeduplicationId")
        delay = try call.number(
            sent.integer("DelaySeconds"), "DelaySeconds", 0...900, "DelaySeconds must be >= 0 and <= 900.")
        if body.isEmpty { throw call.missing("MessageBody") }
        try Self.checkLetters(body, call)
        try Self.checkID(group, "MessageGroupId", call)
        try Self.checkID(deduplication, "MessageDeduplicationId", call)
        size = try AttributeCheck(call: call).size(of: attributes) + body.utf8.count
        try AttributeCheck(call: call).checkSystem(systemAttributes)
    }

    /// Letters that XML 1.0 can hold (section 2.2): a noncharacter or a control makes a message that no SDK could read.
    private static func checkLetters(_ text: String, _ call: FakeCall) throws(WireError) {
        var text = text
        if text.withUTF8({ !PlainText.mayLackLetters($0) }) { return }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: continue
            default:
                throw call.error(
                    "InvalidMessageContents",
                    "Invalid binary character '#x\(String(scalar.value, radix: 16, uppercase: true))' was found in the "
                        + "message body, the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | "
                        + "[#xE000 to #xFFFD] | [#x10000 to #x10FFFF]")
            }
        }
    }

    /// An id that a client chose, if it chose one.
    static func checkID(_ text: String?, _ name: String, _ call: FakeCall) throws(WireError) {
        guard let text else { return }
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw call.invalid(
                name, text, "\(name) can only include alphanumeric and punctuation characters. 1 to 128 in length.")
        }
    }

    /// Whether the queue takes it.
    func check(for queue: QueueAttributes, _ call: FakeCall) throws(WireError) {
        if size > queue.maximumSize {
            throw call.error(
                "InvalidParameterValue",
                "One or more parameters are invalid. Reason: Message must be shorter than "
                    + "\(queue.maximumSize) bytes.")
        }
        guard queue.isFIFO else {
            if let deduplication {
                throw call.invalid(
                    "MessageDeduplicationId", deduplication,
                    "The request includes a parameter that is not valid for this queue type.")
            }
            return
        }
        if group == nil { throw Self.withoutGroup(call) }
        if let delay, delay != 0 {
            throw call.invalid(
                "DelaySeconds", String(delay),
                "The request include parameter that is not valid for this queue type.")
        }
        if deduplication == nil, !queue.deduplicatesByContent { throw Self.withoutID(call) }
    }

    /// A batch in which a message of a FIFO queue lacks its group or id is refused as a whole, as recorded from AWS,
    /// with another code than a message by itself.
    static func checkFIFO(
        _ entries: [InputReader], for queue: QueueAttributes, _ call: FakeCall
    ) throws(WireError) {
        guard queue.isFIFO else { return }
        if entries.contains(where: { $0["MessageGroupId"] == nil }) {
            throw call.error("InvalidParameterValue", withoutGroup(call).message)
        }
        if !queue.deduplicatesByContent, entries.contains(where: { $0["MessageDeduplicationId"] == nil }) {
            throw withoutID(call)
        }
    }

    private static func withoutGroup(_ call: FakeCall) -> WireError { call.missing("MessageGroupId") }

    private static func withoutID(_ call: FakeCall) -> WireError {
        call.error(
            "InvalidParameterValue",
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided "
                + "explicitly")
    }
}
