// SPDX-License-Identifier: Apache-2.0

/// A dictionary of bounded size that forgets the entry unused for longest. Every operation takes constant time.
///
/// Chained, with each entry's hash kept: an open-addressed dictionary hashes its neighbours again whenever an entry
/// goes, and here one goes for each that comes, once it is full.
struct RecencyTable<Key: Hashable & Sendable, Element: Sendable>: Sendable {
    private struct Node: Sendable {
        var key: Key
        var element: Element
        var hash: Int
        /// The next in the same bucket; in a free node, the next free one.
        var next = Self.none
        var older = Self.none
        var newer = Self.none

        static var none: Int32 { -1 }
    }

    private static var none: Int32 { -1 }

    private let capacity: Int
    // A power of two, so that a hash's low bits choose.
    private var buckets: [Int32] = []
    private var nodes: [Node] = []
    private var free = none
    private var oldest = none
    private var newest = none
    /// How many entries there are.
    private(set) var count = 0

    /// A table of at most so many entries, at least one.
    init(capacity: Int) {
        self.capacity = min(max(1, capacity), 1 << 30)
    }

    /// The entry of a key, without using it.
    func peek(_ key: Key) -> Element? {
        let at = find(key, hash: key.hashValue)
        return at == Self.none ? nil : nodes[Int(at)].element
    }

    /// The entry unused for longest.
    var oldestElement: Element? {
        oldest == Self.none ? nil : nodes[Int(oldest)].element
    }

    /// Uses the entry of a key, made by `fresh` if there is none; `evicted` becomes true if another had to go.
    mutating func use<Result>(
        _ key: Key, fresh: @autoclosure () -> Element, evicted: inout Bool, _ body: (inout Element) -> Result
    ) -> Result {
        let hash = key.hashValue
        var at = find(key, hash: hash)
        if at == Self.none {
            if count >= capacity {
                removeOldest()
                evicted = true
            }
            at = insert(Node(key: key, element: fresh(), hash: hash))
        } else if at != newest {
            leaveOrder(at)
            enterOrder(at)
        }
        return body(&nodes[Int(at)].element)
    }

    /// Forgets a key.
    mutating func remove(_ key: Key) {
        let at = find(key, hash: key.hashValue)
        if at != Self.none { remove(at: at) }
    }

    /// Forgets the entry unused for longest.
    mutating func removeOldest() {
        if oldest != Self.none { remove(at: oldest) }
    }

    private func bucket(of hash: Int) -> Int { hash & (buckets.count - 1) }

    private func find(_ key: Key, hash: Int) -> Int32 {
        if buckets.isEmpty { return Self.none }
        var at = buckets[bucket(of: hash)]
        while at != Self.none {
            if nodes[Int(at)].hash == hash, nodes[Int(at)].key == key { return at }
            at = nodes[Int(at)].next
        }
        return Self.none
    }

    private mutating func insert(_ node: Node) -> Int32 {
        if count >= buckets.count { grow() }
        let at: Int32
        if free != Self.none {
            at = free
            free = nodes[Int(at)].next
            nodes[Int(at)] = node
        } else {
            at = Int32(nodes.count)
            nodes.append(node)
        }
        let bucket = bucket(of: node.hash)
        nodes[Int(at)].next = buckets[bucket]
        buckets[bucket] = at
        enterOrder(at)
        count += 1
        return at
    }

    private mutating func remove(at: Int32) {
        leaveOrder(at)
        let bucket = bucket(of: nodes[Int(at)].hash)
        if buckets[bucket] == at {
            buckets[bucket] = nodes[Int(at)].next
        } else {
            var before = buckets[bucket]
            while nodes[Int(before)].next != at { before = nodes[Int(before)].next }
            nodes[Int(before)].next = nodes[Int(at)].next
        }
        nodes[Int(at)].next = free
        free = at
        count -= 1
        // Nothing of a table that has emptied is worth keeping.
        if count == 0 { self = RecencyTable(capacity: capacity) }
    }

    private mutating func grow() {
        buckets = Array(repeating: Self.none, count: max(16, buckets.count * 2))
        var at = oldest
        while at != Self.none {
            let bucket = bucket(of: nodes[Int(at)].hash)
            nodes[Int(at)].next = buckets[bucket]
            buckets[bucket] = at
            at = nodes[Int(at)].newer
        }
    }

    private mutating func leaveOrder(_ at: Int32) {
        let (older, newer) = (nodes[Int(at)].older, nodes[Int(at)].newer)
        if older == Self.none { oldest = newer } else { nodes[Int(older)].newer = newer }
        if newer == Self.none { newest = older } else { nodes[Int(newer)].older = older }
    }

    private mutating func enterOrder(_ at: Int32) {
        nodes[Int(at)].older = newest
        nodes[Int(at)].newer = Self.none
        if newest == Self.none { oldest = at } else { nodes[Int(newest)].newer = at }
        newest = at
    }
}
