// SPDX-License-Identifier: Apache-2.0

/// Checks a node against a form without making anything of it: for keys whose meaning is not built yet.
struct FormChecker {
    let report: Report

    func check(_ node: Node, _ form: Form, called: String) {
        switch form {
        case .anything: return
        case .null: if !node.isNull { refuse(node, "null", called) }
        case .text, .template: if node.scalar == nil || node.isNull { refuse(node, "a text", called) }
        case .formed(let form): formed(node, form, called)
        case .boolean: if node.scalar?.bool == nil { refuse(node, "`true` or `false`", called) }
        case .integer(let min, let max): integer(node, min...(max ?? .max), called)
        case .number(let min, let max):
            guard let number = node.scalar?.number, number >= min, number <= max else {
                let range = "a number between \(Words.number(min)) and \(Words.number(max))"
                return refuse(node, range, called)
            }
        case .choice(let words): choice(node, words, called)
        case .list(let element):
            guard let elements = node.elements else { return refuse(node, "a list", called) }
            for node in elements { check(node, element, called: called) }
        case .map(let value):
            guard let entries = node.entries else { return refuse(node, "a mapping", called) }
            for entry in entries { check(entry.value, value, called: "`\(entry.key)`") }
        case .keys(let table): keys(node, table)
        case .named(let name): check(node, Keys.form(name), called: called)
        case .either(let forms): either(node, forms, called)
        }
    }

    private func formed(_ node: Node, _ form: TextForm, _ called: String) {
        guard let scalar = node.scalar, !scalar.isNull else { return refuse(node, form.wanted, called) }
        do { try form.check(scalar.text) } catch { report.mistake(node.location, "\(called): \(error.message)") }
    }

    private func integer(_ node: Node, _ range: ClosedRange<Int>, _ called: String) {
        guard let number = node.scalar?.integer, let number = Int(exactly: number), range.contains(number) else {
            let bound =
                range.upperBound == .max
                ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            return refuse(node, "a whole number \(bound)", called)
        }
    }

    private func choice(_ node: Node, _ words: [String], _ called: String) {
        guard let text = node.scalar?.text, !node.isNull else {
            return refuse(node, Words.list(words, last: "or"), called)
        }
        guard !words.contains(text) else { return }
        let near = Words.question(for: text, among: words, orAll: "there are")
        report.mistake(node.location, "\(called) cannot be \(Node.Scalar.shown(text))\(near)")
    }

    private func keys(_ node: Node, _ table: KeyTable) {
        guard let entries = node.entries else { return refuse(node, "a mapping", table.noun) }
        for entry in entries where !report.isFull {
            if let key = table[entry.key] {
                check(entry.value, key.form, called: "`\(entry.key)`")
            } else {
                let near = Words.question(for: entry.key, among: table.names, orAll: "it may have")
                report.mistake(entry.keyLocation, "unknown key \(Node.Scalar.shown(entry.key)) in \(table.noun)\(near)")
            }
        }
        let unknown = entries.map(\.key).filter { table[$0] == nil }
        for name in table.required where node.value(name) == nil && !Words.isMisspelt(name, unknown) {
            report.mistake(node.location, "\(table.noun) needs `\(name)`")
        }
    }

    /// The alternatives differ in kind (a text, a list, a mapping): the one of the node's kind says what is wrong.
    private func either(_ node: Node, _ forms: [Form], _ called: String) {
        var best: Report?
        for form in forms {
            let attempt = Report()
            FormChecker(report: attempt).check(node, form, called: called)
            if !attempt.hasMistakes { return }
            if best == nil || form.isKind(of: node) { best = attempt }
        }
        best?.diagnostics.forEach(report.add)
    }

    private func refuse(_ node: Node, _ wanted: String, _ called: String) {
        report.mistake(node.location, "\(called) wants \(wanted), found \(node.kindName)")
    }
}

extension Form {
    fileprivate func isKind(of node: Node) -> Bool {
        switch (self, node.content) {
        case (.keys, .mapping), (.map, .mapping), (.list, .sequence): true
        case (.text, .scalar), (.template, .scalar), (.choice, .scalar), (.formed, .scalar): true
        case (.named(let name), _): Keys.form(name).isKind(of: node)
        case (.either(let forms), _): forms.contains { $0.isKind(of: node) }
        default: false
        }
    }
}
