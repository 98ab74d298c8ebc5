// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// `awry clock`: the clock of a running server's sandbox.
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Read or change the clock of a running server's sandbox.")

    @Option(help: "The moment that it shows from now on, like 2026-03-01T12:00:00Z.")
    var set: String?

    @Option(help: "How far it moves on, such as 10m.")
    var advance: String?

    @Flag(help: "Stop it.")
    var freeze = false

    @Flag(name: .customLong("run"), help: "Let it run again.")
    var runs = false

    @OptionGroup
    var control: ControlOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try refusing {
            var change: Fields = [:]
            if let set { change["set"] = .string(set) }
            if let advance { change["advance"] = .string(advance) }
            if freeze { change["freeze"] = true }
            if runs { change["run"] = true }
            let answer =
                change.isEmpty
                ? try control.ask("GET", "clock")
                : try control.ask("POST", "clock", body: Array(JSON.text(.structure(change)).utf8))
            Terminal.out(json ? JSON.text(answer.value, pretty: true) + "\n" : Self.text(answer.value))
        }
    }

    private static func text(_ value: Value) -> String {
        guard let fields = value.fields else { return "" }
        guard fields["now"] == nil else { return line(fields) }
        return fields.map { name, value in "\(name)  \(line(value.fields ?? [:]))" }.joined()
    }

    private static func line(_ fields: Fields) -> String {
        "\(fields["now"]?.string ?? "")\(fields["frozen"]?.bool == true ? "  stopped" : "")\n"
    }
}
