// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

/// The server as the control interface acts on it. The program fulfils it with its own types.
public protocol ControlledServer: Sendable {
    /// What `GET version` tells: name, version, botocore's version.
    var about: Fields { get }
    /// The sandboxes that a name means: one (brought to life if need be), or with `all` every living one.
    func sandboxes(_ name: String) -> [ControlledSandbox]
    /// Checks a scenario's text and loads it: into one sandbox, or with `all` into the base and every living one.
    /// Nothing changes where it has mistakes, or another name than it is `called`. Gives the scenario and the warnings.
    func load(_ text: String, called name: String?, sandbox: String) throws(LoadFailure) -> (Scenario, [Diagnostic])
    /// Removes a scenario there; false where there was none.
    func remove(scenario: String, sandbox: String) -> Bool
    /// Reads one rule, or a list of them, written as in a scenario's `rules`.
    func rules(_ text: String) throws(LoadFailure) -> ([Rule], [Diagnostic])
    /// Reads expectations: `{ expect: […] }`, or a list of them, written as in a scenario.
    func expectations(_ text: String) throws(LoadFailure) -> [Expectation]
    /// Takes parts of these sandboxes back to their beginning.
    func reset(_ parts: ResetParts, sandbox: String)
    /// What `env` of a sandbox's scenarios says, in their order.
    func environment(sandbox: String) -> [(name: String, value: String)]
    /// What was counted since the server started, in Prometheus's text format.
    var metrics: String { get }
    /// Whether a client can name a sandbox so.
    func isSandboxName(_ name: String) -> Bool
    /// The scenarios that a sandbox may be made with: the base ones, and those that are only available.
    var availableScenarios: [Scenario] { get }
    /// Makes a sandbox with these scenarios alone, or with the base ones, in the place of one of its name.
    func make(sandbox: String, scenarios: [Scenario]?)
    /// Drops a sandbox with all that is in it.
    func drop(sandbox: String)
    /// Lets a sandbox's identifiers begin anew, at a place that this number says.
    func seed(_ seed: UInt64, sandbox: String)
    /// What tests written for other mocks have set.
    var compatibility: CompatibilityState { get }
    /// Who listens to what happens.
    var events: EventHub { get }
    /// The names of the ready scenarios, in order.
    var packs: [String] { get }
    /// A ready scenario's text; nil where there is none of this name, or it cannot be read.
    func pack(_ name: String) -> [UInt8]?
}

/// A sandbox as the control interface sees it.
public struct ControlledSandbox: Sendable {
    /// Its name.
    public var name: String
    /// Its rules.
    public var engine: Engine
    /// Its journal.
    public var journal: Journal
    /// Its clock.
    public var clock: SandboxClock
    /// What its services would have sent to people.
    public var outbox: Outbox

    /// A sandbox of these parts.
    public init(name: String, engine: Engine, journal: Journal, clock: SandboxClock, outbox: Outbox) {
        self.name = name
        self.engine = engine
        self.journal = journal
        self.clock = clock
        self.outbox = outbox
    }
}

/// What a reset takes back.
public struct ResetParts: OptionSet, Sendable {
    /// The parts as bits.
    public let rawValue: UInt8

    /// The parts of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The fakes' state; `setup` runs again.
    public static let state = ResetParts(rawValue: 1)
    /// Ad hoc rules go; counters, generators, states and windows begin again.
    public static let rules = ResetParts(rawValue: 2)
    /// The journal.
    public static let journal = ResetParts(rawValue: 4)
    /// The sandbox's clock.
    public static let clock = ResetParts(rawValue: 8)

    /// Each part by the name that callers use.
    static let named: [(name: String, part: ResetParts)] = [
        ("state", .state), ("rules", .rules), ("journal", .journal), ("clock", .clock),
    ]

    /// The parts' names.
    public var names: [String] { Self.named.filter { contains($0.part) }.map(\.name) }
}
