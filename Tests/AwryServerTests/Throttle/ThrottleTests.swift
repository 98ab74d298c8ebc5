// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario
import Testing

@testable import AwryServer
@testable import AwryServices

struct ThrottleTests {
    private let start = Timestamp(seconds: 1000)

    private func call(
        _ service: String, _ operation: String, region: String = "us-east-1", _ input: Fields
    ) throws -> QuotaCall {
        let service = try #require(Catalogue.shared.service(service))
        let operation = try #require(service.operation(operation))
        return QuotaCall(
            service: service.name, operation: operation, account: "123456789012", region: region, input: input)
    }

    private func throttle(_ rates: [String: Double] = [:], defaults: Bool = true) -> Throttle {
        let throttle = Throttle()
        throttle.configure(QuotaSelection(defaults: defaults, rates: rates))
        return throttle
    }

    private func records(_ count: Int, bytes: Int = 1) -> Value {
        let record: Fields = ["Data": .blob(Blob([UInt8](repeating: 0, count: bytes))), "PartitionKey": "k"]
        return .list([Value](repeating: .structure(record), count: count))
    }

    @Test func nothingIsLimitedUnlessAsked() throws {
        let call = try call("kinesis", "DescribeLimits", [:])
        let throttle = throttle(defaults: false)
        #expect((0..<1000).allSatisfy { _ in throttle.admit(call, at: start) == .whole })
    }

    @Test func aThousandRecordsASecondGoToAShard() throws {
        let throttle = throttle()
        let batch = try call("kinesis", "PutRecords", ["StreamName": "orders", "Records": records(400)])
        #expect(throttle.admit(batch, at: start) == .whole)
        #expect(throttle.admit(batch, at: start) == .whole)
        #expect(throttle.admit(batch, at: start) == .without(Array(200..<400)))
        #expect(throttle.admit(batch, at: start) == .without(Array(0..<400)))
        #expect(throttle.admit(batch, at: start + .seconds(1)) == .whole)
        let other = try call("kinesis", "PutRecords", ["StreamName": "invoices", "Records": records(400)])
        #expect(throttle.admit(other, at: start) == .whole)
    }

    @Test func recordsThatFailForTheirSizeLeaveRoomForOthers() throws {
        let throttle = throttle()
        let large: Fields = ["Data": .blob(Blob([UInt8](repeating: 0, count: 700_000))), "PartitionKey": "k"]
        let small: Fields = ["Data": .blob(Blob([1])), "PartitionKey": "k"]
        let batch = try call(
            "kinesis", "PutRecords",
            ["StreamName": "s", "Records": [.structure(large), .structure(large), .structure(small)]])
        #expect(throttle.admit(batch, at: start) == .without([1]))
        let data = large["Data"] ?? .null
        let single = try call("kinesis", "PutRecord", ["StreamName": "s", "PartitionKey": "k", "Data": data])
        #expect(throttle.admit(single, at: start) == .refused)
        #expect(throttle.admit(single, at: start + .milliseconds(400)) == .whole)
    }

    @Test func whatWasReadDelaysTheNextReading() throws {
        let throttle = throttle()
        let read = try call("kinesis", "GetRecords", ["ShardIterator": "i", "StreamARN": "arn:aws:kinesis:::stream/s"])
        #expect(throttle.admit(read, at: start) == .whole)
        throttle.spend(answer: ["Records": records(10, bytes: 1 << 20)], of: read)
        #expect(throttle.admit(read, at: start + .seconds(3)) == .refused)
        #expect(throttle.admit(read, at: start + .seconds(5)) == .whole)
    }

    @Test func operationsOfACategoryShareItsRate() throws {
        let throttle = throttle()
        let signUp = try call("cognito-idp", "SignUp", [:])
        let confirm = try call("cognito-idp", "ConfirmSignUp", [:])
        for _ in 0..<25 {
            #expect(throttle.admit(signUp, at: start) == .whole)
            #expect(throttle.admit(confirm, at: start) == .whole)
        }
        #expect(throttle.admit(signUp, at: start) == .refused)
        let elsewhere = try call("cognito-idp", "SignUp", region: "eu-west-1", [:])
        #expect(throttle.admit(elsewhere, at: start) == .whole)
    }

    @Test func aQuotaIsOverriddenByName() throws {
        let throttle = throttle(["sts.requests": 2, "iam.reads": 1])
        let identity = try call("sts", "GetCallerIdentity", [:])
        #expect((0..<3).map { _ in throttle.admit(identity, at: start) } == [.whole, .whole, .refused])
        let user = try call("iam", "GetUser", [:])
        #expect((0..<2).map { _ in throttle.admit(user, at: start) } == [.whole, .refused])
        let role = try call("iam", "CreateRole", [:])
        #expect((0..<50).allSatisfy { _ in throttle.admit(role, at: start) == .whole })
    }

    @Test func onlyQueuesInOrderAreLimited() throws {
        let throttle = throttle(["sqs.fifoSendMessage": 1])
        let fifo = try call("sqs", "SendMessage", ["QueueUrl": "http://localhost/123456789012/a.fifo"])
        let standard = try call("sqs", "SendMessage", ["QueueUrl": "http://localhost/123456789012/a"])
        #expect((0..<2).map { _ in throttle.admit(fifo, at: start) } == [.whole, .refused])
        #expect((0..<900).allSatisfy { _ in throttle.admit(standard, at: start) == .whole })
    }

    @Test(arguments: [("us-east-1", 70_000), ("eu-central-1", 19_000), ("eu-west-2", 4500), ("eu-north-1", 2400)])
    func aQueueForHighThroughputTakesWhatItsRegionDoes(_ region: String, _ most: Int) throws {
        let throttle = throttle()
        var delete = try call(
            "sqs", "DeleteMessage", region: region, ["QueueUrl": "http://localhost/123456789012/a.fifo"])
        // As the fake says it of such a queue.
        delete.shards = [QuotaScope(key: "a.fifo ", name: "")]
        let admitted = (0..<most + 10).count { _ in throttle.admit(delete, at: start) == .whole }
        #expect(admitted == most)
        // Each action has its own, and so has each queue without high throughput.
        let send = try call("sqs", "SendMessage", region: region, delete.input)
        #expect((0..<310).count { _ in throttle.admit(send, at: start) == .whole } == 300)
    }

    @Test func prefixesOfABucketAreKeptApart() throws {
        let throttle = throttle(["s3.readsPerPrefix": 1], defaults: false)
        let first = try call("s3", "GetObject", ["Bucket": "b", "Key": "a/1"])
        let sibling = try call("s3", "HeadObject", ["Bucket": "b", "Key": "a/2"])
        let cousin = try call("s3", "GetObject", ["Bucket": "b", "Key": "a/x/1"])
        #expect([first, sibling, cousin].map { throttle.admit($0, at: start) } == [.whole, .refused, .whole])
        let put = try call("s3", "PutObject", ["Bucket": "b", "Key": "a/1"])
        #expect((0..<9).allSatisfy { _ in throttle.admit(put, at: start) == .whole })
    }

    @Test func bucketsAreForgottenBeforeTheyFillTheMemory() throws {
        let throttle = throttle(["s3.readsPerPrefix": 1], defaults: false)
        for number in 0..<100_010 {
            let get = try call("s3", "GetObject", ["Bucket": "b", "Key": .string("\(number)/x")])
            #expect(throttle.admit(get, at: start + .milliseconds(Int64(number))) == .whole)
        }
        #expect(throttle.bucketCount < 100_000)
    }
}
