// SPDX-License-Identifier: Apache-2.0

/// A place in a scenario file.
public struct SourceLocation: Sendable, Hashable {
    /// The file's path as the user gave it; `<body>` for what came by the control interface.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in characters.
    public var column: Int

    /// The place in this file at this line and column.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// What is wrong with a scenario, or doubtful about it, and where.
public struct Diagnostic: Sendable, Hashable, Error {
    /// Whether the file can be loaded nevertheless.
    public enum Severity: String, Sendable, Hashable {
        case mistake
        case warning
    }

    /// A mistake refuses the file, a warning does not.
    public var severity: Severity
    /// Where.
    public var location: SourceLocation
    /// What came, what was expected, what is nearest; no full stop.
    public var message: String

    /// A diagnostic of this severity at this place.
    public init(_ severity: Severity, _ location: SourceLocation, _ message: String) {
        self.severity = severity
        self.location = location
        self.message = message
    }
}

/// Mistakes that refuse a load; there is at least one.
public struct LoadFailure: Error, Sendable {
    /// What is wrong, in the order of the files and lines.
    public var diagnostics: [Diagnostic]

    /// A failure for these reasons.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
