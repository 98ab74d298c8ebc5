// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Makes and measures the catalogue. A developer's tool: users of Awry never need it, nor Python.
@main
struct AwryModels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "awry-models", abstract: "Make and measure the catalogue of AWS's services.",
        subcommands: [Make.self, Measure.self, Operations.self], defaultSubcommand: Make.self)
}

/// A model that is not as botocore's models are.
struct ModelMistake: Error, CustomStringConvertible {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    var description: String { message }
}
