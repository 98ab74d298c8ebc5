// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What the checks between rules need to know of a rule beside itself.
struct RuleFacts {
    /// The match as written, in one form.
    let matchText: String
    /// Where `state:` stands.
    let stateLocation: SourceLocation?
    /// What the rule's match can meet.
    let reach: Reach
}

extension ScenarioDecoder {
    /// A rule; nil where it is no mapping.
    func rule(_ node: Node, defaultID: String) -> (Rule, RuleFacts)? {
        guard let section = open(node, Keys.rule) else { return nil }
        var match = Match()
        var reach = Reach()
        if let entry = section["match"] { (match, reach) = self.match(entry.value) }
        let id = section["id"].flatMap { name($0.value) } ?? defaultID
        var rule = Rule(id: id, match: match, location: section["id"]?.value.location ?? node.location)
        rule.selection = selection(section, reach)
        let scope = TemplateScope.request(reach)
        rule.outcome = outcome(section, scope)
        rule.modifiers = modifiers(section, scope)
        if let then = section["then"] { checkThen(then, section) }
        checkRule(rule, section)
        let facts = RuleFacts(
            matchText: section["match"].map { JSON.text($0.value.plainValue) } ?? "",
            stateLocation: section["state"]?.value.location, reach: reach)
        return (rule, facts)
    }

    private func checkThen(_ then: Node.Entry, _ section: Section) {
        if section["sequence"] == nil {
            report.mistake(then.keyLocation, "`then` says what follows a `sequence`, and there is none here")
        }
    }

    /// What is doubtful about a rule by itself.
    private func checkRule(_ rule: Rule, _ section: Section) {
        let selection = rule.selection
        if selection.nth != nil, selection.attempts != nil, let nth = section["nth"] {
            report.warning(
                nth.keyLocation,
                "`nth` counts all requests that match, `attempts` those of each call; one of them is probably not meant"
            )
        }
        if let after = selection.after, let until = selection.until, until <= after, let entry = section["until"] {
            report.warning(entry.value.location, "this rule can never fire: its window ends before it begins")
        }
        if selection.probability == 0, let entry = section["probability"] {
            report.warning(entry.value.location, "this rule can never fire: its probability is 0")
        }
        let hasOutcome = !section.among(Keys.outcomes).isEmpty
        if !hasOutcome, !section.hasUnread, rule.modifiers.isEmpty, section.among(Keys.modifiers).isEmpty,
            selection.become == nil
        {
            report.warning(
                section.location,
                "this rule does nothing; give it an outcome such as `error` or a modifier such as `delay`")
        }
        let headless: String? =
            switch rule.outcome {
            case .raw(.bytes): "`raw: { bytes }`: just these bytes are sent"
            case .connection(let fault) where !fault.kind.cutsAnswer, .lostTo(let fault) where !fault.kind.cutsAnswer:
                "`\(fault.kind.name)`: no headers are sent"
            default: nil
            }
        if let headless {
            for name in ["retryAfter", "headers", "corrupt", "clockSkew"] {
                guard let entry = section[name] else { continue }
                report.warning(entry.keyLocation, "`\(name)` has no effect on \(headless)")
            }
        }
    }

    private func selection(_ section: Section, _ reach: Reach) -> Selection {
        var selection = Selection()
        selection.times = section["times"].flatMap { times($0) }
        selection.nth = section["nth"].flatMap { formed($0.value, .positions, PositionsText.parse) }
        selection.every = section["every"].flatMap { integer($0, 1...Int.max) }
        selection.attempts = section["attempts"].flatMap { formed($0.value, .positions, PositionsText.parse) }
        selection.probability = section["probability"].flatMap { number($0.value, 0...1, called: "`probability`") }
        selection.after = section["after"].flatMap { duration($0.value) }
        selection.until = section["until"].flatMap { duration($0.value) }
        selection.above = section["above"].flatMap { bucket($0.value) }
        selection.state = section["state"].flatMap { word($0.value, "the name of a state") }
        selection.become = section["become"].flatMap { word($0.value, "the name of a state") }
        selection.per = section["per"].map { perKeys($0.value, reach) } ?? []
        return selection
    }

    /// `times`, of a rule or of a step.
    func times(_ entry: Node.Entry) -> Int? {
        if entry.value.scalar?.integer == 0 {
            report.mistake(entry.value.location, "`times: 0` would never fire; leave the rule out, or write `times: 1`")
            return nil
        }
        return integer(entry, 1...Int.max)
    }

    /// A duration with its unit.
    func duration(_ node: Node) -> Duration? {
        formed(node, .duration) { text throws(TextMistake) in try DurationText.parse(text) }
    }

    private func bucket(_ node: Node) -> Selection.Bucket? {
        if node.scalar != nil {
            return formed(node, .rate, RateText.parse).map { Selection.Bucket(rate: $0, burst: max(1, $0)) }
        }
        guard let section = open(node, Keys.bucket, wanted: "a rate such as `5/s`, or { rate, burst }") else {
            return nil
        }
        let burst = section["burst"].flatMap { number($0.value, 1...1e9, called: "`burst`") }
        guard let rate = section["rate"].flatMap({ formed($0.value, .rate, RateText.parse) }) else { return nil }
        return Selection.Bucket(rate: rate, burst: burst ?? max(1, rate))
    }

    private func perKeys(_ node: Node, _ reach: Reach) -> [Selection.PerKey] {
        texts(node, "what to keep apart by").compactMap { text, location in
            switch text {
            case "accessKey": return .accessKey
            case "principal": return .principal
            case "call": return .call
            case "region": return .region
            case "account": return .account
            default: break
            }
            if text.hasPrefix("headers.") {
                let name = String(text.dropFirst(8))
                checkHeaderName(name, location)
                return .header(name)
            }
            if text.hasPrefix("params."), let path = ParamPath.parse(String(text.dropFirst(7))) {
                _ = inputType(path, reach, location, written: text)
                return .params(path: path)
            }
            let names = ["accessKey", "principal", "call", "region", "account", "params.Name", "headers.name"]
            report.mistake(
                location,
                "`per` cannot be `\(text)`\(Words.question(for: text, among: names, orAll: "there are"))"
            )
            return nil
        }
    }
}
