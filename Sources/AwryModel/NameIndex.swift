// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Glibc

/// Finds names by their bytes: a table of positions by the names' hashes, half full at most, with linear probing.
///
/// The names themselves stay where they are; of equal ones the first is found. Names come from the catalogue, never
/// from outside, so nobody can choose them to collide.
struct NameIndex: Sendable {
    /// Position + 1, or 0 where a place is free.
    private let places: [UInt32]

    /// An index of these names.
    init(_ names: some Collection<String>) {
        var size = 4
        while size < names.count * 2 { size *= 2 }
        var places = [UInt32](repeating: 0, count: size)
        for (position, name) in names.enumerated() {
            var place = Int(truncatingIfNeeded: Chance.hash(name.utf8)) & (size - 1)
            while places[place] != 0 { place = (place + 1) & (size - 1) }
            places[place] = UInt32(position + 1)
        }
        self.places = places
    }

    /// The position of a name; `nameAt` gives the name at a position.
    @inline(__always)
    func position(of name: String, nameAt: (Int) -> String) -> Int? {
        var name = name
        return name.withUTF8 { position(of: $0, nameAt: nameAt) }
    }

    /// The same, by the name's bytes.
    @inline(__always)
    func position(of name: UnsafeBufferPointer<UInt8>, nameAt: (Int) -> String) -> Int? {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: Chance.hash(name)) & mask
        while places[place] != 0 {
            let position = Int(places[place]) - 1
            var found = nameAt(position)
            if found.withUTF8({ NameIndex.equal($0, name) }) { return position }
            place = (place + 1) & mask
        }
        return nil
    }

    private static func equal(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        guard let first = one.baseAddress, let second = other.baseAddress else { return one.isEmpty }
        return memcmp(first, second, one.count) == 0
    }
}
