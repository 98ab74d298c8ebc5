// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// `awry stop`: ends the daemon.
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the server that `awry start` started, and wait until it is gone.",
        discussion: """
            Calls that are under way may finish, for at most 10 seconds. Where none runs, nothing is to be done: exit \
            status 0.
            """)

    func run() throws {
        try refusing {
            let state = try DaemonState()
            guard let record = try state.daemon() else {
                Terminal.out("awry does not run\n")
                return
            }
            guard kill(record.pid, SIGTERM) == 0 else {
                throw Refusal("pid \(record.pid): \(String(cString: strerror(errno)))")
            }
            // The server cuts off what is under way when its own grace is over; a little more is for a busy machine.
            var waited = 0
            while try state.daemon() != nil {
                guard waited < 1500 else { throw Refusal("pid \(record.pid) does not stop") }
                usleep(10_000)
                waited += 1
            }
            Terminal.out("awry has stopped (pid \(record.pid))\n")
        }
    }
}
