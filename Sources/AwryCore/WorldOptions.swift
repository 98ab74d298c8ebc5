// SPDX-License-Identifier: Apache-2.0

/// How fakes behave where a scenario's `options` say so.
public struct WorldOptions: Sendable, Equatable {
    /// How standard queues deliver.
    public var delivery = QueueDelivery()
    /// What keeps KMS keys from use, by id, alias (`alias/orders`) or ARN.
    public var kmsKeys: [String: KMSKeyState] = [:]
    /// How long IAM's changes take at most until they have an effect.
    public var propagation = Duration.zero
    /// Whose web identity tokens are taken beside those of the sandbox's own: issuers and their keys (RFC 7517).
    public var issuers: [String: [Fields]] = [:]
    /// What the organisation of the sandbox's accounts lets them do; nil where they are in none.
    public var organization: OrganizationPolicies?

    /// As well as AWS's services can.
    public init() {}
}

/// What SQS's standard queues do not promise, and a scenario lets happen.
public struct QueueDelivery: Sendable, Equatable {
    /// The share of messages that are delivered once more than they should be, 0 to 1.
    public var duplicates = 0.0
    /// Whether messages come out of order.
    public var disorder = false
    /// How old the counts that are called approximate may be.
    public var lag = Duration.zero

    /// How many messages of a queue may be in flight.
    public var inFlight = Self.mostInFlight

    /// "Amazon SQS standard queue quotas" and "Amazon SQS FIFO queue quotas" of the Developer Guide.
    public static let mostInFlight = 120_000

    /// A minute after the last change AWS's counts are right ("GetQueueAttributes" of the API reference).
    public static let longestLag = Duration.seconds(60)

    /// Each message once, in order, and exact counts.
    public init() {}
}
