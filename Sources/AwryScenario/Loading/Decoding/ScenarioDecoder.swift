// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Decodes one document into a scenario; what is wrong goes to the report, and decoding goes on, so that one load tells
/// everything. Each kind of mapping has its decoder in a file of its own, as an extension.
final class ScenarioDecoder {
    let catalogue: Catalogue
    let isFaked: (Service, Operation) -> Bool
    let source: SourceText
    var report: Report
    /// More rules than anybody writes; each costs look-ups in the catalogue.
    static let mostRules = 10_000

    /// What matches can meet and what codes mean there, remembered: scenarios ask for the same again and again.
    var reaches: [String: Reach] = [:]
    var codes: [String: CodeReading] = [:]
    /// What `setup` calls have named so far.
    var aliases: [String: Alias] = [:]
    /// How many bytes and values `$file` and `$repeat` have made so far: small texts must not fill the memory.
    var made = 0

    /// The call whose output a name stands for.
    struct Alias {
        let service: Service
        let operation: Operation
    }

    init(
        catalogue: Catalogue, source: SourceText, report: Report, isFaked: @escaping (Service, Operation) -> Bool
    ) {
        self.catalogue = catalogue
        self.source = source
        self.report = report
        self.isFaked = isFaked
    }

    /// The scenario that a document is; what could not be read is left out, and the report says so.
    func scenario(_ node: Node) -> Scenario? {
        guard let section = open(node, Keys.scenario, wanted: "a scenario: a mapping that begins with `scenario: name`")
        else { return nil }
        let name = section["scenario"].flatMap { self.name($0.value) }
        var scenario = Scenario(
            name: name ?? "scenario", location: section["scenario"]?.value.location ?? node.location)
        scenario.description = section["description"].flatMap { text($0.value, "a description") }
        if let seed = section["seed"].flatMap({ integer($0, 0...Int.max) }) { scenario.seed = UInt64(seed) }
        if let options = section["options"] { scenario.options = self.options(options.value) }
        if let listeners = section["listeners"] { scenario.listeners = self.listeners(listeners.value) }
        if let setup = section["setup"] { scenario.setup = self.setup(setup.value) }
        if let env = section["env"] { scenario.env = self.environment(env.value) }
        if let rules = section["rules"] {
            scenario.rules = self.rules(rules.value, idPrefix: scenario.name, first: 1)
        }
        if let expect = section["expect"] { scenario.expect = expectations(expect.value) }
        return scenario
    }

    /// The rules of a list, those that could be read.
    func rules(_ node: Node, idPrefix: String, first: Int) -> [Rule] {
        guard let elements = list(node, "a list of rules, each begun by `- `") else { return [] }
        var places: [String: Int] = [:]
        var rules: [Rule] = []
        var facts: [RuleFacts] = []
        guard elements.count <= Self.mostRules else {
            report.mistake(node.location, "more than \(Self.mostRules) rules")
            return []
        }
        for (index, element) in elements.enumerated() where !report.isFull {
            guard let (rule, fact) = self.rule(element, defaultID: "\(idPrefix)#\(first + index)") else { continue }
            if let line = places[rule.id] {
                report.mistake(rule.location, "two rules are called `\(rule.id)`; the first is on line \(line)")
            }
            places[rule.id] = rule.location.line
            rules.append(rule)
            facts.append(fact)
        }
        // A rule that was not read whole may only seem to be in the way of another.
        if !report.hasMistakes { RuleChecks.check(rules, facts, report) }
        return rules
    }
}
