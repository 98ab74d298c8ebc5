// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

/// Identity pools whose every output is compared with the model, and whose state is asked for contradictions.
struct IdentityPoolsTests {
    private var bench: Bench<CognitoIdentity>
    private var pool = ""

    init() throws {
        bench = try Bench()
        pool = try make()
    }

    private mutating func make() throws -> String {
        let made = try bench.call(
            "CreateIdentityPool",
            [
                "IdentityPoolName": "shop", "AllowUnauthenticatedIdentities": true,
                "DeveloperProviderName": "login.app",
                "SupportedLoginProviders": ["graph.facebook.com": "1", "www.amazon.com": "2"],
            ])
        return try #require(made["IdentityPoolId"]?.string)
    }

    private var named: Fields { ["IdentityPoolId": .string(pool)] }

    private mutating func id(_ logins: Fields = [:]) throws -> String {
        var input = named
        if !logins.isEmpty { input["Logins"] = .structure(logins) }
        return try #require(try bench.call("GetId", input)["IdentityId"]?.string)
    }

    private mutating func vouch(_ user: String, _ more: Fields = [:]) throws -> String {
        var input = named
        input["Logins"] = ["login.app": .string(user)]
        for (name, value) in more { input[name] = value }
        return try #require(try bench.call("GetOpenIdTokenForDeveloperIdentity", input)["IdentityId"]?.string)
    }

    /// Asks another fake of the bench's world.
    private func ask(_ service: String, _ operation: String, _ input: Fields) throws {
        let service = try #require(Catalogue.shared.service(service))
        let call = FakeCall(
            service: service, operation: try #require(service.operation(operation)), input: input, place: bench.place,
            now: bench.now, endpoint: "http://localhost:4566")
        _ = try #require(bench.world.perform(call)).outcome.get()
    }

    @Test("What operations give is what the model says") mutating func outputs() throws {
        let ann = try vouch("ann")
        let guest = try id()
        let trust =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","#
            + #""Principal":{"Federated":"cognito-identity.amazonaws.com"}}}"#
        try ask("iam", "CreateRole", ["RoleName": "guests", "AssumeRolePolicyDocument": .string(trust)])
        let role: Value = "arn:aws:iam::123456789012:role/guests"
        let mapping: Value = ["Type": "Token", "AmbiguousRoleResolution": "Deny"]
        let tags: Value = ["IdentityProviderName": "login.app", "IdentityPoolId": .string(pool)]
        let arn: Value = .string("arn:aws:cognito-identity:us-east-1:123456789012:identitypool/\(pool)")
        let calls: [(String, Fields)] = [
            ("SetIdentityPoolRoles", ["Roles": ["unauthenticated": role], "RoleMappings": ["login.app": mapping]]),
            ("GetIdentityPoolRoles", [:]), ("DescribeIdentityPool", [:]), ("ListIdentities", ["MaxResults": 1]),
            ("LookupDeveloperIdentity", ["IdentityId": .string(ann)]),
            (
                "UnlinkDeveloperIdentity",
                [
                    "IdentityId": .string(ann), "DeveloperProviderName": "login.app",
                    "DeveloperUserIdentifier": "ann",
                ]
            ),
        ]
        for (name, input) in calls {
            var input = input
            input["IdentityPoolId"] = .string(pool)
            try bench.call(name, input)
        }
        for name in ["SetPrincipalTagAttributeMap", "GetPrincipalTagAttributeMap"] {
            try bench.call(name, tags.fields ?? [:])
        }
        for name in ["DescribeIdentity", "GetOpenIdToken", "GetCredentialsForIdentity"] {
            try bench.call(name, ["IdentityId": .string(guest)])
        }
        try bench.call("TagResource", ["ResourceArn": arn, "Tags": ["a": "b"]])
        try bench.call("ListTagsForResource", ["ResourceArn": arn])
        try bench.call("UntagResource", ["ResourceArn": arn, "TagKeys": ["a"]])
        try bench.call("ListIdentityPools", ["MaxResults": 1])
        try bench.call("DeleteIdentities", ["IdentityIdsToDelete": [.string(guest), .string(guest)]])
        try bench.call("DeleteIdentityPool", named)
        #expect(bench.state.poolOfIdentity.isEmpty)
    }

