// SPDX-License-Identifier: Apache-2.0

extension ScenarioDecoder {
    /// The entries of `expect`, those that could be read.
    func expectations(_ node: Node) -> [Expectation] {
        (list(node, "a list of expectations") ?? []).compactMap { report.isFull ? nil : expectation($0) }
    }

    private func expectation(_ node: Node) -> Expectation? {
        guard
            let section = open(
                node, Keys.expectation, wanted: "an expectation: `match` with what it demands, or `order`")
        else { return nil }
        if let order = section["order"] { return self.order(order, section) }
        guard let entry = section["match"] else {
            let unknown = node.entries?.map(\.key).filter { Keys.expectation[$0] == nil } ?? []
            if !Words.isMisspelt("match", unknown) {
                report.mistake(node.location, "an expectation needs `match` or `order`")
            }
            return nil
        }
        let (match, reach) = self.match(entry.value)
        let demands = demands(section, reach)
        if section.entries.count == 1, node.entries?.count == 1 {
            report.mistake(
                node.location, "this expectation demands nothing; give it `count`, `calls`, `attempts` or `ends`")
        }
        return Expectation(
            kind: .requests(match, demands), label: label(entry.value), location: node.location)
    }

    private func order(_ order: Node.Entry, _ section: Section) -> Expectation? {
        if let other = section.entries.first(where: { $0.key != "order" }) {
            report.mistake(
                other.keyLocation, "`\(other.key)` has no meaning beside `order`; make it an entry of its own")
        }
        guard let elements = list(order.value, "a list of matches") else { return nil }
        if elements.count < 2 {
            report.mistake(order.value.location, "an order needs two entries at least")
        }
        let matches = elements.map { match($0).match }
        let labels = elements.map { label($0) }
        return Expectation(
            kind: .order(matches), label: labels.joined(separator: " → "), location: section.location)
    }

    private func demands(_ section: Section, _ reach: Reach) -> Expectation.Demands {
        var demands = Expectation.Demands()
        func count(_ key: String) -> Expectation.CountRange? {
            section[key].flatMap { formed($0.value, .count, CountText.parse) }
        }
        demands.count = count("count")
        demands.calls = count("calls")
        demands.attempts = count("attempts")
        if demands.attempts?.most == 0, let entry = section["attempts"] {
            report.mistake(entry.value.location, "a call has one attempt at least; that there is none is `count: 0`")
        }
        demands.ends = section["ends"].flatMap { ends($0.value, reach) }
        demands.within = section["within"].flatMap { formed($0.value, .seconds, DurationText.parseSeconds) }
        demands.backoff = section["backoff"].flatMap {
            choice($0.value, RetryRuleSet.all.map(\.name), called: "`backoff`")
        }
        if let gaps = section["gaps"] {
            demands.gaps = (list(gaps.value, "a list of ranges such as `0-1s`") ?? []).compactMap {
                formed($0, .durationRange, DurationText.parseRange)
            }
        }
        if let obeys = section["obeys"] {
            if obeys.value.entries == nil {
                demands.obeysRetryAfter =
                    choice(obeys.value, ["retryAfter"], called: "`obeys`") == nil ? nil : false
            } else if let inner = open(obeys.value, Keys.obeys), let strict = inner["retryAfter"] {
                demands.obeysRetryAfter = choice(strict.value, ["strict"], called: "`retryAfter`") == nil ? nil : true
            }
        }
        checkRetries(demands, section)
        return demands
    }

    private func ends(_ node: Node, _ reach: Reach) -> String? {
        guard let text = word(node, "`success`, `connection` or an error's code") else { return nil }
        if !["success", "connection"].contains(text) { checkEnd(text, reach, node.location) }
        return text
    }

    /// The match as the user wrote it, in short.
    private func label(_ node: Node) -> String {
        switch node.content {
        case .scalar(let scalar): return scalar.text
        case .sequence(let elements): return elements.map { label($0) }.joined(separator: ", ")
        case .mapping:
            func names(_ key: String) -> String {
                guard let value = node.value(key) else { return "*" }
                return value.elements.map { $0.map { label($0) }.joined(separator: "|") } ?? value.scalar?.text ?? "*"
            }
            let facts = node.entries?.map(\.key).filter { !["service", "operation"].contains($0) } ?? []
            let name = "\(names("service")).\(names("operation"))"
            return facts.isEmpty ? name : name + " with \(facts.joined(separator: ", "))"
        }
    }
}
