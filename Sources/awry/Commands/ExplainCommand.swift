// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import Glibc

/// `awry explain`: why each rule did or did not take a request.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show why each rule did or did not take a running server's last request.",
        discussion: "A line for each rule, in the order asked, and the first of its conditions that did not hold.")

    @Argument(help: "The id of another request, as `x-awry-request` and `awry requests --json` give it.")
    var request: String?

    @OptionGroup
    var control: ControlOptions

    @Flag(help: "Print JSON, which says more.")
    var json = false

    func run() throws {
        try refusing {
            let query = request.map { [(name: "request", value: $0)] } ?? []
            let answer = try control.ask("GET", "explain", query: query).value
            guard !json else { return Terminal.out(JSON.text(answer, pretty: true) + "\n") }
            let line = CallLine(answer.fields?["request"]?.fields ?? [:])
            Terminal.out(line.text(hasColour: Terminal.wantsColour(on: STDOUT_FILENO)))
            let rules = (answer.fields?["rules"]?.list ?? []).compactMap(\.fields)
            Terminal.out(rules.isEmpty ? "  there are no rules\n" : rules.map(Self.text).joined())
        }
    }

    /// `  orders#1  unmet: params.StreamName wants orders, came order  orders.yaml:5`
    static func text(_ rule: Fields) -> String {
        func text(_ name: String) -> String? { rule[name]?.string }
        var words = "  \(text("rule") ?? "")  \(text("verdict") ?? "")"
        if let condition = text("condition") { words += ": \(condition)" }
        if let wanted = text("wanted") { words += " wants \(wanted)" }
        if let came = text("came") { words += ", came \(came)" }
        return words + "  \(text("file") ?? ""):\(rule["line"]?.integer ?? 0)\n"
    }
}
