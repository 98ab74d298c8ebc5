// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// `awry status`: whether the daemon runs.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say whether the server that `awry start` starts is running, and where.",
        discussion: "Exit status 0 if it runs, 3 if it does not.")

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try refusing {
            let state = try DaemonState()
            let record = try state.daemon()
            if json {
                let value: Value = [
                    "running": .bool(record != nil), "pid": record.map { .integer(Int64($0.pid)) } ?? .null,
                    "endpoint": record?.endpoint.map { .string($0) } ?? .null, "log": .string(state.log),
                ]
                Terminal.out(JSON.text(value, pretty: true) + "\n")
            } else {
                Terminal.out(record.map { "awry runs: \($0.text)\n" } ?? "awry does not run\n")
            }
            if record == nil { throw Status.notRunning }
        }
    }
}
