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
        defer { position &+= 2 }
        return UUIDText.version4(chance.bits(at: position), chance.bits(at: position &+ 1))
    }
}
