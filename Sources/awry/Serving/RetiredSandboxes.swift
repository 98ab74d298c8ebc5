// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryServer
import Synchronization

/// What `awry run` keeps of the sandboxes that go before its command ends, as those of a test fixture do: each is
/// judged just before it goes.
final class RetiredSandboxes: Sendable {
    private struct State {
        var judged: [RunVerdict.Judged] = []
        var usedRules: Set<String> = []
    }

    /// So many verdicts are kept whole; of those beyond it, only the ones that do not hold.
    private static let most = 1000

    private let state = Mutex(State())

    /// Judges a sandbox that is about to go, unless nobody asked it for anything.
    func take(_ sandbox: Sandbox) {
        guard !sandbox.journal.isUnused else { return }
        let judged = RunVerdict.Judged(sandbox)
        let used = sandbox.engine.rules().filter(\.wasUsed).map(\.id)
        state.withLock { state in
            state.usedRules.formUnion(used)
            if state.judged.count < Self.most || !judged.report.holds { state.judged.append(judged) }
        }
    }

    /// The verdicts in the order in which the sandboxes went.
    var judged: [RunVerdict.Judged] { state.withLock { $0.judged } }

    /// The rules that some of them had run into.
    var usedRules: Set<String> { state.withLock { $0.usedRules } }
}
