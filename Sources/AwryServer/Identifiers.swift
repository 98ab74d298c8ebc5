// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// The identifiers that a sandbox gives out, in AWS's alphabets and lengths: repeatable for the same seed, sandbox and
/// calls.
///
/// Identifier `n` depends on the seed, the sandbox's name and `n` alone, so it never collides with another sandbox's.
public final class Identifiers: Sendable {
    private let chance: Chance
    private let counter = Atomic<UInt64>(0)

    /// Identifiers of the sandbox of this name under this seed.
    public init(seed: UInt64, sandbox: String) {
        chance = Chance(seed: seed, stream: "identifiers of " + sandbox)
    }

    /// Starts again from the first identifier.
    public func reset() {
        counter.store(0, ordering: .relaxed)
    }

    /// Starts again at a place of the sequence that a number says: others after another number.
    func start(at number: UInt64) {
        counter.store(number &<< 24, ordering: .relaxed)
    }

    /// A request's id in the form of most services: a version 4 UUID (RFC 9562) in lower case.
    public func requestID() -> String {
        let (high, low) = next()
        return UUIDText.version4(high, low)
    }

    /// S3's request id: 16 upper-case letters and digits (`x-amz-request-id` of recorded answers).
    public func s3RequestID() -> String {
        var (bits, _) = next()
        let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        return String(unsafeUninitializedCapacity: 16) { text in
            for at in 0..<16 {
                text[at] = alphabet.utf8Start[Int(truncatingIfNeeded: bits & 0x1F)]
                bits >>= 4
            }
            return 16
        }
    }

    /// S3's host id, which support desks ask for: the base64 of 56 bytes (`x-amz-id-2`).
    public func hostID() -> String {
        let position = counter.wrappingAdd(1, ordering: .relaxed).oldValue
        // Room for the letters of the last draw that are not needed.
        return String(unsafeUninitializedCapacity: 80) { text in
            let room = UnsafeMutableRawBufferPointer(text)
            // Ten letters of six bits from each draw; the positions are beyond those of the other identifiers.
            for draw in 0..<8 {
                var bits = chance.bits(at: (1 << 63) &+ position &* 8 &+ UInt64(draw))
                // 56 bytes are 75 letters, the last of which has two bits of its own, to the front.
                if draw == 7 { bits &= ~(0x3 << 24) }
                for at in stride(from: draw * 10, to: draw * 10 + 10, by: 2) {
                    let pair = Self.pairs[Int(truncatingIfNeeded: bits & 0xFFF)]
                    room.storeBytes(of: pair, toByteOffset: at, as: UInt16.self)
                    bits >>= 12
                }
            }
            text[75] = UInt8(ascii: "=")
            return 76
        }
    }

    /// The two letters of base64 that twelve bits make, the low six bits' first: one by one, they cost 1,000
    /// instructions an identifier.
    private static let pairs: [UInt16] = {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return (0..<4096).map { UInt16(littleEndian: UInt16(letters[$0 & 63]) | UInt16(letters[$0 >> 6]) << 8) }
    }()

    /// Chance that is one request's own, for what a stub makes up.
    func chance(of requestID: String) -> Chance {
        Chance(seed: chance.bits(at: .max), stream: requestID)
    }

    private func next() -> (UInt64, UInt64) {
        let position = counter.wrappingAdd(1, ordering: .relaxed).oldValue
        return (chance.bits(at: position &* 2), chance.bits(at: position &* 2 &+ 1))
    }
}
