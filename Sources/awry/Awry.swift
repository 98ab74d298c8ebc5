// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import Glibc

/// The program.
@main
struct Awry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "awry",
        abstract: "A local AWS that fails the way AWS fails.",
        discussion: """
            Point any AWS SDK at it (AWS_ENDPOINT_URL=http://127.0.0.1:4566) and script what goes wrong in a scenario \
            file.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, RunCommand.self, StartCommand.self, StopCommand.self, StatusCommand.self,
            LogsCommand.self, RequestsCommand.self, VerifyCommand.self, ResetCommand.self, LoadCommand.self,
            ExplainCommand.self, ClockCommand.self, MessagesCommand.self, CheckCommand.self, ErrorsCommand.self,
            NewCommand.self, ServicesCommand.self, ImportCommand.self, SchemaCommand.self, PacksCommand.self,
            HealthCommand.self, HelpCommand.self,
        ])

    /// The names of the commands, in the order in which help lists them.
    static var commandNames: [String] { configuration.subcommands.map { $0._commandName } }

    /// The command of this name.
    static func command(_ name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0._commandName == name }
    }

    /// Says of a command that there is not which was probably meant; all else is the parser's.
    static func main() {
        if let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), command(word) == nil {
            let question = Nearest.question(for: word, among: commandNames)
            Terminal.err("awry: \(word): no such command\(question)\n`awry help` lists them\n")
            Glibc.exit(EX_USAGE)
        }
        main(nil)
    }
}

/// What this program is.
enum Version {
    /// The version, by Semantic Versioning.
    static let number = "0.1.0"

    /// What `--version` prints.
    static let text = "awry \(number)"
}
