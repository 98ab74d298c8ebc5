// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `verify`: whether the client did what was expected of it.
    static var verifyEndpoints: [Endpoint] {
        [Endpoint("POST", "verify") { (request, server) throws(ControlError) in try verify(request, server) }]
    }

    /// Judges the body's `expect`, or without one what the loaded scenarios expect: 200 with a report, or 409.
    private static func verify(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let asked = try expectations(request, server)
        var reports: [Value] = []
        var holds = true
        let sandboxes = server.sandboxes(request.sandbox)
        for sandbox in sandboxes {
            let expected = asked ?? sandbox.engine.scenarios.flatMap(\.expect)
            let report = Verifier.judge(expected, over: sandbox.journal.snapshot())
            holds = holds && report.holds
            var fields = report.value.fields ?? [:]
            if sandboxes.count > 1 { fields["sandbox"] = .string(sandbox.name) }
            reports.append(.structure(fields))
        }
        let status = holds ? 200 : 409
        if sandboxes.count == 1, let report = reports.first { return .json(report, status: status) }
        return .json(["holds": .bool(holds), "sandboxes": .list(reports)], status: status)
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
