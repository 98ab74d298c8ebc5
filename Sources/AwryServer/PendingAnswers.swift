// SPDX-License-Identifier: Apache-2.0

import AwryScenario

/// What is known of an answer while it is being sent.
struct PendingAnswer {
    let status: Int
    let error: String?
    let attempt: CallAttempt
    /// What it is counted by.
    let origin: RequestOrigin
    let rule: String
    let arrived: UInt64
}

/// The answers that are being sent, by their entries' numbers in the journal. Most are sent before the next is begun:
/// a few places, chosen by a number's last bits, hold nearly all of them without hashing.
struct PendingAnswers {
    private struct Place {
        let number: UInt64
        let answer: PendingAnswer
    }

    private static let places = 16

    private var near = [Place?](repeating: nil, count: places)
    /// Those whose place was taken.
    private var others: [UInt64: PendingAnswer] = [:]

    mutating func insert(_ answer: consuming PendingAnswer, _ number: UInt64) {
        let place = Int(number % UInt64(Self.places))
        if near[place] == nil { near[place] = Place(number: number, answer: answer) } else { others[number] = answer }
    }

    mutating func remove(_ number: UInt64) -> PendingAnswer? {
        let place = Int(number % UInt64(Self.places))
        if near[place]?.number == number { return near[place].take()?.answer }
        return others.isEmpty ? nil : others.removeValue(forKey: number)
    }

    mutating func removeAll() { self = PendingAnswers() }
}
