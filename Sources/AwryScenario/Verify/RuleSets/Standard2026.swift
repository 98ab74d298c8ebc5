// SPDX-License-Identifier: Apache-2.0

extension RetryRuleSet {
    /// The `standard` mode by the rules that came into force on 10 November 2026.
    static let standard2026 = RetryRuleSet("standard-2026", [.standard2026])
}

extension RetrySchedule {
    /// A random part of 50 ms × 2^(n-1) (DynamoDB: 25 ms), or after a throttle of 2^(n-1) seconds, at most of 20 s.
    ///
    /// Source: botocore 1.43.11 with `AWS_NEW_RETRIES_2026=true` and 1.44.5 without, `retries/standard.py`:
    /// `DEFAULT_MAX_ATTEMPTS`, `_SERVICE_MAX_ATTEMPTS`, `ExponentialBackoff` (`_DEFAULT_BACKOFF_CONFIG`,
    /// `_SERVICE_BACKOFF_CONFIG`, `_RETRY_AFTER_MAX_ADDITIONAL`), `RetryQuotaChecker`; `retries/quota.py`.
    static let standard2026 = RetrySchedule(
        transient: Backoff(base: 0.05), throttle: Backoff(base: 1),
        transientOfServices: ["dynamodb": Backoff(base: 0.025), "dynamodbstreams": Backoff(base: 0.025)],
        attempts: 3, attemptsOfServices: ["dynamodb": 4, "dynamodbstreams": 4],
        quota: Quota(tokens: 500, transient: 14, throttle: 5), retryAfter: RetryAfter(most: 5))
}
