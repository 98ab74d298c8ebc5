// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SDKCall {
    /// The rule sets that the call's gaps fit; none where it has no gap that can be judged.
    public var fits: [String] { BackoffAudit.fits([self]) }

    /// As the control interface gives it. Of a journal that dropped entries nothing is judged (`fits` is null): what is
    /// gone may have been an attempt.
    public func value(isJudged: Bool = true) -> Value {
        var fields = Fields()
        fields["call"] = .string(name)
        fields["sandbox"] = .string(attempts.first?.sandbox ?? "")
        fields["service"] = .string(attempts.first?.service ?? "")
        fields["operation"] = .string(attempts.first?.operation ?? "")
        fields["outcome"] = outcome.map { .string($0) } ?? .null
        fields["milliseconds"] = milliseconds(seconds)
        let start = attempts.first?.arrived ?? 0
        fields["attempts"] = .list(attempts.map { attempt($0, since: start) })
        fields["gaps"] = .list(gaps.map(gap))
        guard isJudged else {
            fields["fits"] = .null
            return .structure(fields)
        }
        let fits = self.fits
        fields["fits"] = .list(fits.map { .string($0) })
        var misses = Fields()
        for rules in RetryRuleSet.all where !fits.contains(rules.name) {
            let problems = BackoffAudit([self], by: rules).problems
            if !problems.isEmpty { misses[rules.name] = .list(problems.map { .string($0) }) }
        }
        fields["misses"] = .structure(misses)
        return .structure(fields)
    }

    private func attempt(_ entry: JournalEntry, since start: UInt64) -> Value {
        let took = entry.delivery.map { Double(max($0.finished, entry.arrived) - entry.arrived) / 1e9 }
        return [
            "request": .string(entry.id), "number": .integer(Int64(entry.attempt.number)),
            "start": milliseconds(Double(max(entry.arrived, start) - start) / 1e9), "milliseconds": milliseconds(took),
            "status": entry.delivery?.status.map { .integer(Int64($0)) } ?? .null,
            "error": entry.delivery?.error.map { .string($0) } ?? .null,
            "fault": entry.fault.map { .string($0) } ?? .null,
            "delivered": entry.deliveryWord.map { .string($0) } ?? .null, "retryAfter": entry.askedWait?.value ?? .null,
        ]
    }

    private func gap(_ gap: Gap) -> Value {
        var fields: Fields = ["retry": .integer(Int64(gap.retry)), "milliseconds": milliseconds(gap.seconds)]
        if let obscurity = gap.obscurity { fields["unknown"] = .string(obscurity) }
        return .structure(fields)
    }

    /// To the microsecond.
    private func milliseconds(_ seconds: Double?) -> Value {
        seconds.map { .double(($0 * 1e6).rounded() / 1e3) } ?? .null
    }
}
