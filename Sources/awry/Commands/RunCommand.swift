// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryScenario
import AwryServer
import AwryTransport
import Glibc

/// `awry run`: serves for as long as one command runs, and judges what it did.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Serve on a free port while COMMAND runs, then judge what the scenarios expect.",
        usage: "awry run [<paths> ...] [<options>] -- COMMAND [ARGUMENT ...]",
        discussion: """
            COMMAND gets AWS_ENDPOINT_URL, a region, credentials that are worth nothing, AWRY_ENDPOINT, and what `env` \
            in the scenarios says. The exit status is COMMAND's if that is not 0 (128 and the signal's number if a \
            signal ended it, 127 if there is no such command), 3 if something expected did not come true, else 0.
            """)

    @OptionGroup
    var serving: ServingOptions

    @Option(help: "Write the verdict to this file as JUnit XML, for CI systems.")
    var junit: String?

    @Flag(help: "Print the verdict as JSON to standard output; COMMAND's output goes to standard error then.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print a line for each call to standard error.")
    var verbose = false

    /// What stands after `--`. The parser, which takes one list of positional arguments only, has it at the end of the
    /// paths.
    private var command: [String] {
        let arguments = CommandLine.arguments
        return arguments.firstIndex(of: "--").map { Array(arguments[($0 + 1)...]) } ?? []
    }

    func validate() throws {
        if command.isEmpty { throw ValidationError("no command: put it after `--`, as in `awry run s.yaml -- pytest`") }
    }

    func run() throws {
        try refusing {
            try UnknownVariables.say()
            let mask = Signals.hold(Self.watched)
            let output = ServerOutput(format: .text, isQuiet: !verbose, descriptor: STDERR_FILENO)
            var options = serving
            options.paths.removeLast(min(command.count, options.paths.count))
            let retired = RetiredSandboxes()
            let serving = try Serving(options, host: "127.0.0.1", port: 0, output: output) { retired.take($0) }
            let began = Monotonic.now
            let status = try outcome(of: serving, mask: mask)
            // What is under way must have its end in the journal before that is judged.
            serving.server.stop(grace: .seconds(1))
            serving.server.wait()
            serving.finish()
            let verdict = RunVerdict(
                command: command, status: status, nanoseconds: Monotonic.now - began, sandboxes: serving.sandboxes.all,
                retired: retired)
            try report(verdict)
            throw ExitCode(verdict.exitStatus)
        }
    }

    private static let forwarded = [SIGTERM, SIGINT, SIGHUP, SIGQUIT]
    private static let watched = forwarded + [SIGCHLD]

    /// Runs the command to its end, and passes on what signals are sent to this process.
    private func outcome(of serving: Serving, mask: sigset_t) throws -> Int32 {
        var environment = try ClientEnvironment.own()
        environment.point(
            at: serving.endpoint, own: serving.program.environment(sandbox: SandboxName.standard))
        var start = Child.Start(command: command, environment: environment, mask: mask)
        if json { start.descriptors = [(STDERR_FILENO, STDOUT_FILENO)] }
        let child: Child
        do {
            child = try Child(start)
        } catch {
            Terminal.err("awry: \(command[0]): \(String(cString: strerror(error.code)))\n")
            throw ExitCode(error.code == ENOENT ? 127 : 126)
        }
        while true {
            if let status = child.ended() { return status }
            guard let signal = Signals.next(of: Self.watched) else { continue }
            if signal.number != SIGCHLD, signal.wasSent { kill(child.pid, signal.number) }
        }
    }

    private func report(_ verdict: RunVerdict) throws {
        if let junit { try SmallFile.write(Array(verdict.junit.text.utf8), to: junit, mode: 0o644) }
        if json {
            Terminal.out(JSON.text(verdict.value, pretty: true) + "\n")
        } else {
            Terminal.err(verdict.text)
        }
    }
}
