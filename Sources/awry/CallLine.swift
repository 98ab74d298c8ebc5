// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import AwryServer

/// A call in one line, for people:
/// `✗ kinesis.DescribeStream  400 LimitExceededException  rule x#1  attempt 1  0.3 ms`.
struct CallLine {
    private let name: String
    private let status: Int?
    private let error: String?
    /// nil while it is under way.
    private let isWhole: Bool?
    private let rule: String?
    private let sandbox: String
    private let attempt: Int
    private let microseconds: UInt64?
    private let note: String?

    /// The line of a journal's entry.
    init(_ entry: JournalEntry) {
        name = Self.name(entry.service, entry.operation, entry.method, entry.path)
        status = entry.delivery?.status
        error = entry.delivery?.error
        isWhole = entry.delivery?.isWhole
        rule = entry.decidedBy ?? entry.rules.first
        sandbox = entry.sandbox
        attempt = entry.attempt.number
        microseconds = entry.delivery.map { $0.finished > entry.arrived ? ($0.finished - entry.arrived) / 1000 : 0 }
        note = entry.note
    }

    /// The line of an entry as the control interface gives it.
    init(_ fields: Fields) {
        func text(_ name: String) -> String { fields[name]?.string ?? "" }
        name = Self.name(text("service"), text("operation"), text("method"), text("path"))
        status = fields["status"]?.integer.map { Int($0) }
        error = fields["error"]?.string
        isWhole = fields["delivered"]?.string.map { $0 == "whole" }
        rule = fields["decidedBy"]?.string ?? fields["rules"]?.list?.first?.string
        sandbox = text("sandbox")
        attempt = fields["attempt"]?.integer.map { Int($0) } ?? 1
        microseconds =
            switch fields["milliseconds"] {
            case .double(let milliseconds)?: UInt64(exactly: (milliseconds * 1000).rounded())
            case .integer(let milliseconds)?: UInt64(exactly: milliseconds).map { $0 &* 1000 }
            default: nil
            }
        note = fields["note"]?.string
    }

    /// The operation's name; where none is known, what was asked for.
    private static func name(_ service: String, _ operation: String, _ method: String, _ path: String) -> String {
        let name = [service, operation].filter { !$0.isEmpty }.joined(separator: ".")
        return operation.isEmpty ? [name, method, path].filter { !$0.isEmpty }.joined(separator: " ") : name
    }

    /// The line, with its line break.
    func text(hasColour: Bool) -> String {
        var parts = [name, [status.map(String.init), error].compactMap { $0 }.joined(separator: " ")]
        if isWhole == nil { parts.append("under way") }
        if isWhole == false { parts.append("connection lost") }
        if let rule { parts.append("rule \(rule)") }
        if sandbox != SandboxName.standard { parts.append("sandbox \(sandbox)") }
        parts.append("attempt \(attempt)")
        if let microseconds { parts.append("\(microseconds / 1000).\(microseconds / 100 % 10) ms") }
        if let note { parts.append("(\(note))") }
        // A success that holds an error is none: a stream that breaks, S3's late errors.
        let isSpoilt = error != nil && (200..<300).contains(status ?? 0)
        let isWell = isWhole == true && (status ?? 500) < 400 && !isSpoilt
        let mark = isWell ? "✓" : isWhole == nil ? "…" : "✗"
        let text = parts.filter { !$0.isEmpty }.joined(separator: "  ")
        guard hasColour else { return "\(mark) \(text)\n" }
        return "\u{1B}[\(isWell ? 32 : isWhole == nil ? 33 : 31)m\(mark)\u{1B}[0m \(text)\n"
    }
}
