// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Looks at scenarios together: what loads side by side must not contradict itself.
enum ScenarioChecks {
    /// Checks scenarios that are loaded now, also against those that stay active `beside` them, on which nothing is
    /// reported.
    static func check(_ scenarios: [Scenario], beside active: [Scenario], _ report: Report) {
        var places: [String: SourceLocation] = [:]
        for scenario in scenarios {
            if let first = places[scenario.name] {
                report.mistake(
                    scenario.location,
                    "two scenarios are called `\(scenario.name)`; the first is at \(first.file):\(first.line)")
            } else {
                places[scenario.name] = scenario.location
            }
        }
        let staying = active.filter { places[$0.name] == nil }
        rules(staying, scenarios, report)
        option("clock", \.clock, staying, scenarios, report)
        option("frozen", \.frozen, staying, scenarios, report)
        option("quotas", \.quotas, staying, scenarios, report)
        option("propagation", \.propagation, staying, scenarios, report)
        option("delivery", \.delivery, staying, scenarios, report)
        option("auth", \.auth, staying, scenarios, report)
        option("organization", \.organization, staying, scenarios, report)
        for issuer in Set(scenarios.flatMap { $0.options.issuers.keys }).sorted() {
            option("issuers.\(issuer)", \.issuers[issuer], staying, scenarios, report)
        }
        for key in Set(scenarios.flatMap { $0.options.kms.keys }).sorted() {
            option("kms.\(key)", \.kms[key], staying, scenarios, report)
        }
        for kind in Transition.allCases {
            option("transitions.\(kind.rawValue)", \.transitions[kind], staying, scenarios, report)
        }
        environment(staying, scenarios, report)
    }

    /// Rules of one id could not be told apart in the journal.
    private static func rules(_ staying: [Scenario], _ scenarios: [Scenario], _ report: Report) {
        var owners: [String: Scenario] = [:]
        for scenario in staying {
            for rule in scenario.rules { owners[rule.id] = scenario }
        }
        for scenario in scenarios {
            for rule in scenario.rules {
                if let owner = owners[rule.id], owner.name != scenario.name {
                    report.mistake(rule.location, "the scenario `\(owner.name)` has a rule `\(rule.id)` too")
                }
                owners[rule.id] = scenario
            }
        }
    }

    /// Two active scenarios that set one option differently are a mistake.
    private static func option<Value: Equatable>(
        _ name: String, _ value: KeyPath<ScenarioOptions, Value?>, _ staying: [Scenario], _ scenarios: [Scenario],
        _ report: Report
    ) {
        guard let first = (staying + scenarios).first(where: { $0.options[keyPath: value] != nil }) else { return }
        for scenario in scenarios {
            guard let other = scenario.options[keyPath: value], other != first.options[keyPath: value] else { continue }
            let place = "\(first.location.file):\(first.location.line)"
            report.mistake(
                scenario.location, "`options.\(name)` contradicts the scenario `\(first.name)` at \(place)"
            )
        }
    }

    /// One variable, two values: the program under test could see only one.
    private static func environment(_ staying: [Scenario], _ scenarios: [Scenario], _ report: Report) {
        var seen: [String: (value: Template, scenario: Scenario)] = [:]
        for scenario in staying {
            for (name, value) in scenario.env { seen[name] = (value, scenario) }
        }
        for scenario in scenarios {
            for (name, value) in scenario.env {
                if let first = seen[name], first.scenario.name != scenario.name, first.value != value {
                    report.warning(
                        scenario.location,
                        "`env.\(name)` is set by the scenario `\(first.scenario.name)` too; the later one holds")
                }
                seen[name] = (value, scenario)
            }
        }
    }
}
