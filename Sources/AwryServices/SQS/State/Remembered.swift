// SPDX-License-Identifier: Apache-2.0

import AwryCore
import HeapModule

/// Values that are remembered for a time: deduplication ids, receive attempts.
struct Remembered<Value: Sendable>: Sendable {
    private var values: [String: (value: Value, until: Timestamp, number: UInt64)] = [:]
    private var ends = Heap<Due>()
    private var keys: [UInt64: String] = [:]
    private var next: UInt64 = 0

    /// The value of a key, as long as it is remembered.
    subscript(key: String) -> Value? { values[key]?.value }

    /// Remembers a value, in the place of the key's former one.
    mutating func remember(_ value: Value, for key: String, until end: Timestamp) {
        forget(key)
        values[key] = (value, end, next)
        keys[next] = key
        ends.insert(Due(at: end, number: next))
        next += 1
    }

    /// Forgets a key's value. What is due for it finds nothing.
    mutating func forget(_ key: String) {
        if let old = values.removeValue(forKey: key) { keys[old.number] = nil }
    }

    /// Forgets what has been remembered long enough.
    mutating func advance(to now: Timestamp) {
        while let first = ends.min, first.at <= now {
            ends.removeMin()
            if let key = keys.removeValue(forKey: first.number) { values[key] = nil }
        }
    }
}
