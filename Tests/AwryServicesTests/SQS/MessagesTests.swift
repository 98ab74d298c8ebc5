// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct MessagesTests {
    @Test func aMessageIsReceivedOnceWhileItIsInvisible() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue()
        let sent = try bench.send(url, "hello")
        #expect(sent["MD5OfMessageBody"] == "5d41402abc4b2a76b9719d911017c592")
        let first = try bench.receive(url)
        #expect(first.count == 1 && first[0]["MessageId"] == sent["MessageId"])
        #expect(try bench.receive(url).isEmpty)
        bench.advance(30)
        let second = try bench.receive(url)
        #expect(second.count == 1 && second[0]["ReceiptHandle"] != first[0]["ReceiptHandle"])
        // Only the latest receipt deletes it.
        try bench.delete(url, first[0])
        #expect(try bench.attribute(url, "ApproximateNumberOfMessagesNotVisible") == "1")
        try bench.delete(url, second[0])
        bench.advance(60)
        #expect(try bench.receive(url).isEmpty)
    }

    @Test func delaysAndVisibilityAreTheClocks() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue("q", ["DelaySeconds": "5"])
        try bench.send(url, "late")
        try bench.send(url, "now", ["DelaySeconds": 0])
        #expect(try bench.attribute(url, "ApproximateNumberOfMessagesDelayed") == "1")
        let got = try bench.receive(url)
        #expect(got.map { $0["Body"] } == ["now"])
        let handle = got[0]["ReceiptHandle"] ?? ""
        let change: Fields = ["QueueUrl": url, "ReceiptHandle": handle, "VisibilityTimeout": 0]
        try bench.call("ChangeMessageVisibility", change)
        bench.advance(5)
        #expect(try bench.bodies(url).sorted() == ["late", "now"])
        #expect(bench.refusal("ChangeMessageVisibility", change)?.shape == "MessageNotInflight")
        // The receipt that is the last does it, though its time is over.
        bench.advance(30)
        let last = try bench.receive(url, ["MaxNumberOfMessages": 10, "VisibilityTimeout": 1])
            .first { $0["Body"] == "now" }?["ReceiptHandle"]
        bench.advance(1)
        let hide: Fields = ["QueueUrl": url, "ReceiptHandle": last ?? "", "VisibilityTimeout": 9]
        try bench.call("ChangeMessageVisibility", hide)
        #expect(try bench.bodies(url) == ["late"])
        bench.advance(345_600)
        #expect(try bench.receive(url).isEmpty)
        #expect(try bench.attribute(url, "ApproximateNumberOfMessages") == "0")
    }

    @Test func aPollWaitsForAMessage() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue()
        let input: Fields = ["QueueUrl": url, "WaitTimeSeconds": 20]
        let since = bench.now
        guard case .wait(let wait) = try bench.outcome("ReceiveMessage", input) else {
            Issue.record("it does not wait")
            return
        }
        #expect(wait.until == since + .seconds(20) && wait.recheck == nil)
        _ = bench.state.takeWakes()
        try bench.send(url, "soon", ["DelaySeconds": 3])
        #expect(bench.state.takeWakes() == [Wake(wait.topic, at: since + .seconds(3))])
        bench.advance(2)
        guard case .wait(let again) = try bench.outcome("ReceiveMessage", input, waitingSince: since) else {
            Issue.record("it does not wait on")
            return
        }
        #expect(again.recheck == since + .seconds(3) && again.until == wait.until)
        bench.advance(1)
        guard case .output(let output) = try bench.outcome("ReceiveMessage", input, waitingSince: since) else {
            Issue.record("it waits though a message came")
            return
        }
        #expect(output["Messages"]?.list?.count == 1)
        bench.advance(17)
        let ended = try bench.outcome("ReceiveMessage", input, waitingSince: since)
        #expect(ended == .output([:]))
        #expect(try bench.outcome("ReceiveMessage", input, mayWait: false) == .output([:]))
    }

    @Test func aBatchTellsOfEachEntry() throws {
        var bench = try Bench<SQS>()
        let url = try bench.queue()
        let output = try bench.call(
            "SendMessageBatch",
            [
                "QueueUrl": url,
                "Entries": [
                    ["Id": "a", "MessageBody": "one"], ["Id": "b", "MessageBody": "two", "DelaySeconds": 901],
                    ["Id": "c", "MessageBody": "\u{1}"],
                ],
            ])
        #expect(output["Successful"]?.list?.map { $0.fields?["Id"] } == ["a"])
        let failed = output["Failed"]?.list?.compactMap(\.fields) ?? []
        #expect(failed.map { $0["Id"] } == ["b", "c"])
        #expect(failed.map { $0["Code"] } == ["InvalidParameterValue", "InvalidMessageContents"])
        let bad: [(Value, String)] = [
            ([], "EmptyBatchRequest"), ([["Id": "a b", "MessageBody": "x"]], "InvalidBatchEntryId"),
            ([["Id": "a", "MessageBody": "x"], ["Id": "a", "MessageBody": "y"]], "BatchEntryIdsNotDistinct"),
        ]
        for (entries, shape) in bad {
            #expect(bench.refusal("SendMessageBatch", ["QueueUrl": url, "Entries": entries])?.shape == shape)
        }
    }

    @Test func deadLettersGoWhereThePolicySays() throws {
        var bench = try Bench<SQS>()
        let dead = try bench.queue("dead")
        let policy = #"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":"2"}"#
        let url = try bench.queue("q", ["RedrivePolicy": .string(policy), "VisibilityTimeout": "1"])
        try bench.send(url, "poison")
        for _ in 0..<2 {
            #expect(try bench.bodies(url) == ["poison"])
            bench.advance(1)
        }
        #expect(try bench.bodies(url).isEmpty)
        let found = try bench.receive(dead, ["AttributeNames": ["All"], "VisibilityTimeout": 0])
        #expect(
            found.first?["Attributes"]?.fields?["DeadLetterQueueSourceArn"] == "arn:aws:sqs:us-east-1:123456789012:q")
        let sources = try bench.call("ListDeadLetterSourceQueues", ["QueueUrl": dead])
        #expect(sources["queueUrls"] == [url])
        // And back.
        try bench.call("StartMessageMoveTask", ["SourceArn": "arn:aws:sqs:us-east-1:123456789012:dead"])
        #expect(try bench.bodies(url) == ["poison"])
        let tasks = try bench.call("ListMessageMoveTasks", ["SourceArn": "arn:aws:sqs:us-east-1:123456789012:dead"])
        #expect(tasks["Results"]?.list?.first?.fields?["Status"] == "COMPLETED")
    }

    @Test func theSameSeedGivesTheSameIdentifiers() throws {
        func ids() throws -> [Value?] {
            var bench = try Bench<SQS>()
            let url = try bench.queue()
            return try ["a", "b"].map { try bench.send(url, $0)["MessageId"] }
        }
        #expect(try ids() == ids())
        #expect(Set(try ids()).count == 2)
    }
}
