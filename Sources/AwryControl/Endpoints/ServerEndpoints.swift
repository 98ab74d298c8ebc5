// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ControlInterface {
    /// What the server as a whole is asked: `health`, `version`, `reset`, `env`.
    static var serverEndpoints: [Endpoint] {
        [
            Endpoint("GET", "health") { _, _ in .json(["status": "ready"]) },
            Endpoint("GET", "version") { _, server in .json(.structure(server.about)) },
            Endpoint("POST", "reset") { (request, server) throws(ControlError) in try reset(request, server) },
            Endpoint("GET", "env") { (request, server) throws(ControlError) in try environment(request, server) },
        ]
    }

    /// `{ state, rules, journal, clock }`, each true unless the body says otherwise.
    private static func reset(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let names = ResetParts.named
        var parts: ResetParts = [.state, .rules, .journal, .clock]
        for (name, value) in try request.fields() {
            guard let part = names.first(where: { $0.0 == name })?.1 else {
                let question = Nearest.question(for: name, among: names.map(\.0))
                throw ControlError(400, "unknown key `\(name)`\(question)")
            }
            guard let isWanted = value.bool else {
                throw ControlError(400, "`\(name)`: expected true or false, found \(value.kindName)")
            }
            if !isWanted { parts.remove(part) }
        }
        server.reset(parts, sandbox: request.sandbox)
        return .json(.structure(Fields(names.map { ($0.0, .bool(parts.contains($0.1))) })))
    }

    private static func environment(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let variables = server.environment(sandbox: request.sandbox)
        switch request.parameter("format") {
        case nil, "json": return .json(.structure(Fields(variables.map { ($0.name, .string($0.value)) })))
        case "shell":
            let lines = variables.map { "export \($0.name)='\(quoted($0.value))'\n" }
            return .text(lines.joined())
        case .some(let format): throw ControlError(400, "format=\(format): expected json or shell")
        }
    }

    /// Within single quotes a shell reads everything as it stands but the quote itself.
    private static func quoted(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    }
}
