// SPDX-License-Identifier: Apache-2.0

/// Named values in the order in which they came: a structure's members, or a map's entries.
///
/// A list that is searched, with an index once it is long: of most structures, looking through a few names costs less
/// than hashing one, and less still than the tables of a dictionary that lives for one request.
public struct Fields: Sendable {
    /// A name and its value.
    public typealias Element = (name: String, value: Value)

    /// A name as it is looked up: of names of different lengths none is another, whatever Unicode says of them, and
    /// most are told apart by that.
    private struct Name: Hashable {
        let text: String

        static func == (left: Name, right: Name) -> Bool {
            left.text.utf8.count == right.text.utf8.count && left.text == right.text
        }

        func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }
    }

    /// So many fields are searched without an index.
    private static let searched = 16

    private var entries: [Element] = []
    /// Where each name is; nil while there are few.
    private var places: [Name: Int]?

    /// No fields.
    public init() {}

    /// No fields, with room for so many.
    public init(minimumCapacity: Int) {
        entries.reserveCapacity(minimumCapacity)
    }

    /// These fields in this order; of a name given twice the last value stays, at the first one's place.
    public init(_ pairs: some Sequence<(String, Value)>) {
        entries.reserveCapacity(pairs.underestimatedCount)
        for (name, value) in pairs { self[name] = value }
    }

    /// The value of `name`; setting nil removes it, setting a new name appends it.
    public subscript(name: String) -> Value? {
        get { place(of: name).map { entries[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): entries[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    /// The names, in order.
    public var names: some Sequence<String> & Sendable { entries.map(\.name) }

    /// The lengths of the names in UTF-8, a bit each, from 64 on again from the first: who looks for many names of
    /// which few are there passes over most by that.
    public var nameLengths: UInt64 {
        var lengths: UInt64 = 0
        let entries = entries.span
        for place in entries.indices { lengths |= Self.bit(ofLength: entries[place].name.utf8.count) }
        return lengths
    }

    /// A length's bit among `nameLengths`.
    public static func bit(ofLength length: Int) -> UInt64 { 1 << UInt64(length & 63) }

    /// Whether there are none.
    public var isEmpty: Bool { entries.isEmpty }

    /// How many there are.
    public var count: Int { entries.count }

    /// Sets `name` unless it is there already.
    public mutating func setDefault(_ name: String, _ value: @autoclosure () -> Value) {
        if place(of: name) == nil { append(name, value()) }
    }

    private func place(of name: String) -> Int? {
        if let places { return places[Name(text: name)] }
        let entries = entries.span
        let length = name.utf8.count
        for place in entries.indices where entries[place].name.utf8.count == length && entries[place].name == name {
            return place
        }
        return nil
    }

    private mutating func append(_ name: String, _ value: Value) {
        entries.append((name, value))
        if places != nil {
            places?[Name(text: name)] = entries.count - 1
        } else if entries.count > Self.searched {
            index()
        }
    }

    private mutating func remove(at place: Int) {
        entries.remove(at: place)
        if places != nil { index() }
    }

    private mutating func index() {
        places = [:]
        places?.reserveCapacity(entries.count * 2)
        for (place, entry) in entries.enumerated() { places?[Name(text: entry.name)] = place }
    }
}

extension Fields {
    /// The texts of the list of this name; none where there is no such list.
    public func texts(_ name: String) -> [String] { self[name]?.list?.compactMap(\.string) ?? [] }
}

extension Fields: Hashable {
    /// Whether both have the same names with the same values in the same order.
    public static func == (left: Fields, right: Fields) -> Bool {
        left.entries.count == right.entries.count
            && zip(left.entries, right.entries).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    }

    /// All of them, in order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(entries.count)
        for entry in entries {
            hasher.combine(entry.name)
            hasher.combine(entry.value)
        }
    }
}

extension Fields: Sequence {
    /// Walks the fields in order.
    public func makeIterator() -> IndexingIterator<[Element]> { entries.makeIterator() }

    /// How many there are.
    public var underestimatedCount: Int { entries.count }
}

extension Fields: ExpressibleByDictionaryLiteral {
    /// The fields of a literal, in its order.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements)
    }
}
