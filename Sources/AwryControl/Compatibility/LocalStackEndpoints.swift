// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario

extension ControlInterface {
    /// What tests ask of LocalStack (its documentation, "Internal endpoints" and "Chaos API").
    static var localStackEndpoints: [Endpoint] {
        [
            Endpoint("GET", "health") { _, server in
                let services = Catalogue.shared.serviceNames.map { ($0, Value.string("available")) }
                return .json([
                    "services": .structure(Fields(services)), "edition": "awry",
                    "version": server.about["version"] ?? .null,
                ])
            },
            Endpoint("POST", "state/reset") { request, server in
                server.reset(.state, sandbox: request.sandbox)
                return ControlAnswer(status: 200, contentType: "", body: [])
            },
            Endpoint("GET", "chaos/faults") { request, server in .json(.list(faults(request, server))) },
            Endpoint("POST", "chaos/faults") { (request, server) throws(ControlError) in
                try set(try list(request), request, server)
            },
            Endpoint("PATCH", "chaos/faults") { (request, server) throws(ControlError) in
                try set(faults(request, server) + (try list(request)), request, server)
            },
            Endpoint("DELETE", "chaos/faults") { (request, server) throws(ControlError) in
                let gone = try list(request)
                return try set(faults(request, server).filter { !gone.contains($0) }, request, server)
            },
            Endpoint("GET", "chaos/effects") { request, server in
                .json(["latency": .integer(latency(request, server))])
            },
            Endpoint("POST", "chaos/effects") { (request, server) throws(ControlError) in
                let latency = try latency(in: try request.fields())
                try setLatency(latency, request, server)
                return .json(["latency": .integer(latency)])
            },
        ]
    }

    private static let idPrefix = "localstack-"
    private static let latencyID = "localstack-latency"

    /// The rules that still stand: a reset takes them away.
    private static func faults(_ request: ControlRequest, _ server: any ControlledServer) -> [Value] {
        let standing = ids(request, server)
        return server.compatibility.told(request.sandbox).faults.filter { standing.contains($0.id) }.map(\.rule)
    }

    private static func latency(_ request: ControlRequest, _ server: any ControlledServer) -> Int64 {
        ids(request, server).contains(latencyID) ? server.compatibility.told(request.sandbox).latency : 0
    }

    private static func ids(_ request: ControlRequest, _ server: any ControlledServer) -> Set<String> {
        Set(server.sandboxes(request.sandbox).flatMap { $0.engine.rules() }.map(\.id))
    }

    private static func list(_ request: ControlRequest) throws(ControlError) -> [Value] {
        do {
            if case .list(let rules) = try JSON.parse(request.body[...]) { return rules }
        } catch {
            throw ControlError(400, "the body is not JSON: \(error.message) at byte \(error.offset)")
        }
        throw ControlError(400, "expected a list of fault rules")
    }

    /// Puts rules in the place of those before, all of them or none; the first is asked first, as in LocalStack.
    private static func set(
        _ faults: [Value], _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        var rules: [Value] = []
        for (index, fault) in faults.enumerated() {
            rules.append(try ChaosRule.rule(fault, id: "\(idPrefix)\(index + 1)"))
        }
        let old = server.compatibility.told(request.sandbox).faults.map(\.id)
        let latency = latency(request, server)
        try replace(old, by: rules, request, server)
        server.compatibility.change(request.sandbox) { told in
            told.faults = faults.enumerated().map { ("\(idPrefix)\($0.offset + 1)", $0.element) }
        }
        // A delay is for the faults' answers too, so it is asked before them.
        if latency > 0 { try setLatency(latency, request, server) }
        return .json(.list(faults))
    }

    private static func setLatency(
        _ latency: Int64, _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) {
        let rule: Value = ["id": .string(latencyID), "match": ["service": "*"], "delay": .string("\(latency)ms")]
        try replace([latencyID], by: latency > 0 ? [rule] : [], request, server)
        server.compatibility.change(request.sandbox) { $0.latency = latency }
    }

    private static func latency(in fields: Fields) throws(ControlError) -> Int64 {
        for name in fields.names where name != "latency" {
            throw ControlError(400, "unknown key `\(name)`\(Nearest.question(for: name, among: ["latency"]))")
        }
        guard let latency = fields["latency"]?.integer, (0...600_000).contains(latency) else {
            throw ControlError(400, "`latency`: expected milliseconds, at most 600000")
        }
        return latency
    }

    private static func replace(
        _ old: [String], by rules: [Value], _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) {
        let new: [Rule]
        do throws(LoadFailure) {
            new = try server.rules(JSON.text(.list(rules))).0
        } catch {
            let refused = refusal(error)
            throw ControlError(400, refused.message, refused.details)
        }
        for sandbox in server.sandboxes(request.sandbox) {
            for id in old { _ = sandbox.engine.remove(id) }
            _ = sandbox.engine.add(new)
        }
        server.events.tell(
            .rules, in: request.sandbox, ["change": "replaced", "ids": .list(new.map { .string($0.id) })])
    }
}
