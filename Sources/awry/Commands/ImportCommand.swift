// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `awry import`: a scenario made from another tool's file.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Print a scenario made from LocalStack's fault rules, WireMock's stub mappings or a HAR recording.",
        discussion: """
            What cannot be taken over stands in the scenario as a comment, and is said on standard error. Exit status \
            2 if the file is none of these.
            """)

    /// The longest file, in bytes: recordings hold whole bodies.
    private static let longest = 256 << 20

    @Argument(help: "The file, in JSON.")
    var file: String

    @Option(help: "What the file is: localstack, wiremock or har. (default: what it seems to be)")
    var from: ImportKind?

    @Option(help: "The scenario's name. (default: the file's)")
    var name: String?

    func run() throws {
        try refusing {
            let bytes = try SmallFile.contents(file, most: Self.longest)
            let imported = ImportText(try ImportKind.scenarios(bytes, file: file, kind: from, name: name))
            for note in imported.notes { Terminal.err("\(file): \(note)\n") }
            Terminal.out(imported.text)
        }
    }
}
