// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One rule: which requests, which of those, and what they get.
public struct Rule: Sendable {
    /// `id:` as written, else `scenario#n`, n from 1.
    public var id: String
    /// Which requests it is about.
    public var match: Match
    /// Which of the matching requests it takes.
    public var selection: Selection
    /// What the client gets; nil for a rule that only modifies.
    public var outcome: Outcome?
    /// What changes about the answer, whoever gives it.
    public var modifiers: ModifierSpec
    /// Where it stands.
    public var location: SourceLocation

    /// A rule of these parts.
    public init(
        id: String, match: Match, selection: Selection = Selection(), outcome: Outcome? = nil,
        modifiers: ModifierSpec = ModifierSpec(), location: SourceLocation
    ) {
        self.id = id
        self.match = match
        self.selection = selection
        self.outcome = outcome
        self.modifiers = modifiers
        self.location = location
    }
}

/// Which requests a rule, or an expectation, is about: all that is said must hold. An empty list says nothing.
public struct Match: Sendable {
    /// The operations: (service glob, operation glob); any of them will do.
    public var operations: [(service: Glob, operation: Glob)] = []
    /// Members of the decoded request: dotted path, pattern.
    public var params: [(path: [String], pattern: Pattern)] = []
    /// From the credential scope.
    public var region: Pattern?
    /// Twelve digits.
    public var account: Pattern?
    /// The access key id.
    public var accessKey: Pattern?
    /// The caller's ARN.
    public var principal: Pattern?
    /// Header fields: name (any case), pattern; one of several fields of a name matching will do.
    public var headers: [(name: String, pattern: Pattern)] = []
    /// The User-Agent header.
    public var userAgent: Pattern?
    /// The HTTP method.
    public var method: Pattern?
    /// The path as sent, percent-encoded, without the query and without a sandbox's prefix.
    public var path: Pattern?
    /// The Host header.
    public var host: Pattern?
    /// The body as UTF-8 text.
    public var body: Pattern?

    /// Matches everything.
    public init() {}
}

/// What a text, a number or their absence must be.
public indirect enum Pattern: Sendable {
    case equals(Value)
    case glob(Glob)
    case regex(Regex)
    case contains(String)
    case startsWith(String)
    case endsWith(String)
    case anyOf([Pattern])
    case not(Pattern)
    case exists(Bool)
    case greater(Double)
    case greaterOrEqual(Double)
    case less(Double)
    case lessOrEqual(Double)
    /// All of these (a mapping with several entries).
    case all([Pattern])
}

/// Which of the matching requests a rule takes; all that is said must hold.
public struct Selection: Sendable {
    /// At most this many.
    public var times: Int?
    /// Those in these positions.
    public var nth: Positions?
    /// Positions n, 2n, 3n, …
    public var every: Int?
    /// Those whose attempt number, per call, is in these.
    public var attempts: Positions?
    /// This share, 0 to 1.
    public var probability: Double?
    /// From this long after the scenario was loaded or last reset.
    public var after: Duration?
    /// Until (not including) this long after.
    public var until: Duration?
    /// Those that find the bucket empty.
    public var above: Bucket?
    /// Only in this state.
    public var state: String?
    /// The state that firing moves the scenario to.
    public var become: String?
    /// What positions, counts, buckets and sequences are kept apart by.
    public var per: [PerKey] = []

    /// A token bucket: `rate` tokens a second, at most `burst` at once; starts full.
    public struct Bucket: Sendable, Hashable {
        /// Tokens a second.
        public var rate: Double
        /// The most it holds.
        public var burst: Double

        /// A bucket that gains `rate` tokens a second and holds `burst`.
        public init(rate: Double, burst: Double) {
            self.rate = rate
            self.burst = burst
        }
    }

    /// Something that tells requests apart.
    public enum PerKey: Sendable, Hashable {
        case params(path: [String])
        case accessKey
        case principal
        case call
        case header(String)
        case region
        case account
    }

    /// Takes every matching request.
    public init() {}
}

/// Positions counted from 1: `1-2,5,9-`.
public struct Positions: Sendable, Hashable {
    /// Closed ranges; the upper bound of an open one is `Int.max`.
    public var ranges: [ClosedRange<Int>]

    /// These ranges.
    public init(_ ranges: [ClosedRange<Int>]) {
        self.ranges = ranges
    }

    /// Whether a position is among them.
    func contains(_ position: Int) -> Bool {
        ranges.contains { $0.contains(position) }
    }
}
