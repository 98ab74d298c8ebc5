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
        let type = "application/x-amz-cbor-1.1"
        var written: [UInt8] = []
        CBOR.write(.structure(event), into: &written)
        var expected: [UInt8] = []
        EventMessage.event("initial-response", contentType: type, [0xA0]).write(into: &expected)
        EventMessage.event("SubscribeToShardEvent", contentType: type, written).write(into: &expected)
        EventMessage.exception("ResourceInUseException", contentType: type, [0xA0]).write(into: &expected)
        #expect(answer.body == expected)
    }
}
