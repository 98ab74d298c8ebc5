// SPDX-License-Identifier: Apache-2.0

import AwryModel

extension ScenarioDecoder {
    /// `transitions:` durations by the names of what takes so long.
    func transitions(_ node: Node) -> [Transition: Duration] {
        var spans: [Transition: Duration] = [:]
        for entry in mapping(node, "names with their durations") ?? [] where !report.isFull {
            guard let kind = Transition(rawValue: entry.key) else {
                let near = Words.question(for: entry.key, among: Transition.allCases.map(\.rawValue))
                report.mistake(entry.keyLocation, "no transition is called \(Node.Scalar.shown(entry.key))\(near)")
                continue
            }
            spans[kind] = formed(entry.value, .duration) { text throws(TextMistake) in try DurationText.parse(text) }
        }
        return spans
    }
}
