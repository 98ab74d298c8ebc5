// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryScenario

/// `awry schema`: the JSON Schema of the scenario language.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of scenario files, for editors to complete and check them.")

    func run() {
        Terminal.out(ScenarioSchema.text)
    }
}
