// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryServer
import AwryTransport
import Glibc

/// `awry serve`: loads scenarios and serves until stopped.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Load scenario files, or folders of them, and serve until stopped.",
        discussion: """
            Every option may also come from a variable: --port from AWRY_PORT, and so on. Mistakes in the scenarios, \
            or a port that is taken, end it with exit status 2 before anything is served. SIGHUP loads the files \
            again; where one has a mistake then, what was loaded stays. SIGTERM and SIGINT let calls that are under \
            way finish, for at most 10 seconds.
            """)

    @OptionGroup
    var serving: ServingOptions

    @OptionGroup
    var listening: ListeningOptions

    /// How often watched files are looked at. Polling, because it sees files that are replaced, folders that come and
    /// go, and mounts on which inotify says nothing, all alike.
    private static let watchInterval = Duration.milliseconds(250)

    func run() throws {
        try refusing {
            Signals.hold(Signals.watched)
            // Remembers whether there is a terminal.
            _ = Terminal.isGone
            try UnknownVariables.say()
            let output = try listening.output()
            let marks = Reloading.marks(of: self.serving)
            let serving = try Serving(
                self.serving, host: listening.wantedHost, port: listening.wantedPort(), output: output)
            serving.announce(to: output)
            try Readiness.tell(serving.endpoint)
            SpareMemory.letGoOfCode()
            var reloading = Reloading(self.serving, serving, output, marks: marks)
            serving.server.whenStopped {
                serving.finish()
                if !output.isQuiet { UnusedRules.say(of: serving.sandboxes.all, to: output) }
                Glibc.exit(0)
            }
            let watches = try listening.watches()
            while let event = Signals.reload(orAfter: watches ? Self.watchInterval : nil) {
                switch event {
                case .asked: reloading.reload()
                case .timePassed: reloading.reloadIfChanged()
                }
            }
            Signals.stop(serving.server)
        }
    }
}
