// SPDX-License-Identifier: Apache-2.0

/// Looks for bytes that a format cannot carry as they are, which hardly any text has: sixteen bytes at a time, and to
/// the end, since there is nearly always nothing to stop for.
///
/// The tests on a word are those of "Bit Twiddling Hacks" (Anderson), "Determine if a word has a byte less than n": a
/// byte's high bit is set where it is meant, and perhaps in the bytes above one that is.
public enum PlainText {
    /// Whether there is a control character: below space, so a tab too, or DEL.
    public static func hasControls(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        has(bytes) { word in below(0x20, word) | equal(0x7F, word) }
    }

    /// Whether there may be what XML 1.0 has no letter for (section 2.2): a control character, or the byte with which
    /// U+FFFE and U+FFFF begin.
    public static func mayLackLetters(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        has(bytes) { word in below(0x20, word) | equal(0xEF, word) }
    }

    /// Whether JSON has to write some of it with a backslash (RFC 8259, section 7).
    public static func needsJSONEscapes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        has(bytes) { word in
            below(0x20, word) | equal(UInt8(ascii: "\""), word) | equal(UInt8(ascii: "\\"), word)
        }
    }

    /// Where the first byte from `start` on is that ends a piece of a JSON text: a quote, a backslash, or a control
    /// character; the end where there is none.
    static func endOfJSONPiece(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var at = start
        while at &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let words = Words(word, word)
            let marks =
                below(0x20, words) | equal(UInt8(ascii: "\""), words) | equal(UInt8(ascii: "\\"), words)
            // Only bytes above the first that is meant may be marked in vain.
            let found = marks[0] & repeated(0x80)
            if found != 0 { return at &+ found.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < bytes.count, bytes[at] >= 0x20, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
            at &+= 1
        }
        return at
    }

    /// Whether all of it is ASCII.
    static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var all: UInt64 = 0
        var at = 0
        while at &+ 8 <= bytes.count {
            all |= bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            at &+= 8
        }
        while at < bytes.count {
            all |= UInt64(bytes[at])
            at &+= 1
        }
        return all & repeated(0x80) == 0
    }

    @inline(__always)
    private static func has(_ bytes: UnsafeBufferPointer<UInt8>, _ marks: (Words) -> Words) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var found = Words()
        let last = raw.count &- 16
        if last >= 0 {
            var at = 0
            while at < last {
                found |= marks(raw.loadUnaligned(fromByteOffset: at, as: Words.self))
                at &+= 16
            }
            // The last ones look at some bytes again, which costs less than to look at the rest one by one.
            found |= marks(raw.loadUnaligned(fromByteOffset: last, as: Words.self))
        } else if raw.count >= 8 {
            let first = raw.loadUnaligned(as: UInt64.self)
            found = marks(Words(first, raw.loadUnaligned(fromByteOffset: raw.count &- 8, as: UInt64.self)))
        } else {
            // A text shorter than a word, behind spaces, which no test means.
            var rest = repeated(0x20)
            for byte in raw { rest = rest << 8 | UInt64(byte) }
            found = marks(Words(rest, rest))
        }
        return (found[0] | found[1]) & repeated(0x80) != 0
    }

    private typealias Words = SIMD2<UInt64>

    @inline(__always)
    private static func repeated(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    @inline(__always)
    private static func below(_ bound: UInt8, _ words: Words) -> Words {
        (words &- Words(repeating: repeated(bound))) & ~words
    }

    @inline(__always)
    private static func equal(_ byte: UInt8, _ words: Words) -> Words {
        below(1, words ^ Words(repeating: repeated(byte)))
    }
}
