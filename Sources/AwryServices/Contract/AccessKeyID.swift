// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Access key ids, from which their account can be read, as from AWS's own: of the 80 bits that the 16 letters after
/// the prefix stand for (RFC 4648, section 6), the first is set and the next 40 are the account's number.
///
/// Of the 39 bits that are left, 18 mark the sandbox that issued the key, so that a call by it finds its way there.
public enum AccessKeyID {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// A key id of this account and sandbox; the same bits make the same.
    static func text(_ prefix: String, account: String, mark: UInt32, bits: UInt64) -> String {
        let number = UInt64(account) ?? 0
        let head = 1 << 40 | number & (1 << 40 - 1)
        let tail = UInt64(mark & SandboxMark.mask) << 21 | bits & (1 << 21 - 1)
        // 80 bits in two halves of 40: eight letters each.
        let high = head >> 1
        let low = (head & 1) << 39 | tail
        return prefix + half(high) + half(low)
    }

    /// The account of a key id; nil for what is none.
    public static func account(of key: String) -> String? {
        guard let (high, low) = halves(of: key), high >> 39 == 1 else { return nil }
        let number = (high << 1 | low >> 39) & (1 << 40 - 1)
        let digits = String(number)
        guard digits.count <= 12 else { return nil }
        return String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// The mark of the sandbox that may have issued a key; nil for what no sandbox issued.
    public static func mark(of key: String) -> UInt32? {
        guard let (high, low) = halves(of: key), high >> 39 == 1 else { return nil }
        return UInt32(truncatingIfNeeded: low >> 21) & SandboxMark.mask
    }

    private static func half(_ bits: UInt64) -> String {
        let bytes = (0..<8).map { letters[Int(bits >> (35 - 5 * UInt64($0)) & 0x1F)] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func halves(of key: String) -> (UInt64, UInt64)? {
        guard key.utf8.count == 20, key.hasPrefix("AKIA") || key.hasPrefix("ASIA") else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        var index = 0
        for letter in key.utf8.dropFirst(4) {
            let value: UInt8
            switch letter {
            case 0x41...0x5A: value = letter - 0x41
            case 0x32...0x37: value = letter - 0x32 + 26
            default: return nil
            }
            if index < 8 { high = high << 5 | UInt64(value) } else { low = low << 5 | UInt64(value) }
            index += 1
        }
        return (high, low)
    }
}

/// By what an identifier tells which sandbox issued it: a few bits of its name's hash. Two sandboxes may share one, so
/// who finds a sandbox by it asks it.
public enum SandboxMark {
    static let mask: UInt32 = 1 << 18 - 1

    /// The mark of the sandbox of this name.
    public static func of(_ sandbox: String) -> UInt32 {
        let hash = Chance.hash(sandbox.utf8)
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32) & mask
    }
}
