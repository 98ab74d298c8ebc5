// SPDX-License-Identifier: Apache-2.0

/// XXH3 with the seed 0 and the default secret, of 64 bits or of 128 (xxHash fast digest algorithm, specification
/// 0.2.0), bytes coming in pieces. Inputs of up to 240 bytes are hashed in other ways than longer ones.
struct XXHash3: Sendable {
    static let secret: [UInt8] = [
        0xB8, 0xFE, 0x6C, 0x39, 0x23, 0xA4, 0x4B, 0xBE, 0x7C, 0x01, 0x81, 0x2C, 0xF7, 0x21, 0xAD, 0x1C,
        0xDE, 0xD4, 0x6D, 0xE9, 0x83, 0x90, 0x97, 0xDB, 0x72, 0x40, 0xA4, 0xA4, 0xB7, 0xB3, 0x67, 0x1F,
        0xCB, 0x79, 0xE6, 0x4E, 0xCC, 0xC0, 0xE5, 0x78, 0x82, 0x5A, 0xD0, 0x7D, 0xCC, 0xFF, 0x72, 0x21,
        0xB8, 0x08, 0x46, 0x74, 0xF7, 0x43, 0x24, 0x8E, 0xE0, 0x35, 0x90, 0xE6, 0x81, 0x3A, 0x26, 0x4C,
        0x3C, 0x28, 0x52, 0xBB, 0x91, 0xC3, 0x00, 0xCB, 0x88, 0xD0, 0x65, 0x8B, 0x1B, 0x53, 0x2E, 0xA3,
        0x71, 0x64, 0x48, 0x97, 0xA2, 0x0D, 0xF9, 0x4E, 0x38, 0x19, 0xEF, 0x46, 0xA9, 0xDE, 0xAC, 0xD8,
        0xA8, 0xFA, 0x76, 0x3F, 0xE3, 0x9C, 0x34, 0x3F, 0xF9, 0xDC, 0xBB, 0xC7, 0xC7, 0x0B, 0x4F, 0x1D,
        0x8A, 0x51, 0xE0, 0x4B, 0xCD, 0xB4, 0x59, 0x31, 0xC8, 0x9F, 0x7E, 0xC9, 0xD9, 0x78, 0x73, 0x64,
        0xEA, 0xC5, 0xAC, 0x83, 0x34, 0xD3, 0xEB, 0xC3, 0xC5, 0x81, 0xA0, 0xFF, 0xFA, 0x13, 0x63, 0xEB,
        0x17, 0x0D, 0xDD, 0x51, 0xB7, 0xF0, 0xDA, 0x49, 0xD3, 0x16, 0x55, 0x26, 0x29, 0xD4, 0x68, 0x9E,
        0x2B, 0x16, 0xBE, 0x58, 0x7D, 0x47, 0xA1, 0xFC, 0x8F, 0xF8, 0xB8, 0xD1, 0x7A, 0xD0, 0x31, 0xCE,
        0x45, 0xCB, 0x3A, 0x8F, 0x95, 0x16, 0x04, 0x28, 0xAF, 0xD7, 0xFB, 0xCA, 0xBB, 0x4B, 0x40, 0x7E,
    ]
    static let primes32: (UInt64, UInt64, UInt64) = (0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D)

    /// What is hashed as a whole.
    private static let short = 240
    private static let stripe = 64
    private static let stripesOfBlock = 16

    private var lanes: SIMD8<UInt64>
    private var count = 0
    /// What was not taken into the lanes: all of a short input, else 1 to 64 bytes, for the end is hashed twice.
    private var buffer: [UInt8] = []
    /// The last stripe that was.
    private var last: [UInt8] = []
    private var stripesTaken = 0

