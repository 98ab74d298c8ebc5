// SPDX-License-Identifier: Apache-2.0

import AwryModel
import Testing

@testable import AwryScenario

/// What the tests of the loader share.
enum Loading {
    /// The operations that `setup` may call in these tests.
    static let faked: Set<String> = [
        "kinesis.CreateStream", "sqs.CreateQueue", "cognito-idp.CreateUserPool", "s3.CreateBucket", "s3.PutObject",
        "iam.CreateRole", "iam.CreateAccessKey", "kinesis.PutRecords",
    ]

    static let loader = ScenarioLoader { service, operation in faked.contains("\(service.name).\(operation.name)") }

    /// The folder of the repository's fixtures.
    static let fixtures: String = {
        let parts = #filePath.split(separator: "/").dropLast(4)
        return "/" + parts.joined(separator: "/") + "/Fixtures"
    }()

    /// The one scenario of a text.
    static func scenario(_ text: String) throws -> Scenario {
        try #require(try loader.load([SourceText(name: "test.yaml", text: text)]).scenarios.first)
    }

    /// A scenario's one rule, from its lines below `match`.
    static func rule(_ lines: String, match: String = "kinesis.PutRecord") throws -> Rule {
        let body = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
        return try #require(try scenario("scenario: test\nrules:\n  - match: \(match)\n\(body)").rules.first)
    }

    /// `line:column: severity: message` of everything that a text is told, mistakes and warnings.
    static func diagnostics(_ text: SourceText) -> [String] {
        let found: [Diagnostic]
        do {
            found = try loader.load([text]).warnings
        } catch {
            found = error.diagnostics
        }
        return found.map { "\($0.location.line):\($0.location.column): \($0.severity.rawValue): \($0.message)" }
    }

    static func diagnostics(_ text: String) -> [String] {
        diagnostics(SourceText(name: "test.yaml", text: text))
    }
}
