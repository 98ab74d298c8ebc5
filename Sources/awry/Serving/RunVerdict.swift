// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryScenario
import AwryServer

/// What a run came to: the command's own status, and what was expected of it.
struct RunVerdict {
    /// One sandbox, judged.
    struct Judged {
        let sandbox: String
        let report: VerifyReport
        /// The calls that were tried again, drawn over time.
        var timeLines = ""

        /// A verdict of these parts.
        init(sandbox: String, report: VerifyReport, timeLines: String = "") {
            self.sandbox = sandbox
            self.report = report
            self.timeLines = timeLines
        }

        /// Judges what a sandbox's scenarios expect, over its journal as it is now.
        init(_ sandbox: Sandbox) {
            let journal = sandbox.journal.snapshot()
            self.sandbox = sandbox.name
            report = Verifier.judge(sandbox.engine.scenarios.flatMap(\.expect), over: journal)
            timeLines = CallTimeline.retried(in: journal)
        }
    }

    let command: [String]
    /// The command's exit status, or 128 and the number of the signal that ended it.
    let status: Int32
    /// How long it ran.
    let nanoseconds: UInt64
    let judged: [Judged]
    /// Lines about rules that nothing ran into.
    let unused: String

    /// Judges what each sandbox's scenarios expect, over its own journal: of every sandbox that saw a request, those
    /// first that have gone already, and of the default one where none did.
    init(
        command: [String], status: Int32, nanoseconds: UInt64, sandboxes: [Sandbox], retired: RetiredSandboxes
    ) {
        self.command = command
        self.status = status
        self.nanoseconds = nanoseconds
        let seen = sandboxes.filter { !$0.journal.isUnused }
        let gone = retired.judged
        let isUnused = seen.isEmpty && gone.isEmpty
        judged = gone + (isUnused ? sandboxes.filter { $0.name == SandboxName.standard } : seen).map(Judged.init)
        unused = UnusedRules.report(of: sandboxes, besides: retired.usedRules)
    }

    /// A verdict of these parts.
    init(command: [String], status: Int32, nanoseconds: UInt64 = 0, judged: [Judged], unused: String = "") {
        self.command = command
        self.status = status
        self.nanoseconds = nanoseconds
        self.judged = judged
        self.unused = unused
    }

    /// Whether all that was expected came true.
    var holds: Bool { judged.allSatisfy(\.report.holds) }

    /// The program's exit status: the command's own wins.
    var exitStatus: Int32 { status != 0 || holds ? status : Status.unmet.rawValue }

    /// For people.
    var text: String {
        unused
            + VerdictText.text(value).split(separator: "\n").map { "awry: \($0)\n" }.joined()
            + judged.map(\.timeLines).joined()
    }

    /// For programs.
    var value: Value {
        let sandboxes = judged.map { judged -> Value in
            var fields: Fields = ["sandbox": .string(judged.sandbox)]
            for (name, value) in judged.report.value.fields ?? [:] { fields[name] = value }
            return .structure(fields)
        }
        return [
            "command": .list(command.map { .string($0) }), "status": .integer(Int64(status)), "holds": .bool(holds),
            "seconds": .double(seconds), "sandboxes": .list(sandboxes),
        ]
    }

    /// How long the command ran, to a millisecond.
    var seconds: Double { Double(nanoseconds / 1_000_000) / 1000 }
}
