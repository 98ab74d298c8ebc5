// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Types JSON's texts, numbers and truth values by the model.
enum JSONScalars {
    static func value(_ value: Value, _ shape: Shape) throws(JSONMisfit) -> Value {
        switch shape.kind {
        case .string:
            guard case .string = value else { throw cannot(value, "a String") }
            return value
        case .integer: return .integer(try whole(value, "an Integer"))
        case .long: return .integer(try whole(value, "a Long"))
        case .float: return .double(try number(value, "a Float"))
        case .double: return .double(try number(value, "a Double"))
        case .boolean: return .bool(try flag(value))
        case .timestamp: return .timestamp(try moment(value, shape.traits.timestampFormat))
        case .blob: return .blob(try blob(value))
        case .structure, .list, .map: return value
        }
    }

    /// Fractions are cut off, as AWS does.
    private static func whole(_ value: Value, _ target: String) throws(JSONMisfit) -> Int64 {
        switch value {
        case .integer(let number): return number
        case .double(let number):
            guard number.isFinite else { throw cannot(value, target) }
            return Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
        default: throw cannot(value, target)
        }
    }

    private static func number(_ value: Value, _ target: String) throws(JSONMisfit) -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .double(let number): return number
        case .string(let text):
            if let number = Scalars.special(text) { return number }
            throw cannot(value, target)
        default: throw cannot(value, target)
        }
    }

    private static func flag(_ value: Value) throws(JSONMisfit) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .string(let text):
            switch text.lowercased() {
            case "true", "1", "yes": return true
            case "false", "0", "no": return false
            default: throw JSONMisfit(message: "'\(text.uppercased())' can not be converted to an Boolean")
            }
        default: throw cannot(value, "a Boolean")
        }
    }

    private static func moment(_ value: Value, _ format: TimestampFormat?) throws(JSONMisfit) -> Timestamp {
        let moment: Timestamp? =
            switch value {
            case .integer(let seconds): TimeFormats.moment(epochSeconds: Double(seconds))
            case .double(let seconds): TimeFormats.moment(epochSeconds: seconds)
            case .string(let text):
                switch format {
                case .iso8601: TimeFormats.parseISO8601(text)
                case .rfc822: TimeFormats.parseRFC822(text)
                case .unix, nil: nil
                }
            default: nil
            }
        guard let moment else { throw cannot(value, "milliseconds since epoch") }
        return moment
    }

    private static func blob(_ value: Value) throws(JSONMisfit) -> Blob {
        guard case .string(var text) = value else { throw cannot(value, "a Blob") }
        if let bytes = text.withUTF8({ Base64.decode($0) }) { return Blob(bytes) }
        throw JSONMisfit(message: "'\(text.prefix(1024))' can not be converted to a Blob: \(flaw(text))")
    }

    /// What Kinesis says of a text that is no base64, spelling mistake included.
    private static func flaw(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count % 4 == 0 else {
            return "Base64 encoded length is expected a multiple of 4 bytes but found: \(bytes.count)"
        }
        let content = bytes.prefix(while: isBase64Letter)
        let padding = bytes[content.endIndex...]
        if padding.count > 2 || padding.contains(where: { $0 != UInt8(ascii: "=") }) {
            let culprit = padding.first.map { String(Character(Unicode.Scalar($0))) } ?? ""
            return "Invalid Base64 character: '\(culprit)'"
        }
        return "Invalid last non-pad Base64 character dectected"
    }

    private static func isBase64Letter(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    /// The parser's name of what it found, then what the model wants.
    static func cannot(_ value: Value, _ target: String) -> JSONMisfit {
        let token =
            switch value {
            case .string: "STRING_VALUE"
            case .bool(true): "TRUE_VALUE"
            case .bool(false): "FALSE_VALUE"
            case .blob: "EMBEDDED_VALUE"
            default: "NUMBER_VALUE"
            }
        return JSONMisfit(message: "\(token) can not be converted to \(target)")
    }
}
