// SPDX-License-Identifier: Apache-2.0

/// Repeatable chance: draw `n` of a generator depends on its seed and `n` alone, so draws may be made in any order.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014), whose n-th state is
/// `seed + n * gamma`: that is what makes it addressable by position.
public struct Chance: Sendable, Hashable {
    private let seed: UInt64

    /// A generator of this seed, told apart from others of the same seed by `stream` (a rule's id, say).
    public init(seed: UInt64, stream: String = "") {
        self.seed = stream.isEmpty ? seed : Chance.mix(seed ^ Chance.hash(stream.utf8))
    }

    /// The 64 bits of draw `position`.
    public func bits(at position: UInt64) -> UInt64 {
        Chance.mix(seed &+ (position &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// Draw `position` as a number from 0 up to but not including 1.
    public func unit(at position: UInt64) -> Double {
        Double(bits(at: position) >> 11) * 0x1p-53
    }

    private static func mix(_ state: UInt64) -> UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// FNV-1a, 64 bits: a stable hash of bytes (Swift's own differs from run to run).
    @inlinable
    public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return hash
    }
}
