// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Why one of the language's small texts (a duration, a rate, …) cannot be read. The place is the scalar's.
struct TextMistake: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    /// "expected a duration such as …, found `x`".
    static func expected(_ wanted: String, _ text: String) -> TextMistake {
        TextMistake("expected \(wanted), found \(text.isEmpty ? "nothing" : Node.Scalar.shown(text))")
    }
}

/// Takes a text apart from the left.
struct TextCursor {
    private(set) var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: byte) else { return false }
        rest.removeFirst()
        return true
    }

    /// Digits with at most one point among them: `5`, `0.25`; nil, and nothing taken, where there are none.
    mutating func decimal() -> Double? {
        let taken = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        guard let number = Double(String(Substring(taken))), number.isFinite else { return nil }
        rest = rest.dropFirst(taken.count)
        return number
    }

    /// A whole number that fits; nil where there is none.
    mutating func whole() -> Int? {
        let taken = rest.prefix(while: \.isDigit)
        guard let number = Int(Substring(taken)) else { return nil }
        rest = rest.dropFirst(taken.count)
        return number
    }

    /// Letters (also of µs).
    mutating func letters() -> String {
        let taken = rest.prefix { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 >= 0x80 }
        rest = rest.dropFirst(taken.count)
        return String(Substring(taken))
    }

    mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 }
    }
}
