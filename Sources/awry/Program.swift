// SPDX-License-Identifier: Apache-2.0

import AwryControl
import AwryCore
import AwryModel
import AwryScenario
import AwryServer
import AwryServices
import AwryTransport
import Synchronization

/// The running server, as the control interface acts on it.
final class Program: ControlledServer {
    let sandboxes: Sandboxes
    let compatibility = CompatibilityState()
    let events: EventHub
    private let catalogue: Catalogue
    private let available: [Scenario]
    /// Set once, before the first request: it needs the server, and the server needs this.
    private let attached = Mutex<Listeners?>(nil)

    /// What diagnostics call a text that came by the control interface.
    private static let bodyName = "<body>"

    /// A server of these sandboxes; `available` are scenarios that no sandbox has unless it is made with them.
    init(
        sandboxes: Sandboxes, available: [Scenario] = [], events: EventHub = EventHub(), catalogue: Catalogue = .shared
    ) {
        self.events = events
        self.available = available
        self.sandboxes = sandboxes
        self.catalogue = catalogue
    }

    /// Says where the ports of scenarios are.
    func attach(_ listeners: Listeners) {
        attached.withLock { $0 = listeners }
    }

    var listeners: Listeners? { attached.withLock { $0 } }

    var about: Fields {
        [
            "name": "awry", "version": .string(Version.number), "botocore": .string(catalogue.botocoreVersion),
            "services": .integer(Int64(catalogue.serviceCount)),
        ]
    }

    func sandboxes(_ name: String) -> [ControlledSandbox] {
        let chosen = name == "all" ? sandboxes.all : [sandboxes.sandbox(name)]
        return chosen.map {
            ControlledSandbox(
                name: $0.name, engine: $0.engine, journal: $0.journal, clock: $0.clock, outbox: $0.outbox)
        }
    }

    func load(_ text: String, called name: String?, sandbox: String) throws(LoadFailure) -> (Scenario, [Diagnostic]) {
        let active = sandbox == "all" ? sandboxes.base + sandboxes.all.flatMap(\.engine.scenarios) : nil
        let loaded = try loader.load(
            [SourceText(name: Self.bodyName, text: text)],
            beside: active ?? sandboxes.sandbox(sandbox).engine.scenarios)
        guard let scenario = loaded.scenarios.first, loaded.scenarios.count == 1 else {
            let place = SourceLocation(file: Self.bodyName, line: 1, column: 1)
            let count = loaded.scenarios.count
            throw LoadFailure([Diagnostic(.mistake, place, "expected one scenario, found \(count)")])
        }
        if let name, scenario.name != name {
            let message = "the scenario is called `\(scenario.name)`, and was to be loaded as `\(name)`"
            throw LoadFailure([Diagnostic(.mistake, scenario.location, message)])
        }
        let beside = sandbox == "all" ? sandboxes.base : sandboxes.sandbox(sandbox).engine.scenarios
        let others = beside.filter { $0.name != scenario.name }
        try SetupRun.check(others + [scenario])
        if let listeners { try listeners.open([scenario], sandbox: sandbox) }
        if sandbox == "all" {
            sandboxes.loadEverywhere(scenario)
        } else {
            sandboxes.sandbox(sandbox).load(scenario)
        }
        events.tell(.scenario, in: sandbox, ["scenario": .string(scenario.name), "change": "loaded"])
        return (scenario, loaded.warnings)
    }

    func remove(scenario: String, sandbox: String) -> Bool {
        listeners?.close(scenario: scenario, sandbox: sandbox)
        defer { events.tell(.scenario, in: sandbox, ["scenario": .string(scenario), "change": "removed"]) }
        if sandbox == "all" { return sandboxes.removeEverywhere(scenario) }
        return sandboxes.sandbox(sandbox).removeScenario(scenario)
    }