    @Test("An account has a thousand pools in a region at most") mutating func mostPools() throws {
        for _ in 1..<IdentityPoolLimits.pools { _ = try make() }
        let more: Fields = ["IdentityPoolName": "more", "AllowUnauthenticatedIdentities": false]
        #expect(bench.refusal("CreateIdentityPool", more)?.code == "LimitExceededException")
        bench.place.region = "eu-west-1"
        #expect(bench.refusal("CreateIdentityPool", more) == nil)
    }

    @Test("What was merged leads to one identity, however long the way") mutating func chains() throws {
        let ids = try (0..<5).map { try vouch("u\($0)") }
        for number in 0..<4 {
            var input = named
            input["DeveloperProviderName"] = "login.app"
            input["SourceUserIdentifier"] = .string("u\(number)")
            input["DestinationUserIdentifier"] = .string("u\(number + 1)")
            try bench.call("MergeDeveloperIdentities", input)
        }
        for number in 0..<5 {
            #expect(try vouch("u\(number)", ["IdentityId": .string(ids[0])]) == ids[4])
        }
        // Who is deleted takes those along who were merged into him.
        try bench.call("DeleteIdentities", ["IdentityIdsToDelete": [.string(ids[4])]])
        #expect(bench.state.poolOfIdentity.isEmpty)
        #expect(try !ids.contains(vouch("u0")))
    }

    /// Whatever clients do, in whatever order, a login leads to one identity and back: `Bench` asks after every call.
    @Test("Logins and identities never contradict each other", arguments: 1...8) mutating func sequences(
        seed: UInt64
    ) throws {
        let chance = Chance(seed: seed, stream: "identities")
        var position: UInt64 = 0
        func draw(_ count: Int) -> Int {
            position += 1
            return Int(chance.bits(at: position) % UInt64(count))
        }
        var ids = [try id()]
        for _ in 0..<300 {
            let one = Value.string(ids[draw(ids.count)])
            var logins: Fields = [:]
            if draw(2) == 0 { logins["graph.facebook.com"] = .string("f\(draw(4))") }
            if draw(2) == 0 { logins["www.amazon.com"] = .string("a\(draw(4))") }
            let user = Value.string("u\(draw(4))")
            var input = named
            switch draw(6) {
            case 0: if let id = try? id(logins) { ids.append(id) }
            case 1: _ = bench.refusal("GetOpenIdToken", ["IdentityId": one, "Logins": .structure(logins)])
            case 2: if let id = try? vouch("u\(draw(4))", draw(2) == 0 ? ["IdentityId": one] : [:]) { ids.append(id) }
            case 3:
                let removed = Value.list(logins.names.map { .string($0) })
                _ = bench.refusal(
                    "UnlinkIdentity", ["IdentityId": one, "Logins": .structure(logins), "LoginsToRemove": removed])
            case 4:
                input["DeveloperProviderName"] = "login.app"
                input["SourceUserIdentifier"] = user
                input["DestinationUserIdentifier"] = .string("u\(draw(4))")
                _ = bench.refusal("MergeDeveloperIdentities", input)
            default:
                if draw(3) == 0 { _ = bench.refusal("DeleteIdentities", ["IdentityIdsToDelete": [one]]) }
                input["IdentityId"] = one
                input["DeveloperProviderName"] = "login.app"
                input["DeveloperUserIdentifier"] = user
                _ = bench.refusal("UnlinkDeveloperIdentity", input)
            }
        }
        #expect(ids.count > 50, "seed \(seed)")
    }
}
