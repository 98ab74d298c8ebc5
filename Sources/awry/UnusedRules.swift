// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryServer

/// Says at the end of a run which rules were never used: a script that nothing ran into is often a misspelt one.
enum UnusedRules {
    /// One line for each rule of a scenario that fired in no sandbox; nothing where there was no request at all.
    static func report(of sandboxes: [Sandbox]) -> String {
        guard sandboxes.contains(where: { !$0.journal.isUnused }) else { return "" }
        var rules: [RuleStatus] = []
        var used: Set<String> = []
        for rule in sandboxes.flatMap({ $0.engine.rules() }) where rule.scenario != nil {
            if rule.wasUsed { used.insert(rule.id) }
            if !rules.contains(where: { $0.id == rule.id }) { rules.append(rule) }
        }
        let unused = rules.filter { !used.contains($0.id) }
        return unused.map { "never used: \($0.id)  \($0.match)  \($0.location.file):\($0.location.line)\n" }.joined()
    }
}
