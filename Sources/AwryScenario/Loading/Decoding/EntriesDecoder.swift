// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ScenarioDecoder {
    /// `entries:` against the batch shapes of the operations that can be met.
    func batchEntries(_ node: Node, _ scope: TemplateScope) -> EntriesSpec? {
        guard let section = open(node, Keys.entries) else { return nil }
        guard let batches = batches(scope, node.location) else { return nil }
        let choices = section.among(Keys.entries.keys.filter { Keys.entryChoices.contains($0.name) })
        if let second = choices.dropFirst().first {
            report.mistake(
                second.keyLocation, "`entries` has `\(choices[0].key)` already, which says which of them fail")
            return nil
        }
        guard let choice = choices.first else {
            if !section.hasUnread {
                report.mistake(
                    node.location,
                    "`entries` needs to say which fail: `fail: [0, 2]`, `first: 2`, `share: 0.5` or `where: { … }`")
            }
            return nil
        }
        let error = section["error"].flatMap { self.error($0.value, batches.scope, ofEntry: true) }
        let chosen = self.choice(choice, batches.targets)
        if let place = section["error"]?.value {
            guard let error else { return nil }
            check(error, place, batches.targets)
        } else if !section.hasUnread, batches.targets.contains(where: { $0.shape.failure != nil }) {
            report.mistake(node.location, "`entries` needs `error`: the entries' error")
            return nil
        }
        guard let chosen else { return nil }
        return EntriesSpec(chosen, error: error)
    }

    /// An operation that takes a batch.
    struct BatchTarget {
        let target: Reach.Target
        let shape: BatchShape
    }

    private func batches(
        _ scope: TemplateScope, _ location: SourceLocation
    ) -> (scope: TemplateScope, targets: [BatchTarget])? {
        let narrow = narrowed(
            scope, to: "entries", location, lack: "tell of entries that failed", advice: batchAdvice(scope)
        ) { $0.service.batch(of: $0.operation) != nil }
        guard let narrow else { return nil }
        guard case .request(let reach) = narrow else { return (narrow, []) }
        let targets = reach.targets.compactMap { target in
            target.service.batch(of: target.operation).map { BatchTarget(target: target, shape: $0) }
        }
        return (narrow, targets)
    }

    /// The batch that was probably meant, else those that the service has.
    private func batchAdvice(_ scope: TemplateScope) -> String {
        guard case .request(let reach) = scope, let first = reach.targets.first else { return "" }
        let batches = first.service.operations.filter { first.service.batch(of: $0) != nil }.map(\.name)
        let name = first.operation.name
        let near = batches.filter { $0.hasPrefix(name) || $0.hasSuffix(name) }
        let found = near.isEmpty ? Array(Nearest.candidates(for: name, among: batches).prefix(3)) : near
        let names = Words.list(
            (found.isEmpty ? batches : found).map { "\(first.service.name).\($0)" }, last: "and", atMost: 4)
        if batches.isEmpty { return "\(first.service.name) has no operation that takes a batch; write `error: …`" }
        return "\(names) \(found.count == 1 || batches.count == 1 ? "does" : "do")"
    }

    private func choice(_ entry: Node.Entry, _ targets: [BatchTarget]) -> EntriesSpec.Choice? {
        switch entry.key {
        case "fail":
            guard let elements = list(entry.value, "a list of positions from 0") else { return nil }
            if elements.isEmpty { report.mistake(entry.value.location, "this list of positions is empty") }
            let positions = elements.compactMap { integer($0, 0...Int.max, called: "a position") }
            return positions.count == elements.count && !elements.isEmpty ? .positions(positions) : nil
        case "first": return integer(entry, 1...Int.max).map { .first($0) }
        case "share":
            let share = number(entry.value, 0...1, called: "`share`")
            if share == 0 { report.warning(entry.value.location, "no entry ever fails: the share is 0") }
            return share.map { .share($0) }
        default: return conditions(entry.value, targets).map { .matching($0) }
        }
    }

    /// Members of an entry with their patterns; a scalar is the pattern of entries that have none.
    private func conditions(_ node: Node, _ targets: [BatchTarget]) -> [(path: [String], pattern: Pattern)]? {
        let isStructure = targets.contains {
            if case .structure = $0.target.service[$0.shape.element].kind { true } else { false }
        }
        if !isStructure, !targets.isEmpty { return pattern(node, .text).map { [([], $0)] } }
        guard let entries = mapping(node, "members of an entry with their patterns") else { return nil }
        if entries.isEmpty { report.mistake(node.location, "this `where` says nothing") }
        let found = entries.compactMap { entry -> (path: [String], pattern: Pattern)? in
            guard let path = ParamPath.parse(entry.key) else {
                report.mistake(entry.keyLocation, "`\(entry.key)` is no path; write names with dots between them")
                return nil
            }
            guard let type = memberType(path, entry, targets) else { return nil }
            return pattern(entry.value, type, path: entry.key).map { (path, $0) }
        }
        return found.count == entries.count && !entries.isEmpty ? found : nil
    }

    private func memberType(_ path: [String], _ entry: Node.Entry, _ targets: [BatchTarget]) -> PatternType? {
        var types: Set<PatternType> = targets.isEmpty ? [.any] : []
        var missing: (part: String, candidates: [String])?
        for batch in targets {
            switch ParamPath.follow(path, from: batch.shape.element, in: batch.target.service) {
            case .any: types.insert(.any)
            case .shape(let shape, _): types.insert(PatternType(shape))
            case .missing(let part, let candidates): missing = missing ?? (part, candidates)
            }
        }
        if let type = types.first { return types.count == 1 ? type : .any }
        let near = missing.map { Words.question(for: $0.part, among: $0.candidates, orAll: "there are") } ?? ""
        report.mistake(entry.keyLocation, "an entry has no `\(missing?.part ?? entry.key)`\(near)")
        return nil
    }

    /// A code that is nearly one of the operation's is probably misspelt; where the model lists entries' codes, it
    /// must be among them.
    private func check(_ error: ErrorSpec, _ node: Node, _ targets: [BatchTarget]) {
        let location = node.value("code")?.location ?? node.location
        guard let first = targets.first else { return }
        for (name, _) in error.fields {
            guard let failure = first.shape.failure else { break }
            let members = first.target.service[failure.element].members.map(\.name)
            guard !members.contains(name) else { continue }
            let near = Words.question(for: name, among: members, orAll: "there are")
            report.mistake(
                location, "the failure of an entry of \(first.target.name) has no member `\(name)`\(near)")
        }
        if first.shape.failure == nil {
            let member = first.shape.failureMember
            report.warning(
                location, "\(first.target.name) gives entries back in `\(member)` without saying why: this is not sent")
            return
        }
        guard let code = error.code, !error.isVerbatim else { return }
        let (service, operation) = (first.target.service, first.target.operation)
        let allowed = first.shape.failure?.codeShape(in: service)?.limits.values ?? []
        if !allowed.isEmpty {
            guard !allowed.contains(code) else { return }
            let near = Words.question(for: code, among: allowed, orAll: "there are")
            report.mistake(location, "an entry of \(first.target.name) cannot fail with `\(code)`\(near)")
        } else if ErrorDirectory.resolve(code, operation: operation, service: service) == nil {
            let near = ErrorDirectory.nearest(code, operation: operation, service: service)
            guard !near.isEmpty else { return }
            report.warning(
                location,
                "\(first.target.name) has no error `\(code)`, which is sent as it is; did you mean "
                    + "\(Words.list(near, last: "or"))?")
        }
    }
}
