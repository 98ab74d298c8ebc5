// SPDX-License-Identifier: Apache-2.0

/// How one conversation breaks: what `connection:` says, as a value. AwryHTTP's state machine turns it into bytes and
/// actions, and the transport performs those.
public struct ConnectionFault: Sendable, Equatable {
    /// Which way of breaking.
    public var kind: FaultKind
    /// How many bytes of the body are sent before it breaks; nil leaves it to the kind, which takes half.
    public var after: Int?

    /// A fault of this kind.
    public init(_ kind: FaultKind, after: Int? = nil) {
        self.kind = kind
        self.after = after
    }

    /// What is sent in the place of an answer with this body, and how it ends.
    public func plan(_ body: Blob) -> FaultPlan {
        kind.plan(body, after)
    }
}
