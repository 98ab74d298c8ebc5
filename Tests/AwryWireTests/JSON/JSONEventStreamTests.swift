// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryWire

/// SubscribeToShard's answers. The bytes were made by a few lines of Python and read back by botocore 1.43.11's
/// `EventStreamBuffer`.
struct JSONEventStreamTests {
    static let expected =
        "AAAAcgAAAGCrgg2eCzpldmVudC10eXBlBwAQaW5pdGlhbC1yZXNwb25zZQ06Y29udGVudC10eXBlBwAaYXBwbGljYXRpb24veC1h"
        + "bXotanNvbi0xLjENOm1lc3NhZ2UtdHlwZQcABWV2ZW50e32srmt9AAAAuwAAAGU/7XO7CzpldmVudC10eXBlBwAVU3Vic2NyaWJl"
        + "VG9TaGFyZEV2ZW50DTpjb250ZW50LXR5cGUHABphcHBsaWNhdGlvbi94LWFtei1qc29uLTEuMQ06bWVzc2FnZS10eXBlBwAFZXZl"
        + "bnR7IlJlY29yZHMiOltdLCJDb250aW51YXRpb25TZXF1ZW5jZU51bWJlciI6IjciLCJNaWxsaXNCZWhpbmRMYXRlc3QiOjB9OkMR"
        + "VAAAAJAAAABuHi60Jg86ZXhjZXB0aW9uLXR5cGUHABZSZXNvdXJjZUluVXNlRXhjZXB0aW9uDTpjb250ZW50LXR5cGUHABphcHBs"
        + "aWNhdGlvbi94LWFtei1qc29uLTEuMQ06bWVzc2FnZS10eXBlBwAJZXhjZXB0aW9ueyJtZXNzYWdlIjoiYnVzeSJ90khQ/Q=="

    private func answer(_ output: Fields) throws -> Rendered {
        let service = try #require(Catalogue.shared.service("kinesis"))
        let operation = try #require(service.operation("SubscribeToShard"))
        let call = IdentifiedCall(service: service, operation: operation, dialect: .json(version: "1.1"))
        return try Wire.encodeOutput(output, of: call, AnswerContext(requestID: "R", hostID: "H"))
    }

    @Test func writesEventsAndExceptions() throws {
        let event: Fields = ["Records": [], "ContinuationSequenceNumber": "7", "MillisBehindLatest": 0]
        let answer = try answer([
            "EventStream": [
                ["SubscribeToShardEvent": .structure(event)], ["ResourceInUseException": ["message": "busy"]],
            ]
        ])
        #expect(Base64.text(answer.body) == Self.expected)
        #expect(answer.headers.contains(Header("Content-Type", "application/vnd.amazon.eventstream")))
    }

    @Test func anEmptyStreamStillHasItsFirstMessage() throws {
        #expect(try answer([:]).body == answer(["EventStream": [:]]).body)
        #expect(try answer([:]).body.count == 0x72)
    }

    @Test func refusesUnknownEvents() throws {
        #expect(throws: WireError.self) { try answer(["EventStream": ["SubscribeToShard": [:]]]) }
        #expect(throws: WireError.self) { try answer(["EventStream": "x"]) }
    }
}
