// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Rules that share a state: a scenario's, or the ad hoc ones.
struct RuleGroup: Sendable {
    /// The scenario; nil for ad hoc rules.
    var scenario: Scenario?
    /// In the order in which they are asked.
    var slots: [RuleSlot]
    /// The scenario's state.
    var state = RuleGroup.startState
    /// The number of the last move that a rule made; 0 where none did.
    var lastMove: UInt64 = 0
    /// What `setup` named.
    var names = Fields()

    /// The state in which a scenario starts.
    static let startState = "start"

    /// Moves to a state.
    fileprivate mutating func move(to new: String, number: UInt64) -> TakeBack.Move {
        let move = TakeBack.Move(number: number, from: state, before: lastMove)
        state = new
        lastMove = number
        return move
    }

    /// Asks one rule; `forgot` says that it forgets values of `per`, which was not said before.
    fileprivate mutating func ask(
        _ index: Int, _ facts: RequestFacts, attempt: CallAttempt?, forgot: inout Bool
    ) -> Verdict {
        let hadForgotten = slots[index].hasForgotten
        let verdict = slots[index].ask(facts, attempt: attempt, state: state)
        forgot = slots[index].hasForgotten && !hadForgotten
        return verdict
    }
}

/// The rules that can meet one operation. Keeps the operation, so that its identity is never another's.
final class Plan: Sendable {
    let operation: Operation
    let candidates: [Candidate]
    let needs: Needs
    /// How surely somebody means the operation: see `Engine.standing`.
    let standing: Int

    init(operation: Operation, candidates: [Candidate], needs: Needs, standing: Int) {
        self.operation = operation
        self.candidates = candidates
        self.needs = needs
        self.standing = standing
    }
}

/// What the engine decides from: plain values behind the engine's lock, and the order of decision.
struct EngineState: Sendable {
    /// Ad hoc rules, newest first.
    var adHoc = RuleGroup(scenario: nil, slots: [])
    /// Scenarios in the order of loading.
    var scenarios: [RuleGroup] = []
    var calls: CallTracker
    /// What the log has yet to be told.
    var notices: [EngineNotice] = []
    var adHocCount = 0
    /// How many rules there ever were.
    var rulesMade: UInt32 = 0
    /// What became of asking them.
    var trace = TraceRing()
    private var moveCount: UInt64 = 0
    let limits: EngineLimits
    private let errors: any ErrorResolving
    private var plans: [ObjectIdentifier: Plan] = [:]

    init(limits: EngineLimits, errors: any ErrorResolving) {
        self.limits = limits
        self.errors = errors
        self.calls = CallTracker(capacity: limits.calls)
    }

    /// Decides a request: ad hoc rules, then scenarios, each from top to bottom, until one decides.
    mutating func decide(_ facts: RequestFacts) -> Decision {
        let plan = plan(for: facts.operation, of: facts.service)
        var attempt: CallAttempt?
        if facts.invocation != nil || plan.needs.contains(.call) || facts.raw.bodyHash != nil {
            attempt = calls.seen(facts)
        }
        let traced = trace.written
        if plan.candidates.isEmpty {
            return Decision(effect: .none, attempt: attempt, trace: trace.span(since: traced, rules: rulesMade))
        }
        var fired: [Firing] = []
        var moves: [(group: Int, state: String)] = []
        var isDecided = false
        for candidate in plan.candidates {
            guard case .fired(let place) = ask(candidate, facts, attempt: attempt) else { continue }
            let step = candidate.compiled.step(after: place.firing)
            guard let failing = candidate.failing(at: step, place, of: facts) else {
                takeBack(TakeBack(fired: [.init(life: slot(of: candidate).life, place: place)], moves: []))
                continue
            }
            if let state = candidate.compiled.rule.selection.become { moves.append((candidate.group, state)) }
            isDecided = candidate.decides(at: step)
            let names = candidate.group == 0 ? adHoc.names : scenarios[candidate.group - 1].names
            let firing = Firing(candidate: candidate, place: place, step: step, names: names, failing: failing)
            if isDecided, fired.isEmpty, let effect = candidate.effect(of: firing, facts, attempt: attempt) {
                let states = move(moves)
                let takeBack = effect.answer.asksOperation ? takeBack(of: [(candidate, place)], states) : nil
                let trace = trace.span(since: traced, rules: rulesMade)
                return Decision(effect: effect, attempt: attempt, trace: trace, takeBack: takeBack)
            }
            fired.append(firing)
            if isDecided { break }
        }
        let states = move(moves)
        let effect = EngineState.effect(of: fired, isDecided: isDecided, facts: facts, attempt: attempt)
        let asks = effect.answer.asksOperation && !fired.isEmpty
        let takeBack = asks ? takeBack(of: fired.map { ($0.candidate, $0.place) }, states) : nil
        let trace = trace.span(since: traced, rules: rulesMade)
        return Decision(effect: effect, attempt: attempt, trace: trace, takeBack: takeBack)
    }

