// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Moments in S3 Select's SQL ("Date functions", Amazon S3 User Guide). All are of UTC.
enum SelectDates {
    /// The parts of a moment by the calendar.
    private struct Parts {
        var year: Int64
        var month: Int64
        var day: Int64
        var hour: Int64 = 0
        var minute: Int64 = 0
        var milliseconds: Int64 = 0

        init(_ moment: Timestamp) {
            let text = Array(TimeFormats.iso8601(moment, fraction: .milliseconds).utf8)
            func number(_ range: Range<Int>) -> Int64 {
                guard range.upperBound <= text.count else { return 0 }
                return Int64(String(decoding: text[range], as: UTF8.self)) ?? 0
            }
            year = number(0..<4)
            month = number(5..<7)
            day = number(8..<10)
            hour = number(11..<13)
            minute = number(14..<16)
            milliseconds = number(17..<19) * 1000 + number(20..<23)
        }

        var moment: Timestamp? {
            let text = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(hour, 2)):\(pad(minute, 2)):00Z"
            return TimeFormats.parseISO8601(text).map { $0 + .milliseconds(milliseconds) }
        }
    }

    /// `2026T`, `2026-03T`, `2026-03-01`, `2026-03-01T12:00Z`, `2026-03-01T12:00:00.5+01:00`
    static func moment(_ text: String) -> Timestamp? {
        var text = text
        if text.count == 5, text.hasSuffix("T") { text = text.dropLast() + "-01-01" }
        if text.count == 8, text.hasSuffix("T") { text = text.dropLast() + "-01" }
        if text.count == 11, text.hasSuffix("T") { text = String(text.dropLast()) }
        if text.count == 10 { text += "T00:00:00Z" }
        if text.count == 17, text.hasSuffix("Z") { text = text.dropLast() + ":00Z" }
        return TimeFormats.parseISO8601(text)
    }

    static func part(_ part: String, of moment: Timestamp) -> Int64 {
        let parts = Parts(moment)
        return switch part {
        case "year": parts.year
        case "month": parts.month
        case "day": parts.day
        case "hour": parts.hour
        case "minute": parts.minute
        case "second": parts.milliseconds / 1000
        default: 0
        }
    }

    /// The moment so many of a part later. The 31st of a month that has none is its last day.
    static func add(_ count: Int64, _ part: String, to moment: Timestamp) throws(WireError) -> Timestamp {
        let spans: [String: Int64] = ["day": 86400, "hour": 3600, "minute": 60, "second": 1]
        if let span = spans[part] {
            let (seconds, overflows) = count.multipliedReportingOverflow(by: span)
            guard !overflows, abs(seconds) < 1 << 40 else { throw SelectErrors.illegalArgument }
            return moment + .seconds(seconds)
        }
        var parts = Parts(moment)
        guard part == "year" || part == "month", abs(count) < 120_000 else { throw SelectErrors.illegalArgument }
        let months = parts.year * 12 + parts.month - 1 + (part == "year" ? count * 12 : count)
        guard (12..<120_000).contains(months) else { throw SelectErrors.illegalArgument }
        parts.year = months / 12
        parts.month = months % 12 + 1
        parts.day = min(parts.day, days(parts.year, parts.month))
        guard let sum = parts.moment else { throw SelectErrors.illegalArgument }
        return sum
    }

    private static func days(_ year: Int64, _ month: Int64) -> Int64 {
        if month == 2 { return year % 4 == 0 && year % 100 != 0 || year % 400 == 0 ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// How many whole parts lie between two moments.
    static func difference(_ part: String, _ from: Timestamp, _ to: Timestamp) throws(WireError) -> Int64 {
        let milliseconds = to.milliseconds - from.milliseconds
        switch part {
        case "day": return milliseconds / 86_400_000
        case "hour": return milliseconds / 3_600_000
        case "minute": return milliseconds / 60_000
        case "second": return milliseconds / 1000
        case "year", "month":
            if to < from { return -(try difference(part, to, from)) }
            let (first, last) = (Parts(from), Parts(to))
            var months = (last.year - first.year) * 12 + last.month - first.month
            if months > 0, try add(months, "month", to: from) > to { months -= 1 }
            return part == "year" ? months / 12 : months
        default: throw SelectErrors.illegalArgument
        }
    }

    /// A moment by a pattern of letters: `y MM dd HH mm ss`, and texts between quotation marks.
    static func text(_ moment: Timestamp, pattern: String) -> String {
        let parts = Parts(moment)
        var out = ""
        var rest = Substring(pattern)
        while let letter = rest.first {
            if letter == "'" {
                rest = rest.dropFirst()
                out += rest.prefix { $0 != "'" }
                rest = rest.drop { $0 != "'" }.dropFirst()
                continue
            }
            let run = rest.prefix { $0 == letter }
            rest = rest.dropFirst(run.count)
            out += text(of: parts, letter, run)
        }
        return out
    }

    private static func text(of parts: Parts, _ letter: Character, _ run: Substring) -> String {
        let width = run.count
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        switch letter {
        case "y": return width == 2 ? pad(parts.year % 100, 2) : pad(parts.year, width)
        case "M" where width > 2:
            let name = months[Int(parts.month - 1) % 12]
            return width == 3 ? String(name.prefix(3)) : width == 5 ? String(name.prefix(1)) : name
        case "M": return pad(parts.month, width)
        case "d": return pad(parts.day, width)
        case "a": return parts.hour < 12 ? "AM" : "PM"
        case "h": return pad((parts.hour + 11) % 12 + 1, width)
        case "H": return pad(parts.hour, width)
        case "m": return pad(parts.minute, width)
        case "s": return pad(parts.milliseconds / 1000, width)
        case "S": return String(pad(parts.milliseconds % 1000, 3).prefix(width))
        case "n": return String(parts.milliseconds % 1000 * 1_000_000)
        case "X": return "Z"
        case "x": return width < 3 ? "+0000" : "+00:00"
        default: return String(run)
        }
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
