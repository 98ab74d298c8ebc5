// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Reads values of ours as the scalar that a shape asks for. Fakes give the exact kind; rules may give the text or
/// number that stands for it in YAML.
enum Scalars {
    static func text(_ value: Value) throws(ShapeMismatch) -> String {
        guard case .string(let text) = value else { throw mismatch("a string", value) }
        return text
    }

    static func flag(_ value: Value) throws(ShapeMismatch) -> Bool {
        guard case .bool(let flag) = value else { throw mismatch("a boolean", value) }
        return flag
    }

    static func integer(_ value: Value) throws(ShapeMismatch) -> Int64 {
        guard let number = value.integer else { throw mismatch("an integer", value) }
        return number
    }

    static func double(_ value: Value) throws(ShapeMismatch) -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .double(let number): return number
        case .string(let text):
            if let number = special(text) { return number }
            throw mismatch("a number", value)
        default: throw mismatch("a number", value)
        }
    }

    static func bytes(_ value: Value) throws(ShapeMismatch) -> ArraySlice<UInt8> {
        switch value {
        case .blob(let blob): return blob.bytes
        case .string(let text): return Array(text.utf8)[...]
        default: throw mismatch("a blob", value)
        }
    }

    static func moment(_ value: Value) throws(ShapeMismatch) -> Timestamp {
        let moment: Timestamp? =
            switch value {
            case .timestamp(let moment): moment
            case .integer(let seconds): TimeFormats.moment(epochSeconds: Double(seconds))
            case .double(let seconds): TimeFormats.moment(epochSeconds: seconds)
            case .string(let text): TimeFormats.parseISO8601(text) ?? TimeFormats.parseRFC822(text)
            default: nil
            }
        guard let moment else { throw mismatch("a timestamp", value) }
        return moment
    }

    /// The numbers that JSON and XML have only texts for (Smithy's `NaN`, `Infinity`, `-Infinity`).
    static func special(_ text: some StringProtocol) -> Double? {
        switch text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: nil
        }
    }

    static func mismatch(_ expected: String, _ found: Value) -> ShapeMismatch {
        ShapeMismatch("expected \(expected), found \(found.kindName)")
    }

    /// A member that the model does not know, with the nearest that it does.
    static func unknown(_ name: String, in shape: Shape) -> ShapeMismatch {
        ShapeMismatch(
            "\(shape.name) has no member `\(name)`" + Nearest.question(for: name, among: shape.members.map(\.name)))
    }
}

extension Scalars {
    /// A number as XML writes it.
    static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return number.description
    }

    /// A scalar as a text, whatever it is; lists and structures as JSON.
    static func text(of value: Value) -> String {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .double(let number): text(of: number)
        case .blob(let blob): Base64.text(blob.bytes)
        case .timestamp(let moment): TimeFormats.iso8601(moment)
        case .null, .list, .structure: JSON.text(value)
        }
    }
}
