// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `sandboxes`: list, make with chosen scenarios, drop; and the states of scenarios in one.
    static var sandboxEndpoints: [Endpoint] {
        [
            Endpoint("GET", "sandboxes") { _, server in
                .json(["sandboxes": .list(server.sandboxes("all").map(summary))])
            },
            Endpoint("GET", "sandboxes/*") { (request, server) throws(ControlError) in
                .json(summary(try living(request.segments[1], server)))
            },
            Endpoint("PUT", "sandboxes/*") { (request, server) throws(ControlError) in try make(request, server) },
            Endpoint("DELETE", "sandboxes/*") { (request, server) throws(ControlError) in
                let sandbox = try living(request.segments[1], server)
                server.drop(sandbox: sandbox.name)
                return .none
            },
            Endpoint("GET", "scenarios/*/state") { (request, server) throws(ControlError) in
                let (sandbox, name) = try stateful(request, server)
                return .json(["state": sandbox.engine.state(of: name).map { .string($0) } ?? .null])
            },
            Endpoint("PUT", "scenarios/*/state") { (request, server) throws(ControlError) in
                let (sandbox, name) = try stateful(request, server)
                let fields = try request.fields()
                guard let state = fields["state"]?.string, fields.count == 1 else {
                    throw ControlError(400, "expected { \"state\": \"…\" }")
                }
                let known = states(of: name, in: sandbox)
                guard known.contains(state) else {
                    let question = Nearest.question(for: state, among: known)
                    throw ControlError(
                        422, "no rule of scenario `\(name)` knows the state `\(state)`\(question)",
                        ["states": .list(known.map { .string($0) })])
                }
                _ = sandbox.engine.setState(state, of: name)
                server.events.tell(
                    .state, in: sandbox.name, ["scenario": .string(name), "state": .string(state)])
                return .json(["state": .string(state)])
            },
        ]
    }

    private static func make(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let name = request.segments[1]
        guard name != "all", server.isSandboxName(name) else {
            throw ControlError(400, "`\(name)` is no sandbox's name: expected at most 64 letters, digits, `-` and `_`")
        }
        let fields = try request.fields()
        for key in fields.names where key != "scenarios" {
            throw ControlError(400, "unknown key `\(key)`\(Nearest.question(for: key, among: ["scenarios"]))")
        }
        var chosen: [Scenario]?
        if let value = fields["scenarios"] {
            guard let names = value.list, names.allSatisfy({ $0.string != nil }) else {
                throw ControlError(400, "`scenarios`: expected a list of names")
            }
            let available = server.availableScenarios
            var found: [Scenario] = []
            for wanted in names.compactMap(\.string) {
                guard let scenario = available.first(where: { $0.name == wanted }) else {
                    let question = Nearest.question(for: wanted, among: available.map(\.name))
                    throw ControlError(422, "no scenario `\(wanted)` is available\(question)")
                }
                if !found.contains(where: { $0.name == wanted }) { found.append(scenario) }
            }
            chosen = found
        }
        let wasThere = server.sandboxes("all").contains { $0.name == name }
        server.make(sandbox: name, scenarios: chosen)
        return .json(summary(try living(name, server)), status: wasThere ? 200 : 201)
    }

    private static func living(
        _ name: String, _ server: any ControlledServer
    ) throws(ControlError) -> ControlledSandbox {
        let living = server.sandboxes("all")
        if let sandbox = living.first(where: { $0.name == name }) { return sandbox }
        throw ControlError(404, "no sandbox `\(name)`\(Nearest.question(for: name, among: living.map(\.name)))")
    }

    private static func summary(_ sandbox: ControlledSandbox) -> Value {
        let journal = sandbox.journal.snapshot()
        return [
            "sandbox": .string(sandbox.name), "scenarios": .list(sandbox.engine.scenarios.map { .string($0.name) }),
            "requests": .integer(Int64(journal.entries.count)), "dropped": .integer(Int64(journal.dropped)),
            "accessKey": .string(sandbox.name == "default" ? "test" : "sandbox.\(sandbox.name)"),
            "path": .string(sandbox.name == "default" ? "/" : "/_sandbox/\(sandbox.name)"),
        ]
    }

    /// The states that a scenario's rules can be in, the one it starts in first.
    private static func states(of name: String, in sandbox: ControlledSandbox) -> [String] {
        let rules = sandbox.engine.scenarios.first { $0.name == name }?.rules ?? []
        var seen: Set<String> = []
        let named = rules.flatMap { [$0.selection.state, $0.selection.become] }.compactMap { $0 }
        return (["start"] + named).filter { seen.insert($0).inserted }
    }

    private static func stateful(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> (ControlledSandbox, String) {
        let name = request.segments[1]
        let sandboxes = server.sandboxes(request.sandbox)
        guard sandboxes.count == 1, let sandbox = sandboxes.first else {
            throw ControlError(400, "a state is one sandbox's; \(sandboxes.count) are meant")
        }
        if sandbox.engine.state(of: name) != nil { return (sandbox, name) }
        let question = Nearest.question(for: name, among: sandbox.engine.scenarios.map(\.name))
        throw ControlError(404, "no scenario `\(name)` in sandbox `\(sandbox.name)`\(question)")
    }
}
