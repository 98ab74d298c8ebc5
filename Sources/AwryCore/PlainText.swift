// SPDX-License-Identifier: Apache-2.0

/// Looks for bytes that a format cannot carry as they are, which hardly any text has: eight bytes at a time, and to the
/// end, since there is nearly always nothing to stop for.
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

    @inline(__always)
    private static func has(_ bytes: UnsafeBufferPointer<UInt8>, _ marks: (UInt64) -> UInt64) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var found: UInt64 = 0
        var at = 0
        while at + 8 <= raw.count {
            found |= marks(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        if at > 0 {
            // The last word looks at some bytes again, which costs less than to look at the rest one by one.
            if at < raw.count { found |= marks(raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)) }
            return found & repeated(0x80) != 0
        }
        // A text shorter than a word, behind spaces, which no test means.
        var rest = repeated(0x20)
        while at < raw.count {
            rest = rest << 8 | UInt64(raw[at])
            at += 1
        }
        return marks(rest) & repeated(0x80) != 0
    }

    @inline(__always)
    private static func repeated(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    @inline(__always)
    private static func below(_ bound: UInt8, _ word: UInt64) -> UInt64 { (word &- repeated(bound)) & ~word }

    @inline(__always)
    private static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 { below(1, word ^ repeated(byte)) }
}
