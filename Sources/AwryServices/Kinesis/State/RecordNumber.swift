// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A record's number: 56 decimal digits, which grow within a shard and from a shard to its children.
///
/// 186 bits, from the highest: a 2, when the shard came into being (36 bits of seconds), the number of the record in
/// its shard (64), when it came (36), the shard (32), and a 2 again. Clients may rely on the order, and on no more.
struct RecordNumber: Hashable, Sendable {
    /// The shard's `epoch`.
    let epoch: UInt64
    /// Which shard.
    let shard: UInt32
    /// Which record of it, from 1; 0 begins the shard, and `last` ends it.
    let index: UInt64
    /// When it came, in seconds; says nothing where a number is read back.
    let second: UInt64

    /// What ends every shard.
    static let last = UInt64(Int64.max)
    /// How many digits every number has.
    static let digits = 56
    /// The seconds that a number can hold.
    static let seconds = UInt64(1) << 36 - 1
    private static let mark: UInt64 = 2
    /// The highest power of ten in 64 bits, and its digits.
    private static let chunk: (power: UInt64, digits: Int) = (10_000_000_000_000_000_000, 19)

    init(epoch: UInt64, shard: UInt32, index: UInt64, second: UInt64) {
        self.epoch = min(epoch, Self.seconds)
        self.shard = shard
        self.index = index
        self.second = min(second, Self.seconds)
    }

    /// The number that a text is; nil where it is none of Kinesis's.
    init?(_ text: String) {
        guard text.utf8.count == Self.digits else { return nil }
        var limbs: (UInt64, UInt64, UInt64) = (0, 0, 0)
        for byte in text.utf8 {
            guard byte.isDigit else { return nil }
            var carry = UInt64(byte - 0x30)
            (limbs.2, carry) = Self.times10(limbs.2, plus: carry)
            (limbs.1, carry) = Self.times10(limbs.1, plus: carry)
            (limbs.0, carry) = Self.times10(limbs.0, plus: carry)
            if carry > 0 { return nil }
        }
        let (high, middle, low) = limbs
        guard high >> 56 == Self.mark, low & 15 == Self.mark, high >> 16 & 15 == 0, middle >> 8 & 255 == 0 else {
            return nil
        }
        epoch = high >> 20 & Self.seconds
        index = (high & 0xFFFF) << 48 | middle >> 16
        second = (middle & 255) << 28 | low >> 36
        shard = UInt32(truncatingIfNeeded: low >> 4)
    }

    /// As clients see it.
    var text: String {
        var high = Self.mark << 56 | epoch << 20 | index >> 48
        var middle = index << 16 | second >> 28
        var low = second << 36 | UInt64(shard) << 4 | Self.mark
        return String(unsafeUninitializedCapacity: Self.digits) { text in
            // From the last digit on, which division gives first. The mark sees to it that none is missing.
            var place = Self.digits
            while place > 0 {
                let first = high.quotientAndRemainder(dividingBy: Self.chunk.power)
                let second = Self.chunk.power.dividingFullWidth((first.remainder, middle))
                let third = Self.chunk.power.dividingFullWidth((second.remainder, low))
                (high, middle, low) = (first.quotient, second.quotient, third.quotient)
                var left = third.remainder
                for _ in 0..<min(Self.chunk.digits, place) {
                    place -= 1
                    text[place] = UInt8(truncatingIfNeeded: left % 10) + 0x30
                    left /= 10
                }
            }
            return Self.digits
        }
    }

    private static func times10(_ limb: UInt64, plus carry: UInt64) -> (UInt64, UInt64) {
        let product = limb.multipliedFullWidth(by: 10)
        let (sum, overflow) = product.low.addingReportingOverflow(carry)
        return (sum, product.high + (overflow ? 1 : 0))
    }
}
