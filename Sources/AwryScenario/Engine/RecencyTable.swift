// SPDX-License-Identifier: Apache-2.0

/// A dictionary of bounded size that forgets the entry unused for longest. Every operation takes constant time.
struct RecencyTable<Key: Hashable & Sendable, Element: Sendable>: Sendable {
    private struct Node: Sendable {
        var key: Key
        var element: Element
        var older: Int
        var newer: Int
    }

    private static var none: Int { -1 }

    private let capacity: Int
    private var index: [Key: Int] = [:]
    private var nodes: [Node] = []
    private var free: [Int] = []
    private var oldest = none
    private var newest = none

    /// A table of at most so many entries, at least one.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many entries there are.
    var count: Int { index.count }

    /// The entry of a key, without using it.
    func peek(_ key: Key) -> Element? {
        index[key].map { nodes[$0].element }
    }

    /// The entry unused for longest.
    var oldestEntry: (key: Key, element: Element)? {
        oldest == Self.none ? nil : (nodes[oldest].key, nodes[oldest].element)
    }

    /// Uses the entry of a key, made by `fresh` if there is none; then `evicted` says whether another had to go.
    mutating func use<Result>(
        _ key: Key, fresh: @autoclosure () -> Element, evicted: inout Bool, _ body: (inout Element) -> Result
    ) -> Result {
        if let at = index[key] {
            if at != newest {
                unlink(at)
                append(at)
            }
            return body(&nodes[at].element)
        }
        if index.count >= capacity, oldest != Self.none {
            remove(nodes[oldest].key)
            evicted = true
        }
        let node = Node(key: key, element: fresh(), older: Self.none, newer: Self.none)
        let at: Int
        if let reused = free.popLast() {
            nodes[reused] = node
            at = reused
        } else {
            nodes.append(node)
            at = nodes.count - 1
        }
        index[key] = at
        append(at)
        return body(&nodes[at].element)
    }

    /// Forgets a key. Its storage is used again by the next new one.
    mutating func remove(_ key: Key) {
        guard let at = index.removeValue(forKey: key) else { return }
        unlink(at)
        free.append(at)
        // Nothing of a table that has emptied is worth keeping.
        if index.isEmpty {
            nodes = []
            free = []
        }
    }

    private mutating func unlink(_ at: Int) {
        let (older, newer) = (nodes[at].older, nodes[at].newer)
        if older == Self.none { oldest = newer } else { nodes[older].newer = newer }
        if newer == Self.none { newest = older } else { nodes[newer].older = older }
    }

    private mutating func append(_ at: Int) {
        nodes[at].older = newest
        nodes[at].newer = Self.none
        if newest == Self.none { oldest = at } else { nodes[newest].newer = at }
        newest = at
    }
}
