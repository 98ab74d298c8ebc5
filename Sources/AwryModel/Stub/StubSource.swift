// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a stub takes from its surroundings: the moment, the place, and identifiers that can be made again from a seed.
public struct StubSource: Sendable {
    /// The moment of all timestamps.
    public let now: Timestamp
    /// The region in ARNs.
    public let region: String
    /// The account in ARNs.
    public let account: String
    private let chance: Chance
    private var position: UInt64

    /// A source; identifiers are the draws of `chance` from `position` on.
    public init(
        now: Timestamp, chance: Chance, position: UInt64 = 0, region: String = "us-east-1",
        account: String = "000000000000"
    ) {
        self.now = now
        self.chance = chance
        self.position = position
        self.region = region
        self.account = account
    }

    /// The next identifier in a UUID's form (RFC 9562, version 4).
    public mutating func uuid() -> String {
        let high = chance.bits(at: position) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = chance.bits(at: position &+ 1) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        position &+= 2
        let digits = Array((StubSource.hexadecimal(high) + StubSource.hexadecimal(low)).utf8)
        var text: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func hexadecimal(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
