// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A walk over keys in their order: those with a prefix, all that share what comes before the first delimiter behind
/// it told by that alone.
struct KeyListing: Sendable {
    private let prefix: [UInt8]
    private let delimiter: [UInt8]
    /// Where the walk begins: behind this key, and behind the group of keys that it stands for or in.
    private let marker: [UInt8]

    init(prefix: String, delimiter: String, marker: String) {
        self.prefix = Array(prefix.utf8)
        self.delimiter = Array(delimiter.utf8)
        self.marker = Array(marker.utf8)
    }

    /// What a walk comes by.
    enum Entry<Element> {
        case key(ObjectKey, Element)
        /// A prefix that keys have in common, up to and with the delimiter.
        case group(String)
    }

    /// Visits keys whose elements are shown, and groups that have such, until `visit` gives false.
    ///
    /// `withMarker` begins at the marker's own key, as a listing of versions does that goes on within a key.
    func walk<Element>(
        _ table: KeyTable<Element>, withMarker: Bool = false, isShown: (Element) -> Bool,
        visit: (Entry<Element>) -> Bool
    ) {
        var place = table.first { key in
            key.bytes { key in
                Self.compare(key, prefix) >= 0
                    && (withMarker ? Self.compare(key, marker) >= 0 : marker.isEmpty || Self.compare(key, marker) > 0)
            }
        }
        while let key = table.key(at: place) {
            guard key.bytes({ Self.hasPrefix($0, prefix) }) else { return }
            guard let group = key.bytes({ group(of: $0) }) else {
                let element = table[place]
                if isShown(element), !visit(.key(key, element)) { return }
                place = table.next(place)
                continue
            }
            let isPassed = marker.withUnsafeBufferPointer { Self.hasPrefix($0, group) }
            if !isPassed {
                guard isShown(table[place]) else {
                    place = table.next(place)
                    continue
                }
                if !visit(.group(String(decoding: group, as: UTF8.self))) { return }
            }
            place = table.first { key in
                key.bytes { Self.compare($0, group) >= 0 && !Self.hasPrefix($0, group) }
            }
        }
    }

    /// What a key has in common with others: up to and with the first delimiter behind the prefix.
    private func group(of key: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard !delimiter.isEmpty, key.count >= prefix.count + delimiter.count else { return nil }
        for start in prefix.count...(key.count - delimiter.count) where key[start] == delimiter[0] {
            if key[start..<start + delimiter.count].elementsEqual(delimiter) {
                return Array(key[..<(start + delimiter.count)])
            }
        }
        return nil
    }

    private static func hasPrefix(_ key: UnsafeBufferPointer<UInt8>, _ prefix: [UInt8]) -> Bool {
        guard key.count >= prefix.count else { return false }
        guard let start = key.baseAddress else { return prefix.isEmpty }
        return prefix.withUnsafeBufferPointer { wanted in
            wanted.baseAddress.map { memcmp(start, $0, wanted.count) == 0 } ?? true
        }
    }

    private static func compare(_ key: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) -> Int {
        other.withUnsafeBufferPointer { ObjectKey.compare(key, $0) }
    }
}
