// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `scenarios`: list, load, remove.
    static var scenarioEndpoints: [Endpoint] {
        [
            Endpoint("GET", "scenarios") { request, server in
                let scenarios = server.sandboxes(request.sandbox).flatMap { $0.engine.scenarios }
                return .json(["scenarios": .list(scenarios.map(summary))])
            },
            Endpoint("GET", "scenarios/*") { (request, server) throws(ControlError) in
                .json(summary(try scenario(request.segments[1], request, server)))
            },
            Endpoint("PUT", "scenarios/*") { (request, server) throws(ControlError) in try load(request, server) },
            Endpoint("PUT", "scenarios") { (request, server) throws(ControlError) in try load(request, server) },
            Endpoint("DELETE", "scenarios/*") { (request, server) throws(ControlError) in
                _ = try scenario(request.segments[1], request, server)
                _ = server.remove(scenario: request.segments[1], sandbox: request.sandbox)
                return .none
            },
        ]
    }

    private static func load(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw ControlError(400, "the body is not UTF-8")
        }
        do throws(LoadFailure) {
            let name = request.segments.count > 1 ? request.segments[1] : nil
            let (scenario, warnings) = try server.load(text, called: name, sandbox: request.sandbox)
            var fields = summary(scenario).fields ?? [:]
            fields["warnings"] = .list(warnings.map(described))
            return .json(.structure(fields))
        } catch {
            throw refusal(error)
        }
    }

    /// 422, with every mistake's place.
    static func refusal(_ failure: LoadFailure) -> ControlError {
        let mistakes = failure.diagnostics.filter { $0.severity == .mistake }
        let first = mistakes.first.map { "\($0.location.line):\($0.location.column): \($0.message)" } ?? "refused"
        let more = mistakes.count > 1 ? " (and \(mistakes.count - 1) more)" : ""
        return ControlError(
            422, first + more,
            [
                "mistakes": .list(mistakes.map(described)),
                "warnings": .list(failure.diagnostics.filter { $0.severity == .warning }.map(described)),
            ])
    }

    /// A diagnostic as JSON.
    static func described(_ diagnostic: Diagnostic) -> Value {
        [
            "file": .string(diagnostic.location.file), "line": .integer(Int64(diagnostic.location.line)),
            "column": .integer(Int64(diagnostic.location.column)), "message": .string(diagnostic.message),
        ]
    }

    private static func scenario(
        _ name: String, _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> Scenario {
        let loaded = server.sandboxes(request.sandbox).flatMap { $0.engine.scenarios }
        if let scenario = loaded.first(where: { $0.name == name }) { return scenario }
        let question = Nearest.question(for: name, among: loaded.map(\.name))
        throw ControlError(404, "no scenario `\(name)` is loaded\(question)")
    }

    private static func summary(_ scenario: Scenario) -> Value {
        var fields: Fields = ["scenario": .string(scenario.name)]
        if let description = scenario.description { fields["description"] = .string(description) }
        fields["file"] = .string(scenario.location.file)
        fields["rules"] = .integer(Int64(scenario.rules.count))
        fields["expectations"] = .integer(Int64(scenario.expect.count))
        return .structure(fields)
    }
}
