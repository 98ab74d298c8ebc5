// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// `options`: what is not said is nil.
public struct ScenarioOptions: Sendable, Equatable {
    /// Where the sandbox's clock starts.
    public var clock: Timestamp?
    /// Whether that clock stands still.
    public var frozen: Bool?
    /// Which of AWS's quotas hold.
    public var quotas: QuotaSelection?
    /// How standard queues deliver.
    public var delivery: QueueDelivery?
    /// How much is asked of those who call.
    public var auth: AuthMode?
    /// How long IAM's changes take at most until they have an effect.
    public var propagation: Duration?
    /// Whose web identity tokens are taken, and their keys (RFC 7517).
    public var issuers: [String: [Fields]] = [:]
    /// What the organisation of the accounts lets them do.
    public var organization: OrganizationPolicies?

    /// What keeps KMS keys from use.
    public var kms: [String: KMSKeyState] = [:]

    /// How long what AWS makes, changes and deletes takes; what is not named takes no time.
    public var transitions: [Transition: Duration] = [:]

    /// Nothing said.
    public init() {}

    /// What scenarios say together; the loader has seen to it that they do not contradict each other.
    public init(_ scenarios: [Scenario]) {
        clock = scenarios.lazy.compactMap(\.options.clock).first
        frozen = scenarios.lazy.compactMap(\.options.frozen).first
        quotas = scenarios.lazy.compactMap(\.options.quotas).first
        auth = scenarios.lazy.compactMap(\.options.auth).first
        delivery = scenarios.lazy.compactMap(\.options.delivery).first
        propagation = scenarios.lazy.compactMap(\.options.propagation).first
        organization = scenarios.lazy.compactMap(\.options.organization).first
        for scenario in scenarios { issuers.merge(scenario.options.issuers) { first, _ in first } }
        for scenario in scenarios { kms.merge(scenario.options.kms) { first, _ in first } }
        for scenario in scenarios { transitions.merge(scenario.options.transitions) { first, _ in first } }
    }

    /// What of them is the fakes' concern.
    public var world: WorldOptions {
        var world = WorldOptions()
        if let delivery { world.delivery = delivery }
        if let propagation { world.propagation = propagation }
        world.kmsKeys = kms
        world.issuers = issuers
        world.organization = organization
        return world
    }
}

/// Which of AWS's quotas hold, and which hold otherwise than AWS publishes them.
public struct QuotaSelection: Sendable, Equatable {
    /// Whether AWS's defaults hold for all that `rates` does not name.
    public var defaults: Bool
    /// What a second allows, by the quota's name (`kinesis.recordsPerShard`); a second's worth may be used at once.
    public var rates: [String: Double]

    /// Whether any quota holds.
    public var limitsAnything: Bool { defaults || !rates.isEmpty }

    /// AWS's own figures, or none, unless others are named.
    public init(defaults: Bool, rates: [String: Double] = [:]) {
        self.defaults = defaults
        self.rates = rates
    }
}
