// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A query string cut into its items, still encoded, in the order sent.
struct QueryItems: Sendable {
    /// One `key=value`, or a `key` alone.
    struct Item: Sendable {
        let key: Range<Int>
        let value: Range<Int>
        /// False for a key alone.
        let hasValue: Bool
    }

    let bytes: ArraySlice<UInt8>
    let items: [Item]

    /// The items of a query; nil and the empty query have none. `;` separates nothing.
    init(_ query: ArraySlice<UInt8>?) {
        bytes = query ?? []
        guard let query, !query.isEmpty else {
            items = []
            return
        }
        var items: [Item] = []
        var start = query.startIndex
        while start <= query.endIndex {
            let end = query[start...].firstIndex(of: UInt8(ascii: "&")) ?? query.endIndex
            if end > start {
                let equals = query[start..<end].firstIndex(of: UInt8(ascii: "="))
                items.append(
                    Item(
                        key: start..<(equals ?? end), value: (equals.map { $0 + 1 } ?? end)..<end,
                        hasValue: equals != nil))
            }
            start = end + 1
        }
        self.items = items
    }

    /// The encoded value of the first item of this name; empty for a name alone.
    func value(_ name: [UInt8]) -> ArraySlice<UInt8>? {
        for item in items where PercentCoding.matches(bytes[item.key], name) { return bytes[item.value] }
        return nil
    }

    /// The same, by a literal name.
    func value(_ name: StaticString) -> ArraySlice<UInt8>? {
        name.withUTF8Buffer { wanted in
            for item in items where item.key.count == wanted.count && bytes[item.key].elementsEqual(wanted) {
                return bytes[item.value]
            }
            return nil
        }
    }

    /// The decoded value of the first item of this name.
    func text(_ name: StaticString) -> String? {
        value(name).map { PercentCoding.lenientText($0, plusIsSpace: true) }
    }
}