    /// Puts these scenarios in the place of those that came from files before, everywhere; others stay.
    func reload(_ scenarios: [Scenario], insteadOf old: [String]) throws(LoadFailure) {
        if let listeners {
            try listeners.open(scenarios, sandbox: EventHub.everywhere)
            for name in old where !scenarios.contains(where: { $0.name == name }) {
                listeners.close(scenario: name, sandbox: EventHub.everywhere)
            }
        }
        sandboxes.reload(scenarios, insteadOf: old)
        for name in old where !scenarios.contains(where: { $0.name == name }) {
            events.tell(.scenario, in: EventHub.everywhere, ["scenario": .string(name), "change": "removed"])
        }
        for scenario in scenarios {
            events.tell(.scenario, in: EventHub.everywhere, ["scenario": .string(scenario.name), "change": "loaded"])
        }
    }

    func rules(_ text: String) throws(LoadFailure) -> ([Rule], [Diagnostic]) {
        let read = try loader.rules(SourceText(name: Self.bodyName, text: text), idPrefix: Engine.adHocPrefix)
        return (read.rules, read.warnings)
    }

    func expectations(_ text: String) throws(LoadFailure) -> [Expectation] {
        try loader.expectations(SourceText(name: Self.bodyName, text: text)).expectations
    }

    /// More than these are not reset before each of a few tests, but after a whole run of them.
    private static let manySandboxes = 16

    func reset(_ parts: ResetParts, sandbox: String) {
        let chosen = sandbox == "all" ? sandboxes.all : [sandboxes.sandbox(sandbox)]
        // All are emptied before any is made anew, which would else lie strewn among what the others held.
        for each in chosen {
            if parts.contains(.journal) { each.journal.clear() }
            if parts.contains(.state) { each.emptyState() }
        }
        if sandbox == "all" { SpareMemory.giveBack() }
        for each in chosen {
            if parts.contains(.clock) { each.resetClock() }
            if parts.contains(.state) { each.setUpAgain() }
            if parts.contains(.rules) { each.resetRules() }
            // With either of them kept, what was given out before would be given out again beside it.
            if parts.isSuperset(of: [.state, .journal]) { each.resetIdentifiers() }
        }
        if sandbox == "all" {
            SpareMemory.giveBack()
            // The code that many needed may go too. Between two tests it would only be fetched again.
            if chosen.count > Self.manySandboxes { SpareMemory.letGoOfCode() }
        }
        events.tell(.reset, in: sandbox, ["parts": .list(parts.names.map { .string($0) })])
    }

    func environment(sandbox: String) -> [(name: String, value: String)] {
        sandboxes.sandbox(sandbox).environment
    }

    func isSandboxName(_ name: String) -> Bool { SandboxName.isName(Array(name.utf8)[...]) }

    var availableScenarios: [Scenario] {
        let base = sandboxes.base
        return base + available.filter { one in !base.contains { $0.name == one.name } }
    }

    func make(sandbox: String, scenarios: [Scenario]?) {
        _ = sandboxes.make(sandbox, scenarios: scenarios)
    }

    func drop(sandbox: String) {
        if sandboxes.drop(sandbox) { events.tell(.sandbox, in: sandbox, ["change": "dropped"]) }
        compatibility.forget(sandbox)
    }

    func seed(_ seed: UInt64, sandbox: String) {
        for chosen in sandbox == "all" ? sandboxes.all : [sandboxes.sandbox(sandbox)] { chosen.seed(seed) }
    }

    var packs: [String] { Packs.folder.map(Packs.names) ?? [] }

    func pack(_ name: String) -> [UInt8]? {
        guard let folder = Packs.folder, Packs.names(in: folder).contains(name) else { return nil }
        return try? SmallFile.read("\(folder)/\(name).yaml")
    }

    private var loader: ScenarioLoader { ScenarioLoader(catalogue: catalogue, isFaked: Fakes.knows) }
}

extension ControlInterface: LocalInterface {}

extension Server: Answering {}

/// Which operations have a fake.
enum Fakes {
    /// Whether a fake answers this operation; any other is answered by a stub where no rule decides.
    @Sendable static func knows(_ service: Service, _ operation: Operation) -> Bool {
        World.knows(service, operation)
    }
}
