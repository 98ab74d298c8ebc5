// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import AwryServer

/// Says at the end of a run which rules were never used: a script that nothing ran into is often a misspelt one.
enum UnusedRules {
    /// One line for each rule of a scenario that fired in no sandbox, `used` in those that have gone; nothing where
    /// there was no request at all.
    static func report(of sandboxes: [Sandbox], besides used: Set<String> = []) -> String {
        unused(in: sandboxes, besides: used).map {
            "never used: \($0.id)  \($0.match)  \($0.location.file):\($0.location.line)\n"
        }.joined()
    }

    /// Says them where a server prints.
    static func say(of sandboxes: [Sandbox], to output: ServerOutput) {
        let rules = unused(in: sandboxes, besides: [])
        guard !rules.isEmpty else { return }
        output.say("neverUsed", ["rules": .list(rules.map { .string($0.id) })], text: report(of: sandboxes))
    }

    private static func unused(in sandboxes: [Sandbox], besides gone: Set<String>) -> [RuleStatus] {
        guard !gone.isEmpty || sandboxes.contains(where: { !$0.journal.isUnused }) else { return [] }
        var rules: [RuleStatus] = []
        var used = gone
        for rule in sandboxes.flatMap({ $0.engine.rules() }) where rule.scenario != nil {
            if rule.wasUsed { used.insert(rule.id) }
            if !rules.contains(where: { $0.id == rule.id }) { rules.append(rule) }
        }
        return rules.filter { !used.contains($0.id) }
    }
}
