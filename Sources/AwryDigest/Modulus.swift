// SPDX-License-Identifier: Apache-2.0

/// Arithmetic modulo an odd number of any size, for secure remote passwords (RFC 5054) and for making RSA keys.
///
/// Numbers are big-endian bytes. Multiplication is Montgomery's ("Modular multiplication without trial division", 1985)
/// by limbs of 64 bits. BigInt from the package of that name would do it too, ten times slower and with all of
/// Foundation. It takes a time that depends on the numbers: a fake has no secret to lose by that.
public struct Modulus: Sendable {
    typealias Limb = UInt64

    /// Least significant limb first.
    let limbs: [Limb]
    /// Minus the inverse of the lowest limb, modulo 2^64.
    private let inverse: Limb
    /// R^2, where R is 2^64 to the number of limbs: what takes a number into Montgomery's form.
    private let square: [Limb]

    /// How many bytes a number below the modulus needs.
    public let byteCount: Int

    /// The modulus that these big-endian bytes say; nil for an even one and for one.
    public init?(_ bytes: [UInt8]) {
        self.init(limbs: Limbs.read(bytes))
    }

    init?(limbs: [Limb]) {
        guard let lowest = limbs.first, lowest & 1 == 1, limbs != [1] else { return nil }
        self.limbs = limbs
        byteCount = (limbs.count * Limb.bitWidth - (limbs.last?.leadingZeroBitCount ?? 0) + 7) / 8
        // Newton's iteration doubles the correct bits, and an odd number is its own inverse modulo 8.
        var inverse = lowest
        for _ in 0..<5 { inverse = inverse &* (2 &- lowest &* inverse) }
        self.inverse = 0 &- inverse
        var square = [Limb](repeating: 0, count: limbs.count)
        square[0] = 1
        for _ in 0..<(2 * limbs.count * Limb.bitWidth) { square = Limbs.doubled(square, below: limbs) }
        self.square = square
    }

    /// `base` to the power of `exponent`, modulo this.
    public func power(_ base: [UInt8], _ exponent: [UInt8]) -> [UInt8] {
        bytes(power(reduced(base), exponent))
    }

    /// The product of two numbers, modulo this.
    public func multiply(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        bytes(montgomery(entered(reduced(left)), reduced(right)))
    }

    /// The sum of two numbers, modulo this.
    public func add(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        bytes(Limbs.sum(reduced(left), reduced(right), below: limbs))
    }

    func power(_ base: [Limb], _ exponent: [UInt8]) -> [Limb] {
        let base = entered(base)
        var result = entered(one)
        for byte in exponent.drop(while: { $0 == 0 }) {
            for bit in (0..<8).reversed() {
                result = montgomery(result, result)
                if byte >> bit & 1 == 1 { result = montgomery(result, base) }
            }
        }
        return montgomery(result, one)
    }

    /// The number modulo this, in as many limbs as this has.
    private func reduced(_ bytes: [UInt8]) -> [Limb] {
        var result = [Limb](repeating: 0, count: limbs.count)
        for byte in bytes {
            for _ in 0..<8 { result = Limbs.doubled(result, below: limbs) }
            var small = [Limb](repeating: 0, count: limbs.count)
            small[0] = Limb(byte)
            result = Limbs.sum(result, small.count == 1 ? [Limb(byte) % limbs[0]] : small, below: limbs)
        }
        return result
    }

    private func reduce(_ number: [Limb]) -> [Limb] {
        Limbs.isBelow(number, limbs) ? number : Limbs.difference(number, limbs)
    }

    private func bytes(_ number: [Limb]) -> [UInt8] { Limbs.write(number, count: byteCount) }

    private var one: [Limb] { [1] + [Limb](repeating: 0, count: limbs.count - 1) }

    private func entered(_ number: [Limb]) -> [Limb] { montgomery(number, square) }

    /// left * right / R: operand scanning with the reduction in between (Koç, Acar, Kaliski: "Analyzing and comparing
    /// Montgomery multiplication algorithms", 1996, "CIOS").
    private func montgomery(_ left: [Limb], _ right: [Limb]) -> [Limb] {
        let count = limbs.count
        let product = [Limb](unsafeUninitializedCapacity: count + 2) { sum, initialized in
            sum.initialize(repeating: 0)
            initialized = count + 2
            for factor in right {
                var carry: Limb = 0
                for index in 0..<count { sum[index] = Limbs.step(left[index], factor, sum[index], &carry) }
                Limbs.carryOver(carry, into: sum, at: count)
                let quotient = sum[0] &* inverse
                carry = 0
                _ = Limbs.step(limbs[0], quotient, sum[0], &carry)
                for index in 1..<count { sum[index - 1] = Limbs.step(limbs[index], quotient, sum[index], &carry) }
                let (top, overflowed) = sum[count].addingReportingOverflow(carry)
                sum[count - 1] = top
                sum[count] = sum[count + 1] &+ (overflowed ? 1 : 0)
                sum[count + 1] = 0
            }
        }
        let low = Array(product[..<count])
        return product[count] == 0 && Limbs.isBelow(low, limbs) ? low : Limbs.difference(low, limbs)
    }
}
