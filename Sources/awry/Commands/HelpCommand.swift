// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import Glibc

/// `awry help`: what a command does, or a page of the guide. It stands in the place of the parser's own `help`, which
/// knows no pages, and takes a command that there is not for none.
struct HelpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help",
        abstract: "Explain a command, or print a page of the guide.",
        discussion: "Pages of the guide: " + Guide.pages.map { $0.name.lowercased() }.sorted().joined(separator: ", ")
            + ".")

    @Argument(help: "A command, such as serve, or a page of the guide, such as scenarios.")
    var topic: String?

    func run() throws {
        guard let topic else {
            Terminal.out(Awry.helpMessage() + "\n" + Self.helpMessage())
            return
        }
        let command = Awry.command(topic)
        let page = Guide.page(topic)
        if let command { Terminal.out(Awry.helpMessage(for: command) + "\n") }
        if let page { Terminal.out(page.text) }
        if command == nil, page == nil {
            let known = Awry.commandNames + Guide.pages.map { $0.name.lowercased() }
            Terminal.err("awry: help \(topic): no such command or page\(Nearest.question(for: topic, among: known))\n")
            Terminal.err("`awry help` lists them\n")
            throw ExitCode(EX_USAGE)
        }
    }
}
