// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Classes of bytes, and comparisons, for what HTTP writes in ASCII.
package enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20

    /// RFC 9110 5.6.2: tchar. One bit for each of the 128 characters.
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let half: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return (half &>> UInt64(byte & 63)) & 1 == 1
    }

    /// RFC 9110 5.5: field-vchar, obs-text, and the white space between them.
    static func isFieldText(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte != 0x7F) || byte == tab
    }

    /// What never is part of a host and its port.
    static func endsHost(_ byte: UInt8) -> Bool {
        switch byte {
        case space, tab, UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"),
            UInt8(ascii: "\\"):
            true
        default: false
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The value of a hexadecimal digit; nil for any other byte.
    static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x37
        case 0x61...0x66: Int(byte) - 0x57
        default: nil
        }
    }

    /// Whether a token is `lowered`, a name of letters, digits and hyphens that is as long, letter case aside: eight
    /// bytes at a time, since every header that is looked for is compared with those of its length.
    static func equalNames(_ token: UnsafeBufferPointer<UInt8>, _ lowered: UnsafeBufferPointer<UInt8>) -> Bool {
        let (token, lowered) = (UnsafeRawBufferPointer(token), UnsafeRawBufferPointer(lowered))
        guard token.count == lowered.count else { return false }
        let last = token.count &- 8
        guard last >= 0 else {
            for index in token.indices where lower(token[index]) != lowered[index] { return false }
            return true
        }
        // Of what a token may hold, only capitals become one of those bytes by the bit that makes letters small.
        let small: UInt64 = 0x2020_2020_2020_2020
        var at = 0
        while true {
            let bytes = token.loadUnaligned(fromByteOffset: at, as: UInt64.self) | small
            if bytes != lowered.loadUnaligned(fromByteOffset: at, as: UInt64.self) { return false }
            if at >= last { return true }
            at = min(at &+ 8, last)
        }
    }

    /// Whether a token is a name that is given in small letters, letter case aside.
    package static func isSame(_ token: ArraySlice<UInt8>, _ lowered: StaticString) -> Bool {
        token.withUnsafeBufferPointer { token in lowered.withUTF8Buffer { equalNames(token, $0) } }
    }

    package static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

extension Span<UInt8> {
    /// Where the first `byte` at or after `start` is; nil if there is none.
    func first(_ byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return withUnsafeBytes { bytes in
            // `start` is inside, so the address is there and the length positive.
            guard let base = bytes.baseAddress else { return nil }
            guard let found = memchr(base + start, CInt(byte), bytes.count - start) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Whether these bytes are `lowered`, letter case aside.
    func equals(_ range: Range<Int>, _ lowered: StaticString) -> Bool {
        guard range.count == lowered.utf8CodeUnitCount else { return false }
        return lowered.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count where ASCII.lower(self[range.lowerBound + offset]) != wanted[offset] {
                return false
            }
            return true
        }
    }

    /// `range` without the blanks at both its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, ASCII.isBlank(self[start]) { start += 1 }
        while start < end, ASCII.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Calls `body` with each element of a comma-separated list (RFC 9110 5.6.1), blanks around it left out, until it
    /// gives false; whether it never did. Empty elements are passed over.
    func eachElement(_ range: Range<Int>, _ body: (Range<Int>) -> Bool) -> Bool {
        var start = range.lowerBound
        while start <= range.upperBound {
            var end = start
            while end < range.upperBound, self[end] != UInt8(ascii: ",") { end += 1 }
            let element = trimmed(start..<end)
            if !element.isEmpty, !body(element) { return false }
            start = end + 1
        }
        return true
    }
}
