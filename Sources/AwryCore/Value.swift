// SPDX-License-Identifier: Apache-2.0

/// A dynamic value: what a request carried, or what an answer will carry.
///
/// The service model gives it its type; the value itself only says what it is. Members keep the order in which they
/// came.
public enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case blob(Blob)
    case timestamp(Timestamp)
    case list([Value])
    /// A structure or a map: both are ordered names with values.
    case structure(Fields)
}

extension Value {
    /// The text, if this is a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if this is an integer, or a double without a fraction that fits.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The truth value, if this is one.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The elements, if this is a list.
    public var list: [Value]? {
        if case .list(let elements) = self { elements } else { nil }
    }

    /// The members, if this is a structure or a map.
    public var fields: Fields? {
        if case .structure(let fields) = self { fields } else { nil }
    }

    /// The bytes, if this is a blob.
    public var blob: Blob? {
        if case .blob(let blob) = self { blob } else { nil }
    }

    /// The moment, if this is one.
    public var timestamp: Timestamp? {
        if case .timestamp(let moment) = self { moment } else { nil }
    }

    /// What kind of value this is, in the words that diagnostics use.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .blob: "a blob"
        case .timestamp: "a timestamp"
        case .list: "a list"
        case .structure: "a mapping"
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// A list.
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    /// A structure.
    public init(dictionaryLiteral elements: (String, Value)...) { self = .structure(Fields(elements)) }
}
