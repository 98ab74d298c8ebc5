// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// `awry reset`: a running server's sandboxes back to their beginning.
struct ResetCommand: ParsableCommand {
    /// What can be reset by itself.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case state
        case rules
        case journal
        case clock
    }

    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take a sandbox of a running server back to its beginning, or parts of it.")

    @Argument(help: "What to reset: state, rules, journal, clock. (default: all of them)")
    var parts: [Part] = []

    @OptionGroup
    var control: ControlOptions

    func run() throws {
        try refusing {
            let body = Value.structure(
                Fields(Part.allCases.map { ($0.rawValue, .bool(parts.isEmpty || parts.contains($0))) }))
            _ = try control.ask("POST", "reset", body: Array(JSON.text(body).utf8))
        }
    }
}
