// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario
import AwryServices
import Synchronization

/// One world: its rules and their counters, its clock, its identifiers and its journal. Its parts lock themselves;
/// nothing here holds two locks at once.
public final class Sandbox: Sendable {
    /// The name by which requests choose it.
    public let name: String
    /// By what the keys that it gives out tell that they are its own.
    let mark: UInt32
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
    /// How it wants its fakes.
    private let settings = Mutex(FakeSettings())
    /// What its services hold.
    let world: World
    /// The calls that wait for something in it.
    let waits = Waits()
    /// Makes its identifiers.
    let identifiers: Identifiers

    /// Whether it begins with the base scenarios, and is given those that come to them.
    let followsBase: Bool
    /// When it was last asked for, on the monotonic clock. Relaxed: only its order matters, and that only about.
    private let lastUsed: Atomic<UInt64>
    private let underWay = Atomic<Int>(0)
    private let hasGone = Atomic<Bool>(false)
    private let standardQuotas: QuotaSelection
    private let scenarioAuth = Mutex<AuthMode?>(nil)
    private let endpoint: String
    private let answers = Mutex(PendingAnswers())

    /// A sandbox with these scenarios; its seed and clock are theirs.
    ///
    /// `endpoint` is where URLs lead that its setup makes.
    init(
        name: String, number: Int, scenarios: [Scenario], followsBase: Bool = true, quotas: QuotaSelection,
        journal limits: JournalLimits = JournalLimits(), endpoint: String
    ) {
        self.followsBase = followsBase
        lastUsed = Atomic(Monotonic.now)
        self.name = name
        mark = SandboxMark.of(name)
        self.endpoint = name == SandboxName.standard ? endpoint : "\(endpoint)/_sandbox/\(name)"
        self.number = number
        let options = ScenarioOptions(scenarios)
        clock = SandboxClock(start: options.clock, frozen: options.frozen ?? false)
        engine = Engine(scenarios: scenarios, clock: clock)
        journal = Journal(limits: limits)
        standardQuotas = quotas
        let seed = scenarios.first?.seed ?? 0
        identifiers = Identifiers(seed: seed, sandbox: name)
        world = World(seed: seed, sandbox: name)
        configure(options)
        for scenario in scenarios { setUp(scenario) }
    }
}

extension Sandbox {
    /// Loads a scenario, in the place of one of its name. A clock that it sets starts now.
    public func load(_ scenario: Scenario) {
        if scenario.options.clock != nil || scenario.options.frozen != nil {
            let others = engine.scenarios.filter { $0.name != scenario.name }
            startClock(by: ScenarioOptions([scenario] + others))
        }
        if let held = engine.names(of: scenario.name) {
            // The fakes keep what they hold, and so do the names.
            engine.replace(scenario, names: held)
        } else {
            engine.replace(scenario)
            setUp(scenario)
        }
        configure()
    }

    /// How much its scenarios ask of callers; nil where they do not say.
    var auth: AuthMode? { scenarioAuth.withLock { $0 } }

    /// Removes a scenario; false where there is none of that name.
    public func removeScenario(_ name: String) -> Bool {
        guard engine.removeScenario(name) else { return false }
        configure()
        return true
    }

    /// Lets options hold that may change while it lives.
    private func configure(_ options: ScenarioOptions) {
        let quotas = options.quotas ?? standardQuotas
        throttle.configure(quotas)
        scenarioAuth.withLock { $0 = options.auth }
        world.configure(options.world)
        settings.withLock { $0 = FakeSettings(transitions: options.transitions, hasQuotas: quotas.defaults) }
    }

    private func configure() { configure(ScenarioOptions(engine.scenarios)) }

    /// Takes the rules back to their beginning, and fills the quotas' buckets.
    public func resetRules() {
        engine.reset()
        throttle.reset()
    }

    /// Lets identifiers begin anew, at a place that this number says.
    public func seed(_ number: UInt64) {
        identifiers.start(at: number)
    }

    /// Lets identifiers begin again as they did when the sandbox was made.
    public func resetIdentifiers() {
        identifiers.reset()
    }

    /// Makes a scenario's world. A call that fails here, though it did not where the scenario was checked, meets what
    /// clients have made since; it names nothing.
    private func setUp(_ scenario: Scenario) {
        guard !scenario.setup.isEmpty else { return }
        let run = SetupRun(world: world, now: clock.now, endpoint: endpoint)
        engine.setNames(run.names(of: scenario), of: scenario.name)
    }

