// SPDX-License-Identifier: Apache-2.0

import AwryModel

extension ScenarioDecoder {
    /// The outcome of a rule or a step: at most one.
    func outcome(_ section: Section, _ scope: TemplateScope) -> Outcome? {
        let entries = section.among(Keys.outcomes) + section.entries.filter { $0.key == "next" }
        guard let entry = entries.first else { return nil }
        if let second = entries.dropFirst().first {
            report.mistake(
                second.keyLocation,
                "\(section.table.noun) has one outcome at most, and has `\(entry.key)` already; "
                    + "make two of it, or a `sequence`")
        }
        let node = entry.value
        switch entry.key {
        case "error": return error(node, scope).map { .error($0) }
        case "respond": return respond(node, scope).map { .respond($0) }
        case "raw": return raw(node, scope).map { .raw($0) }
        case "entries": return batchEntries(node, scope).map { .entries($0) }
        case "late": return late(node, scope).map { .late($0) }
        case "events": return events(node, scope).map { .events($0) }
        case "lost": return lost(node, scope)
        case "sequence": return sequence(node, then: section["then"], scope).map { .sequence($0) }
        case "connection": return connection(node, called: "connection", scope).map { .connection($0) }
        case "pass":
            if boolean(node, called: "`pass`") == false { report.mistake(node.location, onlyTrue("pass")) }
            return .pass
        default: return nil
        }
    }

    private func onlyTrue(_ key: String) -> String { "`\(key)` can only be `true`; leave it out otherwise" }

    private func sequence(_ node: Node, then: Node.Entry?, _ scope: TemplateScope) -> SequenceSpec? {
        let word = then.flatMap {
            choice($0.value, SequenceSpec.Then.allCases.map(\.rawValue), called: "`then`")
        }
        guard let elements = list(node, "a list of steps") else { return nil }
        guard !elements.isEmpty else {
            report.mistake(node.location, "a sequence needs a step at least")
            return nil
        }
        let steps = elements.compactMap { step($0, scope) }
        guard !steps.isEmpty else { return nil }
        return SequenceSpec(steps: steps, then: word.flatMap(SequenceSpec.Then.init) ?? .next)
    }

    private func step(_ node: Node, _ scope: TemplateScope) -> SequenceSpec.Step? {
        if let scalar = node.scalar {
            switch scalar.text {
            case "pass": return SequenceSpec.Step(outcome: .pass)
            case "next": return SequenceSpec.Step(outcome: nil)
            default:
                let near = Words.question(for: scalar.text, among: ["pass", "next"])
                let advice = scalar.text.isEmpty ? "" : "; an error is written `error: \(scalar.text)`"
                report.mistake(
                    node.location,
                    "a step is an outcome, `pass` or `next`, found \(node.kindName)\(near.isEmpty ? advice : near)")
                return nil
            }
        }
        guard let section = open(node, Keys.step, wanted: "a step: an outcome, `pass` or `next`") else { return nil }
        let hasOutcome = !section.among(Keys.outcomes).isEmpty || section["next"] != nil || section.hasUnread
        if !hasOutcome { report.mistake(node.location, "this step has no outcome; write `pass` or `next` for none") }
        if let next = section["next"], boolean(next.value, called: "`next`") == false {
            report.mistake(next.value.location, onlyTrue("next"))
        }
        return SequenceSpec.Step(
            outcome: outcome(section, scope), times: section["times"].flatMap { times($0) } ?? 1,
            modifiers: modifiers(section, scope))
    }

    /// `respond:` against the outputs of all operations that can be met: it must fit one, and fits the others or is
    /// doubtful.
    func respond(_ node: Node, _ scope: TemplateScope) -> TemplatedValue? {
        guard node.entries != nil else { return refuse(node, "a mapping of output members") }
        guard case .request(let reach) = scope, !reach.targets.isEmpty else {
            return untyped(node, scope)
        }
        var first: (value: TemplatedValue?, report: Report)?
        var fitting: TemplatedValue?
        var unfitting: [String] = []
        for target in reach.targets.prefix(200) {
            let attempt = Report()
            let value = attempting(attempt) { output(node, target, scope) }
            if attempt.hasMistakes { unfitting.append(target.name) } else if fitting == nil { fitting = value }
            if first == nil || (!attempt.hasMistakes && first?.report.hasMistakes == true) { first = (value, attempt) }
        }
        first?.report.diagnostics.forEach(report.add)
        if fitting != nil, !unfitting.isEmpty {
            report.warning(node.location, "these members do not fit \(Words.list(unfitting, last: "and", atMost: 4))")
        }
        return fitting ?? first?.value
    }

    private func output(_ node: Node, _ target: Reach.Target, _ scope: TemplateScope) -> TemplatedValue? {
        guard let output = target.operation.output else {
            if node.entries?.isEmpty == true { return .structure([]) }
            report.mistake(node.location, "\(target.name) answers without members; write `respond: {}`")
            return nil
        }
        return value(node, output, target.service, scope, "the output of \(target.name)")
    }

    /// Runs with another report, so that what is wrong can be weighed.
    func attempting<Result>(_ other: Report, _ body: () -> Result) -> Result {
        let own = report
        report = other
        defer { report = own }
        return body()
    }
}
