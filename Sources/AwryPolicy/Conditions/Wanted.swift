// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One value of a condition in a policy, read as its comparison needs it.
enum Wanted: Sendable {
    case text(Pattern)
    case arn(ARNPattern)
    case number(Double)
    case moment(Timestamp)
    case flag(Bool)
    case bytes([UInt8])
    case addresses(AddressRange)
    /// A text that the comparison cannot use: nothing is like it.
    case unusable

    init(_ text: String, for comparison: Comparison, _ version: Policy.Version) {
        let reading = comparison.reading(version)
        let wanted: Wanted? =
            switch comparison {
            case .stringEquals, .stringLike: .text(Pattern(text, reading))
            case .stringEqualsIgnoreCase: .text(Pattern(text, reading, ignoringCase: true))
            case .arnEquals, .arnLike: .arn(ARNPattern(text, reading))
            case .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
                .numericGreaterThanEquals:
                Wanted.number(text).map { .number($0) }
            case .dateEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals:
                Wanted.moment(text).map { .moment($0) }
            case .bool, .null: Wanted.flag(text).map { .flag($0) }
            case .binaryEquals: Base64.decode(text.utf8).map { .bytes($0) }
            case .ipAddress: AddressRange(text).map { .addresses($0) }
            }
        self = wanted ?? .unusable
    }

    /// Whether a value of the request compares with this one as it should.
    func accepts(_ value: String, by comparison: Comparison, _ keys: any ConditionKeys) -> Bool {
        switch self {
        case .text(let pattern): pattern.matches(Array(value.utf8), keys)
        case .arn(let pattern): pattern.matches(value, keys)
        case .number(let wanted): Wanted.number(value).map { compares($0, wanted, by: comparison) } ?? false
        case .moment(let wanted): Wanted.moment(value).map { compares($0, wanted, by: comparison) } ?? false
        case .flag(let wanted): Wanted.flag(value) == wanted
        case .bytes(let wanted): Base64.decode(value.utf8) == wanted
        case .addresses(let range): Address(value).map { range.contains($0) } ?? false
        case .unusable: false
        }
    }

    /// The keys of the variables in it.
    var variables: [String] {
        switch self {
        case .text(let pattern): pattern.variables
        case .arn(let pattern): pattern.variables
        default: []
        }
    }

    private func compares<Side: Comparable>(_ value: Side, _ wanted: Side, by comparison: Comparison) -> Bool {
        switch comparison {
        case .numericLessThan, .dateLessThan: value < wanted
        case .numericLessThanEquals, .dateLessThanEquals: value <= wanted
        case .numericGreaterThan, .dateGreaterThan: value > wanted
        case .numericGreaterThanEquals, .dateGreaterThanEquals: value >= wanted
        default: value == wanted
        }
    }

    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 64, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text)
    }

    /// A moment as policies write it: ISO 8601, or seconds since 1970.
    static func moment(_ text: String) -> Timestamp? {
        TimeFormats.parseISO8601(text) ?? TimeFormats.parseEpoch(text)
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }
}

/// An ARN as a condition compares it: each of its six parts by itself, each with wildcards.
struct ARNPattern: Sendable {
    private let parts: [Pattern]

    init(_ text: String, _ reading: Pattern.Reading) {
        parts = ARNPattern.parts(of: text).map { Pattern(String($0), reading) }
    }

    func matches(_ arn: String, _ keys: any ConditionKeys) -> Bool {
        // `*` alone is any ARN; what else is not of six parts is none.
        if parts.count == 1 { return parts[0].matchesAll && arn.hasPrefix("arn:") }
        let came = ARNPattern.parts(of: arn)
        guard parts.count == 6, came.count == 6 else { return false }
        return zip(parts, came).allSatisfy { $0.matches(Array($1.utf8), keys) }
    }

    var variables: [String] { parts.flatMap(\.variables) }

    /// The parts between colons, of which those in `${…}` part nothing.
    private static func parts(of text: String) -> [Substring] {
        var parts: [Substring] = []
        var (start, at) = (text.startIndex, text.startIndex)
        var isInVariable = false
        while at < text.endIndex, parts.count < 5 {
            switch text[at] {
            case "{" where at > text.startIndex && text[text.index(before: at)] == "$": isInVariable = true
            case "}": isInVariable = false
            case ":" where !isInVariable:
                parts.append(text[start..<at])
                start = text.index(after: at)
            default: break
            }
            at = text.index(after: at)
        }
        parts.append(text[start...])
        return parts
    }
}
