// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import Testing

@testable import AwryWire

/// Events with members in headers, which no model of botocore's has, and payloads of every kind.
struct EventFormatTests {
    /// A service of rest-json or rest-xml whose operation `Talk` takes and gives a stream of such events.
    private static func call(_ name: ProtocolName) -> IdentifiedCall {
        let scalars: [(String, Shape.Kind)] = [
            ("Flag", .boolean), ("Count", .integer), ("Size", .long), ("Data", .blob), ("Text", .string),
            ("When", .timestamp), ("Share", .double),
        ]
        var shapes = scalars.map { Shape(name: $0.0, kind: $0.1) }
        func add(
            _ name: String, _ members: [Member], error: ErrorTraits? = nil, flags: ShapeTraits.Flags = []
        ) -> ShapeID {
            shapes.append(
                Shape(name: name, kind: .structure(members), error: error, traits: ShapeTraits(flags: flags)))
            return ShapeID(shapes.count - 1)
        }
        let inHeaders = scalars.enumerated().map { index, scalar in
            Member(name: scalar.0, shape: ShapeID(index), flags: .eventHeader)
        }
        let inner = add("Inner", [Member(name: "Text", shape: ShapeID(4)), Member(name: "Count", shape: ShapeID(1))])
        let payloads: [(String, ShapeID)] = [("Bytes", ShapeID(3)), ("Words", ShapeID(4)), ("Nested", inner)]
        var events = [
            Member(name: "Headers", shape: add("Headers", inHeaders, flags: .event)),
            Member(
                name: "Mixed",
                shape: add("Mixed", [inHeaders[1], Member(name: "Text", shape: ShapeID(4))], flags: .event)),
            Member(name: "Empty", shape: add("Empty", [], flags: .event)),
            Member(
                name: "tooMuch",
                shape: add("TooMuchException", [Member(name: "Message", shape: ShapeID(4))], error: ErrorTraits())),
        ]
        for (name, shape) in payloads {
            let payload = Member(name: "Body", shape: shape, flags: .eventPayload)
            events.append(Member(name: name, shape: add(name, [inHeaders[0], payload], flags: .event)))
        }
        let stream = add("Stream", events, flags: .eventStream)
        shapes.append(
            Shape(
                name: "Talk", kind: .structure([Member(name: "Events", shape: stream)]),
                traits: ShapeTraits(payload: "Events")))
        let talk = ShapeID(shapes.count - 1)
        let operation = Operation(name: "Talk", traits: OperationTraits(), input: talk, output: talk, errors: [])
        let metadata = ServiceMetadata(
            serviceID: "Made", apiVersion: "1", protocols: [name], signingName: "made", endpointPrefix: "made")
        let service = Service(name: "made", metadata: metadata, operations: [operation], shapes: shapes)
        return IdentifiedCall(service: service, operation: operation, dialect: Dialect(name, of: service))
    }

    private func write(_ events: Value, _ name: ProtocolName = .restJSON) throws -> Rendered {
        try Wire.encodeOutput(
            ["Events": events], of: Self.call(name), AnswerContext(requestID: "R", hostID: "H"))
    }

    private func messages(_ events: Value, _ name: ProtocolName = .restJSON) throws -> [EventMessage] {
        try EventMessageDecoder.messages(in: try write(events, name).body[...])
    }

    private static let headers: Fields = [
        "Flag": true, "Count": -7, "Size": 5_000_000_000, "Data": .blob(Blob([1, 2])), "Text": "é",
        "When": .timestamp(Timestamp(milliseconds: 1_700_000_000_123)),
    ]
    private static let nested: Value = ["Text": "t", "Count": 1]
    private static let everyEvent = Value.list(
        [
            ("Headers", headers), ("Mixed", ["Count": 3, "Text": "in JSON"]), ("Empty", [:]),
            ("Bytes", ["Flag": false, "Body": .blob(Blob([9]))]), ("Words", ["Body": "plain"]),
            ("Nested", ["Body": nested]),
        ].map { (name: String, members: Fields) in .structure([name: .structure(members)]) })

