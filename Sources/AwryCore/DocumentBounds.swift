// SPDX-License-Identifier: Apache-2.0

/// Bounds for a document from outside, in whatever notation.
public struct DocumentBounds: Sendable {
    /// How deep lists and structures may be nested.
    public var depth: Int
    /// How many values there may be in all.
    public var values: Int

    /// Bounds; the defaults suit requests of AWS's sizes.
    public init(depth: Int = 128, values: Int = 2_000_000) {
        self.depth = depth
        self.values = values
    }
}

/// What keeps bytes from being a document of a notation.
public struct DocumentMistake: Error, Sendable, Equatable {
    /// What is wrong: "expected `,` or `}`".
    public let message: String
    /// Where, in bytes from the start.
    public let offset: Int
}
