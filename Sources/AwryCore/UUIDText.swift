// SPDX-License-Identifier: Apache-2.0

/// UUIDs as text (RFC 9562), in lower case.
public enum UUIDText {
    /// The version 4 UUID that these 128 bits make; six of them give way to version and variant.
    public static func version4(_ high: UInt64, _ low: UInt64) -> String {
        let first = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let second = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { text in
            // From the end: 12 digits, then three times 4, then 8.
            var word = second
            var at = 36
            for digit in 0..<32 {
                if digit == 12 || digit == 16 || digit == 20 || digit == 24 {
                    at -= 1
                    text[at] = UInt8(ascii: "-")
                }
                if digit == 16 { word = first }
                let value = UInt8(truncatingIfNeeded: word & 0xF)
                word >>= 4
                at -= 1
                text[at] = value < 10 ? 0x30 + value : 0x57 + value
            }
            return 36
        }
    }
}
