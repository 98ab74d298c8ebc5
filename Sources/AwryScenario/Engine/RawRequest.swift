// SPDX-License-Identifier: Apache-2.0

/// The HTTP request behind a call, as far as rules may look at it beside its origin. The server fulfils it, and makes
/// each text only when a rule asks for it.
public protocol RawRequest: Sendable {
    /// What stands after `?`, as sent; empty without one.
    var query: String { get }
    /// The values of every field of this name (any case), in order.
    func headers(_ name: String) -> [String]
    /// The body; nil while it was not read, or where it is too large to be held. Empty where there is none.
    var body: ArraySlice<UInt8>? { get }
    /// Any hash of the body that equal bodies share (SHA-256's first bytes, say); nil while the body was not read.
    var bodyHash: UInt64? { get }
}
