// SPDX-License-Identifier: Apache-2.0

/// Gives texts numbers: the more often a text was counted, the smaller its number; ties go by rank, then by bytes.
struct StringTable {
    /// The texts by number.
    let texts: [String]
    private let numbers: [String: Int]

    init(counts: [String: Int], ranks: [String: Int] = [:]) {
        texts = counts.sorted {
            if $0.value != $1.value { return $0.value > $1.value }
            let (first, second) = (ranks[$0.key] ?? 0, ranks[$1.key] ?? 0)
            return first != second ? first < second : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }.map(\.key)
        numbers = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($0.element, $0.offset) })
    }

    /// The number of a text that was counted.
    subscript(text: String) -> Int {
        guard let number = numbers[text] else { preconditionFailure("\(text) was not counted") }
        return number
    }
}