    /// Takes the fakes' state away.
    public func emptyState() { world.reset() }

    /// Runs every `setup` again, in an empty world, and lets those who wait ask again.
    public func setUpAgain() {
        for scenario in engine.scenarios { setUp(scenario) }
        clock.stir()
    }

    /// What `env` of its scenarios says, in their order.
    public var environment: [(name: String, value: String)] {
        engine.scenarios.flatMap { scenario in
            let names = engine.names(of: scenario.name) ?? [:]
            return scenario.env.map { ($0.name, $0.value.text(names: names)) }
        }
    }

    /// Puts the clock back to where its scenarios start it.
    public func resetClock() {
        startClock(by: ScenarioOptions(engine.scenarios))
    }

    private func startClock(by options: ScenarioOptions) {
        clock.reset(start: options.clock, frozen: options.frozen ?? false)
    }

    /// Enters an answer that goes out now, and gives the token under which the transport reports its end.
    func begin(_ entry: consuming JournalEntry, status: Int, error: String?) -> UInt64 {
        let answer = PendingAnswer(of: entry, status: status, error: error)
        let sequence = journal.begin(consume entry)
        answers.withLock { $0.insert(answer, sequence) }
        underWay.add(1, ordering: .relaxed)
        lastUsed.store(answer.arrived, ordering: .relaxed)
        return UInt64(number) << Sandboxes.tokenShift | sequence
    }

    /// Notes how the sending of an answer ended.
    func delivered(_ token: UInt64, _ delivery: Delivery, log: any CallLog, metrics: Metrics) {
        let sequence = token & (1 << Sandboxes.tokenShift - 1)
        guard let answer = answers.withLock({ $0.remove(sequence) }) else { return }
        underWay.subtract(1, ordering: .relaxed)
        engine.answered(answer.attempt, status: answer.status, whole: delivery.whole, at: delivery.endedAt)
        journal.finish(
            sequence,
            JournalEntry.Delivery(
                status: answer.status == 0 ? nil : answer.status, error: answer.error, isWhole: delivery.whole,
                bytes: delivery.bytes, finished: delivery.endedAt))
        metrics.count(
            Metrics.Key(
                service: answer.origin.service, operation: answer.origin.operation, status: answer.status,
                rule: answer.rule),
            nanoseconds: delivery.endedAt > answer.arrived ? delivery.endedAt - answer.arrived : 0)
        if log.isOn, let entry = journal.entry(sequence) { log.ended(entry) }
    }
}

extension Sandbox {
    /// What its services would have sent to people.
    public var outbox: Outbox { world.outbox }

    /// How it wants its fakes now.
    var fakeSettings: FakeSettings { settings.withLock { $0 } }

    /// When it was last asked for something, on the monotonic clock, in nanoseconds.
    public var lastUse: UInt64 { lastUsed.load(ordering: .relaxed) }

    /// How many answers are being sent.
    public var answersUnderWay: Int { underWay.load(ordering: .relaxed) }

    /// Whether it was dropped: who still holds it must look for the one that has its name now.
    var isGone: Bool { hasGone.load(ordering: .relaxed) }

    /// Notes that somebody asks for it.
    func touch() { lastUsed.store(Monotonic.now, ordering: .relaxed) }

    /// Gives its memory back, though some may hold it still. Answers under way end without a trace.
    func retire() {
        hasGone.store(true, ordering: .relaxed)
        journal.clear()
        answers.withLock { $0.removeAll() }
        engine.setScenarios([])
        engine.reset()
        world.reset()
        clock.stir()
    }

    /// Puts scenarios in the place of those of the `old` names; others stay, behind them.
    func reload(_ scenarios: [Scenario], insteadOf old: Set<String>) {
        let had = engine.scenarios
        let names = Set(scenarios.map(\.name))
        // One that was made with chosen scenarios gets the new ones of those, no others.
        let new = followsBase ? scenarios : scenarios.filter { one in had.contains { $0.name == one.name } }
        let others = had.filter { !old.contains($0.name) && !names.contains($0.name) }
        // The fakes keep what they hold, and so do the names.
        let all = (new + others).map { (scenario: $0, held: engine.names(of: $0.name)) }
        engine.setScenarios(all.map { ($0.scenario, $0.held ?? [:]) })
        configure()
        if new.contains(where: { $0.options.clock != nil || $0.options.frozen != nil }) { resetClock() }
        for (scenario, held) in all where held == nil { setUp(scenario) }
    }
}
