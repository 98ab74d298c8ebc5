// SPDX-License-Identifier: Apache-2.0

/// XXH3 of at most 240 bytes, which has a way for each range of lengths.
struct ShortXXHash3 {
    let input: UnsafeRawBufferPointer
    let secret: UnsafeRawBufferPointer

    private static let mix: UInt64 = 0x9FB2_1C65_1E98_DF25
    private static let least = 136

    private var count: Int { input.count }
    private var length: UInt64 { UInt64(input.count) }

    private func key(_ place: Int) -> UInt64 { secret.word(place) ^ secret.word(place + 8) }

    // Of 64 bits

    var hash64: UInt64 {
        switch count {
        case 0: XXHash64.avalanche(key(56))
        case 1...3: XXHash64.avalanche(UInt64(combined ^ secret.half(0) ^ secret.half(4)))
        case 4...8: of4to8
        case 9...16: of9to16
        case 17...128: XXHash3.avalanche(length &* XXHash64.primes.0 &+ pairs)
        default: of129to240
        }
    }

    /// Up to three bytes and their number.
    private var combined: UInt32 {
        UInt32(input[0]) << 16 | UInt32(input[count / 2]) << 24 | UInt32(input[count - 1]) | UInt32(count) << 8
    }

    private var of4to8: UInt64 {
        var hash = UInt64(input.half(count - 4)) &+ UInt64(input.half(0)) << 32 ^ key(8)
        hash ^= hash.rotated(49) ^ hash.rotated(24)
        hash = hash &* Self.mix
        hash ^= hash &>> 35 &+ length
        hash = hash &* Self.mix
        return hash ^ hash &>> 28
    }

    private var of9to16: UInt64 {
        let low = input.word(0) ^ key(24)
        let high = input.word(count - 8) ^ key(40)
        return XXHash3.avalanche(length &+ low.byteSwapped &+ high &+ XXHash3.folded(low, high))
    }

    /// Pieces of 16 bytes from both ends, to the middle.
    private var pairs: UInt64 {
        var sum: UInt64 = 0
        for step in 0...((count - 1) / 32) {
            sum &+= mixed(16 * step, 32 * step) &+ mixed(count - 16 * (step + 1), 32 * step + 16)
        }
        return sum
    }

    private var of129to240: UInt64 {
        var sum = length &* XXHash64.primes.0
        for step in 0..<8 { sum &+= mixed(16 * step, 16 * step) }
        sum = XXHash3.avalanche(sum)
        for step in 8..<(count / 16) { sum &+= mixed(16 * step, 16 * (step - 8) + 3) }
        return XXHash3.avalanche(sum &+ mixed(count - 16, Self.least - 17))
    }

    private func mixed(_ place: Int, _ key: Int) -> UInt64 {
        XXHash3.folded(input.word(place) ^ secret.word(key), input.word(place + 8) ^ secret.word(key + 8))
    }

    // Of 128 bits

    var hash128: (high: UInt64, low: UInt64) {
        switch count {
        case 0: return (XXHash64.avalanche(key(80)), XXHash64.avalanche(key(64)))
        case 1...3:
            let swapped = combined.byteSwapped
            let turned = swapped << 13 | swapped >> 19
            return (
                XXHash64.avalanche(UInt64(turned ^ secret.half(8) ^ secret.half(12))),
                XXHash64.avalanche(UInt64(combined ^ secret.half(0) ^ secret.half(4)))
            )
        case 4...8: return wide4to8
        case 9...16: return wide9to16
        case 17...128:
            var sums = (high: UInt64(0), low: length &* XXHash64.primes.0)
            for step in (0...((count - 1) / 32)).reversed() {
                mix(&sums, 16 * step, count - 16 * (step + 1), 32 * step)
            }
            return ended(sums)
        default:
            var sums = (high: UInt64(0), low: length &* XXHash64.primes.0)
            for place in stride(from: 0, to: 128, by: 32) { mix(&sums, place, place + 16, place) }
            sums = (XXHash3.avalanche(sums.high), XXHash3.avalanche(sums.low))
            for end in stride(from: 160, through: count, by: 32) { mix(&sums, end - 32, end - 16, end - 157) }
            mix(&sums, count - 16, count - 32, Self.least - 17 - 16)
            return ended(sums)
        }
    }

    private var wide4to8: (high: UInt64, low: UInt64) {
        let keyed = UInt64(input.half(0)) &+ UInt64(input.half(count - 4)) << 32 ^ key(16)
        let product = keyed.multipliedFullWidth(by: XXHash64.primes.0 &+ length << 2)
        let high = product.high &+ product.low << 1
        var low = product.low ^ high &>> 3
        low = (low ^ low &>> 35) &* Self.mix
        return (XXHash3.avalanche(high), low ^ low &>> 28)
    }

    private var wide9to16: (high: UInt64, low: UInt64) {
        let (first, second) = (input.word(0), input.word(count - 8))
        let product = (first ^ second ^ key(32)).multipliedFullWidth(by: XXHash64.primes.0)
        let turned = second ^ key(48)
        let high = product.high &+ turned &+ (turned & 0xFFFF_FFFF) &* (XXHash3.primes32.1 - 1)
        let low = product.low &+ (length - 1) << 54 ^ high.byteSwapped
        let end = low.multipliedFullWidth(by: XXHash64.primes.1)
        return (XXHash3.avalanche(end.high &+ high &* XXHash64.primes.1), XXHash3.avalanche(end.low))
    }

    private func mix(_ sums: inout (high: UInt64, low: UInt64), _ first: Int, _ second: Int, _ key: Int) {
        sums.low = sums.low &+ mixed(first, key) ^ (input.word(second) &+ input.word(second + 8))
        sums.high = sums.high &+ mixed(second, key + 16) ^ (input.word(first) &+ input.word(first + 8))
    }

    private func ended(_ sums: (high: UInt64, low: UInt64)) -> (high: UInt64, low: UInt64) {
        let p = XXHash64.primes
        let high = sums.low &* p.0 &+ sums.high &* p.3 &+ length &* p.1
        return (0 &- XXHash3.avalanche(high), XXHash3.avalanche(sums.low &+ sums.high))
    }
}
