// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct OrganizationDecodingTests {
    private func options(_ text: String) throws -> ScenarioOptions {
        try Loading.scenario("scenario: a\noptions:\n" + text).options
    }

    @Test func aLevelThatOnlyDeniesKeepsWhatAllowsEverything() throws {
        let organization = try #require(
            try options(
                """
                  organization:
                    managementAccount: 012345678901
                    serviceControlPolicies:
                      - FullAWSAccess
                      - { Version: "2012-10-17", Statement: { Effect: Deny, Action: "s3:*", Resource: "*" } }
                      - - { Version: "2012-10-17", Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } }
                        - { Version: "2012-10-17", Statement: { Effect: Deny, Action: "iam:*", Resource: "*" } }
                    resourceControlPolicies:
                      - Version: "2012-10-17"
                        Statement: { Effect: Deny, Principal: "*", Action: "sqs:*", Resource: "*" }
                """
            ).organization)
        #expect(organization.managementAccount == "012345678901")
        #expect(organization.serviceControl.map(\.count) == [1, 2, 2])
        let full = OrganizationPolicies.fullAccess
        #expect(organization.serviceControl[0] == [full] && organization.serviceControl[1][1] == full)
        #expect(!organization.serviceControl[2].contains(full))
        #expect(organization.resourceControl.count == 1)
    }

    @Test func whoIsOfIt() throws {
        let text = "  organization: { id: o-a1b2c3d4e5, accounts: [012345678901, \"444455556666\"] }\n"
        let organization = try #require(try options(text).organization)
        #expect(organization.id == "o-a1b2c3d4e5")
        #expect(organization.accounts == ["012345678901", "444455556666"])
        let told = Loading.diagnostics("scenario: a\noptions: { organization: { id: mine } }\n")
        #expect(told.count == 1 && told[0].contains("10 to 32 small letters and digits"))
    }

    @Test func keysOfIssuersAreASetOrAList() throws {
        let number = String(repeating: "A", count: 43)
        let key = "{ kty: EC, crv: P-256, x: \(number), y: \(number) }"
        let found = try options(
            """
              issuers:
                https://a.example: { keys: [\(key), { kty: EC, use: enc }] }
                https://b.example: [\(key)]
            """)
        #expect(found.issuers.keys.sorted() == ["https://a.example", "https://b.example"])
        #expect(found.issuers.values.allSatisfy { $0.count == 1 && $0[0]["crv"] == "P-256" })
        #expect(found.world.issuers == found.issuers)
    }
}
