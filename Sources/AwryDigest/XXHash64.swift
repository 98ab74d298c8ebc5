// SPDX-License-Identifier: Apache-2.0

/// XXH64 with the seed 0 (xxHash fast digest algorithm, specification 0.2.0), bytes coming in pieces.
struct XXHash64: Sendable {
    static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5
    )

    private var lanes: SIMD4<UInt64>
    private var count: UInt64 = 0
    private var buffer = PieceBuffer(size: 32)

    init() {
        let p = Self.primes
        lanes = SIMD4(p.0 &+ p.1, p.1, 0, 0 &- p.0)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var lanes = lanes
        buffer.take(bytes) { stripes in
            for start in stride(from: 0, to: stripes.count, by: 32) {
                let input = SIMD4(
                    stripes.word(start), stripes.word(start + 8), stripes.word(start + 16), stripes.word(start + 24))
                lanes = Self.rounds(lanes, input)
            }
        }
        self.lanes = lanes
    }

    func finish() -> UInt64 {
        let p = Self.primes
        var hash: UInt64
        if count >= 32 {
            hash = lanes[0].rotated(1) &+ lanes[1].rotated(7) &+ lanes[2].rotated(12) &+ lanes[3].rotated(18)
            for lane in 0..<4 {
                hash = (hash ^ Self.round(0, lanes[lane])) &* p.0 &+ p.3
            }
        } else {
            hash = p.4
        }
        hash = hash &+ count
        return Self.avalanche(buffer.rest.withUnsafeBytes { Self.end(hash, $0) })
    }

    /// The bytes that fill no stripe.
    private static func end(_ hash: UInt64, _ rest: UnsafeRawBufferPointer) -> UInt64 {
        let p = primes
        var (hash, place) = (hash, 0)
        while place + 8 <= rest.count {
            hash = (hash ^ round(0, rest.word(place))).rotated(27) &* p.0 &+ p.3
            place += 8
        }
        if place + 4 <= rest.count {
            hash = (hash ^ UInt64(rest.half(place)) &* p.0).rotated(23) &* p.1 &+ p.2
            place += 4
        }
        while place < rest.count {
            hash = (hash ^ UInt64(rest[place]) &* p.4).rotated(11) &* p.0
            place += 1
        }
        return hash
    }

    private static func rounds(_ lanes: SIMD4<UInt64>, _ input: SIMD4<UInt64>) -> SIMD4<UInt64> {
        let sum = lanes &+ input &* primes.1
        return (sum &<< 31 | sum &>> 33) &* primes.0
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        (lane &+ input &* primes.1).rotated(31) &* primes.0
    }

    /// Spreads the bits of a hash, as XXH3 does of short inputs too.
    static func avalanche(_ hash: UInt64) -> UInt64 {
        var hash = hash
        hash = (hash ^ hash &>> 33) &* primes.1
        hash = (hash ^ hash &>> 29) &* primes.2
        return hash ^ hash &>> 32
    }
}

extension UInt64 {
    /// Rotated to the left.
    func rotated(_ bits: UInt64) -> UInt64 { self &<< bits | self &>> (64 &- bits) }
}

extension UnsafeRawBufferPointer {
    /// The 8 bytes from here, little-endian.
    func word(_ place: Int) -> UInt64 { UInt64(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt64.self)) }

    /// The 4 bytes from here, little-endian.
    func half(_ place: Int) -> UInt32 { UInt32(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
}

/// Makes pieces of any length into blocks of one.
struct PieceBuffer: Sendable {
    let size: Int
    /// Less than a block.
    private(set) var rest: [UInt8] = []

    init(size: Int) {
        self.size = size
    }

    /// Hands on all whole blocks, one or more at a time.
    mutating func take(_ bytes: UnsafeRawBufferPointer, _ hand: (UnsafeRawBufferPointer) -> Void) {
        var bytes = bytes
        if !rest.isEmpty {
            let missing = Swift.min(size - rest.count, bytes.count)
            rest.append(contentsOf: bytes[..<missing])
            bytes = UnsafeRawBufferPointer(rebasing: bytes[missing...])
            guard rest.count == size else { return }
            rest.withUnsafeBytes { hand($0) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = bytes.count / size * size
        if whole > 0 { hand(UnsafeRawBufferPointer(rebasing: bytes[..<whole])) }
        rest.append(contentsOf: bytes[whole...])
    }
}
