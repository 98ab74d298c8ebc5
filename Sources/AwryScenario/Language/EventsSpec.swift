// SPDX-License-Identifier: Apache-2.0

/// `events:`: a stream of events that breaks.
public struct EventsSpec: Sendable {
    /// How many events come before the error.
    public var after: Int
    /// The error that ends the stream.
    public var error: ErrorSpec
    /// The output whose stream it is; nil leaves that to whatever answers without a rule.
    public var output: TemplatedValue?

    /// The most events after which a stream can break: a stub makes that many.
    static let most = 10_000

    /// A break after so many events.
    public init(after: Int = 0, error: ErrorSpec, output: TemplatedValue? = nil) {
        self.after = after
        self.error = error
        self.output = output
    }
}
