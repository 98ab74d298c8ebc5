// SPDX-License-Identifier: Apache-2.0

/// What a backslash begins in a JSON text (RFC 8259, 7): the one part that all readers of JSON here share.
public struct JSONEscape {
    /// Why there is no escape, in words; the place is where the reading stopped.
    public struct Mistake: Error, Equatable {
        /// What was expected.
        public let message: String
    }

    private let text: ArraySlice<UInt8>
    private var at: Int

    /// Reads the escape behind the backslash before `place`, moves `place` behind it, and gives what it means. Of a
    /// surrogate its second half belongs to it; a lone one is U+FFFD. On a mistake `place` is where the mistake is.
    public static func read(_ text: ArraySlice<UInt8>, at place: inout Int) throws(Mistake) -> Unicode.Scalar {
        var reader = JSONEscape(text: text, at: place)
        defer { place = reader.at }
        return try reader.scalar()
    }

    /// What one letter behind the backslash means; nil for `u`, which has more behind it, and for what means nothing.
    static func byte(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    private mutating func scalar() throws(Mistake) -> Unicode.Scalar {
        guard let kind = peek else { throw Mistake(message: "expected an escape, found the end of the text") }
        at += 1
        if let byte = Self.byte(kind) { return Unicode.Scalar(byte) }
        if kind == UInt8(ascii: "u") { return try unicode() }
        at -= 1
        throw Mistake(message: "no such escape")
    }

    private mutating func unicode() throws(Mistake) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let mark = at
        if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try hexadecimal()
            if (0xDC00..<0xE000).contains(second) {
                return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
            }
        }
        at = mark
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(Mistake) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek?.hexDigit else {
                throw Mistake(message: "expected four hexadecimal digits")
            }
            number = number << 4 | UInt32(digit)
            at += 1
        }
        return number
    }

    private var peek: UInt8? { at < text.endIndex ? text[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }
}
