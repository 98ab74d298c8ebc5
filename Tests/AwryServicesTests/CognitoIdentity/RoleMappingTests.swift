// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryServices

/// Which role a login leads to.
struct RoleMappingTests {
    private func mapping(_ fields: Fields) throws -> RoleMapping {
        let service = try #require(Catalogue.shared.service("cognito-identity"))
        let call = FakeCall(
            service: service, operation: try #require(service.operation("SetIdentityPoolRoles")), input: [:],
            place: Place(account: "123456789012", region: "us-east-1"), now: Timestamp(seconds: 0), endpoint: "")
        return try RoleMapping(fields, "example.com", call)
    }

    private static let tokens: [(Fields, String?, RoleChoice)] = [
        ([:], nil, .standard), (["cognito:roles": ["a"]], nil, .role("a")),
        (["cognito:roles": ["a", "b"]], nil, .standard),
        (["cognito:roles": ["a", "b"], "cognito:preferred_role": "b"], nil, .role("b")),
        (["cognito:roles": ["a", "b"], "cognito:preferred_role": "b"], "a", .role("a")),
        (["cognito:roles": ["a", "b"]], "c", .forbidden("c")), ([:], "c", .forbidden("c")),
    ]

    @Test(arguments: tokens)
    func aTokenNamesRoles(claims: Fields, asked: String?, choice: RoleChoice) throws {
        let lax = try mapping(["Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"])
        #expect(lax.choice(for: claims, asked: asked) == choice)
        let strict = try mapping(["Type": "Token", "AmbiguousRoleResolution": "Deny"])
        #expect(strict.choice(for: claims, asked: asked) == (choice == .standard ? .denied : choice))
    }

    @Test(arguments: [
        ("Equals", "web", true), ("Equals", "we", false), ("NotEqual", "app", true), ("NotEqual", "web", false),
        ("StartsWith", "we", true), ("StartsWith", "eb", false), ("Contains", "eb", true), ("Contains", "x", false),
    ])
    func aRuleHolds(kind: String, value: String, holds: Bool) {
        let rule = RoleMapping.Rule(
            ["Claim": "team", "MatchType": .string(kind), "Value": .string(value), "RoleARN": "r"])
        #expect(rule.holds(of: ["team": "web"]) == holds)
        // A claim that is a list has each of its texts; one that is not there has none.
        #expect(rule.holds(of: ["team": ["web"]]) == holds)
        #expect(!rule.holds(of: [:]))
        #expect(rule.holds(of: ["team": ["x", "web"]]) == (holds || value == "x"))
    }
}
