// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// A text from a header, a query or a path that is no value of its member's type.
struct RestMisfit: Error {
    /// The member's name on the wire.
    let name: String
    /// What stood there.
    let text: String
    /// What is wanted: "an integer".
    let expected: String
}

/// Reads and writes scalars as text, as rest protocols put them into headers, queries, paths and XML.
enum RestScalars {
    /// The typed value of a text; nil where it is none of that type. `format` is for moments without one of their own.
    static func value(_ text: String, _ shape: Shape, format: TimestampFormat) -> Value? {
        switch shape.kind {
        case .string: return .string(text)
        case .boolean:
            switch text.lowercased() {
            case "true": return true
            case "false": return false
            default: return nil
            }
        case .integer, .long: return Int64(text).map(Value.integer)
        case .float, .double: return (Scalars.special(text) ?? number(text)).map(Value.double)
        case .blob: return Base64.decode(Array(text.utf8)).map { .blob(Blob($0)) }
        case .timestamp: return moment(text, shape.traits.timestampFormat ?? format).map(Value.timestamp)
        case .structure, .list, .map: return nil
        }
    }

    /// What a shape wants, for messages.
    static func wanted(_ shape: Shape) -> String {
        switch shape.kind {
        case .boolean: "true or false"
        case .integer, .long: "an integer"
        case .float, .double: "a number"
        case .blob: "base64"
        case .timestamp: "a timestamp"
        case .string, .structure, .list, .map: "a text"
        }
    }

    /// The text of a value of ours.
    static func text(_ value: Value, _ shape: Shape, format: TimestampFormat) throws(ShapeMismatch) -> String {
        switch shape.kind {
        case .boolean: return try Scalars.flag(value) ? "true" : "false"
        case .integer, .long: return String(try Scalars.integer(value))
        case .float, .double: return Scalars.text(of: try Scalars.double(value))
        case .blob: return Base64.text(try Scalars.bytes(value))
        case .timestamp:
            return text(try Scalars.moment(value), shape.traits.timestampFormat ?? format, fraction: .whereNeeded)
        case .string: return try Scalars.text(value)
        case .structure, .list, .map: throw Scalars.mismatch("a scalar", value)
        }
    }

    static func text(_ moment: Timestamp, _ format: TimestampFormat, fraction: TimeFormats.Fraction) -> String {
        switch format {
        case .unix: TimeFormats.epoch(moment)
        case .iso8601: TimeFormats.iso8601(moment, fraction: fraction)
        case .rfc822: TimeFormats.rfc822(moment)
        }
    }

    /// In the format that is wanted, else in any of the others: AWS is as lenient.
    private static func moment(_ text: String, _ format: TimestampFormat) -> Timestamp? {
        switch format {
        case .unix: TimeFormats.parseEpoch(text) ?? TimeFormats.parseISO8601(text) ?? TimeFormats.parseRFC822(text)
        case .iso8601: TimeFormats.parseISO8601(text) ?? TimeFormats.parseRFC822(text) ?? TimeFormats.parseEpoch(text)
        case .rfc822: TimeFormats.parseRFC822(text) ?? TimeFormats.parseISO8601(text) ?? TimeFormats.parseEpoch(text)
        }
    }

    /// Decimal numbers only: Swift's own reader takes hexadecimal and names besides.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 400, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text)
    }
}
