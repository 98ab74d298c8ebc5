// SPDX-License-Identifier: Apache-2.0

/// A reflected cyclic redundancy check by eight tables of 256 entries: eight bytes a step ("slicing by 8"), and long
/// bodies in four lanes at once, for each step of one has to wait for the step before.
private struct SlicedTables<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// How many bytes of each lane are taken before the four become one again; they have to be in the cache together.
    private static var lane: Int { 4096 }

    private let entries: [Word]
    private let polynomial: Word
    /// By what a lane's bytes move what was before them.
    private let shift: Word

    /// The tables of a polynomial in reflected form.
    init(reflected polynomial: Word) {
        var entries = [Word](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = Word(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
            entries[byte] = value
        }
        for index in 256..<(8 * 256) {
            let before = entries[index - 256]
            entries[index] = before >> 8 ^ entries[Int(truncatingIfNeeded: before & 0xFF)]
        }
        self.entries = entries
        self.polynomial = polynomial
        shift = JoinedCRC.power(Self.lane, polynomial)
    }

    func update(_ sum: Word, _ bytes: UnsafeRawBufferPointer) -> Word {
        var sum = ~sum
        entries.withUnsafeBufferPointer { tables in
            var at = 0
            while bytes.count - at >= 4 * Self.lane {
                sum = fourLanes(sum, bytes, at, tables)
                at += 4 * Self.lane
            }
            while bytes.count - at >= 8 {
                sum = Self.step(sum, bytes, at, tables)
                at += 8
            }
            while at < bytes.count {
                sum = sum >> 8 ^ tables[Int(truncatingIfNeeded: sum & 0xFF) ^ Int(bytes[at])]
                at += 1
            }
        }
        return ~sum
    }

    private func fourLanes(
        _ sum: Word, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ tables: UnsafeBufferPointer<Word>
    ) -> Word {
        var (first, second, third, fourth) = (sum, Word(0), Word(0), Word(0))
        var at = start
        while at < start + Self.lane {
            first = Self.step(first, bytes, at, tables)
            second = Self.step(second, bytes, at + Self.lane, tables)
            third = Self.step(third, bytes, at + 2 * Self.lane, tables)
            fourth = Self.step(fourth, bytes, at + 3 * Self.lane, tables)
            at += 8
        }
        second ^= JoinedCRC.product(shift, first, polynomial)
        third ^= JoinedCRC.product(shift, second, polynomial)
        return fourth ^ JoinedCRC.product(shift, third, polynomial)
    }

    /// Takes the eight bytes at a place.
    @inline(__always)
    private static func step(
        _ sum: Word, _ bytes: UnsafeRawBufferPointer, _ at: Int, _ tables: UnsafeBufferPointer<Word>
    ) -> Word {
        let next = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        let mixed = next ^ UInt64(truncatingIfNeeded: sum)
        var folded: Word = 0
        for lane in 0..<8 {
            let byte = Int(truncatingIfNeeded: mixed >> (8 * UInt64(lane)) & 0xFF)
            folded ^= tables[(7 - lane) * 256 + byte]
        }
        return folded
    }
}

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4).
enum CRC32C {
    private static let tables = SlicedTables<UInt32>(reflected: 0x82F6_3B78)

    static func update(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.update(sum, bytes)
    }
}

/// CRC-64/NVME (NVM Express NVM Command Set Specification 1.0d, section 5.2.1.3.4), S3's default for new objects.
enum CRC64NVME {
    private static let tables = SlicedTables<UInt64>(reflected: 0x9A6C_9329_AC4B_C9B5)

    static func update(_ sum: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        tables.update(sum, bytes)
    }
}
