// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

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
            ClockCommand.self, MessagesCommand.self, CheckCommand.self, ErrorsCommand.self, NewCommand.self,
            ServicesCommand.self, ImportCommand.self,
            SchemaCommand.self, PacksCommand.self, HealthCommand.self,
        ])
}

/// What this program is.
enum Version {
    /// The version, by Semantic Versioning.
    static let number = "0.1.0"

    /// What `--version` prints.
    static let text = "awry \(number)"
}
