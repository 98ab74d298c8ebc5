// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryScenario
import AwryServer

/// `awry serve`: loads scenarios and serves until stopped.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Load scenario files, or folders of them, and serve until stopped.",
        discussion: """
            Every option may also come from a variable: --port from AWRY_PORT, and so on. Mistakes in the scenarios, \
            or a port that is taken, end it with exit status 2 before anything is served.
            """)

    @OptionGroup
    var serving: ServingOptions

    @OptionGroup
    var listening: ListeningOptions

    func run() throws {
        try refusing {
            Signals.hold()
            let log = try listening.log()
            let serving = try Serving(self.serving, host: listening.wantedHost, port: listening.wantedPort(), log: log)
            Terminal.out(serving.announcement)
            try Readiness.tell(serving.endpoint)
            Signals.wait(toStop: serving.server) {
                if log.isOn { Terminal.out(UnusedRules.report(of: serving.sandboxes.all)) }
            }
        }
    }
}
