// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// `AWRY_…` variables that nothing reads: a misspelt one would be an option that silently does nothing. They are told
/// and not refused, because a machine's environment is not one program's own.
enum UnknownVariables {
    /// Read by us beside the options of `serve`, or by what starts us.
    private static let others = ["SCENARIOS", "ENDPOINT", "SANDBOX", "PACKS", "READY_FD", "BIN", "IMAGE"]

    /// Says which there are.
    static func say() throws {
        for warning in warnings(of: try ClientEnvironment.own().names) { Terminal.err("awry: \(warning)\n") }
    }

    /// A warning for each of these names that is an unknown variable of ours.
    static func warnings(of names: [String]) -> [String] {
        let ours = names.filter { $0.hasPrefix(prefix) && !isOfKubernetes($0) }
        guard !ours.isEmpty else { return [] }
        let known = Set(options + others).map { prefix + $0 }.sorted()
        return ours.filter { !known.contains($0) }.map {
            "warning: \($0) is no variable of ours\(Nearest.question(for: $0, among: known))"
        }
    }

    private static let prefix = "AWRY_"

    /// The long options in the help of `serve`, which has all of them, as variables spell them.
    private static var options: [String] {
        ServeCommand.helpMessage().split { $0 == " " || $0 == "\n" }.filter { $0.hasPrefix("--") }.map {
            $0.dropFirst(2).uppercased().split(separator: "-").joined(separator: "_")
        }
    }

    /// What Kubernetes and Docker's links set for a service called `awry`: `AWRY_SERVICE_HOST`, `AWRY_PORT_4566_TCP`.
    private static func isOfKubernetes(_ name: String) -> Bool {
        name.hasPrefix("AWRY_SERVICE_") || name.hasPrefix("AWRY_PORT_") || name == "AWRY_NAME"
    }
}
