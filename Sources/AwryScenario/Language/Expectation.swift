// SPDX-License-Identifier: Apache-2.0

/// One entry of `expect`.
public struct Expectation: Sendable {
    /// What is expected.
    public enum Kind: Sendable {
        /// Of the requests that match, this.
        case requests(Match, Demands)
        /// The first request of each entry comes in this order.
        case order([Match])
    }

    /// What is demanded of the requests or calls that match.
    public struct Demands: Sendable {
        /// How many requests.
        public var count: CountRange?
        /// How many logical calls.
        public var calls: CountRange?
        /// How many requests of each call.
        public var attempts: CountRange?
        /// What the last attempt gets: `success`, `connection` or an error code.
        public var ends: String?
        /// From the first attempt's arrival to the last byte answered.
        public var within: Duration?
        /// The rule set whose bounds every gap must keep.
        public var backoff: String?
        /// Gaps said outright, each a range.
        public var gaps: [ClosedRange<Duration>] = []
        /// `retryAfter`, and whether strictly.
        public var obeysRetryAfter: Bool?

        /// Demands nothing.
        public init() {}
    }

    /// A number or a range: `3`, `2-4`, `2-`.
    public struct CountRange: Sendable, Hashable {
        /// The least.
        public var least: Int
        /// The most; nil where there is no bound.
        public var most: Int?

        /// From `least` to `most`.
        public init(least: Int, most: Int?) {
            self.least = least
            self.most = most
        }
    }

    /// What is expected.
    public var kind: Kind
    /// As the user wrote it, in short, for reports: `kinesis.DescribeStream`.
    public var label: String
    /// Where it stands.
    public var location: SourceLocation

    /// An expectation of this kind.
    public init(kind: Kind, label: String, location: SourceLocation) {
        self.kind = kind
        self.label = label
        self.location = location
    }
}
