// SPDX-License-Identifier: Apache-2.0

/// Elements by key, in the order of the keys' bytes.
///
/// Sorted chunks of at most `capacity` keys: finding one takes two binary searches, putting one in moves a chunk's
/// tail. (A dictionary would have to be sorted for each page of a listing.)
struct KeyTable<Element: Sendable>: Sendable {
    private struct Chunk: Sendable {
        var keys: [ObjectKey]
        var elements: [Element]
    }

    /// Where a key stands. Any insertion or removal makes it void.
    struct Position: Hashable, Sendable {
        fileprivate var chunk: Int
        fileprivate var offset: Int
    }

    private static var capacity: Int { 256 }
    private var chunks: [Chunk] = []
    /// How many keys there are.
    private(set) var count = 0

    /// Whether there are none.
    var isEmpty: Bool { count == 0 }

    /// The place of this key; nil where it is not there.
    func position(of key: ObjectKey) -> Position? {
        let place = lowerBound(key)
        guard place.chunk < chunks.count, chunks[place.chunk].keys[place.offset] == key else { return nil }
        return place
    }

    /// The place of the first key that is not before this one; past the end where there is none.
    func lowerBound(_ key: ObjectKey) -> Position { first { !($0 < key) } }

    /// The place of the first key that is not before some point, where `isPast` is false of all keys before that and
    /// true of all others.
    func first(where isPast: (ObjectKey) -> Bool) -> Position {
        let chunk = Self.first(chunks.count) { isPast(chunks[$0].keys[chunks[$0].keys.count - 1]) }
        guard chunk < chunks.count else { return Position(chunk: chunk, offset: 0) }
        let keys = chunks[chunk].keys
        return Position(chunk: chunk, offset: Self.first(keys.count) { isPast(keys[$0]) })
    }

    private static func first(_ count: Int, where isPast: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isPast(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The key at a place; nil past the end.
    func key(at place: Position) -> ObjectKey? {
        place.chunk < chunks.count ? chunks[place.chunk].keys[place.offset] : nil
    }

    /// The place after this one.
    func next(_ place: Position) -> Position {
        let isLast = place.offset + 1 >= chunks[place.chunk].keys.count
        return isLast
            ? Position(chunk: place.chunk + 1, offset: 0)
            : Position(chunk: place.chunk, offset: place.offset + 1)
    }

    /// The element at a place that is not past the end; changed in place.
    subscript(place: Position) -> Element {
        get { chunks[place.chunk].elements[place.offset] }
        _modify { yield &chunks[place.chunk].elements[place.offset] }
    }

    /// The element of a key; nil where it is not there.
    subscript(key: ObjectKey) -> Element? { position(of: key).map { self[$0] } }

    /// Puts a key in that is not there yet.
    mutating func insert(_ key: ObjectKey, _ element: Element) {
        count += 1
        guard !chunks.isEmpty else {
            chunks = [Chunk(keys: [key], elements: [element])]
            return
        }
        var place = lowerBound(key)
        if place.chunk == chunks.count {
            // Behind all others: keys often come in their order, so the last chunk is left full and a new one begun.
            if chunks[place.chunk - 1].keys.count >= Self.capacity {
                chunks.append(Chunk(keys: [key], elements: [element]))
                return
            }
            place = Position(chunk: place.chunk - 1, offset: chunks[place.chunk - 1].keys.count)
        }
        chunks[place.chunk].keys.insert(key, at: place.offset)
        chunks[place.chunk].elements.insert(element, at: place.offset)
        if chunks[place.chunk].keys.count > Self.capacity { split(place.chunk) }
    }

    private mutating func split(_ index: Int) {
        let half = chunks[index].keys.count / 2
        let upper = Chunk(
            keys: Array(chunks[index].keys[half...]), elements: Array(chunks[index].elements[half...]))
        chunks[index].keys.removeSubrange(half...)
        chunks[index].elements.removeSubrange(half...)
        chunks.insert(upper, at: index + 1)
    }

    /// Takes a key out.
    mutating func remove(at place: Position) {
        count -= 1
        chunks[place.chunk].keys.remove(at: place.offset)
        chunks[place.chunk].elements.remove(at: place.offset)
        if chunks[place.chunk].keys.isEmpty { chunks.remove(at: place.chunk) }
    }

    /// What is wrong with the order or the count; nil where all is well.
    var contradiction: String? {
        var before: ObjectKey?
        var seen = 0
        for chunk in chunks {
            if chunk.keys.isEmpty || chunk.keys.count != chunk.elements.count { return "a chunk is torn" }
            for key in chunk.keys {
                if let before, !(before < key) { return "\(before.text) stands before \(key.text)" }
                before = key
                seen += 1
            }
        }
        return seen == count ? nil : "\(count) keys are counted, \(seen) are there"
    }
}

extension KeyTable: Sequence {
    /// Walks keys and elements in order.
    func makeIterator() -> AnyIterator<(key: ObjectKey, element: Element)> {
        var place = Position(chunk: 0, offset: 0)
        return AnyIterator {
            guard let key = key(at: place) else { return nil }
            defer { place = next(place) }
            return (key, self[place])
        }
    }
}
