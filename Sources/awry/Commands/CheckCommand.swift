// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel
import AwryScenario
import AwryServer

/// `awry check`: all mistakes of scenario files at once.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check scenario files: file, line, column, what is wrong, what would be right.",
        discussion: "Exit status 0 if all of them would load (warnings do not count), 2 if one would not.")

    @Argument(help: "Scenario files (.yaml, .yml, .json), folders of them, or ready ones: pack:NAME.")
    var paths: [String]

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let diagnostics: [Diagnostic]
        var summary = ""
        do {
            let loaded = try ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows).load(named: paths)
            try SetupRun.check(loaded.scenarios)
            diagnostics = loaded.warnings
            let rules = loaded.scenarios.reduce(0) { $0 + $1.rules.count }
            summary =
                "\(Self.counted(loaded.scenarios.count, "scenario")), \(Self.counted(rules, "rule")): no mistakes\n"
        } catch {
            diagnostics = error.diagnostics
        }
        if json {
            Terminal.out(JSON.text(ScenarioCheck.values(diagnostics), pretty: true) + "\n")
        } else {
            Terminal.err(ScenarioCheck.render(diagnostics))
            Terminal.out(summary)
        }
        if diagnostics.contains(where: { $0.severity == .mistake }) { throw Status.refused }
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
