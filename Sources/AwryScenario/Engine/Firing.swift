// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A rule that fired for a request.
struct Firing {
    /// Where a firing stands among the rule's.
    struct Place: Sendable {
        /// The request's position, from 1.
        var position: Int
        /// How many firings came before.
        var firing: Int
        /// The value of `per`, if there is one.
        var value: String?
    }

    let candidate: Candidate
    let place: Place
    /// Which of the rule's steps; nil for `pass` after the last.
    let step: Int?
    /// What `setup` named in the rule's scenario.
    let names: Fields
    /// The positions of the entries that fail, for `entries:`.
    let failing: [Int]

    func context(_ facts: RequestFacts, attempt: CallAttempt?) -> TemplateContext {
        TemplateContext(facts: facts, position: place.position, attempt: attempt?.number, names: names)
    }
}

/// A rule that covers an operation, with its outcomes made ready for it.
final class Candidate: Sendable {
    let compiled: CompiledRule
    /// Where its counters are: the group of rules, and the place in it.
    let group: Int
    let index: Int
    /// One for each step.
    let outcomes: [PreparedOutcome]
    /// The effect of each step where no other rule fired and all but perhaps the answer is the same every time.
    private let effects: [Effect?]

    init(compiled: CompiledRule, group: Int, index: Int, outcomes: [PreparedOutcome]) {
        self.compiled = compiled
        self.group = group
        self.index = index
        self.outcomes = outcomes
        let rule = compiled.rule
        effects = zip(outcomes, compiled.steps).map { outcome, step in
            guard let modifiers = [rule.modifiers, step.modifiers].constantModifiers else { return nil }
            var answer = Effect.Answer.pass
            if case .constant(let constant) = outcome { answer = constant }
            return Effect(answer: answer, modifiers: modifiers, decidedBy: rule.id, fired: [rule.id])
        }
    }

    /// The effect of a firing that decides alone; nil where its modifiers are others each time.
    func effect(of firing: Firing, _ facts: RequestFacts, attempt: CallAttempt?) -> Effect? {
        guard let step = firing.step, let effect = effects[step] else { return nil }
        // Lent by a span: a copy of a blueprint counts twelve references.
        let all = self.outcomes
        let outcomes = all.span
        if case .constant = outcomes[step] { return effect }
        let answer = outcomes[step].answer(firing.context(facts, attempt: attempt), failing: firing.failing)
        return effect.answering(answer)
    }

    /// The entries that a step lets fail, none where it is about no entries. Nil where it finds no entry to fail: then
    /// nothing happens, and the rule has not fired.
    func failing(at step: Int?, _ place: Firing.Place, of facts: RequestFacts) -> [Int]? {
        guard let step, case .entries(let entries) = outcomes[step] else { return [] }
        let failing = entries.failing(facts.params ?? [:]) {
            compiled.draw(at: place.position, entry: $0, for: place.value)
        }
        return failing.isEmpty ? nil : failing
    }

    /// Whether a step answers; `pass` after the last does.
    func decides(at step: Int?) -> Bool {
        step.map { outcomes[$0].decides } ?? true
    }
}
