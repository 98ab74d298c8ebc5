// SPDX-License-Identifier: Apache-2.0

/// What a rule set says of the number of retries. How many attempts a client makes is for it to configure, and one
/// journal may hold several clients, each with tokens of its own: so this is told, and fails nothing.
enum RetryQuotaAudit {
    /// What goes beyond the rule set's defaults.
    static func notes(_ calls: [SDKCall], by rules: RetryRuleSet) -> [String] {
        [attemptsNote(calls, rules), tokensNote(calls, rules)].compactMap { $0 }
    }

    private static func attemptsNote(_ calls: [SDKCall], _ rules: RetryRuleSet) -> String? {
        for call in calls {
            guard let last = call.attempts.last else { continue }
            let most = rules.schedules.map { $0.attempts(of: last.service) }.max() ?? .max
            let number = max(last.attempt.number, call.attempts.count)
            if number > most {
                return "call \(call.name) made \(number) attempts; \(rules.name) makes \(most) unless told otherwise"
            }
        }
        return nil
    }

    private enum Event {
        case retry(SDKCall.Gap)
        case success(SDKCall)
    }

    /// Plays a client's tokens over all calls as if they were one client's.
    private static func tokensNote(_ calls: [SDKCall], _ rules: RetryRuleSet) -> String? {
        // Where schedules differ, the one that is dearest to no client decides nothing.
        guard rules.schedules.count == 1, let quota = rules.schedules.first?.quota else { return nil }
        var events: [(at: UInt64, event: Event)] = []
        for call in calls {
            events += call.gaps.map { ($0.later.arrived, .retry($0)) }
            if let last = call.attempts.last?.delivery, call.outcome == "success" {
                events.append((last.finished, .success(call)))
            }
        }
        var tokens = quota.tokens
        for (_, event) in events.sorted(by: { $0.at < $1.at }) {
            switch event {
            case .retry(let gap):
                let cost = quota.cost(of: gap)
                if tokens < cost {
                    return "\(gap.place) cost \(cost) tokens where one client would have had \(tokens) of "
                        + "\(quota.tokens) left; \(rules.name) would not have made it"
                }
                tokens -= cost
            case .success(let call):
                tokens = min(quota.tokens, tokens + (call.gaps.last.map { quota.cost(of: $0) } ?? quota.success))
            }
        }
        return nil
    }
}

extension RetrySchedule.Quota {
    /// What the retry at a gap's end costs; the lesser where its cause is not clear.
    fileprivate func cost(of gap: SDKCall.Gap) -> Int {
        switch gap.cause {
        case .transient: transient
        case .throttle: throttle
        case .unclear: min(transient, throttle)
        }
    }
}
