// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// `awry verify`: whether a client did what was expected of it.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge what a running server's scenarios expect, or what a file does.",
        discussion: "Exit status 0 if everything holds, 3 if something does not, or cannot be judged.")

    @Argument(help: "A file with expectations, or a mapping with `expect`, instead of the scenarios' own.")
    var file: String?

    @OptionGroup
    var control: ControlOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try refusing {
            let body = try file.map { try SmallFile.contents($0) } ?? []
            let answer = try control.ask("POST", "verify", body: body, passing: [409])
            Terminal.out(json ? JSON.text(answer.value, pretty: true) + "\n" : VerdictText.text(answer.value))
            if answer.status == 409 { throw Status.unmet }
        }
    }
}
