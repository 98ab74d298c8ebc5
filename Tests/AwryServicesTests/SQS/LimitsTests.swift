// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct LimitsTests {
    /// Lets so many messages be in flight in a queue, each in a group of its own.
    private func fill(_ bench: inout Bench<SQS>, _ name: String, _ count: Int) {
        let key = QueueKey(bench.place, name)
        let now = bench.now
        bench.state.onQueue(key) { queue in
            for number in 0..<count {
                let content = MessageContent(
                    id: (0, UInt64(number)), body: "m", bodyMD5: MD5(of: "m"), sentAt: now, sender: "",
                    more: MessageContent.More(group: queue.isFIFO ? "\(number)" : nil))
                _ = queue.add(content, visibleAt: now, now: now)
                if let next = queue.next() { _ = queue.take(next, until: now + .seconds(30), now: now) }
            }
        }
    }

    @Test func aShortPollIsToldThatTooMuchIsInFlight() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue()
        try bench.send(url, "first")
        fill(&bench, "orders", QueueDelivery.mostInFlight - 2)
        for body in ["second", "third"] { try bench.send(url, body) }
        // Two more may be in flight, though three were asked for.
        #expect(try bench.receive(url, ["MaxNumberOfMessages": 3]).count == 2)
        #expect(try bench.attribute(url, "ApproximateNumberOfMessagesNotVisible") == "120000")
        #expect(bench.refusal("ReceiveMessage", ["QueueUrl": url])?.code == "OverLimit")
        guard case .wait = try bench.outcome("ReceiveMessage", ["QueueUrl": url, "WaitTimeSeconds": 1]) else {
            Issue.record("a long poll does not wait")
            return
        }
        bench.advance(30)
        #expect(try bench.receive(url).count == 10)
    }

    @Test func aFIFOQueueGivesNothingThen() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue("q.fifo", ["ContentBasedDeduplication": "true"])
        fill(&bench, "q.fifo", QueueDelivery.mostInFlight)
        try bench.send(url, "next", ["MessageGroupId": "g"])
        #expect(try bench.receive(url).isEmpty)
    }

    @Test func aMessageIsCompact() throws {
        // What a queue keeps for a message beside its body; the body's own bytes are the text's.
        #expect(MemoryLayout<Message>.size <= 48)
    }
}
