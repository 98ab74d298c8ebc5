// SPDX-License-Identifier: Apache-2.0

extension RetryRuleSet {
    /// botocore's `legacy` mode, its default until 1.44.
    static let legacy = RetryRuleSet("legacy", [.legacy])
}

extension RetrySchedule {
    /// A random part of 2^(n-1) seconds, without a cap. DynamoDB's begins at 50 ms and is not random.
    ///
    /// Source: botocore 1.43.11, `data/_retry.json` (`__default__`: `max_attempts` 5, `delay` `rand` and 2; `dynamodb`:
    /// 10, 0.05 and 2) and `retryhandler.delay_exponential`. 1.44.5 has the same.
    static let legacy = RetrySchedule(
        transient: Backoff(base: 1, cap: nil), throttle: Backoff(base: 1, cap: nil),
        transientOfServices: ["dynamodb": dynamodb], throttleOfServices: ["dynamodb": dynamodb],
        attempts: 5, attemptsOfServices: ["dynamodb": 10])

    private static let dynamodb = Backoff(base: 0.05, cap: nil, isJittered: false)
}
