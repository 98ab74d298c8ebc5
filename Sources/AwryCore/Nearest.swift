// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody probably meant: the candidates nearest to a word by edit distance, letter case aside.
public enum Nearest {
    /// At most `limit` candidates close enough to `word` to be worth naming, nearest first, ties in the candidates'
    /// order.
    public static func candidates(
        for word: String, among candidates: some Sequence<String>, limit: Int = 3
    ) -> [String] {
        let wanted = Array(word.lowercased().unicodeScalars)
        // Nobody misspells a word this long, and the distance is quadratic in it.
        guard wanted.count <= 100 else { return [] }
        let bound = max(1, wanted.count / 3)
        var scored: [(distance: Int, name: String)] = []
        for candidate in candidates {
            let other = Array(candidate.lowercased().unicodeScalars)
            if let distance = distance(wanted, other, atMost: bound) {
                scored.append((distance, candidate))
            } else if wanted.count >= 4, candidate.lowercased().contains(word.lowercased()) {
                scored.append((bound + 1, candidate))
            }
        }
        // A near miss leaves no doubt: what is clearly farther, or merely holds the word, would only distract.
        let best = scored.map(\.distance).min() ?? 0
        if best <= bound { scored.removeAll { $0.distance > min(best + 1, bound) } }
        // Swift's sort is stable in practice but not by contract, hence the offset.
        let order = scored.enumerated().sorted {
            ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
        }
        return order.prefix(limit).map(\.element.name)
    }

    /// " Did you mean `a`?", or an empty text where nothing is near.
    public static func question(for word: String, among candidates: some Sequence<String>) -> String {
        let near = Nearest.candidates(for: word, among: candidates)
        guard let last = near.last else { return "" }
        let earlier = near.dropLast()
        let list = earlier.isEmpty ? last : earlier.joined(separator: ", ") + " or " + last
        return "; did you mean \(list)?"
    }

    /// Damerau's edit distance (insertions, deletions, changes, neighbours swapped), or nil above `atMost`.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost: Int) -> Int? {
        guard abs(left.count - right.count) <= atMost else { return nil }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, scalar) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(
                    previous[column + 1] + 1, current[column] + 1, previous[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count] <= atMost ? previous[right.count] : nil
    }
}
