// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

/// A fake calls another one downwards, as a client would, and what that wakes reaches those who wait.
struct OthersTests {
    private let world = World(seed: 1, sandbox: "test")
    private let wakes = CollectedWakes()
    private static let place = Place(account: "123456789012", region: "us-east-1")

    private func call(_ service: String, _ operation: String, _ input: Fields = [:]) throws -> FakeCall {
        let service = try #require(Catalogue.shared.service(service))
        var call = FakeCall(
            service: service, operation: try #require(service.operation(operation)), input: input,
            place: Self.place, now: Timestamp(seconds: 1_772_366_400), endpoint: "http://localhost:4566")
        call.reach = Reach(world: world, wakes: wakes)
        return call
    }

    @Test func everyFakeHasItsPlaceInTheOrder() {
        let names = Others.order.flatMap(\.self)
        #expect(Set(names).count == names.count)
        for service in World.services { #expect(names.contains(service.name), "\(service.name)") }
    }

    @Test func callsGoDownwardsAlone() {
        #expect(Others.permits("s3", calls: "sqs"))
        #expect(Others.permits("cognito-identity", calls: "sts"))
        #expect(!Others.permits("sqs", calls: "s3"))
        #expect(!Others.permits("sts", calls: "iam"))
        #expect(!Others.permits("sqs", calls: "sqs"))
        #expect(!Others.permits("s3", calls: "sns"))
        #expect(Others.canCall("iam"))
        #expect(!Others.canCall("sqs"))
    }

    @Test func anInnerCallChangesTheOtherFakeAndItsWakesAreGathered() throws {
        let others = try call("s3", "PutObject").others
        let made = try others.call("sqs", "CreateQueue", ["QueueName": "orders"])
        let url = try #require(made["QueueUrl"])
        try others.call("sqs", "SendMessage", ["QueueUrl": url, "MessageBody": "one"])
        #expect(wakes.take().map(\.topic) == ["arn:aws:sqs:us-east-1:123456789012:orders"])
        #expect(wakes.take().isEmpty)
        // A client meets what the inner call made.
        let result = try #require(world.perform(try call("sqs", "ReceiveMessage", ["QueueUrl": url])))
        guard case .output(let output) = try result.outcome.get() else { return #expect(Bool(false), "it waits") }
        #expect(output["Messages"]?.list?.first?.fields?["Body"] == "one")
    }

    @Test func anInnerCallNeverWaits() throws {
        let others = try call("s3", "PutObject").others
        let url = try #require(try others.call("sqs", "CreateQueue", ["QueueName": "empty"])["QueueUrl"])
        #expect(try others.call("sqs", "ReceiveMessage", ["QueueUrl": url, "WaitTimeSeconds": 20]).isEmpty)
    }

    @Test func anInnerCallIsMadeInThePlaceThatIsGiven() throws {
        let others = try call("s3", "PutObject").others
        let far = Place(account: "222222222222", region: "eu-west-1")
        try others.call("sqs", "CreateQueue", ["QueueName": "far"], at: far)
        let error = #expect(throws: WireError.self) {
            try others.call("sqs", "GetQueueUrl", ["QueueName": "far"])
        }
        #expect(error?.shape == "QueueDoesNotExist")
    }

    @Test func anInnerCallIsValidated() throws {
        let others = try call("s3", "PutObject").others
        #expect(throws: WireError.self) { try others.call("sqs", "SendMessage", ["MessageBody": "one"]) }
    }

    #if DEBUG
        @Test func aCallUpwardsEndsADebugBuild() async {
            await #expect(processExitsWith: .failure) {
                let service = try #require(Catalogue.shared.service("sqs"))
                let call = FakeCall(
                    service: service, operation: try #require(service.operation("SendMessage")), input: [:],
                    place: Place(account: "123456789012", region: "us-east-1"), now: Timestamp(seconds: 0),
                    endpoint: "")
                try call.others.call("s3", "ListBuckets", [:])
            }
        }
    #endif
}