    @Test func membersInHeadersKeepTheirTypes() throws {
        let message = try #require(try messages(Self.everyEvent).first)
        #expect(
            message.headers == [
                EventHeader(":event-type", "Headers"), EventHeader(":message-type", "event"),
                EventHeader("Flag", .bool(true)), EventHeader("Count", .integer(-7)),
                EventHeader("Size", .long(5_000_000_000)), EventHeader("Data", .bytes(Blob([1, 2]))),
                EventHeader("Text", "é"),
                EventHeader("When", .timestamp(Timestamp(milliseconds: 1_700_000_000_123))),
            ])
        #expect(message.payload.isEmpty)
    }

    @Test func payloads() throws {
        let found = try messages(Self.everyEvent).dropFirst().map {
            [$0.text(":content-type") ?? "-", String(decoding: $0.payload, as: UTF8.self)]
        }
        #expect(
            found == [
                ["application/json", #"{"Text":"in JSON"}"#], ["-", ""], ["application/octet-stream", "\u{9}"],
                ["text/plain", "plain"], ["application/json", #"{"Text":"t","Count":1}"#],
            ])
        let nested = try #require(try messages(Self.one("Nested", ["Body": Self.nested]), .restXML).first)
        #expect(nested.text(":content-type") == "text/xml")
        #expect(
            String(decoding: nested.payload, as: UTF8.self).hasSuffix("<Inner><Text>t</Text><Count>1</Count></Inner>"))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let call = Self.call(.restJSON)
        let head = try RequestHead(lines: ["POST / HTTP/1.1"])
        let input = try Wire.decodeInput(call, head: head, body: try write(Self.everyEvent).body[...])
        #expect(input == ["Events": Self.everyEvent])
    }

    private static func one(_ event: String, _ members: Fields) -> Value { [[event: .structure(members)]] }

    static let misfits: [(Value, String)] = [
        (one("Headers", ["Share": 0.5]), "Share cannot stand in an event's header"),
        (one("Headers", ["Count": 3_000_000_000]), "expected an integer of 32 bits"),
        (one("Headers", ["Text": .string(String(repeating: "x", count: 65_536))]), "65535 bytes, found 65536"),
        (one("Bytes", ["Body": 7]), "Events.Bytes.Body"),
        (one("Empty", ["x": 1]), "Empty has no member `x`"),
        (one("Nothing", [:]), "Stream has no member `Nothing`"),
        (.list([.structure(["Empty": 1])]), "expected an event"),
    ]

    @Test(arguments: misfits)
    func refusesWhatDoesNotFit(events: Value, words: String) throws {
        do {
            _ = try write(events)
            Issue.record("\(events) was written")
        } catch {
            let said = (error as? WireError)?.message ?? ""
            #expect(said.contains(words), "\(said)")
        }
    }

    @Test func aStreamBreaksAfterSoManyEvents() throws {
        let call = Self.call(.restJSON)
        let words = Value.structure(["Words": ["Body": "a"]])
        let whole = try write(.list([words, words, .structure(["Empty": [:]])]))
        for (after, left) in [(0, 0), (2, 2), (3, 3), (1_000_000, 3), (-1, 0)] {
            var broken = whole
            Wire.breakStream(&broken, after: after, by: WireError("SlowDown", message: "Later."), of: call)
            let found = try EventMessageDecoder.messages(in: broken.body[...])
            #expect(found.count == left + 1)
            #expect(
                found.last?.headers == [
                    EventHeader(":error-code", "SlowDown"), EventHeader(":error-message", "Later."),
                    EventHeader(":message-type", "error"),
                ])
        }
    }

    /// Under the name that the stream has for it, which is what clients show.
    @Test func modelledErrorsAreExceptions() throws {
        var broken = try write(Self.one("Empty", [:]))
        let error = WireError("TooMuchException", message: "No more.", fields: ["left": 0])
        Wire.breakStream(&broken, after: 1, by: error, of: Self.call(.restJSON))
        let last = try #require(try EventMessageDecoder.messages(in: broken.body[...]).last)
        #expect(last.text(":exception-type") == "tooMuch" && last.text(":message-type") == "exception")
        #expect(String(decoding: last.payload, as: UTF8.self) == #"{"Message":"No more.","left":0}"#)
    }

    @Test func anAnswerThatIsNoStreamIsNotBroken() throws {
        let call = Self.call(.restJSON)
        var error = Wire.encodeError(WireError("X"), of: call, AnswerContext(requestID: "R", hostID: "H"))
        let before = error
        Wire.breakStream(&error, after: 0, by: WireError("Y"), of: call)
        #expect(error == before)
    }
}
