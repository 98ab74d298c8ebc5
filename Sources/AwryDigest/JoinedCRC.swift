// SPDX-License-Identifier: Apache-2.0

/// The checksum of bytes one after the other, from the checksums of their pieces: for CRCs nobody has to read the bytes
/// again.
///
/// A CRC is a remainder of polynomials over two elements. Bytes that follow shift what was before by eight powers of x
/// each, so the whole is `crc(first) * x^(8n) + crc(second)` modulo the polynomial, `n` being the second's length;
/// what CRCs are inverted by before and after cancels out.
public enum JoinedCRC {
    /// The checksum of pieces, given the big-endian checksum and the length of each; nil for what is no CRC.
    public static func of(_ pieces: [(digest: [UInt8], count: Int)], _ algorithm: ChecksumAlgorithm) -> [UInt8]? {
        switch algorithm {
        case .crc32: join(pieces, polynomial: UInt32(0xEDB8_8320))
        case .crc32c: join(pieces, polynomial: UInt32(0x82F6_3B78))
        case .crc64nvme: join(pieces, polynomial: UInt64(0x9A6C_9329_AC4B_C9B5))
        case .sha1, .sha256, .sha512, .md5, .xxhash64, .xxhash3, .xxhash128: nil
        }
    }

    private static func join<Word: FixedWidthInteger & UnsignedInteger>(
        _ pieces: [(digest: [UInt8], count: Int)], polynomial: Word
    ) -> [UInt8] {
        var whole: Word = 0
        for (digest, count) in pieces {
            let sum = digest.reduce(Word(0)) { $0 << 8 | Word($1) }
            whole = product(power(count, polynomial), whole, polynomial) ^ sum
        }
        return (0..<Word.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: whole >> Word(8 * $0)) }
    }

    /// x to eight times this, modulo the polynomial. The highest bit is the power 0, for the words are reflected.
    static func power<Word: FixedWidthInteger & UnsignedInteger>(_ bytes: Int, _ polynomial: Word) -> Word {
        var result = Word(1) << Word(Word.bitWidth - 1)
        // x^8, then its squares.
        var square = Word(1) << Word(Word.bitWidth - 9)
        var rest = bytes
        while rest > 0 {
            if rest & 1 == 1 { result = product(square, result, polynomial) }
            square = product(square, square, polynomial)
            rest >>= 1
        }
        return result
    }

    /// The product of two such, modulo the polynomial.
    static func product<Word: FixedWidthInteger & UnsignedInteger>(
        _ left: Word, _ right: Word, _ polynomial: Word
    ) -> Word {
        var (result, shifted) = (Word(0), right)
        for bit in stride(from: Word.bitWidth - 1, through: 0, by: -1) {
            if left >> Word(bit) & 1 == 1 { result ^= shifted }
            shifted = shifted & 1 == 1 ? shifted >> 1 ^ polynomial : shifted >> 1
        }
        return result
    }
}
