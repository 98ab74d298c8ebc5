// SPDX-License-Identifier: Apache-2.0

/// Hexadecimal digits, as ETags and signatures write digests.
public enum Hex {
    /// Two lower-case digits for each byte.
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        // From where they lie: a walk that nothing specialises takes 400 instructions a byte.
        bytes.withContiguousStorageIfAvailable(text) ?? Array(bytes).withUnsafeBufferPointer(text)
    }

    /// The same as bytes.
    public static func digits(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count * 2) { out, count in
            count = bytes.withUnsafeBufferPointer { write($0, to: out) }
        }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { write(bytes, to: $0) }
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to out: UnsafeMutableBufferPointer<UInt8>) -> Int {
        for (place, byte) in bytes.enumerated() {
            out[2 * place] = digit(byte >> 4)
            out[2 * place + 1] = digit(byte & 0xF)
        }
        return bytes.count * 2
    }

    /// The bytes that such a text stands for, in either case; nil where it is none.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 2 == 0 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(text.count / 2)
        var high: UInt8?
        for letter in text {
            guard let value = value(letter) else { return nil }
            if let first = high {
                out.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return out
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    private static func value(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 0x30...0x39: letter - 0x30
        case 0x41...0x46: letter - 0x37
        case 0x61...0x66: letter - 0x57
        default: nil
        }
    }
}
