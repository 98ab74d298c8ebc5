// SPDX-License-Identifier: Apache-2.0

/// What numbers of several limbs need, least significant limb first; two of one operation have as many limbs.
enum Limbs {
    typealias Limb = UInt64

    /// A number from its big-endian bytes, without leading zeros.
    static func read(_ bytes: [UInt8]) -> [Limb] {
        var limbs: [Limb] = []
        var end = bytes.endIndex
        while end > bytes.startIndex {
            let start = max(end - 8, bytes.startIndex)
            limbs.append(bytes[start..<end].reduce(0) { $0 << 8 | Limb($1) })
            end = start
        }
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }

    /// The lowest `count` bytes of a number, most significant first.
    static func write(_ limbs: [Limb], count: Int) -> [UInt8] {
        (0..<count).reversed().map { place in
            place / 8 < limbs.count ? UInt8(truncatingIfNeeded: limbs[place / 8] >> (8 * (place % 8))) : 0
        }
    }

    /// The low limb of left * right + sum + carry, and its high limb as the next carry. It cannot overflow:
    /// (2^64 - 1)^2 + 2 (2^64 - 1) is 2^128 - 1.
    static func step(_ left: Limb, _ right: Limb, _ sum: Limb, _ carry: inout Limb) -> Limb {
        let (high, low) = left.multipliedFullWidth(by: right)
        let (first, overflow) = low.addingReportingOverflow(sum)
        let (second, again) = first.addingReportingOverflow(carry)
        carry = high &+ (overflow ? 1 : 0) &+ (again ? 1 : 0)
        return second
    }

    static func carryOver(_ carry: Limb, into sum: UnsafeMutableBufferPointer<Limb>, at index: Int) {
        let (top, overflowed) = sum[index].addingReportingOverflow(carry)
        sum[index] = top
        if overflowed { sum[index + 1] &+= 1 }
    }

    static func isBelow(_ left: [Limb], _ right: [Limb]) -> Bool {
        for index in left.indices.reversed() where left[index] != right[index] { return left[index] < right[index] }
        return false
    }

    /// left - right, modulo 2^64 to the number of limbs.
    static func difference(_ left: [Limb], _ right: [Limb]) -> [Limb] {
        var borrow: Limb = 0
        return left.indices.map { index in
            let (first, under) = left[index].subtractingReportingOverflow(right[index])
            let (second, again) = first.subtractingReportingOverflow(borrow)
            borrow = under || again ? 1 : 0
            return second
        }
    }

    /// left + right modulo `modulus`, of which both are below.
    static func sum(_ left: [Limb], _ right: [Limb], below modulus: [Limb]) -> [Limb] {
        var carry: Limb = 0
        let sum = left.indices.map { index in
            let (first, over) = left[index].addingReportingOverflow(right[index])
            let (second, again) = first.addingReportingOverflow(carry)
            carry = over || again ? 1 : 0
            return second
        }
        return carry == 1 || !isBelow(sum, modulus) ? difference(sum, modulus) : sum
    }

    static func doubled(_ number: [Limb], below modulus: [Limb]) -> [Limb] { sum(number, number, below: modulus) }

    /// The product of two numbers, in as many limbs as both have together.
    static func product(_ left: [Limb], _ right: [Limb]) -> [Limb] {
        var product = [Limb](repeating: 0, count: left.count + right.count)
        for (place, factor) in right.enumerated() {
            var carry: Limb = 0
            for index in left.indices {
                product[place + index] = step(left[index], factor, product[place + index], &carry)
            }
            product[place + left.count] = carry
        }
        return product
    }

    /// The quotient by a small number, and what remains.
    static func divided(_ number: [Limb], by small: Limb) -> (quotient: [Limb], remainder: Limb) {
        var quotient = number
        var remainder: Limb = 0
        for index in number.indices.reversed() {
            (quotient[index], remainder) = small.dividingFullWidth((remainder, number[index]))
        }
        return (quotient, remainder)
    }
}
