// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What policies said of one right that a request needs: kept as it is, and written out when the journal is read.
public protocol LateDecision: Sendable {
    /// As the control interface gives it.
    var value: Value { get }
}
