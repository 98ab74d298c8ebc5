// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where a server that stays listens, and what it prints.
struct ListeningOptions: ParsableArguments {
    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on; 0 takes a free one. (default: 4566)")
    var port: UInt16?

    @Flag(help: "Print no line for each call.")
    var quiet = false

    @Option(help: "How to print what happens: text or json. (default: text)")
    var logFormat: LogFormat?

    @Flag(help: "Load scenario files again when they change.")
    var watch = false

    /// The address.
    var wantedHost: String { host ?? Environment.text("AWRY_HOST") ?? "127.0.0.1" }

    /// The port.
    func wantedPort() throws -> UInt16 {
        try port ?? Environment.port() ?? 4566
    }

    /// Whether files are watched.
    func watches() throws -> Bool { try watch || Environment.flag("AWRY_WATCH") }

    /// What is printed, and how.
    func output() throws -> ServerOutput {
        ServerOutput(
            format: try logFormat ?? Environment.value("AWRY_LOG_FORMAT", as: LogFormat.self) ?? .text,
            isQuiet: try quiet || Environment.flag("AWRY_QUIET"))
    }
}
