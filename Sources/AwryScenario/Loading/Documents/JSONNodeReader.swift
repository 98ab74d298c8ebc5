// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Reads a JSON document (RFC 8259) into nodes with places. libyaml reads most JSON, but not surrogate escapes, and
/// its words for mistakes are YAML's.
struct JSONNodeReader {
    /// A text that is not JSON.
    struct Mistake: Error {
        let location: SourceLocation
        let message: String
    }

    private let text: ArraySlice<UInt8>
    private let file: String
    private let report: Report
    private var at: Int
    private var nodes = 0
    private var cursor = PlaceCursor()

    private init(_ text: ArraySlice<UInt8>, file: String, report: Report) {
        self.text = text
        self.file = file
        self.report = report
        self.at = text.startIndex
    }

    /// The one value of a whole text. A name given twice goes to the report; what is not JSON is thrown.
    static func read(_ bytes: ArraySlice<UInt8>, file: String, report: Report) throws(Mistake) -> Node {
        var reader = JSONNodeReader(bytes, file: file, report: report)
        let node = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == reader.text.endIndex else { throw reader.mistake("expected the end of the text") }
        return node
    }

    private mutating func value(depth: Int) throws(Mistake) -> Node {
        skipSpace()
        nodes += 1
        guard nodes <= DocumentLimits.nodes else { throw mistake("more than \(DocumentLimits.nodes) values") }
        guard depth <= DocumentLimits.depth else { throw mistake("nested deeper than \(DocumentLimits.depth)") }
        let location = place()
        guard let byte = peek else { throw mistake("expected a value, found the end of the text") }
        let content: Node.Content
        switch byte {
        case UInt8(ascii: "{"): content = .mapping(try object(depth: depth))
        case UInt8(ascii: "["): content = .sequence(try array(depth: depth))
        case UInt8(ascii: "\""): content = .scalar(Node.Scalar(text: try string(), isPlain: false))
        default: content = .scalar(Node.Scalar(text: try word(), isPlain: true))
        }
        return Node(content: content, location: location)
    }

    private mutating func object(depth: Int) throws(Mistake) -> [Node.Entry] {
        at += 1
        var entries: [Node.Entry] = []
        var lines: [String: Int] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return entries }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else {
                let isTrailing = peek == UInt8(ascii: "}") && !entries.isEmpty
                throw mistake(isTrailing ? "a comma before this `}`" : "expected a name in double quotes")
            }
            let location = place()
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw mistake("expected `:` after a name") }
            let value = try value(depth: depth + 1)
            if let line = lines[name] {
                report.mistake(location, "`\(name)` is given twice; the first is on line \(line)")
            } else {
                lines[name] = location.line
                entries.append(Node.Entry(key: name, keyLocation: location, value: value))
            }
            skipSpace()
            if take(UInt8(ascii: "}")) { return entries }
            guard take(UInt8(ascii: ",")) else { throw mistake("expected `,` or `}`") }
        }
    }

    private mutating func array(depth: Int) throws(Mistake) -> [Node] {
        at += 1
        var elements: [Node] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            skipSpace()
            if peek == UInt8(ascii: "]") { throw mistake("a comma before this `]`") }
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw mistake("expected `,` or `]`") }
        }
    }

    /// A number, `true`, `false` or `null`, as written.
    private mutating func word() throws(Mistake) -> String {
        let start = at
        while let byte = peek, byte > 0x20, !",]}:\"[{".utf8.contains(byte) { at += 1 }
        let word = String(decoding: text[start..<at], as: UTF8.self)
        if ["true", "false", "null"].contains(word) || JSONNodeReader.isNumber(word) { return word }
        at = start
        throw mistake(word.isEmpty ? "expected a value" : "expected a value; a text needs double quotes")
    }

    /// Whether a word is a number by JSON's grammar: no leading zeros, no bare point.
    private static func isNumber(_ word: String) -> Bool {
        var rest = word.utf8[...]
        func digits() -> Int {
            let count = rest.prefix(while: \.isDigit).count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let leadsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !leadsWithZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard digits() > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private mutating func string() throws(Mistake) -> String {
        let opened = place()
        at += 1
        var bytes: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                at += 1
                try escape(into: &bytes)
            case 0..<0x20: throw mistake("a control character in a text must be escaped")
            default:
                bytes.append(byte)
                at += 1
            }
        }
        throw Mistake(location: opened, message: "this quotation mark is never closed")
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(Mistake) {
        do {
            bytes.append(contentsOf: String(Character(try JSONEscape.read(text, at: &at))).utf8)
        } catch {
            throw mistake(error.message)
        }
    }

    private var peek: UInt8? { at < text.endIndex ? text[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func place() -> SourceLocation {
        cursor.advance(to: at - text.startIndex, in: text)
        return SourceLocation(file: file, line: cursor.line, column: cursor.column)
    }

    private mutating func mistake(_ message: String) -> Mistake {
        Mistake(location: place(), message: message)
    }
}
