// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import Testing

@testable import AwryWire

/// The events of Lex's StartConversation, as clients send them. The bytes were made by a few lines of Python and read
/// back by botocore 1.43.11's `EventStreamBuffer`.
struct EventInputTests {
    private static let text =
        "AAAAcQAAAFTNloP7CzpldmVudC10eXBlBwAOVGV4dElucHV0RXZlbnQNOmNvbnRlbnQtdHlwZQcAEGFwcGxpY2F0aW9uL2pzb24NOm1lc3Nh"
        + "Z2UtdHlwZQcABWV2ZW50eyJ0ZXh0IjoiaGkifSFBX5k="
    private static let signed =
        "AAAAxAAAAEOWYoFYBTpkYXRlCAAAAYvP5Wh7EDpjaHVuay1zaWduYXR1cmUGACAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHwAA"
        + "AHEAAABUzZaD+ws6ZXZlbnQtdHlwZQcADlRleHRJbnB1dEV2ZW50DTpjb250ZW50LXR5cGUHABBhcHBsaWNhdGlvbi9qc29uDTptZXNz"
        + "YWdlLXR5cGUHAAVldmVudHsidGV4dCI6ImhpIn0hQV+Zo8UIjgAAAFMAAABD9UR6WAU6ZGF0ZQgAAAGLz+VoexA6Y2h1bmstc2lnbmF0"
        + "dXJlBgAgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+d+oXB"

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64.decode(Array(text.utf8))) }

    private func read(_ body: [UInt8]) throws -> Value? {
        let service = try #require(Catalogue.shared.service("lexv2-runtime"))
        let operation = try #require(service.operation("StartConversation"))
        let call = IdentifiedCall(
            .init(
                service: service, operation: operation, dialect: .restJSON,
                labels: [("botId", "B"), ("botAliasId", "A"), ("localeId", "en_US"), ("sessionId", "s1")]))
        let head = try RequestHead(lines: ["POST / HTTP/1.1"])
        return try Wire.decodeInput(call, head: head, body: body[...])["requestEventStream"]
    }

    private static let event: Value = ["TextInputEvent": ["text": "hi"]]

    @Test func plainAndSignedEvents() throws {
        #expect(try read(bytes(Self.text) + bytes(Self.text)) == [Self.event, Self.event])
        #expect(try read(bytes(Self.signed)) == [Self.event])
        #expect(try read([]) == [])
    }

    static let strangers: [(EventMessage, String)] = [
        (.error(code: "C", message: "m"), "a message is of the type error, not event"),
        (EventMessage(headers: [], payload: []), "a message is of the type none"),
        (EventMessage(headers: [EventHeader(":message-type", "event")], payload: []), "has no :event-type"),
        (.event("TextInput", .none), "no member `TextInput`"),
        (.event("TextInputEvent", EventPayload(contentType: nil, bytes: Array("[]".utf8))), "Start of list found"),
    ]

    @Test(arguments: strangers)
    func refusesWhatIsNoEvent(message: EventMessage, words: String) throws {
        var body: [UInt8] = []
        message.write(into: &body)
        try refuses(body, words)
    }

    @Test func refusesWhatIsNoStream() throws {
        try refuses(Array(#"{"text":"hi"}"#.utf8), "the checksum of an event's lengths does not match")
        try refuses(Array(try bytes(Self.signed).dropLast()), "the stream ends 82 bytes into an event")
    }

    private func refuses(_ body: [UInt8], _ words: String) throws {
        do {
            _ = try read(body)
            Issue.record("it was read")
        } catch {
            let said = try #require(error as? WireError)
            #expect(said.code == "SerializationException" && said.message?.contains(words) == true, "\(said)")
        }
    }
}
