// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

/// What is kept of a key is dropped with everything that changes what a signature by it is worth.
struct KnownKeysTests {
    private let world = World(seed: 1, sandbox: "test")
    private static let now = Timestamp(seconds: 1_772_366_400)

    @discardableResult
    private func call(_ operation: String, _ input: Fields, _ service: String = "iam") throws -> Fields {
        let service = try #require(Catalogue.shared.service(service))
        let call = FakeCall(
            service: service, operation: try #require(service.operation(operation)), input: input,
            place: Place(account: "123456789012", region: "us-east-1"), now: Self.now,
            endpoint: "http://localhost:4566")
        let result = try #require(world.perform(call))
        return try #require(try result.outcome.get().answered)
    }

    /// A key of a new user, looked up twice, so that it is kept.
    private func keptKey() throws -> String {
        try call("CreateUser", ["UserName": "beep"])
        let made = try call("CreateAccessKey", ["UserName": "beep"])["AccessKey"]?.fields
        let key = try #require(made?["AccessKeyId"]?.string)
        #expect(world.key(key)?.isActive == true)
        #expect(world.key(key) == world.key(key))
        return key
    }

    @Test func aKeyThatIsTurnedOffIsOff() throws {
        let key = try keptKey()
        try call("UpdateAccessKey", ["UserName": "beep", "AccessKeyId": .string(key), "Status": "Inactive"])
        #expect(world.key(key)?.isActive == false)
    }

    @Test func aDeletedKeyIsGone() throws {
        let key = try keptKey()
        try call("DeleteAccessKey", ["UserName": "beep", "AccessKeyId": .string(key)])
        #expect(world.key(key) == nil)
    }

    @Test func aRenamedUsersKeyIsItsOwnStill() throws {
        let key = try keptKey()
        try call("UpdateUser", ["UserName": "beep", "NewUserName": "boop"])
        #expect(world.key(key)?.principal.arn == "arn:aws:iam::123456789012:user/boop")
    }

    @Test func afterAResetThereAreNone() throws {
        let key = try keptKey()
        world.reset()
        #expect(world.key(key) == nil)
    }

    @Test func aDelayOfChangesHoldsForKeysThatAreThere() throws {
        let key = try keptKey()
        #expect(world.key(key)?.takesEffect == Self.now)
        var options = WorldOptions()
        options.propagation = .seconds(10)
        world.configure(options)
        #expect((world.key(key)?.takesEffect).map { $0 > Self.now } == true)
        world.configure(WorldOptions())
        #expect(world.key(key)?.takesEffect == Self.now)
    }

    @Test func keysOfAnOlderStateAreNotKept() throws {
        let keys = KnownKeys()
        let old = try #require(world.key(try keptKey()))
        var new = old
        new.isActive = false
        #expect(keys.key("k", at: 2) { new } == new)
        #expect(keys.key("k", at: 1) { old } == old)
        #expect(keys.key("k", at: 2) { nil } == new)
        #expect(keys.key("k", at: 3) { nil } == nil)
    }
}
