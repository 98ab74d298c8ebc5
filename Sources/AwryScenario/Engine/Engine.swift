// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Synchronization

/// Bounds on what the engine remembers.
public struct EngineLimits: Sendable {
    /// Values of `per`, for each rule.
    public var valuesPerRule: Int
    /// Calls.
    public var calls: Int

    /// The language's own bounds unless others are given.
    public init(valuesPerRule: Int = 100_000, calls: Int = 100_000) {
        self.valuesPerRule = valuesPerRule
        self.calls = calls
    }
}

/// Something that the log should say.
public enum EngineNotice: Sendable, Hashable {
    /// A rule has met more values of `per` than are remembered, and forgets those unused for longest. Said once for a
    /// rule until it is reset.
    case valuesForgotten(rule: String, limit: Int)
}

/// What the engine made of one request.
public struct Decision: Sendable {
    /// What is to be done.
    public var effect: Effect
    /// Which attempt of which call it is; nil where that takes the body's hash, which was not at hand and which no
    /// rule needed: `Engine.track` says it later.
    public var attempt: CallAttempt?
    /// What became of asking each rule.
    public var trace = TraceSpan()
    /// For `Engine.takeBack`, if the operation refuses the request; nil where that would take nothing back.
    public var takeBack: TakeBack?
}

/// Decides the fate of a sandbox's requests. One for each sandbox.
///
/// All of its state is in one value behind one lock, which no call holds longer than a decision takes: nothing in it
/// waits, and log hooks are called after it is released.
public final class Engine: Sendable {
    private let state: Mutex<EngineState>
    private let clock: any WallClock
    private let log: (@Sendable (EngineNotice) -> Void)?

    /// An engine with these scenarios, in the order in which they are asked. `clock` is the sandbox's.
    public init(
        scenarios: [Scenario] = [], clock: any WallClock = SystemClock(),
        errors: any ErrorResolving = DirectoryErrors(), limits: EngineLimits = EngineLimits(),
        log: (@Sendable (EngineNotice) -> Void)? = nil
    ) {
        var state = EngineState(limits: limits, errors: errors)
        let now = clock.now
        for scenario in scenarios { state.replace(scenario, names: Fields(), now: now) }
        self.state = Mutex(state)
        self.clock = clock
        self.log = log
    }

    // MARK: Requests

    /// What must be at hand before requests of an operation are decided. Worked out once for an operation.
    public func needs(_ service: Service, _ operation: Operation) -> Needs {
        state.withLock { $0.needs(service, operation) }
    }

    /// How surely a rule or an expectation means an operation rather than another service's of the same request: 2
    /// where one is about the operation and names its service, 1 where one names the service, else 0. Worked out once.
    public func standing(_ service: Service, _ operation: Operation) -> Int {
        state.withLock { $0.standing(service, operation) }
    }

    /// Decides a request, and counts it among its call's attempts where these can be told.
    public func decide(_ facts: RequestFacts) -> Decision {
        let (decision, notices) = state.withLock { state in
            let decision = state.decide(facts)
            if state.notices.isEmpty { return (decision, [EngineNotice]()) }
            defer { state.notices = [] }
            return (decision, state.notices)
        }
        if let log { for notice in notices { log(notice) } }
        return decision
    }

    /// Counts a request among its call's attempts. Only for one whose decision came without an attempt; once.
    public func track(_ facts: RequestFacts) -> CallAttempt {
        state.withLock { $0.calls.seen(facts) }
    }

    /// Takes firings back, all in one step, because the operation refused the request: `times`, steps and states are as
    /// if the rules had not fired. Once for a decision.
    public func takeBack(_ firings: TakeBack) {
        state.withLock { $0.takeBack(firings) }
    }

    /// Notes how a request was answered; without an SDK's headers that is what ends a call. `now` is the monotonic
    /// clock's, in nanoseconds.
    public func answered(_ attempt: CallAttempt, status: Int, whole: Bool, at now: UInt64) {
        guard attempt.isOpenEnded else { return }
        state.withLock { $0.calls.answered(attempt, status: status, whole: whole, at: now) }
    }

