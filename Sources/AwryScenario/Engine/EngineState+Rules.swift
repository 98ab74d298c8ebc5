// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What the control interface tells of a rule.
public struct RuleStatus: Sendable, Hashable {
    /// The rule's id.
    public var id: String
    /// Its scenario; nil for an ad hoc rule.
    public var scenario: String?
    /// The operations that it is about, in short: `kinesis.DescribeStream`.
    public var match: String
    /// How often it fired.
    public var hits: Int
    /// How often it will still fire; nil where there is no end, or where each value of `per` has its own.
    public var left: Int?
    /// Whether it ever fired since it was loaded, whatever was reset since.
    public var wasUsed: Bool
    /// Where it stands.
    public var location: SourceLocation

    /// As JSON.
    public var value: Value {
        var fields: Fields = ["id": .string(id)]
        fields["scenario"] = scenario.map { .string($0) } ?? .null
        fields["match"] = .string(match)
        fields["hits"] = .integer(Int64(hits))
        fields["left"] = left.map { .integer(Int64($0)) } ?? .null
        fields["file"] = .string(location.file)
        fields["line"] = .integer(Int64(location.line))
        return .structure(fields)
    }
}

extension EngineState {
    mutating func add(_ rule: Rule, now: Timestamp) -> String {
        var rule = rule
        if rule.id.isEmpty || rule.id.hasPrefix(Engine.adHocPrefix + "#") {
            adHocCount += 1
            // No `#`: the id goes into the path of `DELETE rules/ID`.
            rule.id = "\(Engine.adHocPrefix)-\(adHocCount)"
        }
        adHoc.slots.removeAll { $0.compiled.rule.id == rule.id }
        let compiled = compile(rule, of: nil)
        adHoc.slots.insert(RuleSlot(compiled, origin: now, values: limits.valuesPerRule), at: 0)
        rulesChanged()
        return rule.id
    }

    private mutating func compile(_ rule: Rule, of scenario: Scenario?) -> CompiledRule {
        rulesMade += 1
        return CompiledRule(rule, scenario: scenario?.name, seed: scenario?.seed ?? 0, serial: rulesMade)
    }

    mutating func remove(_ id: String) -> Bool {
        let before = adHoc.slots.count
        adHoc.slots.removeAll { $0.compiled.rule.id == id }
        rulesChanged()
        return adHoc.slots.count < before
    }

    func statuses() -> [RuleStatus] {
        ([adHoc] + scenarios).flatMap { group in
            group.slots.map { slot in
                let rule = slot.compiled.rule
                return RuleStatus(
                    id: rule.id, scenario: slot.compiled.scenario, match: rule.match.summary, hits: slot.hits,
                    left: slot.left, wasUsed: slot.wasUsed, location: rule.location)
            }
        }
    }

    func index(of scenario: String) -> Int? {
        scenarios.firstIndex { $0.scenario?.name == scenario }
    }

    mutating func replace(_ scenario: Scenario, names: Fields, now: Timestamp) {
        let slots = scenario.rules.map {
            RuleSlot(compile($0, of: scenario), origin: now, values: limits.valuesPerRule)
        }
        let group = RuleGroup(scenario: scenario, slots: slots, names: names)
        if let index = index(of: scenario.name) { scenarios[index] = group } else { scenarios.append(group) }
        rulesChanged()
    }

    mutating func removeScenario(_ name: String) -> Bool {
        guard let index = index(of: name) else { return false }
        scenarios.remove(at: index)
        rulesChanged()
        return true
    }

    mutating func reset(now: Timestamp) {
        adHoc = RuleGroup(scenario: nil, slots: [])
        adHocCount = 0
        for index in scenarios.indices {
            scenarios[index].state = RuleGroup.startState
            scenarios[index].lastMove = 0
            scenarios[index].slots = scenarios[index].slots.map { $0.reset(origin: now, values: limits.valuesPerRule) }
        }
        calls = CallTracker(capacity: limits.calls)
        rulesChanged()
    }
}

extension Match {
    /// The operations in short, and `…` where more is asked: `s3.Put*, s3.Get* …`.
    var summary: String {
        let names = operations.map { $0.service.pattern + "." + $0.operation.pattern }
        let text = names.isEmpty ? "*.*" : names.joined(separator: ", ")
        let patterns = [region, account, accessKey, principal, userAgent, method, path, host, body]
        let asksMore = !params.isEmpty || !headers.isEmpty || patterns.contains { $0 != nil }
        return asksMore ? text + " …" : text
    }
}
