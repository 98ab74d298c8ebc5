// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel
import AwryScenario

/// `awry load`: scenario files into a running server.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load scenario files into a running server, in the place of scenarios of their names.",
        discussion: """
            They are checked here first: where one has a mistake, none is loaded, and the exit status is 2. A file \
            that refers to others by `$file` can only be loaded by the server itself, at its start.
            """)

    @Argument(help: "Scenario files (.yaml, .yml, .json).")
    var files: [String]

    @OptionGroup
    var control: ControlOptions

    func run() throws {
        try refusing {
            var texts: [[UInt8]] = []
            for file in files {
                let bytes = try SmallFile.contents(file)
                texts.append(bytes)
            }
            try check(texts)
            for (file, text) in zip(files, texts) {
                let answer = try control.ask("PUT", "scenarios", body: text)
                let name = answer.value.fields?["scenario"]?.string ?? ""
                Terminal.out("\(name)  \(file)\n")
            }
        }
    }

    /// Says what is wrong by the files' own names, before the server is asked for anything.
    private func check(_ texts: [[UInt8]]) throws {
        do {
            let loader = ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows)
            let sources = zip(files, texts).map { SourceText(name: $0, bytes: $1, folder: nil) }
            Terminal.err(ScenarioCheck.render(try loader.load(sources).warnings))
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
    }
}