    // MARK: Rules

    /// What the ids of ad hoc rules begin with that were given none: `adhoc-1`.
    public static let adHocPrefix = "adhoc"

    /// Puts a rule ahead of all others and gives its id: the rule's own, unless it is empty or begins with `adhoc#`
    /// (as a loader numbers rules without one). An ad hoc rule of that id is replaced.
    @discardableResult public func add(_ rule: Rule) -> String {
        add([rule])[0]
    }

    /// Puts rules ahead of all others, in one step, the first of them foremost, and gives their ids.
    public func add(_ rules: [Rule]) -> [String] {
        let now = clock.now
        return state.withLock { state in
            Array(rules.reversed().map { state.add($0, now: now) }.reversed())
        }
    }

    /// Removes an ad hoc rule; false where there is none of that id.
    public func remove(_ id: String) -> Bool {
        state.withLock { $0.remove(id) }
    }

    /// All rules in the order in which they are asked.
    public func rules() -> [RuleStatus] {
        state.withLock { $0.statuses() }
    }

    /// For each rule, in the order in which they are asked, why it did or did not take a request.
    public func explain(_ entry: JournalEntry) -> [Explanation] {
        state.withLock { $0.explain(entry) }
    }

    // MARK: Scenarios

    /// Loads a scenario: in the place of the one of its name, whose counters go, else after all others. `names` is
    /// what its `setup` named, for templates.
    public func replace(_ scenario: Scenario, names: Fields = Fields()) {
        let now = clock.now
        state.withLock { $0.replace(scenario, names: names, now: now) }
    }

    /// Removes a scenario; false where there is none of that name.
    public func removeScenario(_ name: String) -> Bool {
        state.withLock { $0.removeScenario(name) }
    }

    /// Puts these scenarios in the place of all, in one step. Ad hoc rules stay.
    public func setScenarios(_ scenarios: [(scenario: Scenario, names: Fields)]) {
        let now = clock.now
        state.withLock { state in
            state.scenarios = []
            state.rulesChanged()
            for entry in scenarios { state.replace(entry.scenario, names: entry.names, now: now) }
        }
    }

    /// The scenarios in the order of loading.
    public var scenarios: [Scenario] {
        state.withLock { $0.scenarios.compactMap(\.scenario) }
    }

    /// Sets what a scenario's `setup` named, after it ran again.
    public func setNames(_ names: Fields, of scenario: String) {
        state.withLock { state in
            guard let index = state.index(of: scenario) else { return }
            state.scenarios[index].names = names
        }
    }

    /// What a scenario's `setup` named; nil where there is no such scenario.
    public func names(of scenario: String) -> Fields? {
        state.withLock { state in state.index(of: scenario).map { state.scenarios[$0].names } }
    }

    /// A scenario's state; nil where there is no such scenario.
    public func state(of scenario: String) -> String? {
        state.withLock { state in state.index(of: scenario).map { state.scenarios[$0].state } }
    }

    /// Moves a scenario to a state; false where there is no such scenario.
    public func setState(_ new: String, of scenario: String) -> Bool {
        state.withLock { state in
            guard let index = state.index(of: scenario) else { return false }
            state.scenarios[index].state = new
            state.scenarios[index].lastMove = 0
            return true
        }
    }

    /// Removes ad hoc rules and restarts every rule's counters, generators and windows and every scenario's state.
    /// Calls are forgotten too, so that the next request is a first attempt unless its SDK says otherwise.
    public func reset() {
        let now = clock.now
        state.withLock { $0.reset(now: now) }
    }

    // MARK: For tests of what is remembered

    /// How many calls are remembered.
    var callCount: Int { state.withLock { $0.calls.count } }

    /// How many values of `per` the rule at this place of the first scenario remembers.
    func valueCount(of rule: Int) -> Int { state.withLock { $0.scenarios[0].slots[rule].valueCount } }
}
