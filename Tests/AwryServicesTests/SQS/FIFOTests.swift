// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct FIFOTests {
    private func sent(_ bench: inout Bench<SQS>, _ url: Value, _ body: String, _ group: String) throws {
        try bench.send(url, body, ["MessageGroupId": .string(group), "MessageDeduplicationId": .string(body)])
    }

    @Test func aGroupWaitsForItsMessagesInFlight() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue("q.fifo")
        for body in ["a1", "a2", "a3"] { try sent(&bench, url, body, "a") }
        try sent(&bench, url, "b1", "b")
        let first = try bench.receive(url, ["MaxNumberOfMessages": 2])
        #expect(first.map { $0["Body"] } == ["a1", "a2"])
        #expect(try bench.bodies(url) == ["b1"])
        try bench.delete(url, first[0])
        #expect(try bench.bodies(url).isEmpty)
        bench.advance(30)
        // What was not deleted comes again, in its place.
        #expect(try bench.bodies(url, ["MaxNumberOfMessages": 2]) == ["a2", "a3"])
        #expect(
            bench.refusal("DeleteMessage", ["QueueUrl": url, "ReceiptHandle": first[1]["ReceiptHandle"] ?? ""]) != nil)
    }

    @Test func whatIsSentTwiceWithinFiveMinutesComesOnce() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue("q.fifo", ["ContentBasedDeduplication": "true"])
        let group: Fields = ["MessageGroupId": "g"]
        let first = try bench.send(url, "x", group)
        bench.advance(299)
        let second = try bench.send(url, "x", group)
        #expect(first["MessageId"] == second["MessageId"] && first["SequenceNumber"] == second["SequenceNumber"])
        #expect(try bench.attribute(url, "ApproximateNumberOfMessages") == "1")
        bench.advance(1)
        #expect(try bench.send(url, "x", group)["MessageId"] != first["MessageId"])
    }

    @Test func groupsMayDeduplicateApart() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue(
            "q.fifo", ["DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"])
        for group in ["a", "b"] { try sent(&bench, url, "same", group) }
        #expect(try bench.bodies(url).count == 2)
    }

    @Test func anAttemptMayBeRepeated() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue("q.fifo")
        try sent(&bench, url, "one", "g")
        let input: Fields = ["ReceiveRequestAttemptId": "attempt"]
        let first = try bench.receive(url, input)
        bench.advance(20)
        #expect(try bench.receive(url, input) == first)
        bench.advance(29)
        #expect(try bench.receive(url).isEmpty)
        try bench.delete(url, first[0])
        #expect(try bench.receive(url, input).isEmpty)
    }

    @Test func whatAFIFOQueueWants() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue("q.fifo")
        let input: Fields = ["QueueUrl": url, "MessageBody": "m"]
        #expect(bench.refusal("SendMessage", input)?.code == "MissingParameter")
        var grouped = input
        grouped["MessageGroupId"] = "g"
        #expect(bench.refusal("SendMessage", grouped)?.code == "InvalidParameterValue")
        grouped["DelaySeconds"] = 1
        #expect(bench.refusal("SendMessage", grouped)?.code == "InvalidParameterValue")
    }
}
