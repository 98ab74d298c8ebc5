// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The phrases that all messages share.
enum Words {
    /// "; did you mean `a` or `b`?", or nothing where no candidate is near.
    static func question(for word: String, among candidates: some Sequence<String>) -> String {
        let near = Nearest.candidates(for: word, among: candidates)
        return near.isEmpty ? "" : "; did you mean \(list(near, last: "or"))?"
    }

    /// The nearest, or, where none is near, what there is: "; there are `a`, `b` and `c`".
    static func question(for word: String, among candidates: [String], orAll intro: String) -> String {
        let near = question(for: word, among: candidates)
        if !near.isEmpty || candidates.isEmpty { return near }
        return "; \(intro) \(list(candidates, last: "and"))"
    }

    /// "`a`, `b` and `c`"; of many, the first and how many more.
    static func list(_ words: [String], last: String, atMost limit: Int = 16) -> String {
        let quoted = words.prefix(limit).map { "`\($0)`" }
        if words.count > limit { return quoted.joined(separator: ", ") + " and \(words.count - limit) more" }
        guard let final = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " \(last) " + final
    }
}
