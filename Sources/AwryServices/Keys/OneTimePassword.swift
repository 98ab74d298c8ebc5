// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Passwords that change every 30 seconds (RFC 6238, with HMAC-SHA-1 and six digits).
enum OneTimePassword {
    /// How far off a device's clock may be, in intervals; and where it is being set right.
    static let reach: Int64 = 1
    static let resyncReach: Int64 = 40

    static func interval(at moment: Timestamp) -> Int64 { moment.seconds / 30 }

    /// The password of an interval.
    static func code(_ seed: [UInt8], interval: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: interval >> (56 - 8 * Int64($0))) }
        let hash = Digests.hmacSHA1(key: seed, counter)
        // RFC 4226, section 5.3: the last four bits say where the number begins.
        let start = Int(hash[19] & 0xF)
        let number = hash[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The smallest PNG, one white point: it stands where AWS draws the seed, which goes beside it as text.
    static let picture: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
        8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0,
        1, 1, 1, 0, 0x1B, 0xB6, 0xEE, 0x56, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}

/// Base32 (RFC 4648, section 6), unpadded: the seeds of devices are whole groups.
enum Base32 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                out.append(letters[Int(bits >> count & 0x1F)])
            }
        }
        if count > 0 { out.append(letters[Int(bits << (5 - count) & 0x1F)]) }
        return String(decoding: out, as: UTF8.self)
    }
}
