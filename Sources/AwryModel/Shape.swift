// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// Which shape of a service: an index into `Service.shapes`.
public struct ShapeID: Sendable, Hashable {
    /// The index.
    public let index: Int

    /// The shape at this index.
    public init(_ index: Int) {
        self.index = index
    }
}

/// One shape of a service: a type with its limits and the ways in which protocols write it.
public final class Shape: Sendable {
    /// What a shape is, and what it is made of.
    public enum Kind: Sendable {
        case string, boolean, integer, long, float, double, blob, timestamp
        /// The members in the model's order.
        case structure([Member])
        case list(element: Member)
        case map(key: Member, value: Member)
    }

    /// The shape's name in the model.
    public let name: String
    /// What it is.
    public let kind: Kind
    /// What values it accepts.
    public let limits: Limits
    /// What makes it an error; nil where it is none.
    public let error: ErrorTraits?
    /// Flags and names that some protocol needs.
    public let traits: ShapeTraits

    /// Nil where the members are so few that looking at each is quicker.
    private let memberIndex: NameIndex?
    /// The pattern, compiled at its first use.
    let compiledPattern = AtomicLazyReference<CompiledPattern>()
    /// A text that satisfies the pattern, found at its first use.
    let sample = AtomicLazyReference<SampleText>()

    /// A shape of these parts.
    public init(
        name: String, kind: Kind, limits: Limits = Limits(), error: ErrorTraits? = nil,
        traits: ShapeTraits = ShapeTraits()
    ) {
        self.name = name
        self.kind = kind
        self.limits = limits
        self.error = error
        self.traits = traits
        if case .structure(let members) = kind, members.count > 8 {
            memberIndex = NameIndex(members.lazy.map(\.name))
        } else {
            memberIndex = nil
        }
    }

    /// The members of a structure; none for other kinds.
    public var members: [Member] {
        if case .structure(let members) = kind { members } else { [] }
    }

    /// The member of this name, if this is a structure that has one.
    public func member(_ name: String) -> Member? {
        guard case .structure(let members) = kind else { return nil }
        guard let memberIndex else { return members.first { $0.name == name } }
        return memberIndex.position(of: name) { members[$0].name }.map { members[$0] }
    }
}

/// What values a shape accepts: the model's own numbers, from which both checks and messages are made.
public struct Limits: Sendable, Hashable {
    /// The smallest number, length or count.
    public var minimum: Double?
    /// The largest number, length or count.
    public var maximum: Double?
    /// A regular expression that the whole text must match (Java's dialect).
    public var pattern: String?
    /// The only texts accepted, in the model's order; empty where any will do.
    public var values: [String]

    /// Limits; none unless given.
    public init(minimum: Double? = nil, maximum: Double? = nil, pattern: String? = nil, values: [String] = []) {
        self.minimum = minimum
        self.maximum = maximum
        self.pattern = pattern
        self.values = values
    }
}

/// What makes a structure an error.
public struct ErrorTraits: Sendable, Hashable {
    /// The wire code where the model gives one (`error.code`); else the shape's name is the code.
    public var code: String?
    /// The HTTP status where the model gives one (`error.httpStatusCode`).
    public var modelledStatus: Int?
    /// Whose fault: `fault: true` or a 5xx is the server's.
    public var fault: Fault
    /// Whether the model calls it retryable, and if so, whether as a throttle.
    public var retry: Retry

    /// What the model says of retrying.
    public enum Retry: UInt8, Sendable, Hashable {
        case unsaid = 0
        case transient = 1
        case throttling = 2
    }

    /// The traits of an error.
    public init(code: String? = nil, modelledStatus: Int? = nil, fault: Fault = .client, retry: Retry = .unsaid) {
        self.code = code
        self.modelledStatus = modelledStatus
        self.fault = fault
        self.retry = retry
    }

    /// The status on the wire: the model's, else 400 for the client's faults and 500 for the server's (Smithy's rule).
    public var status: Int { modelledStatus ?? (fault == .server ? 500 : 400) }
}

/// Flags and names of a shape that some protocol needs.
public struct ShapeTraits: Sendable, Hashable {
    /// The member that is the whole HTTP body (rest protocols).
    public var payload: String?
    /// How timestamps of this shape are written, where the model says.
    public var timestampFormat: TimestampFormat?
    /// The element's name where the shape gives one (`locationName` on the shape itself).
    public var locationName: String?
    /// The shape's own XML name space.
    public var xmlNamespace: String?
    /// The prefix of that name space (`xsi`).
    public var xmlPrefix: String?
    /// Which of the flags below hold.
    public var flags: Flags

    /// Whether values of the shape are kept from logs, journals and recordings.
    public var isSecret: Bool { !flags.isDisjoint(with: [.sensitive, .secret]) }

    /// Yes-or-no facts about a shape.
    public struct Flags: OptionSet, Sendable, Hashable {
        /// The flags as bits, as the catalogue keeps them.
        public let rawValue: UInt16

        /// The flags of these bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// A list or map whose elements stand without an element around them.
        public static let flattened = Flags(rawValue: 1 << 0)
        /// Values that must not be shown in logs.
        public static let sensitive = Flags(rawValue: 1 << 1)
        /// A body that may be streamed.
        public static let streaming = Flags(rawValue: 1 << 2)
        /// A body whose length must be known beforehand.
        public static let requiresLength = Flags(rawValue: 1 << 3)
        /// A structure of which exactly one member is set.
        public static let union = Flags(rawValue: 1 << 4)
        /// Any JSON value.
        public static let document = Flags(rawValue: 1 << 5)
        /// A stream of events; the members are the events.
        public static let eventStream = Flags(rawValue: 1 << 6)
        /// One event of such a stream.
        public static let event = Flags(rawValue: 1 << 7)
        /// A list or map that may hold nulls.
        public static let sparse = Flags(rawValue: 1 << 8)
        /// rest-xml and query: the output's one member stands without an element around it.
        public static let wrapper = Flags(rawValue: 1 << 9)
        /// Values that must not be shown in logs either, though the model does not say so; no catalogue has it.
        public static let secret = Flags(rawValue: 1 << 15)
    }

    /// No traits unless given.
    public init(
        payload: String? = nil, timestampFormat: TimestampFormat? = nil, locationName: String? = nil,
        xmlNamespace: String? = nil, xmlPrefix: String? = nil, flags: Flags = []
    ) {
        self.payload = payload
        self.timestampFormat = timestampFormat
        self.locationName = locationName
        self.xmlNamespace = xmlNamespace
        self.xmlPrefix = xmlPrefix
        self.flags = flags
    }
}

/// How a timestamp is written.
public enum TimestampFormat: UInt8, Sendable, Hashable {
    /// Seconds since 1970 as a number.
    case unix = 0
    /// `2026-03-01T12:00:00Z`.
    case iso8601 = 1
    /// `Sun, 01 Mar 2026 12:00:00 GMT`.
    case rfc822 = 2
}
