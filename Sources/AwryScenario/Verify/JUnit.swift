// SPDX-License-Identifier: Apache-2.0

/// A verdict in the XML that CI systems read: the format of JUnit's Ant task, as Jenkins and GitLab document it.
///
/// Written here and not by a library, because what judges knows no XML; well-formed whatever the texts hold.
public struct JUnit: Sendable {
    /// One thing that was tested.
    public struct Case: Sendable {
        /// What CI systems group by: `awry.expect.default`.
        public var group: String
        /// What was tested.
        public var name: String
        /// Where that stands.
        public var place: SourceLocation?
        /// What differs; the first is the failure's message.
        public var problems: [String]
        /// What was seen beside that.
        public var notes: [String]
        /// Whether the problems mean that it could not be tested.
        public var isError: Bool

        /// A case that holds, unless problems are given.
        public init(
            group: String, name: String, place: SourceLocation? = nil, problems: [String] = [], notes: [String] = [],
            isError: Bool = false
        ) {
            self.group = group
            self.name = name
            self.place = place
            self.problems = problems
            self.notes = notes
            self.isError = isError
        }
    }

    private let cases: [Case]
    private let seconds: Double

    /// A document of these cases, which took so many seconds together.
    public init(_ cases: [Case], seconds: Double = 0) {
        self.cases = cases
        self.seconds = seconds
    }

    /// The document: one suite.
    public var text: String {
        let broken = cases.filter { !$0.problems.isEmpty }
        let errors = broken.count(where: \.isError)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        text += "  <testsuite name=\"awry\" tests=\"\(cases.count)\" failures=\"\(broken.count - errors)\" "
        text += "errors=\"\(errors)\" skipped=\"0\" time=\"\(seconds)\">\n"
        for one in cases { text += Self.text(one) }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    private static func text(_ one: Case) -> String {
        var text = "    <testcase classname=\"\(attribute(one.group))\" name=\"\(attribute(one.name))\""
        if let place = one.place { text += " file=\"\(attribute(place.file))\" line=\"\(place.line)\"" }
        if one.problems.isEmpty, one.notes.isEmpty { return text + "/>\n" }
        text += ">"
        if let first = one.problems.first {
            let kind = one.isError ? "error" : "failure"
            text += "<\(kind) message=\"\(attribute(first))\">\(content(one.problems))</\(kind)>"
        }
        if !one.notes.isEmpty { text += "<system-out>\(content(one.notes))</system-out>" }
        return text + "</testcase>\n"
    }

    private static func content(_ lines: [String]) -> String {
        lines.map(attribute).joined(separator: "\n")
    }

    /// A text as an attribute's value (XML 1.0, 2.2, 2.4 and 3.3.3), which will do for an element's content too. What
    /// XML has no character for is U+FFFD.
    private static func attribute(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "\t", "\n", "\r": escaped.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

extension VerifyReport {
    /// A case for each expectation, in the group of the sandbox that was judged; where judging was refused, one that
    /// says so.
    public func junitCases(sandbox: String) -> [JUnit.Case] {
        let group = "awry.expect.\(sandbox)"
        let refused = refusal.map { JUnit.Case(group: group, name: "journal", problems: [$0], isError: true) }
        return [refused].compactMap { $0 }
            + findings.map {
                JUnit.Case(group: group, name: $0.label, place: $0.location, problems: $0.problems, notes: $0.notes)
            }
    }
}
