// SPDX-License-Identifier: Apache-2.0

import AwryCore
import OrderedCollections

/// Judges what a client was expected to do by what the journal says that it did.
public enum Verifier {
    /// Judges expectations over a journal. A journal that has dropped entries is refused: what is gone might have been
    /// the very request that would have decided.
    public static func judge(_ expectations: [Expectation], over journal: JournalSnapshot) -> VerifyReport {
        if journal.dropped > 0 {
            let what =
                "the journal has dropped \(journal.dropped) of \(journal.dropped + journal.entries.count) requests"
            return VerifyReport(findings: [], refusal: what + "; reset it more often, or let it keep more")
        }
        let arrivals = Arrivals(journal.entries)
        let findings = expectations.map { expectation -> VerifyReport.Finding in
            var finding = VerifyReport.Finding(label: expectation.label, location: expectation.location)
            switch expectation.kind {
            case .requests(let match, let demands):
                let judgement = Judgement(
                    label: expectation.label, match: match, demands: demands, entries: journal.entries, among: arrivals)
                finding.problems = judgement.problems
                finding.notes = judgement.notes
            case .order(let matches): finding.problems = orderProblems(matches, over: journal.entries)
            }
            return finding
        }
        return VerifyReport(findings: findings, refusal: nil)
    }

    /// The first request of each entry must come after the first of the entry before.
    private static func orderProblems(_ matches: [Match], over entries: [JournalEntry]) -> [String] {
        var last: (name: String, sequence: UInt64)?
        for match in matches {
            let found = Sighting(of: match, in: entries)
            if let problem = found.uncertainty { return [problem] }
            guard let first = found.requests.first else {
                return ["expected \(match.summary) in this order, saw none\(found.nearest)"]
            }
            if let last, first.sequence <= last.sequence {
                return [
                    "expected \(match.summary) after \(last.name), but its first request came before: request "
                        + "\(first.sequence) of the journal, the other's is \(last.sequence)"
                ]
            }
            last = (match.summary, first.sequence)
        }
        return []
    }
}

/// The requests that a match means, and those that it nearly means.
struct Sighting {
    let match: Match
    var requests: [JournalEntry] = []
    /// Why some request cannot be judged, if so.
    var uncertainty: String?
    /// Requests of the operation that differ in something else: what they differ in, and how many.
    private var differing: OrderedDictionary<String, Int> = [:]
    /// Requests of other operations: their name, and how many.
    private var others: OrderedDictionary<String, Int> = [:]

    init(of match: Match, in entries: [JournalEntry]) {
        self.match = match
        for entry in entries {
            let name = entry.service + "." + entry.operation
            guard match.covers(service: entry.service, operation: entry.operation) else {
                others[name, default: 0] += 1
                continue
            }
            if let unmet = match.firstUnmet(in: entry) {
                let what = unmet.condition.name(in: match)
                if unmet.isUnknown {
                    uncertainty = "cannot judge \(name) by \(what): the journal did not keep it"
                } else if isUncertain(unmet.condition, entry) {
                    uncertainty = "cannot judge \(name) by \(what): too large or too secret for the journal"
                } else {
                    differing["\(name) with another \(what)", default: 0] += 1
                }
            } else if match.params.indices.contains(where: { isUncertain(.param($0), entry) }) {
                uncertainty = "cannot judge \(name) by its params: too large or too secret for the journal"
            } else {
                requests.append(entry)
            }
        }
    }

    /// `; nearest: kinesis.DescribeStreamSummary 1`, or nothing where nothing was seen.
    var nearest: String {
        if let near = differing.elements.max(by: { $0.value < $1.value }) {
            return "; nearest: \(near.key) \(near.value)"
        }
        var names: [String] = []
        for operation in match.operations {
            let wanted = operation.service.pattern + "." + operation.operation.pattern
            names += Nearest.candidates(for: wanted, among: others.keys).filter { !names.contains($0) }
        }
        if let near = names.first { return "; nearest: \(near) \(others[near] ?? 0)" }
        if others.isEmpty { return "; no other request was seen" }
        let seen = others.elements.prefix(3).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return "; seen: \(seen)\(others.count > 3 ? ", …" : "")"
    }

    private func isUncertain(_ condition: Condition, _ entry: JournalEntry) -> Bool {
        guard case .param(let index) = condition, let params = entry.params else { return false }
        return KeptParams.isUncertain(.structure(params), at: match.params[index].path[...])
    }
}
