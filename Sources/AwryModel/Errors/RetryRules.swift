// SPDX-License-Identifier: Apache-2.0

/// Which answers botocore's standard mode takes for worth another attempt.
///
/// Source: `botocore/retries/standard.py` of 1.43.11, `ThrottledRetryableChecker` and `TransientRetryableChecker`, and
/// the service models' `retryable` (looked up among the operation's errors only).
enum RetryRules {
    private static let throttles: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown",
        "PriorRequestNotComplete", "EC2ThrottledException",
    ]
    private static let transients: Set<String> = ["RequestTimeout", "RequestTimeoutException"]
    private static let statuses: Set<Int> = [500, 502, 503, 504]

    /// Whether an answer of this code and status is tried again. `modelled` is what the operation's model says of it.
    static func retry(
        code: String, status: Int, service: String, modelled: ErrorTraits.Retry = .unsaid
    ) -> KnownError.Retry {
        if modelled == .throttling || throttles.contains(code) { return .throttle }
        if modelled == .transient || transients.contains(code) || statuses.contains(status) { return .transient }
        // The one code of one service: `retryhandler`'s special case, kept by standard mode.
        return service == "sts" && code == "IDPCommunicationError" ? .transient : .no
    }
}

extension ErrorDirectory {
    /// As what clients try an answer again: one of this code (nil where it carries none that is known) and status, to
    /// an operation of a service. `no` where nothing says that they do.
    public static func retry(code: String?, status: Int, operation: Operation, service: Service) -> KnownError.Retry {
        let shape = code.flatMap { service.error($0) }
        let isOwn = operation.errors.contains { service[$0].name == shape?.name }
        return RetryRules.retry(
            code: code ?? "", status: status, service: service.name,
            modelled: isOwn ? shape?.error?.retry ?? .unsaid : .unsaid)
    }
}
