// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ScenarioDecoder {
    /// The modifiers of a rule or a step.
    func modifiers(_ section: Section, _ scope: TemplateScope) -> ModifierSpec {
        var spec = ModifierSpec()
        if let delay = section["delay"] { self.delay(delay.value, into: &spec, isBefore: false) }
        if let retryAfter = section["retryAfter"] { spec.retryAfter = self.retryAfter(retryAfter.value) }
        if let headers = section["headers"] { spec.headers = self.headers(headers.value, scope) }
        spec.bandwidth = section["bandwidth"].flatMap { formed($0.value, .bandwidth, BandwidthText.parse) }
        spec.corrupt = section["corrupt"].map { corruptions($0.value) } ?? []
        spec.clockSkew = section["clockSkew"].flatMap { clockSkew($0.value) }
        return spec
    }

    private func corruptions(_ node: Node) -> [Corruption] {
        (node.elements ?? [node]).compactMap { element in
            choice(element, Corruption.allCases.map(\.rawValue), called: "`corrupt`").flatMap(Corruption.init)
        }
    }

    private func clockSkew(_ node: Node) -> Duration? {
        let skew = formed(node, .negativeDuration) { text throws(TextMistake) in
            try DurationText.parse(text, mayBeNegative: true)
        }
        if skew == .zero { report.warning(node.location, "a clock skew of 0 has no effect") }
        return skew
    }

    private func delay(_ node: Node, into spec: inout ModifierSpec, isBefore: Bool) {
        var found: ModifierSpec.DelaySpec?
        if node.scalar != nil {
            found = duration(node).map { .fixed($0) }
        } else if let section = open(node, Keys.delay, wanted: "a delay such as `200ms` or { min: 50ms, max: 2s }") {
            if let before = section["before"] {
                if isBefore {
                    report.mistake(before.keyLocation, "`before` stands inside `before`")
                    return
                }
                delay(before.value, into: &spec, isBefore: true)
            }
            guard section["before"] == nil || section.entries.count > 1 else { return }
            found = distribution(section)
        }
        guard let found else { return }
        if case .fixed(.zero) = found { report.warning(node.location, "a delay of 0 has no effect") }
        if isBefore { spec.delayBefore = found } else { spec.delay = found }
    }

    private func distribution(_ section: Section) -> ModifierSpec.DelaySpec? {
        let spans = ["min", "max", "median"].map { key in section[key].map { duration($0.value) } }
        if spans.contains(where: { $0 == .some(nil) }) { return nil }
        switch (spans[0] ?? nil, spans[1] ?? nil, spans[2] ?? nil, section["sigma"]) {
        case (let min?, let max?, nil, nil):
            guard min <= max else {
                report.mistake(section["max"]?.value.location ?? section.location, "`max` is less than `min`")
                return nil
            }
            return .uniform(min: min, max: max)
        case (nil, nil, let median?, let sigma?):
            return number(sigma.value, 0...10, called: "`sigma`").map { .logNormal(median: median, sigma: $0) }
        default:
            report.mistake(section.location, "a delay is a duration, { min, max }, { median, sigma } or { before }")
            return nil
        }
    }

    private func retryAfter(_ node: Node) -> ModifierSpec.RetryAfterSpec? {
        if node.entries != nil {
            guard let section = open(node, Keys.retryAfter) else { return nil }
            guard section.entries.count == 1, let entry = section.entries.first else {
                if section.entries.count != 1, node.entries?.count == section.entries.count {
                    report.mistake(
                        node.location, "write { seconds: … } or { millis: … } for one header, a number for both")
                }
                return nil
            }
            guard let number = integer(entry, 0...1_000_000_000) else { return nil }
            return entry.key == "seconds" ? .seconds(number) : .millis(number)
        }
        guard let text = word(node, "seconds, a duration or an HTTP date") else { return nil }
        if text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: ",")) {
            return formed(node, .httpDate, MomentText.parseHTTP).map { .date($0) }
        }
        return formed(node, .seconds, DurationText.parseSeconds).map { .both($0) }
    }

    /// Headers with their values: a mapping, or a list of pairs; null removes one.
    func headers(_ node: Node, _ scope: TemplateScope) -> [(name: String, value: Template?)] {
        var pairs: [(name: String, place: SourceLocation, value: Node)] = []
        if let entries = node.entries {
            pairs = entries.map { ($0.key, $0.keyLocation, $0.value) }
        } else {
            guard let elements = list(node, "a mapping of headers, or a list of pairs") else { return [] }
            for element in elements {
                if let entries = element.entries, entries.count == 1, let entry = entries.first {
                    pairs.append((entry.key, entry.keyLocation, entry.value))
                } else if let pair = element.elements, pair.count == 2, let name = text(pair[0], "a header's name") {
                    pairs.append((name, pair[0].location, pair[1]))
                } else {
                    report.mistake(
                        element.location, "expected a pair such as [X-Name, value], found \(element.kindName)")
                }
            }
        }
        return pairs.compactMap { name, place, value in
            checkHeaderName(name, place)
            if value.isNull { return (name, nil) }
            guard let template = template(value, "a header's value", scope) else { return nil }
            checkHeaderValue(template, name, value.location)
            return (name, template)
        }
    }

    private func checkHeaderValue(_ template: Template, _ name: String, _ location: SourceLocation) {
        for case .text(let text) in template.pieces {
            guard text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) else {
                continue
            }
            report.mistake(location, "the value of `\(name)` holds a line break or another control character")
            return
        }
    }
}
