// SPDX-License-Identifier: Apache-2.0

import AwryModel

extension ScenarioDecoder {
    /// `quotas:`: `aws`, `off`, or rates by name, with `defaults: aws` for all others.
    func quotas(_ node: Node) -> QuotaSelection? {
        guard let entries = node.entries else {
            let word = choice(node, ["aws", "off"], called: "`quotas`")
            return word.map { QuotaSelection(defaults: $0 == "aws") }
        }
        var selection = QuotaSelection(defaults: false)
        for entry in entries where !report.isFull {
            if entry.key == "defaults" {
                selection.defaults = choice(entry.value, ["aws", "off"], called: "`defaults`") == "aws"
            } else if let quota = Quota.named(entry.key) {
                selection.rates[quota.name] = formed(
                    entry.value, quota.countsBytes ? .bandwidth : .rate,
                    quota.countsBytes ? ScenarioDecoder.bytes : RateText.parse)
            } else {
                let near = Words.question(for: entry.key, among: Quota.all.map(\.name))
                report.mistake(entry.keyLocation, "no quota is called \(Node.Scalar.shown(entry.key))\(near)")
            }
        }
        return selection
    }

    private static func bytes(_ text: String) throws(TextMistake) -> Double {
        Double(try BandwidthText.parse(text))
    }
}
