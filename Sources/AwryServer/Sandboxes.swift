// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import AwryServices
import Synchronization

/// How many sandboxes a server keeps.
public struct SandboxLimits: Sendable {
    /// The most at once; one that has answers under way is kept all the same.
    public var count: Int
    /// How much memory the journals of all but the default sandbox may take together, in bytes.
    public var journalBytes: Int

    /// 256 sandboxes, whose journals share 1 GiB, unless others are given.
    public init(count: Int = 256, journalBytes: Int = 1 << 30) {
        self.count = count
        self.journalBytes = journalBytes
    }

    /// What one sandbox's journal may keep. The default one, in which most servers do all their work, is not cut down.
    func journal(of name: String) -> JournalLimits {
        let standard = JournalLimits()
        if name == SandboxName.standard { return standard }
        return JournalLimits(
            entries: standard.entries, bytes: min(standard.bytes, max(64 << 10, journalBytes / max(count, 1))))
    }
}

/// All sandboxes of the server, and the base scenarios with which each begins.
///
/// One lock around the list. Sandboxes are made under it, so that a name has one; what happens in them is done after it
/// is released.
public final class Sandboxes: Sendable {
    private struct State {
        var base: [Scenario]
        var living: [Int: Sandbox] = [:]
        var numbers: [String: Int] = [:]
        var made = 0
        var endpoint = "http://localhost:4566"
        var stirred: (@Sendable (Sandbox) -> Void)?
    }

    /// What was answered, in all of them.
    public let metrics = Metrics()
    private let state: Mutex<State>
    private let quotas: QuotaSelection
    private let limits: SandboxLimits
    private let dropped: @Sendable (String) -> Void
    private let made: @Sendable (String) -> Void
    private let retiring: @Sendable (Sandbox) -> Void

    /// The sandboxes of a server that begins with these scenarios. `quotas` hold where no scenario says otherwise.
    /// `dropped` is told which sandbox had to go for another, `made` which has come to life,
    /// and `retiring` of each that is about to go, with all that is still in it.
    public init(
        base: [Scenario] = [], quotas: QuotaSelection = QuotaSelection(defaults: false),
        limits: SandboxLimits = SandboxLimits(), dropped: @escaping @Sendable (String) -> Void = { _ in },
        made: @escaping @Sendable (String) -> Void = { _ in },
        retiring: @escaping @Sendable (Sandbox) -> Void = { _ in }
    ) {
        self.retiring = retiring
        self.made = made
        self.quotas = quotas
        self.limits = limits
        self.dropped = dropped
        state = Mutex(State(base: base))
    }

    /// The sandbox of this name, brought to life if it is not yet. Where there are too many then, that one goes which
    /// was not asked for anything for the longest time: never the default one, and none with answers under way.
    public func sandbox(_ name: String) -> Sandbox {
        let (sandbox, isNew, gone) = state.withLock { state in
            if let number = state.numbers[name], let sandbox = state.living[number] {
                return (sandbox, false, nil as Sandbox?)
            }
            let sandbox = make(name, scenarios: state.base, followsBase: true, in: &state)
            return (sandbox, true, makeRoom(beside: sandbox, in: &state))
        }
        if isNew { made(name) }
        if let gone {
            retire(gone)
            dropped(gone.name)
        }
        sandbox.touch()
        return sandbox
    }

    /// Makes a sandbox with these scenarios alone, in the place of one of its name; `nil` means the base ones.
    public func make(_ name: String, scenarios: [Scenario]?) -> Sandbox {
        let (sandbox, gone) = state.withLock { state in
            let old = remove(name, from: &state)
            let sandbox = make(
                name, scenarios: scenarios ?? state.base, followsBase: scenarios == nil, in: &state)
            return (sandbox, [old, makeRoom(beside: sandbox, in: &state)])
        }
        made(name)
        for case let sandbox? in gone {
            retire(sandbox)
            if sandbox.name != name { dropped(sandbox.name) }
        }
        return sandbox
    }

    /// Drops a sandbox; false where there is none of that name. The next request to it finds a new one.
    public func drop(_ name: String) -> Bool {
        guard let gone = state.withLock({ remove(name, from: &$0) }) else { return false }
        retire(gone)
        return true
    }

