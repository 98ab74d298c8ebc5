// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a client brings back as it got it: an iterator, or the next page's token. Base64 of numbers and a check.
struct StreamToken: Hashable, Sendable {
    /// What it is for.
    enum Purpose: UInt64 {
        case iterator = 1
        case shards = 2
        case consumers = 3
    }

    let purpose: Purpose
    /// The stream's number among all that the sandbox ever made.
    let stream: UInt64
    /// An iterator's shard; a filter of shards.
    let shard: UInt64
    /// Where to go on.
    let position: UInt64
    /// What a filter of shards goes by.
    let horizon: Timestamp
    let issued: Timestamp

    init(
        _ purpose: Purpose, stream: UInt64, shard: UInt64 = 0, position: UInt64,
        horizon: Timestamp = Timestamp(milliseconds: 0), issued: Timestamp
    ) {
        self.purpose = purpose
        self.stream = stream
        self.shard = shard
        self.position = position
        self.horizon = horizon
        self.issued = issued
    }

    /// The token that a text is; nil where nobody gave it out for this.
    init?(_ text: String, for purpose: Purpose) {
        guard text.utf8.count < 512, let bytes = Base64.decode(text.utf8), bytes.count == 56 else { return nil }
        func number(_ place: Int) -> UInt64 { bytes[place * 8..<place * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(
            purpose, stream: number(1), shard: number(2), position: number(3),
            horizon: Timestamp(milliseconds: Int64(bitPattern: number(4))),
            issued: Timestamp(milliseconds: Int64(bitPattern: number(5))))
        guard number(0) == purpose.rawValue, number(6) == check else { return nil }
    }

    /// As clients see it.
    var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(56)
        for number in numbers + [check] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        return Base64.text(bytes)
    }

    /// Whether it is too old.
    func isExpired(_ now: Timestamp) -> Bool { now - issued > KinesisLimits.life }

    private var numbers: [UInt64] {
        [
            purpose.rawValue, stream, shard, position, UInt64(bitPattern: horizon.milliseconds),
            UInt64(bitPattern: issued.milliseconds),
        ]
    }

    /// Tells a token from bytes that happen to be as long.
    private var check: UInt64 {
        numbers.reduce(0) { Chance(seed: $0).bits(at: $1) }
    }
}
