// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What of a rule is the same for every request, worked out when it is loaded.
final class CompiledRule: Sendable {
    let rule: Rule
    /// Counts the rules of an engine in the order in which they were loaded, from 1.
    let serial: UInt32
    /// The scenario's name; nil for an ad hoc rule.
    let scenario: String?
    /// The outcomes that firings step through; one, for a rule without a sequence.
    let steps: [SequenceSpec.Step]
    /// The number of firings after which each step is over.
    let ends: [Int]
    /// What comes after the last step; nil without a sequence.
    let then: SequenceSpec.Then?
    /// Which request facts the rule itself looks at, outcomes aside.
    let needs: Needs
    /// Whether neither the rule nor a step of it has a modifier, which is so of most.
    let isUnmodified: Bool
    private let seed: UInt64
    private let probability: Chance
    private let delays: Chance
    private let delaysBefore: Chance
    private let entries: Chance

    /// Compiles a rule of a scenario with this seed.
    init(_ rule: Rule, scenario: String?, seed: UInt64, serial: UInt32) {
        self.rule = rule
        self.serial = serial
        self.scenario = scenario
        self.seed = seed
        if case .sequence(let sequence) = rule.outcome {
            // One without steps, which only code can make, is spent from the start.
            let isEmpty = sequence.steps.isEmpty
            steps = isEmpty ? [SequenceSpec.Step(outcome: nil, times: 0)] : sequence.steps.map(CompiledRule.flattened)
            then = isEmpty ? .next : sequence.then
        } else {
            steps = [SequenceSpec.Step(outcome: rule.outcome)]
            then = nil
        }
        var ends: [Int] = []
        for step in steps {
            let (sum, overflow) = (ends.last ?? 0).addingReportingOverflow(max(0, step.times))
            ends.append(overflow ? Int.max : sum)
        }
        self.ends = ends
        probability = Chance(seed: seed, stream: rule.id)
        delays = Chance(seed: seed, stream: rule.id + "\u{0}delay")
        delaysBefore = Chance(seed: seed, stream: rule.id + "\u{0}delayBefore")
        entries = Chance(seed: seed, stream: rule.id + "\u{0}entries")
        needs = CompiledRule.needs(of: rule, steps: steps)
        isUnmodified = rule.modifiers.isEmpty && steps.allSatisfy { $0.modifiers.isEmpty }
    }

    /// How many firings a sequence that ends has in it; nil where the rule may fire without end.
    var sequenceLength: Int? { then == .next ? ends.last : nil }

    /// Which step the firing after so many firings takes; nil where that is `pass`, after the last.
    func step(after firings: Int) -> Int? {
        guard let then, let total = ends.last else { return 0 }
        var at = firings
        if firings >= total {
            switch then {
            case .next, .last: return ends.count - 1
            case .pass: return nil
            case .repeat: at = total > 0 ? firings % total : 0
            }
        }
        return ends.firstIndex { at < $0 } ?? ends.count - 1
    }

    /// The number from 0 up to 1 that belongs to a position. With `per`, each value has a generator of its own, so
    /// that a share is that share also where every value comes once.
    func draw(at position: Int, for value: String?) -> Double {
        guard let value else { return probability.unit(at: UInt64(position)) }
        return Chance(seed: seed, stream: rule.id + "\u{0}per\u{0}" + value).unit(at: UInt64(position))
    }

    /// The generator of draws for entries.
    func entries(for value: String?) -> Chance {
        guard let value else { return entries }
        return Chance(seed: seed, stream: rule.id + "\u{0}entries\u{0}" + value)
    }

    /// The delay of a firing; `before` tells the wait before the operation from the one after it.
    func delay(_ spec: ModifierSpec.DelaySpec, before: Bool, place: Firing.Place) -> Duration {
        var chance = before ? delaysBefore : delays
        if let value = place.value {
            chance = Chance(seed: seed, stream: rule.id + "\u{0}delay\(before)\u{0}" + value)
        }
        return spec.drawn(from: chance, at: place.position)
    }

    /// A sequence in a sequence is no part of the language; of one made by hand the first outcome counts.
    private static func flattened(_ step: SequenceSpec.Step) -> SequenceSpec.Step {
        guard case .sequence(let inner) = step.outcome else { return step }
        var step = step
        step.outcome = inner.steps.first?.outcome
        return if case .sequence = step.outcome { SequenceSpec.Step(outcome: .pass) } else { step }
    }

    private static func needs(of rule: Rule, steps: [SequenceSpec.Step]) -> Needs {
        var needs: Needs = []
        if !rule.match.params.isEmpty { needs.insert(.params) }
        if rule.match.body != nil { needs.insert(.body) }
        if rule.selection.attempts != nil { needs.insert(.call) }
        for key in rule.selection.per {
            switch key {
            case .params: needs.insert(.params)
            case .call: needs.insert(.call)
            case .accessKey, .principal, .header, .region, .account: break
            }
        }
        let templates = ([rule.modifiers] + steps.map(\.modifiers)).flatMap { $0.headers.compactMap(\.value) }
        if templates.contains(where: { $0.refers(to: "params") }) { needs.insert(.params) }
        if templates.contains(where: { $0.refers(to: "attempt") }) { needs.insert(.call) }
        return needs
    }
}
