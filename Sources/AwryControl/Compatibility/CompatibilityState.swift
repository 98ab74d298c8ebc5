// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// What tests written for other mocks have set and may ask for again, by sandbox. The program keeps one.
public final class CompatibilityState: Sendable {
    /// What one sandbox was told.
    struct Told: Sendable {
        /// LocalStack's rules, each with the id of the rule that does it here.
        var faults: [(id: String, rule: Value)] = []
        /// LocalStack's latency, in milliseconds.
        var latency: Int64 = 0
        /// moto's configuration.
        var config = Fields()
    }

    private let told = Mutex<[String: Told]>([:])

    /// Nothing told yet.
    public init() {}

    /// What a sandbox was told.
    func told(_ sandbox: String) -> Told { told.withLock { $0[sandbox] ?? Told() } }

    /// Forgets what a sandbox was told.
    public func forget(_ sandbox: String) {
        told.withLock { $0[sandbox] = nil }
    }

    /// Changes what a sandbox was told.
    func change(_ sandbox: String, _ body: (inout Told) -> Void) {
        told.withLock { body(&$0[sandbox, default: Told()]) }
    }
}
