// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryServer
import Glibc

/// One line for each call, for people who watch:
/// `✗ kinesis.DescribeStream  400 LimitExceededException  rule x#1  attempt 1  0.3 ms`.
struct TerminalLog: CallLog {
    private let descriptor: Int32
    private let hasColour: Bool

    /// A log to standard output, or to another descriptor of the terminal's.
    init(to descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        hasColour = Terminal.wantsColour(on: descriptor)
    }

    var isOn: Bool { true }

    func ended(_ entry: JournalEntry) {
        Terminal.write(line(for: entry), to: descriptor)
    }

    /// The line for a call that has ended, with its line break.
    func line(for entry: JournalEntry) -> String {
        let delivery = entry.delivery
        let status = delivery?.status
        // A success that holds an error is none: a stream that breaks, S3's late errors.
        let isSpoilt = delivery?.error != nil && (200..<300).contains(status ?? 0)
        let isWell = delivery?.isWhole == true && (status ?? 500) < 400 && !isSpoilt
        let name = [entry.service, entry.operation].filter { !$0.isEmpty }.joined(separator: ".")
        var parts = [
            entry.operation.isEmpty
                ? [name, entry.method, entry.path].filter { !$0.isEmpty }.joined(separator: " ") : name
        ]
        parts.append([status.map(String.init), delivery?.error].compactMap { $0 }.joined(separator: " "))
        if delivery?.isWhole == false { parts.append("connection lost") }
        if let rule = entry.decidedBy ?? entry.rules.first { parts.append("rule \(rule)") }
        if entry.sandbox != SandboxName.standard { parts.append("sandbox \(entry.sandbox)") }
        parts.append("attempt \(entry.attempt.number)")
        if let finished = delivery?.finished { parts.append(Self.milliseconds(from: entry.arrived, to: finished)) }
        if let note = entry.note { parts.append("(\(note))") }
        let mark = isWell ? "✓" : "✗"
        let text = parts.filter { !$0.isEmpty }.joined(separator: "  ")
        guard hasColour else { return "\(mark) \(text)\n" }
        return "\u{1B}[\(isWell ? 32 : 31)m\(mark)\u{1B}[0m \(text)\n"
    }

    /// To a tenth of a millisecond.
    private static func milliseconds(from start: UInt64, to end: UInt64) -> String {
        let tenths = (end > start ? end - start : 0) / 100_000
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}
