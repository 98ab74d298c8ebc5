// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An object's key: told apart and ordered by its UTF-8 bytes, where Swift's strings go by canonical equivalence.
struct ObjectKey: Hashable, Comparable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.compare(right) == 0
    }

    static func < (left: ObjectKey, right: ObjectKey) -> Bool { left.compare(right) < 0 }

    func hash(into hasher: inout Hasher) {
        bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Looks at the key's bytes.
    func bytes<Result>(_ look: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let found = text.utf8.withContiguousStorageIfAvailable(look) { return found }
        return Array(text.utf8).withUnsafeBufferPointer(look)
    }

    /// Below zero where this comes before the other key, zero where they are the same bytes.
    func compare(_ other: ObjectKey) -> Int {
        bytes { mine in other.bytes { Self.compare(mine, $0) } }
    }

    /// The same for bytes.
    static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        if shared > 0, let mine = left.baseAddress, let theirs = right.baseAddress {
            let order = memcmp(mine, theirs, shared)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }
}
