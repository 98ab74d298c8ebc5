// SPDX-License-Identifier: Apache-2.0

extension RetryRuleSet {
    /// The `standard` mode as it was before November 2026.
    static let standard = RetryRuleSet("standard", [.standard])
}

extension RetrySchedule {
    /// A random part of 2^(n-1) seconds, at most of 20.
    ///
    /// Source: botocore 1.43.11 without `AWS_NEW_RETRIES_2026`, `retries/standard.py`: `DEFAULT_MAX_ATTEMPTS`,
    /// `ExponentialBackoff.delay_amount`, `RetryQuotaChecker` (a time-out costs 10, which the journal cannot tell from
    /// other broken conversations); `retries/quota.py`: `INITIAL_CAPACITY`.
    static let standard = RetrySchedule(
        transient: Backoff(base: 1), throttle: Backoff(base: 1), attempts: 3,
        quota: Quota(tokens: 500, transient: 5, throttle: 5))
}
