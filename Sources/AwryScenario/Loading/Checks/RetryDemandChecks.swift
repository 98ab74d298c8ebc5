// SPDX-License-Identifier: Apache-2.0

extension ScenarioDecoder {
    /// Whether what is demanded of the time between attempts can be met, and demands anything.
    func checkRetries(_ demands: Expectation.Demands, _ section: Section) {
        if let gaps = section["gaps"], gaps.value.elements?.isEmpty == true {
            report.mistake(gaps.value.location, "`gaps` says no range; without any, leave it out")
        }
        guard let entry = ["backoff", "gaps", "obeys"].lazy.compactMap({ section[$0] }).first else { return }
        if demands.count?.most == 0 || demands.calls?.most == 0 {
            report.warning(entry.keyLocation, "`\(entry.key)` is never met where there is to be no call")
        } else if demands.attempts?.most == 1 {
            report.warning(
                entry.keyLocation, "`\(entry.key)` is never met where a call is to have one attempt: there is no gap")
        } else if let attempts = demands.attempts?.least, let gaps = section["gaps"], !demands.gaps.isEmpty,
            attempts - 1 > demands.gaps.count
        {
            report.warning(
                gaps.keyLocation,
                "`gaps` is never met: \(attempts) attempts have \(attempts - 1) gaps, and \(demands.gaps.count) "
                    + "\(demands.gaps.count == 1 ? "is" : "are") said")
        }
        if demands.obeysRetryAfter == false, let name = demands.backoff, let obeys = section["obeys"],
            RetryRuleSet.named(name)?.readsRetryAfter == false
        {
            report.warning(
                obeys.keyLocation,
                "clients of `\(name)` do not read the header: this demands nothing; `{ retryAfter: strict }` does")
        }
    }
}
