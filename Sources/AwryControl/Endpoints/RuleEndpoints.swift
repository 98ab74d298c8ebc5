// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `rules`: ad hoc rules, ahead of the loaded ones.
    static var ruleEndpoints: [Endpoint] {
        [
            Endpoint("GET", "rules") { request, server in
                let rules = server.sandboxes(request.sandbox).flatMap { $0.engine.rules() }
                return .json(["rules": .list(rules.map(\.value))])
            },
            Endpoint("POST", "rules") { (request, server) throws(ControlError) in try add(request, server) },
            Endpoint("DELETE", "rules/*") { (request, server) throws(ControlError) in try remove(request, server) },
        ]
    }

    private static func add(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw ControlError(400, "the body is not UTF-8")
        }
        do throws(LoadFailure) {
            let (rules, warnings) = try server.rules(text)
            var ids: [String] = []
            for sandbox in server.sandboxes(request.sandbox) { ids = sandbox.engine.add(rules) }
            server.events.tell(
                .rules, in: request.sandbox, ["change": "added", "ids": .list(ids.map { .string($0) })])
            return .json(
                ["ids": .list(ids.map { .string($0) }), "warnings": .list(warnings.map(described))], status: 201)
        } catch {
            throw refusal(error)
        }
    }

    private static func remove(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let id = request.segments[1]
        var found = false
        for sandbox in server.sandboxes(request.sandbox) where sandbox.engine.remove(id) { found = true }
        if found {
            server.events.tell(.rules, in: request.sandbox, ["change": "removed", "ids": [.string(id)]])
            return .none
        }
        let known = server.sandboxes(request.sandbox).flatMap { $0.engine.rules() }.filter { $0.scenario == nil }
        throw ControlError(404, "no ad hoc rule `\(id)`\(Nearest.question(for: id, among: known.map(\.id)))")
    }
}
