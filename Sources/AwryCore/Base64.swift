// SPDX-License-Identifier: Apache-2.0

/// Base64 (RFC 4648, section 4).
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// Appends the base64 of `bytes`, padded.
    static func encode(_ bytes: some Collection<UInt8>, into out: inout [UInt8]) {
        var held: UInt32 = 0
        var count = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                append(held, letters: 4, into: &out)
                held = 0
                count = 0
            }
        }
        guard count > 0 else { return }
        append(held << (count == 1 ? 16 : 8), letters: count + 1, into: &out)
        out.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - count))
    }

    /// The base64 of `bytes` as text, padded.
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        encode(bytes, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes that a padded base64 text stands for; nil where it is none. Bits that stand for nothing must be zero,
    /// as AWS wants them (RFC 4648, section 3.5).
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(text.count / 4 * 3)
        var held: UInt32 = 0
        var count = 0
        var padding = 0
        for letter in text {
            if letter == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            let value = values[Int(letter)]
            guard value != 0xFF, padding == 0 else { return nil }
            held = held << 6 | UInt32(value)
            count += 1
            if count % 4 == 0 {
                out.append(contentsOf: [UInt8(held >> 16 & 0xFF), UInt8(held >> 8 & 0xFF), UInt8(held & 0xFF)])
                held = 0
            }
        }
        switch (count % 4, padding) {
        case (0, 0): return out
        case (2, 2) where held & 0xF == 0: out.append(UInt8(held >> 4 & 0xFF))
        case (3, 1) where held & 0x3 == 0: out.append(contentsOf: [UInt8(held >> 10 & 0xFF), UInt8(held >> 2 & 0xFF)])
        default: return nil
        }
        return out
    }

    /// The URL-safe base64 of `bytes` as text, without padding (RFC 4648, section 5; RFC 7515, section 2).
    public static func urlText(_ bytes: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        encode(bytes, into: &out)
        while out.last == UInt8(ascii: "=") { out.removeLast() }
        for index in out.indices {
            switch out[index] {
            case UInt8(ascii: "+"): out[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): out[index] = UInt8(ascii: "_")
            default: break
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes that an unpadded URL-safe text stands for; nil where it is none.
    public static func urlDecode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var plain: [UInt8] = []
        for letter in text {
            switch letter {
            case UInt8(ascii: "-"): plain.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): plain.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: plain.append(letter)
            }
        }
        while plain.count % 4 != 0 { plain.append(UInt8(ascii: "=")) }
        return decode(plain)
    }

    private static func append(_ bits: UInt32, letters: Int, into out: inout [UInt8]) {
        for letter in 0..<letters {
            out.append(alphabet[Int(bits >> (18 - 6 * UInt32(letter)) & 0x3F)])
        }
    }
}
