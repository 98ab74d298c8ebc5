// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How an SDK's rules space the attempts of a call. Times are in seconds.
struct RetrySchedule: Sendable {
    /// The wait before retry n (counted from 1): `base` × 2^(n-1), at most `cap`, times a random number from 0 to 1
    /// where there is jitter.
    struct Backoff: Sendable {
        /// Before the first retry.
        var base: Double
        /// No wait is longer; nil where they grow without end.
        var cap: Double?
        /// Whether each wait is drawn from 0 to its bound (full jitter), or is that bound.
        var isJittered: Bool

        /// A backoff with full jitter, unless said otherwise.
        init(base: Double, cap: Double? = 20, isJittered: Bool = true) {
            self.base = base
            self.cap = cap
            self.isJittered = isJittered
        }

        /// The longest wait before retry n.
        func bound(ofRetry number: Int) -> Double {
            // Attempt numbers come from the client; a wait of more than centuries is none.
            min(base * pow(2, Double(min(max(number, 1), 64) - 1)), cap ?? .infinity, 1e10)
        }
    }

    /// What retries cost of a client's tokens. A client without tokens makes one attempt.
    struct Quota: Sendable {
        /// What a client begins with, and the most that it has.
        var tokens: Int
        /// For the retry of an answer that is no throttle.
        var transient: Int
        /// For the retry of a throttled answer.
        var throttle: Int
        /// What a call gives that succeeded at once; one that was retried gives back what its last retry cost.
        var success = 1
    }

    /// How `x-amz-retry-after` is read. `Retry-After` is read by none of botocore's rules.
    struct RetryAfter: Sendable {
        /// The wait is what the header says, but never shorter than the backoff, and at most so much longer.
        var most: Double
    }

    /// After what is no throttle.
    var transient: Backoff
    /// After a throttle.
    var throttle: Backoff
    /// What services have in place of `transient`.
    var transientOfServices: [String: Backoff] = [:]
    /// What services have in place of `throttle`.
    var throttleOfServices: [String: Backoff] = [:]
    /// Attempts in all, where the client is not told otherwise.
    var attempts: Int
    /// The same for services of their own.
    var attemptsOfServices: [String: Int] = [:]
    /// What retries cost; nil where they are free.
    var quota: Quota?
    /// How the header is read; nil where it is not.
    var retryAfter: RetryAfter?

    /// The backoff after an answer that was retried for this cause. Where the cause is not clear, it is the longer one.
    func backoff(after cause: RetryCause, service: String) -> Backoff {
        let transient = transientOfServices[service] ?? self.transient
        let throttle = throttleOfServices[service] ?? self.throttle
        switch cause {
        case .transient: return transient
        case .throttle: return throttle
        case .unclear: return throttle.base > transient.base ? throttle : transient
        }
    }

    /// How many attempts a call of this service makes at most by default.
    func attempts(of service: String) -> Int { attemptsOfServices[service] ?? attempts }
}
