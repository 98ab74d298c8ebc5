// SPDX-License-Identifier: Apache-2.0

/// Where the parts of the loader put what they find wrong. Used by one load at a time.
final class Report {
    /// More would not be read; the first ones usually cause the others.
    static let limit = 500

    private(set) var diagnostics: [Diagnostic] = []
    private var seen: Set<Diagnostic> = []

    /// Whether anything refuses the load.
    var hasMistakes: Bool { diagnostics.contains { $0.severity == .mistake } }

    /// Whether nothing more is taken: whoever would look for more can stop.
    var isFull: Bool { diagnostics.count >= Report.limit }

    func mistake(_ location: SourceLocation, _ message: String) {
        add(Diagnostic(.mistake, location, message))
    }

    func warning(_ location: SourceLocation, _ message: String) {
        add(Diagnostic(.warning, location, message))
    }

    /// Adds a diagnostic unless the same one is there: an alias brings a mistake to several places, but it is one.
    func add(_ diagnostic: Diagnostic) {
        guard diagnostics.count < Report.limit, seen.insert(diagnostic).inserted else { return }
        let isLast = diagnostics.count == Report.limit - 1
        let rest = "what else is wrong is not shown: there are more than \(Report.limit - 1) remarks"
        diagnostics.append(isLast ? Diagnostic(.mistake, diagnostic.location, rest) : diagnostic)
    }

    /// The diagnostics by file in the order of `files`, then by line and column.
    func sorted(files: [String]) -> [Diagnostic] {
        let rank = Dictionary(
            files.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return diagnostics.enumerated().sorted { left, right in
            let (a, b) = (left.element.location, right.element.location)
            return (rank[a.file] ?? 0, a.line, a.column, left.offset) < (
                rank[b.file] ?? 0, b.line, b.column, right.offset
            )
        }.map(\.element)
    }
}

/// Bounds on a document from outside.
enum DocumentLimits {
    /// Bytes of a file.
    static let bytes = 16 << 20
    /// How deep lists and mappings may be nested.
    static let depth = 100
    /// Nodes of a document, aliases expanded.
    static let nodes = 250_000
}

/// A document that cannot be read any further; its mistake is in the report already.
struct Unreadable: Error {}
