// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

struct IAMTests {
    private static let trust = """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}
        """

    @Test func aRenamedUserKeepsItsKeysAndGroups() throws {
        var bench = try Bench<IAM>()
        try bench.call("CreateUser", ["UserName": "beep"])
        try bench.call("CreateGroup", ["GroupName": "crew"])
        try bench.call("AddUserToGroup", ["UserName": "beep", "GroupName": "crew"])
        let made = try bench.call("CreateAccessKey", ["UserName": "beep"])["AccessKey"]?.fields
        let key = try #require(made?["AccessKeyId"]?.string)
        try bench.call("UpdateUser", ["UserName": "beep", "NewUserName": "boop"])
        #expect(bench.state.key(key)?.principal.arn == "arn:aws:iam::123456789012:user/boop")
        let users = try bench.call("GetGroup", ["GroupName": "crew"])["Users"]?.list
        #expect(users?.first?.fields?["UserName"] == "boop")
        try bench.call("DeleteAccessKey", ["UserName": "boop", "AccessKeyId": .string(key)])
        #expect(bench.state.key(key) == nil)
    }

    @Test func accountsAreKeptApart() throws {
        var bench = try Bench<IAM>()
        try bench.call("CreateRole", ["RoleName": "r", "AssumeRolePolicyDocument": .string(Self.trust)])
        bench.place.account = "210987654321"
        #expect(bench.refusal("GetRole", ["RoleName": "r"])?.code == "NoSuchEntity")
        #expect(try bench.call("ListRoles")["Roles"] == [])
    }

    @Test func aRefusedChangeChangesNothing() throws {
        var bench = try Bench<IAM>()
        try bench.call("CreateUser", ["UserName": "beep"])
        let large =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::"#
            + String(repeating: "x", count: 2100) + #""}}"#
        let input: Fields = ["UserName": "beep", "PolicyName": "p", "PolicyDocument": .string(large)]
        #expect(bench.refusal("PutUserPolicy", input)?.code == "LimitExceeded")
        #expect(try bench.call("ListUserPolicies", ["UserName": "beep"])["PolicyNames"] == [])
    }

    @Test func sessionsThatEndedLongAgoAreForgotten() throws {
        var bench = try Bench<IAM>()
        let session = OutsideSession(account: "123456789012", role: "r", name: "s", lifetime: .seconds(3600))
        for _ in 0..<600 {
            _ = bench.state.issue(session, at: bench.now)
            bench.advance(600)
        }
        #expect(bench.state["123456789012"].sessions.count < 512)
    }
}
