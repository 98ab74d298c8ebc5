// SPDX-License-Identifier: Apache-2.0

import AwryWire

/// Event streams, as messages and as inputs typed by the model.
enum EventStreamTarget: FuzzTarget {
    static let name = "eventstream"
    static let dictionary = [
        "\u{B}:event-type\u{7}\0", "\r:message-type\u{7}\0\u{5}event", ":chunk-signature", ":date", "\0\0\0\u{10}",
        "{\"text\":\"hi\"}", "\0\0\0\0", "\u{7}\0\u{1}a",
    ]

    static let calls = WireCalls.of(
        [("lexv2-runtime", "StartConversation"), ("bedrock-runtime", "InvokeModelWithBidirectionalStream")], .restJSON)

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        let whole = decode(bytes, pieces: max(bytes.count, 1))
        for size in [1, 7] where size < bytes.count {
            let parts = decode(bytes, pieces: size)
            if parts != whole { throw Violation("pieces of \(size): \(parts) is not \(whole)") }
        }
        var written: [UInt8] = []
        for message in whole.messages { message.write(into: &written) }
        if decode(written, pieces: max(written.count, 1)).messages != whole.messages {
            throw Violation("\(whole.messages) did not come back as they were written")
        }
        var seen = "\(whole.end) \(min(whole.messages.count, 4))"
        // Checksums hide all that is behind them from chance, so the bytes are also taken as an event's own.
        for content in [bytes, framed(headers: bytes, payload: []), framed(headers: event, payload: bytes)] {
            for call in calls { seen += " " + WireCalls.kind(call, content) }
        }
        return kind(seen)
    }

    private struct Result: Equatable {
        var messages: [EventMessage] = []
        var end = ""
    }

    private static func decode(_ bytes: [UInt8], pieces: Int) -> Result {
        var decoder = EventMessageDecoder()
        var result = Result()
        do throws(EventMessageDecoder.Mistake) {
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                try decoder.take(bytes[start..<min(bytes.count, start + pieces)], into: &result.messages)
            }
            try decoder.finish()
        } catch {
            result.end = "\(error)"
        }
        return result
    }

    /// The headers of an event of Lex's.
    private static let event = Array("\u{B}:event-type\u{7}\0\u{E}TextInputEvent\r:message-type\u{7}\0\u{5}event".utf8)

    /// A message with these very bytes in the headers' place.
    private static func framed(headers: [UInt8], payload: [UInt8]) -> [UInt8] {
        EventMessage.frame(headers: headers, payload: payload[...])
    }
}
