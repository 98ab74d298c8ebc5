// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension [Firing] {
    /// The modifiers of all rules that fired, in the order asked: delays add up; for one header name the rule that
    /// decided wins, then the earliest.
    func merged(_ facts: RequestFacts, attempt: CallAttempt?, isDecided: Bool) -> Modifiers {
        if allSatisfy({ $0.candidate.compiled.isUnmodified }) { return Modifiers() }
        var modifiers = Modifiers()
        for firing in self {
            for spec in firing.specs {
                if let delay = spec.delay {
                    modifiers.delay += firing.candidate.compiled.delay(delay, before: false, place: firing.place)
                }
                if let delay = spec.delayBefore {
                    modifiers.delayBefore += firing.candidate.compiled.delay(delay, before: true, place: firing.place)
                }
            }
        }
        var order = Array(self)
        if isDecided, let decider = order.popLast() { order.insert(decider, at: 0) }
        for firing in order {
            let specs = firing.specs
            modifiers.addWire(specs)
            if specs.allSatisfy({ $0.headers.isEmpty && $0.retryAfter == nil }) { continue }
            let context = firing.context(facts, attempt: attempt)
            modifiers.headers.add(specs.headerChanges(now: facts.now) { $0.headerText(context) })
        }
        return modifiers
    }
}

extension Firing {
    /// The rule's modifiers and those of its step.
    fileprivate var specs: [ModifierSpec] {
        let compiled = candidate.compiled
        let steps = compiled.then == nil ? nil : step.map { compiled.steps[$0].modifiers }
        return steps.map { [compiled.rule.modifiers, $0] } ?? [compiled.rule.modifiers]
    }
}

extension [ModifierSpec] {
    /// The modifiers, if they are the same for every request.
    var constantModifiers: Modifiers? {
        var modifiers = Modifiers()
        for spec in self {
            for (delay, path) in [(spec.delay, \Modifiers.delay), (spec.delayBefore, \Modifiers.delayBefore)] {
                guard let delay else { continue }
                guard delay.isFixed else { return nil }
                modifiers[keyPath: path] += delay.drawn(from: Chance(seed: 0), at: 0)
            }
            if case .date = spec.retryAfter { return nil }
            for header in spec.headers where header.value != nil && header.value?.literal == nil { return nil }
        }
        modifiers.headers.add(headerChanges(now: Timestamp(milliseconds: 0)) { $0.literal ?? "" })
        modifiers.addWire(self)
        return modifiers
    }

    /// The header changes of a rule and its step: the step wins over the rule, and what is said outright over what
    /// `retryAfter` makes.
    fileprivate func headerChanges(now: Timestamp, text: (Template) -> String) -> [HeaderChange] {
        var changes: [HeaderChange] = []
        for spec in reversed() {
            changes.add(spec.headers.map { HeaderChange($0.name, $0.value.map(text)) })
            if let retryAfter = spec.retryAfter { changes.add(retryAfter.headers(now: now)) }
        }
        return changes
    }
}

extension Modifiers {
    /// Adds what a rule and its step say of the wire, the step first.
    fileprivate mutating func addWire(_ specs: [ModifierSpec]) {
        for spec in specs.reversed() {
            add(bandwidth: spec.bandwidth, corrupt: spec.corrupt, clockSkew: spec.clockSkew)
        }
    }
}

extension [HeaderChange] {
    /// Adds the changes of names that have none yet. Changes said together may repeat a name.
    fileprivate mutating func add(_ changes: [HeaderChange]) {
        let known = count
        for change in changes
        where !self[..<known].contains(where: { $0.isOf(change.name) }) {
            append(change)
        }
    }
}

extension HeaderChange {
    /// Whether it is about the header of this name, in any case (RFC 9110, 5.1).
    fileprivate func isOf(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { HeaderChange.folded($0) == HeaderChange.folded($1) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }
}

extension ModifierSpec.RetryAfterSpec {
    /// The headers that say it.
    fileprivate func headers(now: Timestamp) -> [HeaderChange] {
        switch self {
        case .both(let span):
            let seconds = Swift.max(0, span.inSecondsRoundedUp)
            let millis = Swift.max(0, span.inMillisecondsRoundedUp)
            return [HeaderChange("Retry-After", "\(seconds)"), HeaderChange("x-amz-retry-after", "\(millis)")]
        case .seconds(let number): return [HeaderChange("Retry-After", "\(number)")]
        case .millis(let number): return [HeaderChange("x-amz-retry-after", "\(number)")]
        case .date(let moment):
            let millis = Swift.max(0, (moment - now).inMillisecondsRoundedUp)
            return [
                HeaderChange("Retry-After", TimeFormats.rfc822(moment)), HeaderChange("x-amz-retry-after", "\(millis)"),
            ]
        }
    }
}
