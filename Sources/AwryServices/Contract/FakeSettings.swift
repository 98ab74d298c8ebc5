// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// How a sandbox wants its fakes: what scenarios say under `options`.
public struct FakeSettings: Sendable, Equatable {
    /// How long changes take; what is not named takes no time.
    public var transitions: [Transition: Duration]

    /// Settings of these parts.
    public init(transitions: [Transition: Duration] = [:]) {
        self.transitions = transitions
    }
}
