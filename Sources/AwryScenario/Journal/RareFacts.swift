// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What few entries of the journal have.
final class RareFacts: Sendable {
    struct Facts: Sendable {
        var headers: [Header]?
        var note: String?
        var decisions: [any LateDecision] = []
        var fault: String?
        var failedEntries: [Int] = []
        var askedWait: JournalEntry.AskedWait?
    }

    let facts: Facts

    init(_ facts: Facts) {
        self.facts = facts
    }

    /// What an answer alone says; nil where that is nothing.
    convenience init?(of answer: Effect.Answer) {
        switch answer {
        case .entries(let failing): self.init(Facts(failedEntries: failing.positions))
        case .connection(let fault), .lostTo(let fault): self.init(Facts(fault: fault.kind.name))
        case .pass, .error, .respond, .raw, .late, .lost, .events: return nil
        }
    }
}
