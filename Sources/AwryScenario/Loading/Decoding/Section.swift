// SPDX-License-Identifier: Apache-2.0

/// A mapping whose keys were compared with their table.
struct Section {
    let table: KeyTable
    let entries: [Node.Entry]
    let location: SourceLocation
    /// Whether it had keys that are not supported yet, or unknown ones: then what it lacks may be what was meant.
    let hasUnread: Bool

    /// The entry of a key, unless it is missing or of a later version.
    subscript(key: String) -> Node.Entry? { entries.first { $0.key == key } }

    /// The entries of these keys, in the document's order.
    func among(_ keys: [KeyTable.Key]) -> [Node.Entry] {
        entries.filter { entry in keys.contains { $0.name == entry.key } }
    }
}

extension ScenarioDecoder {
    /// The entries of a mapping of this table; nil where the node is no mapping. Unknown keys, keys that are not
    /// supported yet and missing ones are told.
    func open(_ node: Node, _ table: KeyTable, wanted: String? = nil) -> Section? {
        guard let entries = node.entries else {
            report.mistake(node.location, "expected \(wanted ?? table.noun + " (a mapping)"), found \(node.kindName)")
            return nil
        }
        var known: [Node.Entry] = []
        for entry in entries where !report.isFull {
            guard let key = table[entry.key] else {
                report.mistake(entry.keyLocation, unknown(entry.key, table))
                continue
            }
            if entry.value.isNull, !key.form.takesNull {
                report.mistake(entry.keyLocation, "`\(entry.key)` has no value")
            } else if key.isLater {
                FormChecker(report: report).check(entry.value, key.form, called: "`\(entry.key)`")
                report.mistake(entry.keyLocation, "`\(entry.key)` is not supported yet")
            } else {
                known.append(entry)
            }
        }
        for name in table.required where node.value(name) == nil {
            // A misspelt key was told already, with the right spelling.
            let unknown = entries.map(\.key).filter { table[$0] == nil }
            if !Words.isMisspelt(name, unknown) {
                report.mistake(node.location, "\(table.noun) needs `\(name)`: \(table[name]?.summary ?? "")")
            }
        }
        let hasUnread = entries.contains { table[$0.key]?.isLater ?? true }
        return Section(table: table, entries: known, location: node.location, hasUnread: hasUnread)
    }

    private func unknown(_ key: String, _ table: KeyTable) -> String {
        let start = "unknown key \(Node.Scalar.shown(key)) in \(table.noun)"
        if let hint = table.hints[key] { return "\(start); \(hint)" }
        return start + Words.question(for: key, among: table.names, orAll: "it may have")
    }
}

extension Words {
    /// Whether an unknown key that is there is probably the missing one.
    static func isMisspelt(_ missing: String, _ unknown: [String]) -> Bool {
        unknown.contains { !question(for: $0, among: [missing]).isEmpty }
    }
}

extension Form {
    /// Whether null means something there.
    var takesNull: Bool {
        switch self {
        case .null, .anything: true
        case .either(let forms): forms.contains { $0.takesNull }
        default: false
        }
    }
}
