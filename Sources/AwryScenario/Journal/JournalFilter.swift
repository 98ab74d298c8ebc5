// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Which entries are meant; what is nil is not asked.
public struct JournalFilter: Sendable {
    /// A glob over the service's name.
    public var service: Glob?
    /// A glob over the operation's name.
    public var operation: Glob?
    /// The answer's status.
    public var status: Int?
    /// The answer's error code.
    public var error: String?
    /// A rule that fired.
    public var rule: String?
    /// The call: an SDK's invocation id, or the tracker's own name.
    public var invocation: String?
    /// The request's id.
    public var id: String?
    /// Not before this moment of the machine's wall clock.
    public var since: Timestamp?
    /// Only entries after this sequence number.
    public var after: UInt64?

    /// Every entry.
    public init() {}

    /// Whether it asks for something that only the answer decides.
    var needsDelivery: Bool { status != nil || error != nil }

    /// Whether an entry is meant.
    public func matches(_ entry: JournalEntry) -> Bool {
        if let service, !service.matches(entry.service) { return false }
        if let operation, !operation.matches(entry.operation) { return false }
        if let rule, !entry.rules.contains(rule) { return false }
        if let invocation, entry.attempt.call != invocation { return false }
        if let id, entry.id != id { return false }
        if let since, entry.time < since { return false }
        if let after, entry.sequence <= after { return false }
        if let status, entry.delivery?.status != status { return false }
        if let error, entry.delivery?.error != error { return false }
        return true
    }
}
