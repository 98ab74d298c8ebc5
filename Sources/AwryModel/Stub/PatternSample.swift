// SPDX-License-Identifier: Apache-2.0

/// Makes texts that a regular expression might match: a guess that its user must check against the expression.
///
/// It reads what AWS's patterns are made of (texts, classes, groups, alternatives, repeats) and passes over what it
/// cannot turn into text (look-around, back references).
struct PatternSample {
    private indirect enum Node {
        case scalar(Unicode.Scalar)
        /// One of these; the first few are tried as variants.
        case oneOf([Unicode.Scalar])
        case sequence([Node])
        case either([Node])
        case repeated(Node, least: Int, most: Int)
    }

    private let root: Node

    /// Reads a pattern; nil where it is nested too deeply or does not end as it should.
    init?(_ pattern: String) {
        var reader = Reader(Array(pattern.unicodeScalars))
        guard let root = reader.alternatives(depth: 0), reader.isAtEnd else { return nil }
        self.root = root
    }

    /// A text in which repeats are taken `repeats` times more than they must be, and choices by `variant`.
    func text(repeats: Int, variant: Int) -> String {
        var out = String.UnicodeScalarView()
        write(root, repeats, variant, into: &out)
        return String(out)
    }

    private func write(_ node: Node, _ repeats: Int, _ variant: Int, into out: inout String.UnicodeScalarView) {
        guard out.count < 8192 else { return }
        switch node {
        case .scalar(let scalar): out.append(scalar)
        case .oneOf(let scalars):
            if !scalars.isEmpty { out.append(scalars[variant % scalars.count]) }
        case .sequence(let nodes): for node in nodes { write(node, repeats, variant, into: &out) }
        case .either(let nodes):
            if !nodes.isEmpty { write(nodes[variant % nodes.count], repeats, variant, into: &out) }
        case .repeated(let node, let least, let most):
            for _ in 0..<max(least, min(most, least + repeats)) {
                if out.count >= 8192 { break }
                write(node, repeats, variant, into: &out)
            }
        }
    }

    private struct Reader {
        private let text: [Unicode.Scalar]
        private var at = 0

        init(_ text: [Unicode.Scalar]) {
            self.text = text
        }

        var isAtEnd: Bool { at == text.count }
        private var peek: Unicode.Scalar? { at < text.count ? text[at] : nil }

        private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard peek == scalar else { return false }
            at += 1
            return true
        }

        mutating func alternatives(depth: Int) -> Node? {
            guard depth < 32 else { return nil }
            var branches: [Node] = []
            repeat {
                guard let branch = sequence(depth: depth) else { return nil }
                branches.append(branch)
            } while take("|")
            return branches.count == 1 ? branches[0] : .either(branches)
        }

        private mutating func sequence(depth: Int) -> Node? {
            var nodes: [Node] = []
            while let next = peek, next != "|", next != ")" {
                guard let atom = atom(depth: depth) else { return nil }
                nodes.append(quantified(atom))
            }
            return .sequence(nodes)
        }

        private mutating func atom(depth: Int) -> Node? {
            guard let next = peek else { return nil }
            at += 1
            switch next {
            case "^", "$": return .sequence([])
            case ".": return .oneOf(["a", "0", "A", "-"])
            case "(": return group(depth: depth)
            case "[": return set(depth: 0).map { .oneOf(PatternAlphabet.preferred($0)) }
            case "\\": return escape()
            default: return .scalar(next)
            }
        }

        private mutating func group(depth: Int) -> Node? {
            var isLook = false
            if take("?") {
                // (?:, (?=, (?!, (?<=, (?<!, (?<name>, (?i)
                if take(":") {
                } else if take("=") || take("!") {
                    isLook = true
                } else if take("<") {
                    isLook = peek == "=" || peek == "!"
                    while let next = peek, next != ">", next != "=", next != "!" { _ = take(next) }
                    at = min(at + 1, text.count)
                } else {
                    while let next = peek, next != ":", next != ")" { _ = take(next) }
                    _ = take(":")
                }
            }
            guard let inner = alternatives(depth: depth + 1), take(")") else { return nil }
            return isLook ? .sequence([]) : inner
        }

        private mutating func escape() -> Node? {
            guard let next = peek else { return nil }
            at += 1
            switch next {
            case "b", "B", "A", "Z", "z", "G": return .sequence([])
            case "Q": return quoted()
            case "d", "w", "s", "D", "W", "S", "p", "P":
                return classEscape(next).map { .oneOf(PatternAlphabet.preferred($0)) }
            default: return simpleEscape(next).map { .scalar($0) }
            }
        }

