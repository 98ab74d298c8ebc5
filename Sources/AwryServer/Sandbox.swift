// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import Synchronization

/// One world: its rules and their counters, its clock, its identifiers and its journal. Its parts lock themselves;
/// nothing here holds two locks at once.
public final class Sandbox: Sendable {
    /// The name by which requests choose it.
    public let name: String
    /// Which sandbox of the server's this is, from 0: the high bits of its delivery tokens.
    let number: Int
    /// Decides its requests.
    public let engine: Engine
    /// Remembers them.
    public let journal: Journal
    /// Rules what the sandbox makes and promises.
    public let clock: SandboxClock
    /// Limits its calls as AWS would, where that is turned on.
    let throttle = Throttle()
    /// Makes its identifiers.
    let identifiers: Identifiers

    private let standardQuotas: QuotaSelection
    private let answers = Mutex<[UInt64: PendingAnswer]>([:])

    /// A sandbox with these scenarios; its seed and clock are theirs.
    init(name: String, number: Int, scenarios: [Scenario], quotas: QuotaSelection) {
        self.name = name
        self.number = number
        let options = ScenarioOptions(scenarios)
        clock = SandboxClock(start: options.clock, frozen: options.frozen ?? false)
        engine = Engine(scenarios: scenarios, clock: clock)
        journal = Journal()
        standardQuotas = quotas
        throttle.configure(options.quotas ?? quotas)
        identifiers = Identifiers(seed: scenarios.first?.seed ?? 0, sandbox: name)
    }
}

extension Sandbox {
    /// What is known of an answer while it is being sent.
    struct PendingAnswer {
        var status: Int
        var error: String?
        var attempt: CallAttempt
    }

    /// Loads a scenario, in the place of one of its name. A clock that it sets starts now.
    public func load(_ scenario: Scenario) {
        if scenario.options.clock != nil || scenario.options.frozen != nil {
            let others = engine.scenarios.filter { $0.name != scenario.name }
            startClock(by: ScenarioOptions([scenario] + others))
        }
        engine.replace(scenario)
        throttle.configure(ScenarioOptions(engine.scenarios).quotas ?? standardQuotas)
    }

    /// Removes a scenario; false where there is none of that name.
    public func removeScenario(_ name: String) -> Bool {
        guard engine.removeScenario(name) else { return false }
        throttle.configure(ScenarioOptions(engine.scenarios).quotas ?? standardQuotas)
        return true
    }

    /// Takes the rules back to their beginning, and fills the quotas' buckets.
    public func resetRules() {
        engine.reset()
        throttle.reset()
    }

    /// Puts the clock back to where its scenarios start it.
    public func resetClock() {
        startClock(by: ScenarioOptions(engine.scenarios))
    }

    private func startClock(by options: ScenarioOptions) {
        clock.reset(start: options.clock, frozen: options.frozen ?? false)
    }

    /// Enters an answer that goes out now, and gives the token under which the transport reports its end.
    func begin(_ entry: JournalEntry, _ answer: PendingAnswer) -> UInt64 {
        let token = UInt64(number) << Sandboxes.tokenShift | journal.begin(entry)
        answers.withLock { $0[token] = answer }
        return token
    }

    /// Notes how the sending of an answer ended.
    func delivered(_ token: UInt64, _ delivery: Delivery, log: any CallLog) {
        guard let answer = answers.withLock({ $0.removeValue(forKey: token) }) else { return }
        let sequence = token & (1 << Sandboxes.tokenShift - 1)
        engine.answered(answer.attempt, status: answer.status, whole: delivery.whole, at: delivery.endedAt)
        journal.finish(
            sequence,
            JournalEntry.Delivery(
                status: answer.status == 0 ? nil : answer.status, error: answer.error, isWhole: delivery.whole,
                bytes: delivery.bytes, finished: delivery.endedAt))
        if log.isOn, let entry = journal.entry(sequence) { log.ended(entry) }
    }
}

/// All sandboxes of the server, and the base scenarios with which each begins.
public final class Sandboxes: Sendable {
    private struct State {
        var base: [Scenario]
        var living: [Sandbox] = []
        var index: [String: Int] = [:]
    }

    private let state: Mutex<State>
    private let quotas: QuotaSelection

    /// The sandboxes of a server that begins with these scenarios. `quotas` hold where no scenario says otherwise.
    public init(base: [Scenario] = [], quotas: QuotaSelection = QuotaSelection(defaults: false)) {
        self.quotas = quotas
        state = Mutex(State(base: base))
    }

    /// The sandbox of this name, brought to life if it is not yet.
    public func sandbox(_ name: String) -> Sandbox {
        state.withLock { state in
            if let index = state.index[name] { return state.living[index] }
            let sandbox = Sandbox(name: name, number: state.living.count, scenarios: state.base, quotas: quotas)
            state.index[name] = state.living.count
            state.living.append(sandbox)
            return sandbox
        }
    }

    /// The living sandboxes, oldest first.
    public var all: [Sandbox] { state.withLock { $0.living } }

    /// The scenarios with which a sandbox begins.
    public var base: [Scenario] { state.withLock { $0.base } }

    /// Puts a scenario into the base, in the place of one of its name, and into every living sandbox.
    public func loadEverywhere(_ scenario: Scenario) {
        let living = state.withLock { state in
            if let index = state.base.firstIndex(where: { $0.name == scenario.name }) {
                state.base[index] = scenario
            } else {
                state.base.append(scenario)
            }
            return state.living
        }
        for sandbox in living { sandbox.load(scenario) }
    }

    /// Removes a scenario from the base and from every living sandbox; false where none had it.
    public func removeEverywhere(_ scenario: String) -> Bool {
        let (had, living) = state.withLock { state in
            let before = state.base.count
            state.base.removeAll { $0.name == scenario }
            return (state.base.count < before, state.living)
        }
        return living.reduce(had) { $1.removeScenario(scenario) || $0 }
    }

    /// The sandbox that gave out a delivery token.
    func sandbox(ofToken token: UInt64) -> Sandbox? {
        let number = Int(token >> Sandboxes.tokenShift)
        return state.withLock { number < $0.living.count ? $0.living[number] : nil }
    }

    /// A token is the sandbox's number above the journal's own number for the entry.
    static let tokenShift: UInt64 = 44
}
