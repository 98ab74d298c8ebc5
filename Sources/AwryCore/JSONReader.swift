// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON document by recursive descent over bytes; depth is bounded, so the stack is.
struct JSONReader {
    private let text: ArraySlice<UInt8>
    private let limits: JSON.Limits
    private var at: Int
    private var values = 0

    init(_ text: ArraySlice<UInt8>, limits: JSON.Limits) {
        self.text = text
        self.limits = limits
        self.at = text.startIndex
    }

    mutating func document() throws(JSON.Mistake) -> Value {
        let value = try value(depth: 0)
        skipSpace()
        guard at == text.endIndex else { throw mistake("expected the end of the text") }
        return value
    }

    private mutating func value(depth: Int) throws(JSON.Mistake) -> Value {
        skipSpace()
        values += 1
        guard values <= limits.values else { throw mistake("more than \(limits.values) values") }
        guard let byte = peek else { throw mistake("expected a value, found the end of the text") }
        switch byte {
        case UInt8(ascii: "{"): return .structure(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .list(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw mistake("expected a value")
        }
    }

    private mutating func object(depth: Int) throws(JSON.Mistake) -> Fields {
        try enter(depth)
        skipSpace()
        if take(UInt8(ascii: "}")) { return Fields() }
        var fields = Fields(minimumCapacity: 4)
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw mistake("expected a name in double quotes") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw mistake("expected `:` after a name") }
            fields[name] = try value(depth: depth)
            skipSpace()
            if take(UInt8(ascii: "}")) { return fields }
            guard take(UInt8(ascii: ",")) else { throw mistake("expected `,` or `}`") }
        }
    }

    private mutating func array(depth: Int) throws(JSON.Mistake) -> [Value] {
        try enter(depth)
        var elements: [Value] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw mistake("expected `,` or `]`") }
        }
    }

    private mutating func enter(_ depth: Int) throws(JSON.Mistake) {
        guard depth <= limits.depth else { throw mistake("nested deeper than \(limits.depth)") }
        at += 1
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(JSON.Mistake) -> Value {
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { text[at...].prefix(length).elementsEqual($0) }
        guard matches else { throw mistake("expected a value") }
        at += length
        return value
    }

    private mutating func number() throws(JSON.Mistake) -> Value {
        let start = at
        _ = take(UInt8(ascii: "-"))
        let wholeStart = at
        skipDigits()
        guard at > wholeStart, at - wholeStart == 1 || text[wholeStart] != UInt8(ascii: "0") else {
            throw mistake("expected a number without leading zeros")
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            let fraction = at
            skipDigits()
            guard at > fraction else { throw mistake("expected digits after the decimal point") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            at += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            let exponent = at
            skipDigits()
            guard at > exponent else { throw mistake("expected digits in the exponent") }
        }
        let digits = String(decoding: text[start..<at], as: UTF8.self)
        if isInteger, let number = Int64(digits) { return .integer(number) }
        guard let number = Double(digits), number.isFinite else {
            throw JSON.Mistake(message: "expected a number that fits 64 bits", offset: start - text.startIndex)
        }
        return .double(number)
    }

    private mutating func string() throws(JSON.Mistake) -> String {
        at += 1
        let start = at
        // Most texts hold no escape: find the end first, and copy once.
        at = endOfPiece(from: at)
        if peek == UInt8(ascii: "\"") {
            defer { at += 1 }
            return try checked(text[start..<at], from: start)
        }
        let end = endOfText()
        var failure: JSON.Mistake?
        // An escape is never shorter than what it stands for.
        let bytes = [UInt8](unsafeUninitializedCapacity: end - start) { room, filled in
            do throws(JSON.Mistake) { filled = try unescape(start..<end, into: room) } catch { failure = error }
        }
        if let failure { throw failure }
        guard take(UInt8(ascii: "\"")) else { throw mistake("expected the end of a text in double quotes") }
        return try checked(bytes[...], from: start)
    }

    /// Where the piece without escapes ends that begins at `place`.
    private func endOfPiece(from place: Int) -> Int {
        text.withUnsafeBytes { PlainText.endOfJSONPiece($0, from: place - text.startIndex) } + text.startIndex
    }

    /// The place of the quote that ends the text from here on; the end of all where there is none.
    private func endOfText() -> Int {
        let bytes = text.span
        var place = at - text.startIndex
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(place + text.startIndex, text.endIndex)
    }

    /// Writes what a part of the text stands for, and gives how many bytes that are.
    private mutating func unescape(
        _ part: Range<Int>, into room: UnsafeMutableBufferPointer<UInt8>
    ) throws(JSON.Mistake) -> Int {
        let text = text[part]
        let bytes = text.span
        var filled = 0
        var place = 0
        // Byte by byte: a text with one escape mostly has many, as JSON within JSON does.
        while place < bytes.count {
            let byte = bytes[place]
            if byte != UInt8(ascii: "\\") {
                if byte < 0x20 {
                    at = part.lowerBound + place
                    throw mistake("a control character in a text must be escaped")
                }
                room[filled] = byte
                filled += 1
                place += 1
            } else if place + 1 < bytes.count, let meant = JSONEscape.byte(bytes[place + 1]) {
                room[filled] = meant
                filled += 1
                place += 2
            } else {
                at = part.lowerBound + place + 1
                filled += try escape(into: UnsafeMutableBufferPointer(rebasing: room[filled...]))
                place = at - part.lowerBound
            }
        }
        at = part.upperBound
        return filled
    }

    private func checked(_ bytes: ArraySlice<UInt8>, from start: Int) throws(JSON.Mistake) -> String {
        // What is ASCII needs no more: to validate it in general costs five times as much.
        if bytes.withUnsafeBytes(PlainText.isASCII) { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSON.Mistake(message: "a text that is not UTF-8", offset: start - self.text.startIndex)
        }
        return text
    }

    private mutating func escape(into room: UnsafeMutableBufferPointer<UInt8>) throws(JSON.Mistake) -> Int {
        do {
            var count = 0
            for byte in UTF8.encode(try JSONEscape.read(text, at: &at)) ?? UTF8.encodedReplacementCharacter {
                room[count] = byte
                count += 1
            }
            return count
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

    private mutating func skipDigits() {
        while let byte = peek, byte >= 0x30, byte <= 0x39 { at += 1 }
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private func mistake(_ message: String) -> JSON.Mistake {
        JSON.Mistake(message: message, offset: at - text.startIndex)
    }
}
