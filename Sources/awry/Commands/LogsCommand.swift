// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// `awry logs`: what the daemon has printed.
struct LogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show what the server that `awry start` started has printed, also after its end.")

    @Flag(name: .shortAndLong, help: "Go on showing what it prints, until it ends.")
    var follow = false

    func run() throws {
        try refusing {
            let state = try DaemonState()
            let descriptor = open(state.log, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Refusal("\(state.log): no log: `awry start` begins one") }
            defer { close(descriptor) }
            while true {
                // Asked before reading: what is printed between the two is read the next time.
                let goesOn = try follow && state.daemon() != nil
                copy(descriptor)
                guard goesOn else { return }
                usleep(100_000)
            }
        }
    }

    private func copy(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            Terminal.write(buffer[..<count], to: STDOUT_FILENO)
        }
    }
}
