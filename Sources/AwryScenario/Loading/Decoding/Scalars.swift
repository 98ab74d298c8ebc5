// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Scalars read by the type that is wanted at their place; nil means that the report says what is wrong.
extension ScenarioDecoder {
    /// The source text of any scalar but null: `012345678901`, `no` and `1e3` stay as written.
    func text(_ node: Node, _ wanted: String) -> String? {
        guard let scalar = node.scalar, !scalar.isNull else { return refuse(node, wanted) }
        return scalar.text
    }

    /// A text that is not empty.
    func word(_ node: Node, _ wanted: String) -> String? {
        guard let text = text(node, wanted) else { return nil }
        guard !text.isEmpty else {
            report.mistake(node.location, "expected \(wanted), found an empty text")
            return nil
        }
        return text
    }

    /// A text with a form of its own.
    func formed<Result>(
        _ node: Node, _ form: TextForm, _ parse: (String) throws(TextMistake) -> Result
    ) -> Result? {
        guard let text = text(node, form.wanted) else { return nil }
        do {
            return try parse(text)
        } catch {
            report.mistake(node.location, error.message)
            return nil
        }
    }

    /// A name of letters, digits, `.`, `_`, `-`.
    func name(_ node: Node) -> String? {
        formed(node, .name) { text throws(TextMistake) in
            do throws(TextMistake) { try TextForm.name.check(text) } catch {
                let better = Words.asName(text)
                throw TextMistake(error.message + (better.isEmpty ? "" : "; write `\(better)`"))
            }
            return text
        }
    }

    /// A whole number within a range.
    func integer(_ entry: Node.Entry, _ range: ClosedRange<Int>) -> Int? {
        integer(entry.value, range, called: "`\(entry.key)`")
    }

    /// A whole number within a range.
    func integer(_ node: Node, _ range: ClosedRange<Int>, called: String) -> Int? {
        guard let number = node.scalar?.integer.flatMap({ Int(exactly: $0) }) else {
            report.mistake(node.location, "\(called) \(refusal(of: node, range))")
            return nil
        }
        guard range.contains(number) else {
            let bound = number < range.lowerBound ? "at least \(range.lowerBound)" : "at most \(range.upperBound)"
            report.mistake(node.location, "\(called) must be \(bound), found \(number)")
            return nil
        }
        return number
    }

    /// Why a node is no whole number: it is something else, or has more digits than 64 bits hold.
    private func refusal(of node: Node, _ range: ClosedRange<Int>) -> String {
        let text = node.scalar?.text ?? ""
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        if node.scalar?.isPlain == true, digits.utf8.count > 18, digits.utf8.allSatisfy(\.isDigit) {
            let bound = text.hasPrefix("-") ? "at least \(range.lowerBound)" : "at most \(range.upperBound)"
            return "must be \(bound), found \(text)"
        }
        return "wants a whole number, found \(node.kindName)\(Int(text) == nil ? "" : "; leave the quotes out")"
    }

    /// A number within a range.
    func number(_ node: Node, _ range: ClosedRange<Double>, called: String) -> Double? {
        guard let number = node.scalar?.number, !number.isNaN else {
            let advice = node.scalar?.text.hasSuffix("%") == true ? "; write 25% as 0.25" : ""
            report.mistake(node.location, "\(called) wants a number, found \(node.kindName)\(advice)")
            return nil
        }
        guard range.contains(number) else {
            let bounds = "between \(Words.number(range.lowerBound)) and \(Words.number(range.upperBound))"
            report.mistake(node.location, "\(called) must be \(bounds), found \(node.scalar?.text ?? "")")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    func boolean(_ node: Node, called: String) -> Bool? {
        if let flag = node.scalar?.bool { return flag }
        let meant = node.scalar.flatMap { Words.truths[$0.text.lowercased()] }
        let advice = meant.map { "; write `\($0)`" } ?? ""
        report.mistake(node.location, "\(called) wants `true` or `false`, found \(node.kindName)\(advice)")
        return nil
    }

    /// One of some words.
    func choice(_ node: Node, _ choices: [String], called: String) -> String? {
        guard let text = node.scalar?.text, !node.isNull else {
            return refuse(node, "\(Words.list(choices, last: "or")) for \(called)")
        }
        if choices.contains(text) { return text }
        let near = Words.question(for: text, among: choices, orAll: "there are")
        report.mistake(node.location, "\(called) cannot be \(Node.Scalar.shown(text))\(near)")
        return nil
    }

    /// The elements of a list.
    func list(_ node: Node, _ wanted: String) -> [Node]? {
        guard let elements = node.elements else { return refuse(node, wanted) }
        return elements
    }

    /// The texts of a list, or the one text that stands for a list of one.
    func texts(_ node: Node, _ wanted: String) -> [(text: String, location: SourceLocation)] {
        (node.elements ?? [node]).compactMap { element in
            word(element, wanted).map { ($0, element.location) }
        }
    }

    /// Says what was expected and what came.
    func refuse<Result>(_ node: Node, _ wanted: String) -> Result? {
        report.mistake(node.location, "expected \(wanted), found \(node.kindName)")
        return nil
    }
}

extension Words {
    /// What people write for truth, and YAML 1.2 reads as texts.
    static let truths = [
        "yes": "true", "on": "true", "y": "true", "1": "true", "true": "true", "no": "false", "off": "false",
        "n": "false", "0": "false", "false": "false",
    ]

    /// A number without `.0` where it is whole.
    static func number(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }

    /// What is left of a text that may stand in a name.
    static func asName(_ text: String) -> String {
        var name = ""
        for scalar in text.lowercased().unicodeScalars.prefix(128) {
            let isFine =
                ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || "._-".unicodeScalars.contains(scalar)
            if isFine { name.unicodeScalars.append(scalar) } else if !name.isEmpty, name.last != "-" { name += "-" }
        }
        while name.last == "-" { name.removeLast() }
        return name
    }
}
