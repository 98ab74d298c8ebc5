// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `verify`: whether the client did what was expected of it.
    static var verifyEndpoints: [Endpoint] {
        [Endpoint("POST", "verify") { (request, server) throws(ControlError) in try verify(request, server) }]
    }

    /// Judges the body's `expect`, or without one what the loaded scenarios expect: 200 with a report, or 409. With
    /// `format=junit` it is JUnit XML, with `format=text` for people, and then the calls that were tried again.
    private static func verify(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let format = try request.format(["json", "junit", "text"])
        let asked = try expectations(request, server)
        let judged = server.sandboxes(request.sandbox).map { sandbox in
            let journal = sandbox.journal.snapshot()
            let expected = asked ?? sandbox.engine.scenarios.flatMap(\.expect)
            return (name: sandbox.name, journal: journal, report: Verifier.judge(expected, over: journal))
        }
        let status = judged.allSatisfy(\.report.holds) ? 200 : 409
        switch format {
        case "junit":
            let cases = judged.flatMap { $0.report.junitCases(sandbox: $0.name) }
            return ControlAnswer(status: status, contentType: "application/xml", body: Array(JUnit(cases).text.utf8))
        case "text":
            let texts = judged.map { sandbox in
                let title = judged.count > 1 ? "sandbox \(sandbox.name): " : ""
                return title + sandbox.report.text + CallTimeline.retried(in: sandbox.journal)
            }
            return .text(texts.joined(separator: "\n"), status: status)
        default: return .json(json(judged.map { ($0.name, $0.report) }), status: status)
        }
    }

    private static func json(_ reports: [(name: String, report: VerifyReport)]) -> Value {
        if reports.count == 1 { return reports[0].report.value }
        let values = reports.map { name, report -> Value in
            var fields = report.value.fields ?? [:]
            fields["sandbox"] = .string(name)
            return .structure(fields)
        }
        return ["holds": .bool(reports.allSatisfy(\.report.holds)), "sandboxes": .list(values)]
    }

    private static func expectations(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> [Expectation]? {
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw ControlError(400, "the body is not UTF-8")
        }
        if text.allSatisfy(\.isWhitespace) { return nil }
        do throws(LoadFailure) {
            return try server.expectations(text)
        } catch {
            throw refusal(error)
        }
    }
}