    /// What there is to take back if the operation refuses.
    private func takeBack(
        of fired: [(candidate: Candidate, place: Firing.Place)], _ moves: [TakeBack.Move]
    ) -> TakeBack {
        let fired = fired.map { TakeBack.Fired(life: slot(of: $0.candidate).life, place: $0.place) }
        return TakeBack(fired: fired, moves: moves)
    }

    private func slot(of candidate: Candidate) -> RuleSlot {
        candidate.group == 0
            ? adHoc.slots[candidate.index] : scenarios[candidate.group - 1].slots[candidate.index]
    }

    /// What must be at hand before requests of an operation are decided.
    mutating func needs(_ service: Service, _ operation: Operation) -> Needs {
        plan(for: operation, of: service).needs
    }

    /// How much rules and expectations say of an operation by its service's name.
    mutating func standing(_ service: Service, _ operation: Operation) -> Int {
        plan(for: operation, of: service).standing
    }

    /// Forgets which rules meet which operations; every change of the rules must.
    mutating func rulesChanged() {
        plans.removeAll(keepingCapacity: true)
    }

    /// `become` takes effect for the next request, so after all rules were asked.
    private mutating func move(_ moves: [(group: Int, state: String)]) -> [TakeBack.Move] {
        moves.map { move in
            moveCount += 1
            return move.group == 0
                ? adHoc.move(to: move.state, number: moveCount)
                : scenarios[move.group - 1].move(to: move.state, number: moveCount)
        }
    }

    private mutating func ask(_ candidate: Candidate, _ facts: RequestFacts, attempt: CallAttempt?) -> Verdict {
        var forgot = false
        let verdict =
            candidate.group == 0
            ? adHoc.ask(candidate.index, facts, attempt: attempt, forgot: &forgot)
            : scenarios[candidate.group - 1].ask(candidate.index, facts, attempt: attempt, forgot: &forgot)
        trace.append(TraceStep(candidate.compiled, verdict))
        if forgot {
            notices.append(.valuesForgotten(rule: candidate.compiled.rule.id, limit: limits.valuesPerRule))
        }
        return verdict
    }

    private static func effect(
        of fired: [Firing], isDecided: Bool, facts: RequestFacts, attempt: CallAttempt?
    ) -> Effect {
        guard let last = fired.last else { return .none }
        var answer = Effect.Answer.pass
        if isDecided, let step = last.step {
            answer = last.candidate.outcomes[step].answer(
                last.context(facts, attempt: attempt), failing: last.failing)
        }
        return Effect(
            answer: answer, modifiers: fired.merged(facts, attempt: attempt, isDecided: isDecided),
            decidedBy: isDecided ? last.candidate.compiled.rule.id : nil,
            fired: fired.map(\.candidate.compiled.rule.id))
    }

    private mutating func plan(for operation: Operation, of service: Service) -> Plan {
        if let plan = plans[ObjectIdentifier(operation)] { return plan }
        var candidates: [Candidate] = []
        var needs: Needs = []
        var standing = 0
        for (number, group) in ([adHoc] + scenarios).enumerated() {
            for (index, slot) in group.slots.enumerated() {
                let compiled = slot.compiled
                standing = max(standing, compiled.rule.match.standing(service: service.name, operation: operation.name))
                guard compiled.rule.match.covers(service: service.name, operation: operation.name) else { continue }
                let outcomes = compiled.steps.compactMap {
                    PreparedOutcome($0.outcome, service: service, operation: operation, errors: errors)
                }
                // A rule whose error the operation does not know is not about it; the loader has warned of that.
                guard outcomes.count == compiled.steps.count else { continue }
                needs.formUnion(compiled.needs)
                if outcomes.contains(where: \.needsParams) { needs.insert(.params) }
                if outcomes.contains(where: \.needsAttempt) { needs.insert(.call) }
                candidates.append(Candidate(compiled: compiled, group: number, index: index, outcomes: outcomes))
            }
            for expectation in group.scenario?.expect ?? [] {
                needs.formUnion(expectation.journalNeeds(service: service.name, operation: operation.name))
                for match in expectation.matches {
                    standing = max(standing, match.standing(service: service.name, operation: operation.name))
                }
            }
        }
        let plan = Plan(operation: operation, candidates: candidates, needs: needs, standing: standing)
        plans[ObjectIdentifier(operation)] = plan
        return plan
    }
}

extension Match {
    /// 2 where it speaks of the operation and names the service, 1 where it names the service, else 0. `*` names none.
    fileprivate func standing(service: String, operation: String) -> Int {
        var standing = 0
        for wanted in operations where !wanted.service.matchesAll && wanted.service.matches(service) {
            if wanted.operation.matches(operation) { return 2 }
            standing = 1
        }
        return standing
    }
}

extension Expectation {
    /// What the journal must keep of an operation's requests for this to be judged.
    fileprivate func journalNeeds(service: String, operation: String) -> Needs {
        var needs: Needs = []
        for match in matches where match.covers(service: service, operation: operation) {
            if !match.params.isEmpty { needs.insert(.journalParams) }
            if !match.headers.isEmpty { needs.insert(.journalHeaders) }
        }
        return needs
    }

    /// The matches that it speaks of.
    var matches: [Match] {
        switch kind {
        case .requests(let match, _): [match]
        case .order(let matches): matches
        }
    }
}
