// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryTransport

/// `awry health`: whether a server of this machine is ready, for a container's health check.
struct HealthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a server of this machine whether it is ready: a container's health check.",
        discussion: """
            Exit status 0 if it is, 1 if it is not, or does not answer within two seconds. It looks where \
            `awry serve` would listen: at AWRY_HOST and AWRY_PORT.
            """)

    @Option(help: "The address to ask. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to ask. (default: 4566)")
    var port: UInt16?

    func run() throws {
        try refusing {
            let host = host ?? Environment.text("AWRY_HOST") ?? "127.0.0.1"
            let port = try port ?? Environment.port() ?? 4566
            let status = Probe.status(of: "/_awry/health", host: host, port: port, within: 2)
            let name = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            guard status == 200 else {
                Terminal.err("awry: \(name): \(status.map { "answers \($0)" } ?? "no answer")\n")
                throw ExitCode(1)
            }
            Terminal.out("ready\n")
        }
    }
}
