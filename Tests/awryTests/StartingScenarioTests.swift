// SPDX-License-Identifier: Apache-2.0

import AwryModel
import AwryScenario
import Testing

@testable import awry

/// `awry new`: what it writes is what the loader takes.
@Suite struct StartingScenarioTests {
    private func text(_ target: String, _ error: String) throws(Refusal) -> String {
        let (service, operation) = try ModelNames.target(target)
        return try StartingScenario(service: service, operation: operation, error: error).text
    }

    @Test(arguments: ["s3", "sqs", "kinesis", "iam", "sts", "cognito-idp", "cognito-identity", "ec2"])
    func everyStartingScenarioLoads(service name: String) throws {
        let service = try ModelNames.service(name)
        let loader = ScenarioLoader(catalogue: .shared, isFaked: { _, _ in false })
        for operation in service.operations.prefix(12) {
            let errors = ErrorDirectory.all(operation: operation, service: service)
            for code in ["throttle"] + errors.map(\.shape) {
                let scenario = try text("\(name).\(operation.name)", code)
                do {
                    let loaded = try loader.load([SourceText(name: "new.yaml", text: scenario)])
                    #expect(loaded.warnings.isEmpty, "\(scenario)")
                } catch {
                    Issue.record("\(scenario)\n\(error.diagnostics)")
                }
            }
        }
    }

    @Test func aThrottleComesTwiceAndSaysWhen() throws {
        let text = try text("kinesis.describestream", "LimitExceededException")
        #expect(
            text.hasSuffix(
                """
                scenario: kinesis-describe-stream-limit-exceeded
                description: DescribeStream fails twice with LimitExceededException, then goes on.
                rules:
                  - match: kinesis.DescribeStream
                    times: 2
                    error: LimitExceededException
                    retryAfter: 1
                expect:
                  - match: kinesis.DescribeStream
                    count: 3

                """))
    }

    @Test(arguments: [
        ("kineses.PutRecord", "throttle", "kineses: no such service; did you mean kinesis?"),
        ("zzzzzzzzzzz.PutRecord", "throttle", "zzzzzzzzzzz: no such service; `awry services`"),
        ("s3.GetObjekt", "NoSuchKey", "s3.GetObjekt: no such operation; did you mean GetObject"),
        ("s3", "NoSuchKey", "s3: expected SERVICE.Operation"),
        ("s3.GetObject", "NoSuchKeys", "NoSuchKeys: no such error of s3.GetObject; did you mean NoSuchKey"),
        (
            "s3.CreateBucket", "409",
            "409: several errors of s3.CreateBucket have this status; name one of BucketAlready"
        ),
        ("s3.GetObject", "418", "418: no error of s3.GetObject has this status"),
    ])
    func whatIsUnknownIsRefused(target: String, error: String, words: String) {
        #expect {
            try text(target, error)
        } throws: {
            "\($0)".contains(words)
        }
    }
}
