// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

@Suite struct OutboxTests {
    @Test func aCallsMessageIsInTheOutboxUntilTheWorldIsReset() throws {
        let world = World(seed: 1, sandbox: "test")
        let service = try #require(Catalogue.shared.service("sqs"))
        var call = FakeCall(
            service: service, operation: try #require(service.operation("ListQueues")), input: [:],
            place: Place(account: "123456789012", region: "us-east-1"), now: Timestamp(seconds: 5),
            endpoint: "http://localhost:4566")
        call.send(.sms, to: "+15550100", text: "lost: no world carries it out")
        call.outbox = world.outbox
        call.send(.email, to: "a@example.com", subject: "Hello", text: "1234")
        let expected = OutboxMessage(
            .email, to: "a@example.com", subject: "Hello", text: "1234", service: "sqs", time: Timestamp(seconds: 5))
        #expect(world.outbox.contents.messages == [expected])
        world.reset()
        #expect(world.outbox.contents.messages.isEmpty)
    }
}
