// SPDX-License-Identifier: Apache-2.0

/// What must be at hand before the engine can decide about requests of one operation; the head always is.
public struct Needs: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8
    /// The set of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The decoded input (`RequestFacts.params`).
    public static let params = Needs(rawValue: 1 << 0)
    /// The raw body.
    public static let body = Needs(rawValue: 1 << 1)
    /// The body's hash, but only for a request without an SDK's invocation id: it tells calls apart.
    public static let call = Needs(rawValue: 1 << 2)
    /// Not for the decision: a loaded expectation will want the decoded input from the journal.
    public static let journalParams = Needs(rawValue: 1 << 3)
    /// Not for the decision: a loaded expectation will want header fields from the journal.
    public static let journalHeaders = Needs(rawValue: 1 << 4)

    /// Whether the decision about a request can be taken from its head alone.
    public func headIsEnough(hasInvocation: Bool) -> Bool {
        isDisjoint(with: hasInvocation ? [.params, .body] : [.params, .body, .call])
    }
}
