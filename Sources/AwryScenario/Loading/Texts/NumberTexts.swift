// SPDX-License-Identifier: Apache-2.0

/// `1-2,5,9-`: positions counted from 1.
enum PositionsText {
    static let wanted = "positions such as `3`, `1-2` or `1-2,5,9-`"

    static func parse(_ text: String) throws(TextMistake) -> Positions {
        var cursor = TextCursor(text)
        var ranges: [ClosedRange<Int>] = []
        repeat {
            cursor.skipSpace()
            guard let first = cursor.whole() else { throw .expected(wanted, text) }
            guard first > 0 else { throw TextMistake("positions are counted from 1, found 0") }
            var last = first
            cursor.skipSpace()
            if cursor.take("-") {
                cursor.skipSpace()
                last = cursor.whole() ?? .max
            }
            guard last >= first else { throw TextMistake("`\(first)-\(last)` ends before it begins") }
            guard ranges.count < 1000 else { throw TextMistake("more than 1000 ranges of positions") }
            ranges.append(first...last)
            cursor.skipSpace()
        } while cursor.take(",")
        guard cursor.isAtEnd else { throw .expected(wanted, text) }
        return Positions(ranges)
    }
}

/// `3`, `2-4`, `2-`: how many there must be.
enum CountText {
    static let wanted = "a number or a range such as `3`, `2-4` or `2-`"

    static func parse(_ text: String) throws(TextMistake) -> Expectation.CountRange {
        var cursor = TextCursor(text)
        guard let least = cursor.whole() else { throw .expected(wanted, text) }
        var most: Int? = least
        if cursor.take("-") { most = cursor.isAtEnd ? nil : cursor.whole() ?? -1 }
        guard cursor.isAtEnd, most != -1 else { throw .expected(wanted, text) }
        if let most, most < least { throw TextMistake("`\(text)` ends before it begins") }
        return Expectation.CountRange(least: least, most: most)
    }
}

/// `5/s`, `100/m`: so many a second, a minute, an hour or a day.
enum RateText {
    static let wanted = "a rate such as `5/s` or `100/m`"

    private static let units: [String: Double] = [
        "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "d": 86_400,
        "day": 86_400,
    ]

    /// How many a second.
    static func parse(_ text: String) throws(TextMistake) -> Double {
        var cursor = TextCursor(text)
        guard let number = cursor.decimal() else { throw .expected(wanted, text) }
        cursor.skipSpace()
        guard cursor.take("/") else { throw .expected(wanted, text) }
        cursor.skipSpace()
        guard let seconds = units[cursor.letters()], cursor.isAtEnd else { throw .expected(wanted, text) }
        guard number > 0, number <= 1e9 else { throw TextMistake("a rate must be above 0 and at most 1000000000/s") }
        return number / seconds
    }
}

/// `64KiB/s`, `1MB/s`, `500B/s`: bytes a second.
enum BandwidthText {
    static let wanted = "bytes a second such as `64KiB/s` or `1MB/s`"

    private static let units: [String: Double] = [
        "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
    ]

    static func parse(_ text: String) throws(TextMistake) -> Int {
        var cursor = TextCursor(text)
        guard let number = cursor.decimal() else { throw .expected(wanted, text) }
        cursor.skipSpace()
        guard let factor = units[cursor.letters()], cursor.take("/"), cursor.take("s"), cursor.isAtEnd else {
            throw .expected(wanted, text)
        }
        guard let bytes = Int(exactly: (number * factor).rounded()), bytes > 0 else {
            throw TextMistake("a bandwidth must be at least 1 byte a second")
        }
        return bytes
    }
}
