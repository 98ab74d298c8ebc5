// SPDX-License-Identifier: Apache-2.0

import AwryDigest

/// Where a record falls in the space of hash keys, which the shards share among themselves.
enum HashKey {
    /// A partition key's place: its MD5 as a number.
    static func of(partitionKey: String) -> UInt128 {
        var key = partitionKey
        let (high, low) = key.withUTF8 { Digests.md5Words(UnsafeRawBufferPointer($0)) }
        return UInt128(high) << 64 | UInt128(low)
    }

    /// The ranges of so many shards of one size; the last one takes what is left over.
    static func ranges(_ count: Int) -> [ClosedRange<UInt128>] {
        let size = UInt128.max / UInt128(count) &+ (UInt128.max % UInt128(count) == UInt128(count) - 1 ? 1 : 0)
        return (0..<count).map { number in
            let start = UInt128(number) * size
            return start...(number == count - 1 ? .max : start + size - 1)
        }
    }
}
