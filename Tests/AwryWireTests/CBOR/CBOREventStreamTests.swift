// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryWire

/// SubscribeToShard asked for in CBOR: the frames of JSON's stream with CBOR in them.
struct CBOREventStreamTests {
    @Test func eventsAreCBOR() throws {
        let service = try #require(Catalogue.shared.service("kinesis"))
        let operation = try #require(service.operation("SubscribeToShard"))
        let call = IdentifiedCall(service: service, operation: operation, dialect: .jsonCBOR(version: "1.1"))
        let event: Fields = ["Records": [], "ContinuationSequenceNumber": "7", "MillisBehindLatest": 0]
        let answer = try Wire.encodeOutput(
            ["EventStream": [["SubscribeToShardEvent": .structure(event)], ["ResourceInUseException": [:]]]], of: call,
            AnswerContext(requestID: "R", hostID: "H"))
        #expect(answer.headers.last == Header("Content-Type", "application/vnd.amazon.eventstream"))
        var written: [UInt8] = []
        CBOR.write(.structure(event), into: &written)
        var expected: [UInt8] = []
        func payload(_ bytes: [UInt8]) -> EventPayload {
            EventPayload(contentType: "application/x-amz-cbor-1.1", bytes: bytes)
        }
        EventMessage.event("initial-response", payload([0xA0])).write(into: &expected)
        EventMessage.event("SubscribeToShardEvent", payload(written)).write(into: &expected)
        EventMessage.exception("ResourceInUseException", payload([0xA0])).write(into: &expected)
        #expect(answer.body == expected)
    }

    @Test func anErrorWithinTheStreamHasNoType() throws {
        let service = try #require(Catalogue.shared.service("kinesis"))
        let events = CBOREvents(service: service, contentType: "application/x-amz-cbor-1.1", epoch: .milliseconds)
        let document = events.document(WireError("ResourceInUseException", message: "busy"))
        #expect(try CBOR.parse(document[...]) == ["message": "busy"])
    }
}