    init() {
        let (p, q) = (XXHash64.primes, Self.primes32)
        lanes = SIMD8(q.2, p.0, p.1, p.2, p.3, q.1, p.4, q.0)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if bytes.isEmpty { return }
        count += bytes.count
        if count <= Self.short { return buffer.append(contentsOf: bytes) }
        let missing = (Self.stripe - buffer.count % Self.stripe) % Self.stripe
        buffer.append(contentsOf: bytes.prefix(missing))
        let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(missing))
        let held = buffer
        // A stripe is taken only where more follows.
        let taken = rest.isEmpty ? (held.count - 1) / Self.stripe * Self.stripe : held.count
        held.withUnsafeBytes { take(UnsafeRawBufferPointer(rebasing: $0[..<taken])) }
        buffer = Array(held[taken...])
        if rest.isEmpty { return }
        let whole = (rest.count - 1) / Self.stripe * Self.stripe
        take(UnsafeRawBufferPointer(rebasing: rest[..<whole]))
        buffer = Array(rest[whole...])
    }

    private mutating func take(_ stripes: UnsafeRawBufferPointer) {
        if stripes.isEmpty { return }
        var (lanes, number) = (lanes, stripesTaken)
        Self.secret.withUnsafeBytes { secret in
            for start in stride(from: 0, to: stripes.count, by: Self.stripe) {
                Self.accumulate(&lanes, stripes, start, secret, 8 * number)
                number += 1
                guard number == Self.stripesOfBlock else { continue }
                number = 0
                let key = secret.loadUnaligned(fromByteOffset: secret.count - Self.stripe, as: SIMD8<UInt64>.self)
                lanes = (lanes ^ lanes &>> 47 ^ key) &* Self.primes32.0
            }
        }
        self.lanes = lanes
        stripesTaken = number
        last = Array(stripes.suffix(Self.stripe))
    }

    private static func accumulate(
        _ lanes: inout SIMD8<UInt64>, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ secret: UnsafeRawBufferPointer,
        _ place: Int
    ) {
        let value = bytes.loadUnaligned(fromByteOffset: start, as: SIMD8<UInt64>.self)
        let key = value ^ secret.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt64>.self)
        let swapped = SIMD8(lowHalf: swapPairs(value.lowHalf), highHalf: swapPairs(value.highHalf))
        lanes = lanes &+ swapped &+ (key & 0xFFFF_FFFF) &* (key &>> 32)
    }

    private static func swapPairs(_ value: SIMD4<UInt64>) -> SIMD4<UInt64> {
        SIMD4(value[1], value[0], value[3], value[2])
    }

    /// The hash of 64 bits.
    func finish64() -> UInt64 {
        Self.secret.withUnsafeBytes { secret in
            if count <= Self.short { return buffer.withUnsafeBytes { ShortXXHash3(input: $0, secret: secret).hash64 } }
            return Self.merged(ended(secret), secret, 11, UInt64(count) &* XXHash64.primes.0)
        }
    }

    /// The hash of 128 bits.
    func finish128() -> (high: UInt64, low: UInt64) {
        Self.secret.withUnsafeBytes { secret in
            if count <= Self.short { return buffer.withUnsafeBytes { ShortXXHash3(input: $0, secret: secret).hash128 } }
            let (lanes, length, p) = (ended(secret), UInt64(count), XXHash64.primes)
            return (
                Self.merged(lanes, secret, secret.count - Self.stripe - 11, ~(length &* p.1)),
                Self.merged(lanes, secret, 11, length &* p.0)
            )
        }
    }

    /// The lanes with the input's last stripe.
    private func ended(_ secret: UnsafeRawBufferPointer) -> SIMD8<UInt64> {
        var lanes = lanes
        let end = Array((last + buffer).suffix(Self.stripe))
        end.withUnsafeBytes { Self.accumulate(&lanes, $0, 0, secret, secret.count - Self.stripe - 7) }
        return lanes
    }

    private static func merged(
        _ lanes: SIMD8<UInt64>, _ secret: UnsafeRawBufferPointer, _ place: Int, _ start: UInt64
    ) -> UInt64 {
        var hash = start
        for pair in 0..<4 {
            let key = place + 16 * pair
            hash &+= folded(lanes[2 * pair] ^ secret.word(key), lanes[2 * pair + 1] ^ secret.word(key + 8))
        }
        return avalanche(hash)
    }

    /// The halves of a product of 128 bits, one over the other.
    static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    static func avalanche(_ hash: UInt64) -> UInt64 {
        let hash = (hash ^ hash &>> 37) &* 0x1656_6791_9E37_79F9
        return hash ^ hash &>> 32
    }
}