        /// `\Q…\E`: everything between stands for itself.
        private mutating func quoted() -> Node {
            var nodes: [Node] = []
            while let next = peek {
                at += 1
                if next == "\\", take("E") { break }
                nodes.append(.scalar(next))
            }
            return .sequence(nodes)
        }

        /// The set of a class's escape whose letter was read.
        private mutating func classEscape(_ letter: Unicode.Scalar) -> PatternAlphabet.Matcher? {
            switch letter {
            case "d", "D": return PatternAlphabet.digits.negated(letter == "D")
            case "w", "W": return PatternAlphabet.word.negated(letter == "W")
            case "s", "S": return PatternAlphabet.space.negated(letter == "S")
            case "p", "P":
                var name = ""
                if take("{") {
                    while let next = peek, next != "}" { name.unicodeScalars.append(next); at += 1 }
                    guard take("}") else { return nil }
                } else if let next = peek {
                    name.unicodeScalars.append(next)
                    at += 1
                }
                return PatternAlphabet.property(name).negated(letter == "P")
            default: return nil
            }
        }

        private mutating func simpleEscape(_ letter: Unicode.Scalar) -> Unicode.Scalar? {
            switch letter {
            case "n": return "\n"
            case "r": return "\r"
            case "t": return "\t"
            case "f": return "\u{0C}"
            case "x": return hexadecimal(2)
            case "u": return hexadecimal(4)
            default: return letter
            }
        }

        private mutating func hexadecimal(_ digits: Int) -> Unicode.Scalar? {
            if take("{") {
                var text = ""
                while let next = peek, next != "}" { text.unicodeScalars.append(next); at += 1 }
                return take("}") ? UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) : nil
            }
            guard at + digits <= text.count else { return nil }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text[at..<(at + digits)])
            at += digits
            return UInt32(String(view), radix: 16).flatMap(Unicode.Scalar.init)
        }

        /// A class whose `[` was read, with Java's unions; its intersections (`&&`) are passed over, the check decides.
        private mutating func set(depth: Int) -> PatternAlphabet.Matcher? {
            guard depth < 8 else { return nil }
            let isNegated = take("^")
            var matcher = PatternAlphabet.Matcher()
            var isFirst = true
            while let next = peek, next != "]" || isFirst {
                isFirst = false
                at += 1
                if next == "[", peek == ":" {
                    guard let named = posix() else { return nil }
                    matcher.add(named)
                    continue
                }
                var low = next
                if next == "\\" {
                    guard let letter = peek else { return nil }
                    at += 1
                    if let inner = classEscape(letter) {
                        matcher.add(inner)
                        continue
                    }
                    guard let plain = simpleEscape(letter) else { return nil }
                    low = plain
                }
                guard peek == "-", at + 1 < text.count, text[at + 1] != "]" else {
                    matcher.add(low...low)
                    continue
                }
                at += 1
                guard var high = peek else { return nil }
                at += 1
                if high == "\\", let letter = peek {
                    at += 1
                    high = simpleEscape(letter) ?? letter
                }
                if low <= high { matcher.add(low...high) }
            }
            guard take("]") else { return nil }
            return matcher.negated(isNegated)
        }

        /// `[:alpha:]` and its like, whose `[` was read.
        private mutating func posix() -> PatternAlphabet.Matcher? {
            var name = ""
            _ = take(":")
            while let next = peek, next != ":" { name.unicodeScalars.append(next); at += 1 }
            guard take(":"), take("]") else { return nil }
            return PatternAlphabet.property(name)
        }

        private mutating func quantified(_ node: Node) -> Node {
            var node = node
            while let next = peek {
                switch next {
                case "*": node = .repeated(node, least: 0, most: .max)
                case "+": node = .repeated(node, least: 1, most: .max)
                case "?": node = .repeated(node, least: 0, most: 1)
                case "{":
                    guard let bounds = bounds() else { return node }
                    node = .repeated(node, least: bounds.0, most: bounds.1)
                    continue
                default: return node
                }
                at += 1
                // Lazy and possessive forms match the same texts, as far as a sample goes.
                if peek == "?" || peek == "+" { at += 1 }
            }
            return node
        }

        /// `{2}`, `{2,}`, `{2,5}`; anything else is a brace that stands for itself.
        private mutating func bounds() -> (Int, Int)? {
            guard let end = text[at...].firstIndex(of: "}") else { return nil }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text[(at + 1)..<end])
            let parts = String(view).split(separator: ",", omittingEmptySubsequences: false)
            guard let least = parts.first.flatMap({ Int($0) }), least >= 0, least <= 4096, parts.count <= 2 else {
                return nil
            }
            at = end + 1
            if parts.count == 1 { return (least, least) }
            return (least, Int(parts[1]) ?? .max)
        }
    }
}
