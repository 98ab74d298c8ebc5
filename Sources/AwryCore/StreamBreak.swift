// SPDX-License-Identifier: Apache-2.0

/// A stream of events that breaks: the outcome `events`.
public struct StreamBreak: Sendable, Equatable {
    /// How many events come before the error.
    public var after: Int
    /// The error that ends the stream.
    public var error: WireError
    /// The output whose stream it is; nil leaves that to whatever answers without a rule.
    public var output: Fields?

    /// A break after so many events.
    public init(after: Int, error: WireError, output: Fields? = nil) {
        self.after = after
        self.error = error
        self.output = output
    }
}

extension Effect.Answer {
    /// How the stream of events breaks, if it does.
    public var streamBreak: StreamBreak? {
        if case .events(let broken) = self { broken } else { nil }
    }
}
