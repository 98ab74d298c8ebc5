// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryCore

@Suite struct OutboxTests {
    private func message(_ text: String) -> OutboxMessage {
        OutboxMessage(.sms, to: "+15550100", text: text, service: "cognito-idp", time: Timestamp(seconds: 0))
    }

    @Test func keepsTheOrderAndForgetsAll() {
        let outbox = Outbox()
        for text in ["1", "2", "3"] { outbox.send(message(text)) }
        #expect(outbox.contents.messages.map(\.text) == ["1", "2", "3"])
        outbox.clear()
        #expect(outbox.contents.messages.isEmpty && outbox.contents.dropped == 0)
    }

    @Test func theOldestGoFirst() {
        let outbox = Outbox()
        for number in 0..<Outbox.most + 2 { outbox.send(message("\(number)")) }
        #expect(outbox.contents.messages.count == Outbox.most)
        #expect(outbox.contents.messages.first?.text == "2" && outbox.contents.dropped == 2)
    }

    @Test func longMessagesTakeRoomFromOthers() {
        let outbox = Outbox()
        let long = String(repeating: "x", count: Outbox.mostBytes / 2)
        for _ in 0..<3 { outbox.send(message(long)) }
        #expect(outbox.contents.messages.count == 1 && outbox.contents.dropped == 2)
        outbox.send(message(long + long))
        #expect(outbox.contents.messages.count == 1, "the newest stays, however long it is")
    }
}
