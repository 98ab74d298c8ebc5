// SPDX-License-Identifier: Apache-2.0

/// Base32 (RFC 4648, section 6) without padding: how keys of one-time passwords are shown.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The text of these bytes.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[Int(held >> UInt32(bits) & 31)])
            }
            held &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { out.append(alphabet[Int(held << UInt32(5 - bits) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes of a text in either case, padded or not; nil where it is none.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for letter in text where letter != UInt8(ascii: "=") {
            let capital = (0x61...0x7A).contains(letter) ? letter - 0x20 : letter
            guard let value = alphabet.firstIndex(of: capital) else { return nil }
            held = held << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(held >> UInt32(bits)))
                held &= (1 << UInt32(bits)) - 1
            }
        }
        return out
    }
}
