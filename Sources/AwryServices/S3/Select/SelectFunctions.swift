// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The functions of S3 Select's SQL ("SQL functions", Amazon S3 User Guide).
enum SelectFunctions {
    static func call(
        _ name: String, _ word: String, _ values: [SelectValue], now: Timestamp
    ) throws(WireError) -> SelectValue {
        let wanted: ClosedRange<Int> =
            switch name {
            case "utcnow": 0...0
            case "coalesce": 1...1000
            case "substring": 2...3
            case "trim": 1...2
            case "nullif", "date_add", "date_diff", "to_string": 2...2
            default: 1...1
            }
        guard wanted.contains(values.count) else { throw SelectErrors.wrongArguments }
        switch name {
        case "coalesce": return values.first { !$0.isUnknown } ?? .null
        case "nullif": return values[0].order(values[1]) == 0 ? .null : values[0]
        case "utcnow": return .moment(now)
        default: break
        }
        // The others know nothing of what is unknown.
        if values.contains(where: \.isUnknown) { return .null }
        switch name {
        case "char_length": return .integer(Int64(try text(values[0]).unicodeScalars.count))
        case "lower": return .text(try text(values[0]).lowercased())
        case "upper": return .text(try text(values[0]).uppercased())
        case "substring": return try substring(values)
        case "trim": return try trim(values, side: word)
        case "to_timestamp": return try cast(values[0], to: .timestamp)
        case "to_string": return try .text(SelectDates.text(moment(values[0]), pattern: text(values[1])))
        case "extract": return try .integer(SelectDates.part(word, of: moment(values[0])))
        case "date_add":
            guard case .integer(let count) = try cast(values[0], to: .int) else { throw SelectErrors.illegalArgument }
            return .moment(try SelectDates.add(count, word, to: moment(values[1])))
        case "date_diff":
            return .integer(try SelectDates.difference(word, try moment(values[0]), try moment(values[1])))
        default: throw SelectErrors.error("UnsupportedFunction", "Encountered an unsupported SQL function.")
        }
    }

    private static func text(_ value: SelectValue) throws(WireError) -> String {
        guard let text = value.text else { throw SelectErrors.illegalArgument }
        return text
    }

    private static func moment(_ value: SelectValue) throws(WireError) -> Timestamp {
        if case .moment(let moment) = value { return moment }
        guard let text = value.text, let moment = SelectDates.moment(text) else { throw SelectErrors.illegalArgument }
        return moment
    }

    /// Places count from 1; what lies before the text counts, but is not there.
    private static func substring(_ values: [SelectValue]) throws(WireError) -> SelectValue {
        let letters = Array(try text(values[0]).unicodeScalars)
        guard case .integer(let start) = try cast(values[1], to: .int) else { throw SelectErrors.illegalArgument }
        var end = Int64(letters.count) + 1
        if values.count > 2 {
            guard case .integer(let length) = try cast(values[2], to: .int), length >= 0 else {
                throw SelectErrors.illegalArgument
            }
            let (sum, overflows) = start.addingReportingOverflow(length)
            if !overflows { end = min(end, sum) }
        }
        let first = max(start, 1)
        guard first < end else { return .text("") }
        var out = String.UnicodeScalarView()
        out.append(contentsOf: letters[Int(first - 1)..<Int(end - 1)])
        return .text(String(out))
    }

    private static func trim(_ values: [SelectValue], side: String) throws(WireError) -> SelectValue {
        var rest = Substring(try text(values[0]))
        let dropped = values.count > 1 ? Set(try text(values[1])) : [" "]
        if side != "trailing" { rest = rest.drop { dropped.contains($0) } }
        if side != "leading" { while let last = rest.last, dropped.contains(last) { rest = rest.dropLast() } }
        return .text(String(rest))
    }

    /// CAST(value AS type)
    static func cast(_ value: SelectValue, to type: SelectType) throws(WireError) -> SelectValue {
        if value.isUnknown { return value }
        switch type {
        case .string: return .text(value.shown)
        case .bool, .boolean:
            if case .bool = value { return value }
            if let number = value.number { return .bool(number.double != 0) }
            switch value.text?.lowercased() {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: throw SelectErrors.castFailed
            }
        case .int, .integer:
            switch number(value) {
            case .integer(let number): return .integer(number)
            case .decimal(let number):
                guard let whole = Int64(exactly: number.rounded(.towardZero)) else { throw SelectErrors.castFailed }
                return .integer(whole)
            case nil: throw SelectErrors.castFailed
            }
        case .float, .decimal, .numeric:
            guard let number = number(value) else { throw SelectErrors.castFailed }
            return type == .float ? .decimal(number.double) : number.value
        case .timestamp:
            if case .moment = value { return value }
            guard let moment = value.text.flatMap({ SelectDates.moment($0) }) else { throw SelectErrors.castFailed }
            return .moment(moment)
        }
    }

    private static func number(_ value: SelectValue) -> SelectNumber? {
        if case .bool(let flag) = value { return .integer(flag ? 1 : 0) }
        return value.number ?? value.text.flatMap { SelectNumber($0) }
    }
}
