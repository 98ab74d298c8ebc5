// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Statements by what their resources begin with: of a thousand statements a call looks at the few whose beginnings its
/// own resource has.
///
/// The beginnings are sorted, and each knows the longest other that it begins with. Those that a resource begins with
/// are then the last one that sorts before it, if it is one, and those that this one begins with.
struct PrefixTable: Sendable {
    private struct Row {
        let prefix: [UInt8]
        /// The row of the longest beginning of this one; nil where there is none.
        let parent: Int?
        /// In order.
        let places: [PolicySet.Place]
    }

    private let rows: [Row]

    /// These beginnings and the statements that have them.
    init(_ entries: [(prefix: [UInt8], place: PolicySet.Place)]) {
        let sorted = Dictionary(grouping: entries, by: \.prefix)
            .sorted { Self.compare($0.key, $1.key) < 0 }
        var rows: [Row] = []
        var open: [Int] = []
        for (prefix, entries) in sorted {
            while let last = open.last, !Self.begins(prefix, with: rows[last].prefix) { open.removeLast() }
            open.append(rows.count)
            rows.append(Row(prefix: prefix, parent: open.dropLast().last, places: entries.map(\.place).sorted()))
        }
        self.rows = rows
    }

    /// Whether there is nothing in it.
    var isEmpty: Bool { rows.isEmpty }

    /// The statements one of whose resources may be this, in order; one that says so twice stands here twice.
    func places(of resource: [UInt8]) -> [PolicySet.Place] {
        var places: [PolicySet.Place] = []
        var next = lastRow(upTo: resource)
        while let index = next {
            if Self.begins(resource, with: rows[index].prefix) { places += rows[index].places }
            next = rows[index].parent
        }
        if places.count > 1 { places.sort() }
        return places
    }

    private func lastRow(upTo resource: [UInt8]) -> Int? {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.compare(rows[middle].prefix, resource) <= 0 { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    /// As `memcmp` has it; of two where one begins with the other, the shorter is the less.
    private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let order = left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return CInt(0) }
                return memcmp(first, second, min(left.count, right.count))
            }
        }
        return order == 0 ? left.count - right.count : Int(order)
    }

    private static func begins(_ text: [UInt8], with prefix: [UInt8]) -> Bool {
        text.count >= prefix.count && (prefix.isEmpty || memcmp(text, prefix, prefix.count) == 0)
    }
}
