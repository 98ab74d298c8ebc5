// SPDX-License-Identifier: Apache-2.0

import AwryScenario

/// Where the program tells people of each call, as it ends.
public protocol CallLog: Sendable {
    /// Whether it wants to be told.
    var isOn: Bool { get }
    /// A call has been answered, or its connection broke. Called on the transport's loop: must not wait.
    func ended(_ entry: JournalEntry)
}

/// Tells nobody.
public struct SilentLog: CallLog {
    /// A log that tells nobody.
    public init() {}

    /// Never.
    public var isOn: Bool { false }

    /// Does nothing.
    public func ended(_ entry: JournalEntry) {}
}
