// SPDX-License-Identifier: Apache-2.0

/// Takes `${…}` out of texts; `$${` is a literal `${`, any other `$` itself.
extension Template {
    /// The template that a text is. What a reference refers to is not looked at.
    static func parse(_ text: String) throws(TextMistake) -> Template {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return Template([.text(text)]) }
        var pieces: [Piece] = []
        var literal = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "$" else {
                literal.unicodeScalars.append(scalar)
                continue
            }
            if rest.starts(with: "${".unicodeScalars) {
                literal += "${"
                rest = rest.dropFirst(2)
            } else if rest.first == "{" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: "}") else {
                    throw TextMistake("`${` is never closed; a literal `${` is written `$${`")
                }
                let path = String(rest[..<end]).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
                guard !path.contains("") else {
                    throw TextMistake("`${\(String(rest[..<end]))}` refers to nothing; a literal `${` is written `$${`")
                }
                if !literal.isEmpty { pieces.append(.text(literal)) }
                literal = ""
                pieces.append(.reference(path: path))
                rest = rest[rest.index(after: end)...]
            } else {
                literal.unicodeScalars.append(scalar)
            }
        }
        if !literal.isEmpty || pieces.isEmpty { pieces.append(.text(literal)) }
        return Template(pieces)
    }

    /// The paths that it refers to.
    var references: [[String]] {
        pieces.compactMap { if case .reference(let path) = $0 { path } else { nil } }
    }

    /// A text in which nothing is to be filled in, whatever it holds.
    static func literal(_ text: String) -> Template {
        Template([.text(text)])
    }
}
