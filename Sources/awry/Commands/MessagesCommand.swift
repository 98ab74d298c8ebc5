// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// `awry messages`: what a running server's services would have sent to people.
struct MessagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages",
        abstract: "Show what a running server would have sent by SMS or e-mail, oldest first.")

    @OptionGroup
    var control: ControlOptions

    @Option(help: "Only by this way: sms, email.")
    var channel: String?

    @Option(help: "Only to this number or address.")
    var to: String?

    @Flag(help: "Print JSON, which says more.")
    var json = false

    func run() throws {
        try refusing {
            let query = [("channel", channel), ("to", to)].compactMap { name, value in value.map { (name, $0) } }
            let answer = try control.ask("GET", "messages", query: query).value
            let messages = (answer.fields?["messages"]?.list ?? []).compactMap(\.fields)
            Terminal.out(json ? JSON.text(answer, pretty: true) + "\n" : messages.map(Self.line).joined())
            if let dropped = answer.fields?["dropped"]?.integer, dropped > 0 {
                Terminal.err("awry: \(dropped) older ones are gone\n")
            }
        }
    }

    /// Texts as JSON writes them, since they may have line breaks.
    private static func line(_ message: Fields) -> String {
        let texts = ["to", "subject", "text"].compactMap { message[$0]?.string }.map { JSON.text(.string($0)) }
        return ([message["channel"]?.string ?? ""] + texts).joined(separator: "  ") + "\n"
    }
}
