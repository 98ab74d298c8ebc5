// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Condition {
    /// What the rule wants here, as its author may have written it; nil where the condition's name says it all.
    func wanted(by rule: Rule) -> String? {
        let (match, selection) = (rule.match, rule.selection)
        switch self {
        case .spent: return selection.times.map { "at most \($0)" }
        case .operation: return match.summary
        case .region: return match.region?.text
        case .account: return match.account?.text
        case .accessKey: return match.accessKey?.text
        case .principal: return match.principal?.text
        case .method: return match.method?.text
        case .path: return match.path?.text
        case .host: return match.host?.text
        case .userAgent: return match.userAgent?.text
        case .body: return match.body?.text
        case .header(let index): return match.headers[index].pattern.text
        case .param(let index): return match.params[index].pattern.text
        case .state: return selection.state
        case .window:
            let ends = [selection.after.map { "after \($0)" }, selection.until.map { "until \($0)" }]
            return ends.compactMap { $0 }.joined(separator: ", ")
        case .attempts: return selection.attempts?.text
        case .nth: return selection.nth?.text
        case .every: return selection.every.map { "every \($0)" }
        case .above: return selection.above.map { "more than \($0.rate)/s, burst \($0.burst)" }
        case .probability: return selection.probability.map { "\($0)" }
        }
    }

    /// What the request had, as far as the journal keeps it.
    func fact(in entry: JournalEntry, match: Match) -> String? {
        switch self {
        case .operation: return entry.service + "." + entry.operation
        case .region: return entry.region
        case .account: return entry.account
        case .accessKey: return entry.accessKey ?? "unsigned"
        case .principal: return entry.principal
        case .method: return entry.method
        case .path: return entry.path
        case .host: return entry.host
        case .userAgent: return entry.userAgent ?? "none"
        case .header(let index):
            guard case .known(let values) = entry.matchHeaders(match.headers[index].name) else { return nil }
            return values.isEmpty ? "none" : values.joined(separator: ", ")
        case .param(let index):
            guard case .known(let params) = entry.matchParams else { return nil }
            return Value.structure(params).value(at: match.params[index].path[...]).map(\.templateText) ?? "none"
        case .attempts: return String(entry.attempt.number)
        case .body, .spent, .state, .window, .nth, .every, .above, .probability: return nil
        }
    }
}

extension Pattern {
    /// The pattern in a line, near to how a scenario writes it.
    var text: String {
        switch self {
        case .equals(let value): value.templateText
        case .glob(let glob): glob.pattern
        case .regex(let regex): "regex \(regex.pattern)"
        case .contains(let part): "contains \(part)"
        case .startsWith(let start): "startsWith \(start)"
        case .endsWith(let end): "endsWith \(end)"
        case .anyOf(let patterns): "any of " + patterns.map(\.text).joined(separator: ", ")
        case .not(let pattern): "not \(pattern.text)"
        case .exists(let wanted): wanted ? "to be there" : "not to be there"
        case .greater(let bound): "> \(bound)"
        case .greaterOrEqual(let bound): ">= \(bound)"
        case .less(let bound): "< \(bound)"
        case .lessOrEqual(let bound): "<= \(bound)"
        case .all(let patterns): patterns.map(\.text).joined(separator: " and ")
        }
    }
}

extension Positions {
    /// `1-2,5,9-`.
    var text: String {
        let texts = ranges.map { range in
            if range.upperBound == .max { return "\(range.lowerBound)-" }
            return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
        }
        return texts.joined(separator: ",")
    }
}
