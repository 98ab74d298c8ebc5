// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// `200ms`, `1.5s`, `2m`, `1h30m`, `1d`: a span of time with its unit.
enum DurationText {
    static let wanted = "a duration such as `200ms`, `5s`, `2m` or `1h`"

    /// Nanoseconds of each unit.
    private static let units: [String: Double] = [
        "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9, "d": 86_400e9,
    ]

    /// Longer spans are slips of the keyboard, and would overflow a clock.
    private static let most = 86_400e9 * 36_525

    /// The span that a text says. Zero needs no unit; nothing else goes without.
    static func parse(_ text: String, mayBeNegative: Bool = false) throws(TextMistake) -> Duration {
        var cursor = TextCursor(text)
        let isNegative = mayBeNegative && cursor.take("-")
        var total = 0.0
        var parts = 0
        while !cursor.isAtEnd {
            guard let number = cursor.decimal() else { throw .expected(wanted, text) }
            cursor.skipSpace()
            let unit = cursor.letters()
            if unit.isEmpty {
                guard number == 0, parts == 0, cursor.isAtEnd else {
                    throw TextMistake("\(Node.Scalar.shown(text)) has no unit; write `\(text)s` or `\(text)ms`")
                }
                return .zero
            }
            guard let factor = units[unit] else { throw unknown(unit, text) }
            total += number * factor
            parts += 1
        }
        guard parts > 0 else { throw .expected(wanted, text) }
        guard total <= most else { throw TextMistake("\(Node.Scalar.shown(text)) is more than 100 years") }
        let span = Duration.nanoseconds(Int64(total.rounded()))
        return isNegative ? .zero - span : span
    }

    /// A plain number means seconds.
    static func parseSeconds(_ text: String) throws(TextMistake) -> Duration {
        if let number = Double(text), number.isFinite, text.utf8.allSatisfy({ $0 < 0x3A }) {
            guard number >= 0 else { throw TextMistake("\(Node.Scalar.shown(text)) is before now") }
            return try parse(text + "s")
        }
        return try parse(text)
    }

    /// `0-1s`, `100ms-2s`: a first part without a unit has the second's.
    static func parseRange(_ text: String) throws(TextMistake) -> ClosedRange<Duration> {
        let wanted = "a range of durations such as `0-1s` or `100ms-2s`"
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .expected(wanted, text) }
        let (first, second) = (String(parts[0]), String(parts[1]))
        var lower = first
        if let last = first.utf8.last, last.isDigit {
            lower += String(second.drop { $0.isNumber || $0 == "." })
        }
        let (from, to) = (try parse(lower), try parse(second))
        guard from <= to else { throw TextMistake("\(Node.Scalar.shown(text)) ends before it begins") }
        return from...to
    }

    private static func unknown(_ unit: String, _ text: String) -> TextMistake {
        let meant = [
            "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m", "minute": "m",
            "minutes": "m", "hour": "h", "hours": "h", "hr": "h", "millis": "ms", "msec": "ms", "day": "d", "days": "d",
        ][unit.lowercased()]
        let advice = meant.map { "; write `\($0)`" } ?? "; there are `ms`, `s`, `m`, `h` and `d`"
        return TextMistake("`\(unit)` is no unit of time\(advice)")
    }
}
