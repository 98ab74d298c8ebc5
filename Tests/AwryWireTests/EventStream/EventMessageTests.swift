// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryWire

/// Messages, written and read. The bytes were made by a few lines of Python and read back by botocore 1.43.11's
/// `EventStreamBuffer`.
struct EventMessageTests {
    private static let everyHeader = EventMessage(
        headers: [
            EventHeader("t", .bool(true)), EventHeader("f", .bool(false)), EventHeader("byte", .byte(-2)),
            EventHeader("short", .short(-300)), EventHeader("integer", .integer(70_000)),
            EventHeader("long", .long(-5_000_000_000)), EventHeader("bytes", .bytes(Blob([0, 255]))),
            EventHeader("string", "é"),
            EventHeader("timestamp", .timestamp(Timestamp(milliseconds: 1_700_000_000_123))),
            EventHeader("uuid", .uuid(Blob(Array(0..<16)))),
        ], payload: Array("hello".utf8)[...])

    private static let everyHeaderBytes = Base64.decode(
        Array(
            ("AAAAhgAAAHF8htvxAXQAAWYBBGJ5dGUC/gVzaG9ydAP+1AdpbnRlZ2VyBAABEXAEbG9uZwX////+1foOAAVieXRlcwYAAgD/BnN0cmlu"
                + "ZwcAAsOpCXRpbWVzdGFtcAgAAAGLz+VoewR1dWlkCQABAgMEBQYHCAkKCwwNDg9oZWxsbxnDxRI=").utf8))

    private func decode(_ bytes: [UInt8], pieces: Int) throws(EventMessageDecoder.Mistake) -> [EventMessage] {
        var decoder = EventMessageDecoder()
        var messages: [EventMessage] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try decoder.take(bytes[start..<min(bytes.count, start + pieces)], into: &messages)
        }
        try decoder.finish()
        return messages
    }

    private func written(_ messages: [EventMessage]) -> [UInt8] {
        var bytes: [UInt8] = []
        for message in messages { message.write(into: &bytes) }
        return bytes
    }

    @Test func writesAndReadsHeadersOfEveryType() throws {
        let bytes = try #require(Self.everyHeaderBytes)
        #expect(written([Self.everyHeader]) == bytes)
        #expect(try EventMessageDecoder.messages(in: bytes[...]) == [Self.everyHeader])
    }

    @Test func readsTheSameAtEverySplit() throws {
        let messages = [Self.everyHeader, EventMessage(headers: [], payload: []), Self.everyHeader]
        let bytes = written(messages)
        for size in 1...bytes.count {
            #expect(try decode(bytes, pieces: size) == messages, "pieces of \(size)")
        }
        for cut in 0...bytes.count {
            var decoder = EventMessageDecoder()
            var found: [EventMessage] = []
            try decoder.take(bytes[..<cut], into: &found)
            try decoder.take(bytes[cut...], into: &found)
            #expect(found == messages, "cut at \(cut)")
        }
    }

    @Test func refusesChecksumsThatDoNotMatch() throws {
        let bytes = written([Self.everyHeader])
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x20
            let ofPrelude = index < EventMessage.preludeLength
            #expect(throws: EventMessageDecoder.Mistake.checksum(ofPrelude: ofPrelude)) {
                try EventMessageDecoder.messages(in: damaged[...])
            }
        }
    }

    @Test func refusesAnEndWithinAMessage() throws {
        let bytes = written([Self.everyHeader])
        for cut in 1..<bytes.count {
            #expect(throws: EventMessageDecoder.Mistake.unfinished(cut)) {
                try EventMessageDecoder.messages(in: bytes[..<cut])
            }
        }
    }

    static let lengths: [(Int, Int, EventMessageDecoder.Mistake)] = [
        (131_089, 131_073, .headersTooLong(131_073)), (25_165_841, 0, .payloadTooLong(25_165_825)),
        (15, 0, .tooShort(15)), (20, 5, .tooShort(20)),
        (4_294_967_295, 4_294_967_295, .headersTooLong(4_294_967_295)),
    ]

    /// Known by the prelude alone: nothing of so long a message is awaited.
    @Test(arguments: lengths)
    func refusesLengths(total: Int, headers: Int, mistake: EventMessageDecoder.Mistake) throws {
        let prelude = EventMessage.prelude(total: UInt32(total), headers: UInt32(headers))
        #expect(throws: mistake) { try EventMessageDecoder.messages(in: prelude[...]) }
    }

    static let badHeaders: [([UInt8], EventMessageDecoder.Mistake)] = [
        ([1, 0x61, 10], .badHeader), ([200, 0x61], .badHeader), ([1, 0x61], .badHeader), ([1, 0xFF, 0], .badHeader),
        ([1, 0x61, 7, 0, 9, 0x61], .badHeader), ([1, 0x61, 9, 1], .badHeader),
        ([1, 0x61, 0, 1, 0x61, 1], .duplicateHeader("a")),
    ]

    @Test(arguments: badHeaders)
    func refusesHeaders(bytes: [UInt8], mistake: EventMessageDecoder.Mistake) throws {
        let framed = EventMessage.frame(headers: bytes, payload: [])
        #expect(throws: mistake) { try EventMessageDecoder.messages(in: framed[...]) }
    }

    @Test func readsNothingAfterAMistake() throws {
        var decoder = EventMessageDecoder()
        var messages: [EventMessage] = []
        #expect(throws: EventMessageDecoder.Mistake.self) {
            try decoder.take(Array(repeating: 1, count: 12)[...], into: &messages)
        }
        #expect(throws: EventMessageDecoder.Mistake.checksum(ofPrelude: true)) {
            try decoder.take(written([Self.everyHeader])[...], into: &messages)
        }
        #expect(throws: EventMessageDecoder.Mistake.checksum(ofPrelude: true)) { try decoder.finish() }
        #expect(messages.isEmpty)
    }
}
