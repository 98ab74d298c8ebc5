// SPDX-License-Identifier: Apache-2.0

import OrderedCollections

/// Values by name, in the order in which they were made: what lists that are given out in pages need.
struct KeyedList<Element: Sendable>: Sendable {
    private var storage: OrderedDictionary<String, Element> = [:]

    init() {}

    subscript(key: String) -> Element? {
        get { storage[key] }
        set { storage[key] = newValue }
    }

    var count: Int { storage.count }
    var isEmpty: Bool { storage.isEmpty }
    /// The names, oldest first.
    var keys: [String] { Array(storage.keys) }
    /// The values, oldest first.
    var values: [Element] { Array(storage.values) }

    /// Works on a value in its place; nil where there is none.
    @discardableResult
    mutating func change<Result, Failure: Error>(
        _ key: String, _ work: (inout Element) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let index = storage.index(forKey: key) else { return nil }
        return try work(&storage.values[index])
    }
}

/// What belongs to one account and region, though its id is everybody's.
protocol Placed {
    var place: Place { get }
}

extension KeyedList where Element: Placed {
    /// Works on a value in its place; nil where there is none that is of an account and region.
    mutating func change<Result, Failure: Error>(
        _ key: String, at place: Place, _ work: (inout Element) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard storage[key]?.place == place else { return nil }
        return try change(key, work)
    }
}
