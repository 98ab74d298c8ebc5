// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a rule counts: once, or once for each value of `per`.
struct RuleCounters: Sendable {
    /// How many requests have come as far as having a position.
    var position = 0
    /// How many firings, those that were taken back among them.
    var fired = 0
    /// The numbers of those that were taken back, lowest first.
    var returned: [Int] = []
    /// What it takes tokens from; nil until it is first asked.
    var bucket: TokenBucket?
}

/// A rule and what it has counted. The order in which it asks is the contract: see `ask`.
struct RuleSlot: Sendable {
    let compiled: CompiledRule
    /// What these counters are known by.
    let life = SlotLife()
    /// When its windows began, by the sandbox's clock.
    var origin: Timestamp
    /// Firings over all values.
    var hits = 0
    /// Whether it fired before its counters were last reset.
    private let firedBefore: Bool
    /// Whether values of `per` have been forgotten.
    private(set) var hasForgotten = false
    private var counters = RuleCounters()
    private var counted: RecencyTable<String, RuleCounters>?

    /// A rule that has counted nothing.
    init(_ compiled: CompiledRule, origin: Timestamp, values: Int) {
        self.init(compiled, origin: origin, values: values, firedBefore: false)
    }

    private init(_ compiled: CompiledRule, origin: Timestamp, values: Int, firedBefore: Bool) {
        self.compiled = compiled
        self.origin = origin
        self.firedBefore = firedBefore
        if !compiled.rule.selection.per.isEmpty { counted = RecencyTable(capacity: values) }
    }

    /// The rule with nothing counted again.
    func reset(origin: Timestamp, values: Int) -> RuleSlot {
        RuleSlot(compiled, origin: origin, values: values, firedBefore: wasUsed)
    }

    /// Whether it ever fired since it was loaded, whatever was reset since.
    var wasUsed: Bool { firedBefore || hits > 0 }

    /// How many firings are left over all; nil where there is no end, or where each value of `per` has its own.
    var left: Int? {
        guard counted == nil else { return nil }
        let bounds = [compiled.rule.selection.times, compiled.sequenceLength].compactMap { $0 }
        return bounds.min().map { max(0, $0 - counters.standing) }
    }

    /// How many values of `per` are remembered.
    var valueCount: Int { counted?.count ?? 0 }

    /// Asks the rule about a request whose operation it covers: (1) spent, (2) facts, (3) position, (4) bucket,
    /// (5) chance, (6) firing. With `per`, whether it is spent depends on facts, and is asked after them: both leave
    /// the rule untouched.
    mutating func ask(_ facts: RequestFacts, attempt: CallAttempt?, state: String) -> Verdict {
        let selection = compiled.rule.selection
        if counted == nil, isSpent(counters) { return .unmet(.spent) }
        if let condition = unmetFact(facts, attempt: attempt, state: state) { return .unmet(condition) }
        guard counted != nil else {
            return RuleSlot.select(
                &counters, value: nil, selection: selection, compiled: compiled, now: facts.now, hits: &hits)
        }
        let value = selection.value(of: facts, attempt: attempt)
        if let known = counted?.peek(value), isSpent(known) { return .unmet(.spent) }
        var forgot = false
        let compiled = self.compiled
        var hits = self.hits
        let verdict = counted?.use(value, fresh: RuleCounters(), evicted: &forgot) { counters in
            RuleSlot.select(
                &counters, value: value, selection: selection, compiled: compiled, now: facts.now, hits: &hits)
        }
        self.hits = hits
        if forgot { hasForgotten = true }
        return verdict ?? .unmet(.spent)
    }

    private func isSpent(_ counters: RuleCounters) -> Bool {
        if let times = compiled.rule.selection.times, counters.standing >= times { return true }
        if let length = compiled.sequenceLength, counters.standing >= length { return true }
        return false
    }

    /// Takes a firing back; the position stays.
    mutating func takeBack(_ place: Firing.Place) {
        hits -= 1
        guard let value = place.value else { return counters.takeBack(place.firing) }
        // A value that was forgotten meanwhile starts afresh anyway.
        guard counted?.peek(value) != nil else { return }
        var forgot = false
        counted?.use(value, fresh: RuleCounters(), evicted: &forgot) { $0.takeBack(place.firing) }
    }

    private func unmetFact(
        _ facts: RequestFacts, attempt: CallAttempt?, state: String
    ) -> Condition? {
        if let unmet = compiled.rule.match.firstUnmet(in: facts) { return unmet.condition }
        let selection = compiled.rule.selection
        if let wanted = selection.state, wanted != state { return .state }
        if selection.after != nil || selection.until != nil {
            let elapsed = Duration.milliseconds(facts.now.milliseconds &- origin.milliseconds)
            if let after = selection.after, elapsed < after { return .window }
            if let until = selection.until, elapsed >= until { return .window }
        }
        if let attempts = selection.attempts {
            guard let attempt, attempts.contains(attempt.number) else { return .attempts }
        }
        return nil
    }

    /// Steps 3 to 6, on the counters of one value.
    private static func select(
        _ counters: inout RuleCounters, value: String?, selection: Selection, compiled: CompiledRule, now: Timestamp,
        hits: inout Int
    ) -> Verdict {
        counters.position += 1
        let position = counters.position
        if let nth = selection.nth, !nth.contains(position) { return .notSelected(.nth, position: position) }
        if let every = selection.every, every < 1 || position % every != 0 {
            return .notSelected(.every, position: position)
        }
        if let bucket = selection.above, counters.takesToken(of: bucket, at: now) {
            return .notSelected(.above, position: position)
        }
        if let share = selection.probability, compiled.draw(at: position, for: value) >= share {
            return .notSelected(.probability, position: position)
        }
        hits += 1
        return .fired(Firing.Place(position: position, firing: counters.fire(), value: value))
    }
}

extension RuleCounters {
    fileprivate mutating func takesToken(of limit: Selection.Bucket, at now: Timestamp) -> Bool {
        var bucket = self.bucket ?? TokenBucket(rate: limit.rate, burst: limit.burst, at: now)
        defer { self.bucket = bucket }
        return bucket.take(at: now)
    }
}

extension Selection {
    /// A value may be as long as a header or a key; what is longer than this is kept as its hash.
    private static let longestValue = 256

    /// What of a request the counters are kept apart by, as one text.
    fileprivate func value(of facts: RequestFacts, attempt: CallAttempt?) -> String {
        var text = ""
        for key in per {
            let part = Selection.part(key, of: facts, attempt: attempt)
            // The length keeps ("a", "bc") apart from ("ab", "c"), the sign what is absent from what is empty.
            if let part { text += "\(part.utf8.count):" + part } else { text += "-" }
        }
        guard text.utf8.count > Selection.longestValue else { return text }
        let hashes = [Chance.hash(text.utf8), Chance.hash(text.utf8.reversed())]
        return "#" + hashes.map { String($0, radix: 16) }.joined(separator: "-") + "#\(text.utf8.count)"
    }

    private static func part(_ key: PerKey, of facts: RequestFacts, attempt: CallAttempt?) -> String? {
        switch key {
        case .params(let path):
            facts.params.flatMap { Value.structure($0).value(at: path[...]) }.map(\.templateText)
        case .accessKey: facts.origin.accessKey
        case .principal: facts.origin.principal
        case .call: attempt?.call
        case .header(let name): facts.raw.headers(name).first
        case .region: facts.origin.region
        case .account: facts.origin.account
        }
    }
}
