// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// `awry start`: the server as a daemon.
struct StartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Serve in the background; come back once the port answers.",
        discussion: """
            Takes what `awry serve` takes. Its output goes to a log beside its process id, in $XDG_STATE_HOME/awry \
            (~/.local/state/awry): `awry logs` shows it, `awry status` says where it serves, `awry stop` ends it. Exit \
            status 2 if one runs already, or if it cannot serve.
            """)

    @OptionGroup
    var serving: ServingOptions

    @OptionGroup
    var listening: ListeningOptions

    func run() throws {
        try refusing {
            let state = try DaemonState()
            switch try state.lock() {
            case .daemon(let record):
                throw Refusal("runs already\(record.map { ": \($0.text)" } ?? "")")
            case .free(let lock): try start(state, lock: lock)
            }
        }
    }

    private func start(_ state: DaemonState, lock: Int32) throws {
        // What the last one wrote is not this one's.
        try state.write(nil)
        let log = try state.openLog()
        var pipe: [Int32] = [-1, -1]
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0, Glibc.pipe(&pipe) == 0 else { throw Refusal("no descriptors left") }
        for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var environment = try ClientEnvironment.own()
        environment.set(Readiness.variable, "4")
        let child: Child
        do {
            child = try Child(
                Child.Start(
                    // The same arguments, which this process has read and found right.
                    program: "/proc/self/exe", command: ["awry", "serve"] + CommandLine.arguments.dropFirst(2),
                    environment: environment, mask: Signals.hold([]),
                    descriptors: [(nothing, 0), (log, 1), (log, 2), (lock, 3), (pipe[1], 4)], isDetached: true))
        } catch {
            throw Refusal(String(cString: strerror(error.code)))
        }
        close(pipe[1])
        try state.write(DaemonState.Record(pid: child.pid, endpoint: nil))
        guard let endpoint = Readiness.await(pipe[0]) else {
            Terminal.err(String(decoding: try SmallFile.read(state.log) ?? [], as: UTF8.self))
            throw Status.refused
        }
        try state.write(DaemonState.Record(pid: child.pid, endpoint: endpoint))
        Terminal.out("awry runs: \(DaemonState.Record(pid: child.pid, endpoint: endpoint).text)\n")
    }
}
