// SPDX-License-Identifier: Apache-2.0

import AwryControl
import AwryCore

/// LocalStack's fault rules (its documentation, "Chaos API"): a list of `{ region, service, operation, probability,
/// error: { statusCode, code } }`, the first of which that fits answers.
enum LocalStackImport {
    /// The rules as a scenario.
    static func scenarios(_ document: Value, name: String) throws(Refusal) -> [ImportedScenario] {
        guard let faults = document.list else {
            throw Refusal("expected a list of fault rules, found \(document.kindName)")
        }
        let rules = faults.enumerated().map { index, fault in
            let place = "fault rule \(index + 1)"
            do throws(ControlError) {
                return ImportedRule(place: place, rule: try ChaosRule.rule(fault).fields)
            } catch {
                return ImportedRule(place: place, notes: ["\(place) is left out: \(error.message)"])
            }
        }
        return [ImportedScenario(name: name, description: "LocalStack's fault rules, imported.", rules: rules)]
    }
}
