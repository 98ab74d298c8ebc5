// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

@testable import AwryScenario

/// Rules for errors that every service may send are loaded for every service.
struct CommonErrorRulesTests {
    @Test func everyServiceTakesThem() throws {
        let names = [
            "ThrottlingException", "RequestLimitExceeded", "UnauthorizedOperation", "AccessDenied", "ExpiredToken",
            "InternalFailure", "ServiceUnavailable", "ValidationException", "UnrecognizedClient", "OptInRequired",
            "throttle",
        ]
        var text = "scenario: everywhere\nrules:\n"
        for service in Catalogue.shared.serviceNames {
            let operation = try #require(Catalogue.shared.service(service)?.operations.first).name
            for name in names { text += "  - { match: \(service).\(operation), times: 1, error: \(name) }\n" }
        }
        let scenario = try ScenarioLoader().load([SourceText(name: "test.yaml", bytes: Array(text.utf8))]).scenarios
        #expect(scenario[0].rules.count == 424 * names.count)
    }
}
