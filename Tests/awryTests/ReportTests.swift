// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import awry

/// `awry errors` and `awry services`: their tables and their JSON.
@Suite struct ReportTests {
    @Test func errorsOfAnOperationStandInSections() throws {
        let (service, operation) = try ModelNames.target("iam.GetUser")
        let errors = ErrorDirectory.all(operation: operation, service: service)
        let throttle = ErrorDirectory.throttle(operation: operation, service: service)
        let lines = ErrorsReport.text(errors, service: service.name, throttle: throttle)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first?.hasPrefix("MODELLED ") == true)
        #expect(
            lines.contains {
                $0.split(separator: " ").prefix(5) == [
                    "NoSuchEntity", "(NoSuchEntityException)", "404", "client", "no",
                ]
            })
        #expect(lines.contains { $0.hasPrefix("OF EVERY SERVICE") })
        #expect(lines.contains("error: throttle is Throttling, 400"))
        #expect(lines.allSatisfy { $0.last != " " })
    }

    @Test func anErrorAsJSONSaysAllOfIt() throws {
        let (service, operation) = try ModelNames.target("s3.GetObject")
        let error = try #require(ErrorDirectory.resolve("NoSuchKey", operation: operation, service: service))
        #expect(
            error.value == [
                "code": "NoSuchKey", "shape": "NoSuchKey", "status": 404, "fault": "client", "retry": "no",
                "message": "The specified key does not exist.", "members": ["Key"], "knownTo": "operation",
            ])
        #expect(ErrorsReport.commonValues.list?.count == CommonError.all.count)
        #expect(ErrorsReport.common.contains("AccessDeniedException"))
    }

    @Test func servicesAreCounted() throws {
        let report = ServicesReport(isFaked: { service, operation in
            service.name == "sqs" && operation.name == "SendMessage"
        })
        let text = report.text(.shared)
        #expect(text.contains("424 services of botocore 1.43.11: 18378 operations can be scripted, 1 are faked"))
        let sqs = try ModelNames.service("SQS")
        #expect(report.text(sqs).contains("sqs (SQS 2012-11-05): 23 operations can be scripted, 1 are faked"))
        let operations = try #require(report.value(sqs).fields?["operations"]?.list)
        #expect(operations.count == 23)
        #expect(operations.filter { $0.fields?["faked"] == true }.map { $0.fields?["operation"] } == ["SendMessage"])
        #expect(report.values(.shared).list?.count == 424)
    }
}
