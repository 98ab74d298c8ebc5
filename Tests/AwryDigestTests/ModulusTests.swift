// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryDigest

struct ModulusTests {
    /// SplitMix64 from a fixed state: any bits do.
    private static func bits(from seed: UInt64) -> () -> UInt64 {
        var state = seed
        return {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    @Test("Small numbers come out as ordinary arithmetic has them") func small() throws {
        let bits = Self.bits(from: 1)
        for _ in 0..<500 {
            let number = (bits() >> 40 | 1) + 2
            let modulus = try #require(Modulus(limbs: [number]))
            let (left, right) = (bits() >> 34, bits() >> 34)
            func bytes(_ value: UInt64) -> [UInt8] { Limbs.write([value], count: 8) }
            func value(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            #expect(value(modulus.multiply(bytes(left), bytes(right))) == (left % number) * (right % number) % number)
            #expect(value(modulus.add(bytes(left), bytes(right))) == (left + right) % number)
            var power: UInt64 = 1
            for _ in 0..<13 { power = power * (left % number) % number }
            #expect(value(modulus.power(bytes(left), [13])) == power)
        }
    }

    @Test("Fermat's little theorem holds for 2^521 - 1, which is prime, and not for 2^523 - 1") func fermat() throws {
        for (exponent, holds) in [(521, true), (523, false)] {
            let count = exponent / 8 + 1
            var number = [UInt8](repeating: 0xFF, count: count)
            number[0] = UInt8((1 << (exponent % 8)) - 1)
            var less = number
            less[count - 1] -= 1
            let modulus = try #require(Modulus(number))
            let one = [UInt8](repeating: 0, count: count - 1) + [1]
            #expect((modulus.power([3], less) == one) == holds)
            #expect(Prime.isProbablyPrime(Limbs.read(number), Self.bits(from: 2)) == holds)
        }
    }

    @Test("No modulus is even, one or nothing") func refused() {
        #expect(Modulus([]) == nil)
        #expect(Modulus([0, 0]) == nil)
        #expect(Modulus([1]) == nil)
        #expect(Modulus([2, 2]) == nil)
    }

    @Test("A Carmichael number is no prime") func carmichael() {
        // 101101 * 252601 have every base's Fermat test pass alone; 62745 too.
        for number: UInt64 in [561, 41041, 62745, 101_101, 252_601, 825_265] {
            #expect(!Prime.isProbablyPrime([number], Self.bits(from: 3)))
        }
        for number: UInt64 in [65537, 2_147_483_647, 18_446_744_073_709_551_557] {
            #expect(Prime.isProbablyPrime([number], Self.bits(from: 3)))
        }
    }

    @Test("A key of the same bits signs the same, and its public half accepts that alone") func key() {
        let (one, same, other) = (
            RSAKey(bits: Self.bits(from: 4)), RSAKey(bits: Self.bits(from: 4)), RSAKey(bits: Self.bits(from: 5))
        )
        let text = Array("header.payload".utf8)
        let signature = one.signature(of: text)
        #expect(signature.count == 256)
        #expect(signature == same.signature(of: text))
        #expect(one.modulus == same.modulus)
        #expect(one.modulus != other.modulus)
        #expect(RSAKey.isValid(signature, of: text, modulus: one.modulus, exponent: RSAKey.exponent))
        #expect(!RSAKey.isValid(signature, of: text + [0], modulus: one.modulus, exponent: RSAKey.exponent))
        #expect(!RSAKey.isValid(signature, of: text, modulus: other.modulus, exponent: RSAKey.exponent))
    }
}
