// SPDX-License-Identifier: Apache-2.0

extension RetryRuleSet {
    /// The `adaptive` mode: the standard one of the SDK's age, and a limit of the client's own on the rate at which it
    /// sends, from the first throttle on.
    ///
    /// Nothing in a request tells which age the SDK is of, so a gap is right by either. The limit never falls below one
    /// request in two seconds: a retry waits so long at most, and once more for each request of the same client that
    /// goes before it.
    ///
    /// Source: botocore 1.43.11 and 1.44.5, `retries/adaptive.py` and `retries/bucket.py`: `_MIN_RATE`.
    static let adaptive = RetryRuleSet("adaptive", [.standard, .standard2026], slowestSend: 2)
}
