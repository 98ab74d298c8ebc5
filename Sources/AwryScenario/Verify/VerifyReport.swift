// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What judging expectations came to.
public struct VerifyReport: Sendable {
    /// What one expectation came to.
    public struct Finding: Sendable {
        /// The expectation in short.
        public var label: String
        /// Where it stands.
        public var location: SourceLocation
        /// What differs from it; nothing where it holds.
        public var problems: [String]
        /// What was seen beside that, and is no problem.
        public var notes: [String]

        /// What an expectation came to.
        public init(label: String, location: SourceLocation, problems: [String] = [], notes: [String] = []) {
            self.label = label
            self.location = location
            self.problems = problems
            self.notes = notes
        }

        /// Whether it holds.
        public var holds: Bool { problems.isEmpty }
    }

    /// One for each expectation, in order; none where judging was refused.
    public var findings: [Finding]
    /// Why nothing could be judged, if so.
    public var refusal: String?

    /// A report of these findings.
    public init(findings: [Finding], refusal: String? = nil) {
        self.findings = findings
        self.refusal = refusal
    }

    /// Whether all was judged, and all holds.
    public var holds: Bool { refusal == nil && findings.allSatisfy(\.holds) }

    /// As the control interface gives it.
    public var value: Value {
        let entries = findings.map { finding -> Value in
            var fields: Fields = [
                "match": .string(finding.label), "file": .string(finding.location.file),
                "line": .integer(Int64(finding.location.line)), "holds": .bool(finding.holds),
                "problems": .list(finding.problems.map { .string($0) }),
            ]
            if !finding.notes.isEmpty { fields["notes"] = .list(finding.notes.map { .string($0) }) }
            return .structure(fields)
        }
        return ["holds": .bool(holds), "refused": refusal.map { .string($0) } ?? .null, "expectations": .list(entries)]
    }

    /// For people: a line for each problem, with its place, and one that sums up.
    public var text: String {
        if let refusal { return "not judged: \(refusal)\n" }
        var lines: [String] = []
        for finding in findings {
            for problem in finding.problems {
                lines.append("\(finding.location.file):\(finding.location.line): \(problem)")
            }
            for note in finding.notes {
                lines.append("\(finding.location.file):\(finding.location.line): note: \(note)")
            }
        }
        let failed = findings.count { !$0.holds }
        let sum = "\(findings.count) expectation\(findings.count == 1 ? "" : "s")"
        lines.append(failed == 0 ? "\(sum), all hold" : "\(sum), \(failed) not met")
        return lines.joined(separator: "\n") + "\n"
    }
}
