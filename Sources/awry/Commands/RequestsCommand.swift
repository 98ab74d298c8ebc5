// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import Glibc

/// `awry requests`: the journal of a running server.
struct RequestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "Show what a running server was asked, newest last.",
        discussion: "Exit status 3 if --count asks for more requests than there were when --wait was over.")

    @OptionGroup
    var control: ControlOptions

    @Option(help: "Only of this service; a glob.")
    var service: String?

    @Option(help: "Only of this operation; a glob.")
    var operation: String?

    @Option(help: "Only those answered with this status.")
    var status: Int?

    @Option(help: "Only those answered with this error code.")
    var error: String?

    @Option(help: "Only those in which this rule fired.")
    var rule: String?

    @Option(help: "Only the attempts of this call of an SDK's.")
    var invocation: String?

    @Option(help: "Only those since this moment, like 2026-03-01T12:00:00Z.")
    var since: String?

    @Option(help: "Wait for so long, such as 2s, until there are --count of them.")
    var wait: String?

    @Option(help: "How many --wait waits for. (default: 1)")
    var count: Int?

    @Flag(help: "Print JSON, which says more.")
    var json = false

    func validate() throws {
        if count != nil, wait == nil { throw ValidationError("--count needs --wait") }
    }

    func run() throws {
        try refusing {
            let answer = try control.ask("GET", "requests", query: query).value
            let requests = answer.fields?["requests"]?.list ?? []
            if json {
                Terminal.out(JSON.text(answer, pretty: true) + "\n")
            } else {
                let hasColour = Terminal.wantsColour(on: STDOUT_FILENO)
                Terminal.out(requests.compactMap(\.fields).map { CallLine($0).text(hasColour: hasColour) }.joined())
                if let dropped = answer.fields?["dropped"]?.integer, dropped > 0 {
                    Terminal.err("awry: the journal has dropped \(dropped) older ones\n")
                }
            }
            if wait != nil, requests.count < count ?? 1 { throw Status.unmet }
        }
    }

    private var query: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("service", service), ("operation", operation), ("status", status.map(String.init)), ("error", error),
            ("rule", rule), ("invocation", invocation), ("since", since), ("wait", wait),
            ("count", count.map(String.init)),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}
