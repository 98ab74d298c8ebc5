// SPDX-License-Identifier: Apache-2.0

/// Gives texts numbers: the more often a text was counted, the smaller its number; ties go by bytes.
struct StringTable {
    /// The texts by number.
    let texts: [String]
    private let numbers: [String: Int]

    init(counts: [String: Int]) {
        texts = counts.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }.map(\.key)
        numbers = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($0.element, $0.offset) })
    }

    /// The number of a text that was counted.
    subscript(text: String) -> Int {
        guard let number = numbers[text] else { preconditionFailure("\(text) was not counted") }
        return number
    }
}
