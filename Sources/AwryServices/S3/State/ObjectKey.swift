// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An object's key: told apart and ordered by its UTF-8 bytes, where Swift's strings go by canonical equivalence.
struct ObjectKey: Hashable, Comparable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.compare(right.text) == 0
    }

    static func < (left: ObjectKey, right: ObjectKey) -> Bool { left.compare(right.text) < 0 }

    func hash(into hasher: inout Hasher) {
        if text.utf8.withContiguousStorageIfAvailable({ hasher.combine(bytes: UnsafeRawBufferPointer($0)) }) == nil {
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }

    /// Below zero where this comes before the other text, zero where they are the same bytes.
    func compare(_ other: String) -> Int {
        let fast = text.utf8.withContiguousStorageIfAvailable { mine in
            other.utf8.withContiguousStorageIfAvailable { theirs in Self.compare(mine, theirs) }
        }
        if let found = fast ?? nil { return found }
        let (mine, theirs) = (Array(text.utf8), Array(other.utf8))
        return mine.withUnsafeBufferPointer { mine in theirs.withUnsafeBufferPointer { Self.compare(mine, $0) } }
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        if shared > 0, let mine = left.baseAddress, let theirs = right.baseAddress {
            let order = memcmp(mine, theirs, shared)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }
}
