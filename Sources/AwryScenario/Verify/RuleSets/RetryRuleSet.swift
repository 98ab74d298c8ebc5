// SPDX-License-Identifier: Apache-2.0

/// A set of rules by which SDKs retry, as `backoff:` names it. Each is a file beside this one.
public struct RetryRuleSet: Sendable {
    /// As scenarios write it.
    public let name: String
    /// The schedules that go by this name: a gap is right where it is right by one of them.
    let schedules: [RetrySchedule]
    /// How long the client's own limit of its send rate may hold back one request more, in seconds; nil where there is
    /// no such limit.
    let slowestSend: Double?

    init(_ name: String, _ schedules: [RetrySchedule], slowestSend: Double? = nil) {
        self.name = name
        self.schedules = schedules
        self.slowestSend = slowestSend
    }

    /// All of them, in the order in which they are told to people.
    public static let all: [RetryRuleSet] = [legacy, standard, standard2026, adaptive]

    /// The rule set of this name.
    public static func named(_ name: String) -> RetryRuleSet? { all.first { $0.name == name } }

    /// Whether clients that follow it heed `x-amz-retry-after`.
    var readsRetryAfter: Bool { schedules.contains { $0.retryAfter != nil } }
}
