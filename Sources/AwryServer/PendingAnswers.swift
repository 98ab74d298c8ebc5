// SPDX-License-Identifier: Apache-2.0

import AwryScenario

/// What is known of an answer while it is being sent. An object, because it is put away and taken out again for each.
final class PendingAnswer: Sendable {
    let status: Int
    let error: String?
    let attempt: CallAttempt
    /// What it is counted by.
    let origin: RequestOrigin
    let rule: String
    let arrived: UInt64

    init(of entry: borrowing JournalEntry, status: Int, error: String?) {
        self.status = status
        self.error = error
        attempt = entry.attempt
        origin = entry.origin
        rule = entry.decidedBy ?? entry.rules.first ?? ""
        arrived = entry.arrived
    }
}

/// The answers that are being sent, by their entries' numbers in the journal. Most are sent before the next is begun:
/// a few places, chosen by a number's last bits, hold nearly all of them without hashing.
struct PendingAnswers {
    private struct Place {
        let number: UInt64
        let answer: PendingAnswer
    }

    private static let places = 16

    /// Empty until there was one: of the sandboxes that a test run makes, some never answer.
    private var near: [Place?] = []
    /// Those whose place was taken.
    private var others: [UInt64: PendingAnswer] = [:]

    mutating func insert(_ answer: PendingAnswer, _ number: UInt64) {
        if near.isEmpty { near = [Place?](repeating: nil, count: Self.places) }
        let place = Int(number % UInt64(Self.places))
        if near[place] == nil { near[place] = Place(number: number, answer: answer) } else { others[number] = answer }
    }

    mutating func remove(_ number: UInt64) -> PendingAnswer? {
        let place = Int(number % UInt64(Self.places))
        if !near.isEmpty, near[place]?.number == number { return near[place].take()?.answer }
        return others.isEmpty ? nil : others.removeValue(forKey: number)
    }

    mutating func removeAll() { self = PendingAnswers() }
}
