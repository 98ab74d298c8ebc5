// SPDX-License-Identifier: Apache-2.0

import OrderedCollections

/// Named values in the order in which they came: a structure's members, or a map's entries.
public struct Fields: Sendable, Hashable {
    private var storage: OrderedDictionary<String, Value>

    /// No fields.
    public init() {
        storage = [:]
    }

    /// These fields in this order; of a name given twice the last value stays, at the first one's place.
    public init(_ pairs: some Sequence<(String, Value)>) {
        storage = OrderedDictionary(pairs, uniquingKeysWith: { _, last in last })
    }

    /// The value of `name`; setting nil removes it, setting a new name appends it.
    public subscript(name: String) -> Value? {
        get { storage[name] }
        set { storage[name] = newValue }
    }

    /// The names, in order.
    public var names: some Sequence<String> & Sendable { storage.keys }

    /// Whether there are none.
    public var isEmpty: Bool { storage.isEmpty }

    /// How many there are.
    public var count: Int { storage.count }

    /// Sets `name` unless it is there already.
    public mutating func setDefault(_ name: String, _ value: @autoclosure () -> Value) {
        if storage[name] == nil { storage[name] = value() }
    }
}

extension Fields: Sequence {
    /// Walks the fields in order.
    public func makeIterator() -> AnyIterator<(name: String, value: Value)> {
        var elements = storage.elements.makeIterator()
        return AnyIterator { elements.next().map { (name: $0.key, value: $0.value) } }
    }
}

extension Fields: ExpressibleByDictionaryLiteral {
    /// The fields of a literal, in its order.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements)
    }
}
