// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// `options`: what is not said is nil.
public struct ScenarioOptions: Sendable, Equatable {
    /// Where the sandbox's clock starts.
    public var clock: Timestamp?
    /// Whether that clock stands still.
    public var frozen: Bool?

    /// Nothing said.
    public init() {}

    /// What scenarios say together; the loader has seen to it that they do not contradict each other.
    public init(_ scenarios: [Scenario]) {
        clock = scenarios.lazy.compactMap(\.options.clock).first
        frozen = scenarios.lazy.compactMap(\.options.frozen).first
    }
}
