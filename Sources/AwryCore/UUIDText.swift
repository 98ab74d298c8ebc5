// SPDX-License-Identifier: Apache-2.0

/// UUIDs as text (RFC 9562), in lower case.
public enum UUIDText {
    /// The version 4 UUID that these 128 bits make; six of them give way to version and variant.
    public static func version4(_ high: UInt64, _ low: UInt64) -> String {
        let first = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let second = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { text in
            // From the end, eight digits at a time: of those that should be four, the first four are written over.
            let room = UnsafeMutableRawBufferPointer(text)
            room.storeBytes(of: digits(second), toByteOffset: 28, as: UInt64.self)
            room.storeBytes(of: digits(second >> 16), toByteOffset: 24, as: UInt64.self)
            room.storeBytes(of: digits(second >> 48), toByteOffset: 15, as: UInt64.self)
            room.storeBytes(of: digits(first), toByteOffset: 10, as: UInt64.self)
            room.storeBytes(of: digits(first >> 16), toByteOffset: 5, as: UInt64.self)
            room.storeBytes(of: digits(first >> 32), toByteOffset: 0, as: UInt64.self)
            for dash in stride(from: 8, through: 23, by: 5) { text[dash] = UInt8(ascii: "-") }
            return 36
        }
    }

    /// The eight hexadecimal digits of the low 32 bits, the highest first in memory.
    private static func digits(_ word: UInt64) -> UInt64 {
        // One digit to a byte, the highest in the lowest.
        var spread = (word & 0xFFFF_FFFF).byteSwapped >> 32
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread >> 4 | spread << 8) & 0x0F0F_0F0F_0F0F_0F0F
        // From ten on the letters, which are 39 further.
        let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }
}
