// SPDX-License-Identifier: Apache-2.0

/// Passwords that follow from a shared key and the time (RFC 6238): six digits, a new one each thirty seconds, by
/// HMAC-SHA1 as authenticator programs have it.
public enum OneTimePassword {
    /// How long one serves, in seconds.
    static let period: Int64 = 30

    /// The step of time that a moment, in seconds since 1970, falls into.
    public static func step(at seconds: Int64) -> Int64 { max(seconds, 0) / period }

    /// The password of a step (RFC 4226, section 5.3).
    public static func code(key: [UInt8], step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let digest = Digests.hmacSHA1(key: key, counter)
        let offset = Int(digest[19] & 0xF)
        let bits = digest[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(bits % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step to which a password belongs: the present one or one of so many around it, since clocks differ, the
    /// nearest first; nil where it is of none of them, or of none after `last`.
    public static func step(
        of code: String, key: [UInt8], at seconds: Int64, after last: Int64?, reach: Int64 = 1
    ) -> Int64? {
        let now = step(at: seconds)
        let near = [now] + (1...reach).flatMap { [now - $0, now + $0] }
        return near.first { candidate in
            candidate >= 0 && (last.map { candidate > $0 } ?? true) && Self.code(key: key, step: candidate) == code
        }
    }
}
