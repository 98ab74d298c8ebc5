// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// How a sandbox wants its fakes: what scenarios say under `options`.
public struct FakeSettings: Sendable, Equatable {
    /// How long changes take; what is not named takes no time.
    public var transitions: [Transition: Duration]
    /// Whether services of AWS's are refused what nobody allows them, as callers are under `--auth enforce`.
    public var judgesServices: Bool
    /// Whether AWS's quotas hold, so that what grows with its use does so.
    public var hasQuotas: Bool

    /// Settings of these parts.
    public init(transitions: [Transition: Duration] = [:], judgesServices: Bool = false, hasQuotas: Bool = false) {
        self.transitions = transitions
        self.judgesServices = judgesServices
        self.hasQuotas = hasQuotas
    }
}
