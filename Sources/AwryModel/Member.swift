// SPDX-License-Identifier: Apache-2.0

/// A member of a structure, the element of a list, or the key or value of a map.
public final class Member: Sendable {
    /// The name in values and scenario files; `member`, `key`, `value` for lists and maps.
    public let name: String
    /// Its type.
    public let shape: ShapeID
    /// Where rest protocols carry it.
    public let location: Location
    /// The name on the wire (`locationName`), where it differs from `name` or the model says it.
    public let locationName: String?
    /// ec2: the name in the query where it is not `locationName` capitalised (`queryName`).
    public let queryName: String?
    /// The name space of its element.
    public let xmlNamespace: String?
    /// The prefix of that name space (`xsi`).
    public let xmlPrefix: String?
    /// The only texts accepted here, whatever the shape says; empty where the shape decides.
    public let values: [String]
    /// Which of the flags below hold.
    public let flags: Flags

    /// Where in a rest protocol's message a member stands.
    public enum Location: UInt8, Sendable, Hashable {
        case body = 0
        case header = 1
        /// A map whose entries are headers that begin with `locationName`.
        case headers = 2
        case uri = 3
        case querystring = 4
        case statusCode = 5
    }

    /// Yes-or-no facts about a member.
    public struct Flags: OptionSet, Sendable, Hashable {
        /// The flags as bits, as the catalogue keeps them.
        public let rawValue: UInt16

        /// The flags of these bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// The structure is invalid without it.
        public static let required = Flags(rawValue: 1 << 0)
        /// An attribute of its parent's element.
        public static let xmlAttribute = Flags(rawValue: 1 << 1)
        /// Flattened here, whatever the shape says.
        public static let flattened = Flags(rawValue: 1 << 2)
        /// SDKs fill it with a UUID.
        public static let idempotencyToken = Flags(rawValue: 1 << 3)
        /// A text in a header that holds base64 of JSON.
        public static let jsonValue = Flags(rawValue: 1 << 4)
        /// Part of the host name.
        public static let hostLabel = Flags(rawValue: 1 << 5)
        /// The payload of an event.
        public static let eventPayload = Flags(rawValue: 1 << 6)
        /// A header of an event.
        public static let eventHeader = Flags(rawValue: 1 << 7)
        /// Streamed here, whatever the shape says.
        public static let streaming = Flags(rawValue: 1 << 8)
    }

    /// A member of these parts.
    public init(
        name: String, shape: ShapeID, location: Location = .body, locationName: String? = nil, queryName: String? = nil,
        xmlNamespace: String? = nil, flags: Flags = [], xmlPrefix: String? = nil, values: [String] = []
    ) {
        self.name = name
        self.shape = shape
        self.location = location
        self.locationName = locationName
        self.queryName = queryName
        self.xmlNamespace = xmlNamespace
        self.xmlPrefix = xmlPrefix
        self.values = values
        self.flags = flags
    }

    /// The name on the wire.
    public var wireName: String { locationName ?? name }

    /// Whether a structure is invalid without it.
    public var isRequired: Bool { flags.contains(.required) }
}