    private func retire(_ sandbox: Sandbox) {
        retiring(sandbox)
        sandbox.retire()
    }

    /// The sandbox that gave out an access key; nil where none of the living ones did. Its mark names the few that may
    /// have, which are asked after the lock is released.
    func issuer(of accessKeyID: String) -> String? {
        guard let mark = AccessKeyID.mark(of: accessKeyID) else { return nil }
        let candidates = state.withLock { state in
            state.living.values.filter { $0.mark == mark }
        }
        return candidates.first { $0.world.key(accessKeyID) != nil }?.name
    }

    /// Says where clients reach the server: URLs that a setup makes begin so. For sandboxes that come to life later.
    public func serve(at endpoint: String) {
        state.withLock { $0.endpoint = endpoint }
    }

    /// Calls this when a sandbox's clock was changed or its state was taken away.
    func onStir(_ stirred: @escaping @Sendable (Sandbox) -> Void) {
        state.withLock { $0.stirred = stirred }
    }

    /// The living sandboxes, oldest first.
    public var all: [Sandbox] {
        state.withLock { state in state.living.sorted { $0.key < $1.key }.map(\.value) }
    }

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
            return Array(state.living.values)
        }
        for sandbox in living { sandbox.load(scenario) }
    }

    /// Removes a scenario from the base and from every living sandbox; false where none had it.
    public func removeEverywhere(_ scenario: String) -> Bool {
        let (had, living) = state.withLock { state in
            let before = state.base.count
            state.base.removeAll { $0.name == scenario }
            return (state.base.count < before, Array(state.living.values))
        }
        return living.reduce(had) { $1.removeScenario(scenario) || $0 }
    }

    /// Puts scenarios in the place of those of these names, in the base and in every living sandbox.
    public func reload(_ scenarios: [Scenario], insteadOf old: [String]) {
        let old = Set(old)
        let names = Set(scenarios.map(\.name))
        let living = state.withLock { state in
            state.base = scenarios + state.base.filter { !old.contains($0.name) && !names.contains($0.name) }
            return Array(state.living.values)
        }
        for sandbox in living { sandbox.reload(scenarios, insteadOf: old) }
    }

    /// The sandbox that gave out a delivery token; nil where it is gone.
    func sandbox(ofToken token: UInt64) -> Sandbox? {
        let number = Int(token >> Sandboxes.tokenShift)
        return state.withLock { $0.living[number] }
    }

    /// A token is the sandbox's number above the journal's own number for the entry.
    static let tokenShift: UInt64 = 44

    private static let mostNumbers = 1 << (64 - Int(tokenShift))

    private func make(
        _ name: String, scenarios: [Scenario], followsBase: Bool, in state: inout State
    ) -> Sandbox {
        // Numbers are used again after a million sandboxes, and answers do not take that long.
        while state.living[state.made % Self.mostNumbers] != nil { state.made += 1 }
        let number = state.made % Self.mostNumbers
        state.made += 1
        let sandbox = Sandbox(
            name: name, number: number, scenarios: scenarios, followsBase: followsBase, quotas: quotas,
            journal: limits.journal(of: name), endpoint: state.endpoint)
        sandbox.clock.onChange { [weak self, weak sandbox] in
            if let self, let sandbox { self.state.withLock { $0.stirred }?(sandbox) }
        }
        state.living[number] = sandbox
        state.numbers[name] = number
        return sandbox
    }

    private func remove(_ name: String, from state: inout State) -> Sandbox? {
        guard let number = state.numbers.removeValue(forKey: name) else { return nil }
        return state.living.removeValue(forKey: number)
    }

    private func makeRoom(beside new: Sandbox, in state: inout State) -> Sandbox? {
        guard state.living.count > max(limits.count, 1) else { return nil }
        let idle = state.living.values.filter {
            $0 !== new && $0.name != SandboxName.standard && $0.answersUnderWay == 0
        }
        return idle.min { $0.lastUse < $1.lastUse }.flatMap { remove($0.name, from: &state) }
    }
}
