// SPDX-License-Identifier: Apache-2.0

/// Primes for RSA keys, found from bits that are handed in.
enum Prime {
    /// The odd primes below 4,096, by which most candidates fall before the costly test.
    private static let small: [UInt64] = stride(from: 3, to: 4096, by: 2).filter { number in
        !stride(from: 3, to: number, by: 2).prefix { $0 * $0 <= number }.contains { number % $0 == 0 }
    }

    /// The first prime after a number of so many limbs with its two highest bits set, so that the product of two has
    /// twice as many bits. One less than it is no multiple of 65537.
    static func next(limbs: Int, _ bits: () -> UInt64) -> [UInt64] {
        while true {
            var start = (0..<limbs).map { _ in bits() }
            start[0] |= 1
            start[limbs - 1] |= 3 << 62
            if let prime = search(from: start, bits) { return prime }
        }
    }

    private static func search(from start: [UInt64], _ bits: () -> UInt64) -> [UInt64]? {
        let remainders = small.map { Limbs.divided(start, by: $0).remainder }
        let ofExponent = Limbs.divided(start, by: 65537).remainder
        // Room for the steps without a carry beyond the lowest limb, which would need all of it done anew.
        for step in stride(from: UInt64(0), to: min(20_000, UInt64.max - start[0]), by: 2) {
            if (ofExponent + step) % 65537 == 1 { continue }
            if zip(small, remainders).contains(where: { ($1 + step) % $0 == 0 }) { continue }
            let candidate = [start[0] + step] + start.dropFirst()
            if isProbablyPrime(candidate, bits) { return candidate }
        }
        return nil
    }

    /// Miller's and Rabin's test with the base 2 and three of chance (FIPS 186-5, appendix B.3 and table B.1).
    static func isProbablyPrime(_ candidate: [UInt64], _ bits: () -> UInt64) -> Bool {
        guard let modulus = Modulus(limbs: candidate) else { return false }
        let less = [candidate[0] - 1] + candidate.dropFirst()
        let twos = trailingZeros(less)
        let odd = Limbs.write(shifted(less, by: twos), count: candidate.count * 8)
        let one = [1] + [UInt64](repeating: 0, count: candidate.count - 1)
        for round in 0..<4 {
            var base = [UInt64](repeating: 0, count: candidate.count)
            base[0] = round == 0 ? 2 : max(bits(), 2)
            var power = modulus.power(base, odd)
            if power == one || power == less { continue }
            var isWitness = true
            for _ in 1..<max(twos, 1) {
                power = modulus.power(power, [2])
                if power == less {
                    isWitness = false
                    break
                }
            }
            if isWitness { return false }
        }
        return true
    }

    private static func trailingZeros(_ number: [UInt64]) -> Int {
        guard let index = number.firstIndex(where: { $0 != 0 }) else { return 0 }
        return index * 64 + number[index].trailingZeroBitCount
    }

    private static func shifted(_ number: [UInt64], by bits: Int) -> [UInt64] {
        let (limbs, rest) = (bits / 64, bits % 64)
        return number.indices.map { index in
            let low = index + limbs < number.count ? number[index + limbs] : 0
            let high = index + limbs + 1 < number.count ? number[index + limbs + 1] : 0
            return rest == 0 ? low : low >> rest | high << (64 - rest)
        }
    }
}
