// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Shows diagnostics to people and to programs.
public enum ScenarioCheck {
    /// `path:line:column: mistake: message`, one line each, in the order given.
    public static func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { diagnostic in
            let place = diagnostic.location
            return
                "\(place.file):\(place.line):\(place.column): \(diagnostic.severity.rawValue): \(diagnostic.message)\n"
        }.joined()
    }

    /// The same as values for JSON: `[{ file, line, column, severity, message }]`.
    public static func values(_ diagnostics: [Diagnostic]) -> Value {
        .list(
            diagnostics.map { diagnostic in
                [
                    "file": .string(diagnostic.location.file),
                    "line": .integer(Int64(diagnostic.location.line)),
                    "column": .integer(Int64(diagnostic.location.column)),
                    "severity": .string(diagnostic.severity.rawValue),
                    "message": .string(diagnostic.message),
                ]
            })
    }
}
