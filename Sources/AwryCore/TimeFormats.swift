// SPDX-License-Identifier: Apache-2.0

/// A moment's calendar parts in UTC, by the proleptic Gregorian calendar.
public struct CalendarTime: Sendable, Hashable {
    /// 0 to 9999.
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    /// 0 to 23.
    public var hour: Int
    /// 0 to 59.
    public var minute: Int
    /// 0 to 59.
    public var second: Int
    /// 0 to 999.
    public var millisecond: Int
    /// 0 is Sunday.
    public var weekday: Int

    private static let msPerDay: Int64 = 86_400_000

    /// The parts of a moment. Moments beyond the years 0 to 9999 give the nearest that lies within.
    public init(_ moment: Timestamp) {
        let bounded = min(max(moment.milliseconds, -62_167_219_200_000), 253_402_300_799_999)
        let day = bounded >= 0 ? bounded / Self.msPerDay : (bounded - Self.msPerDay + 1) / Self.msPerDay
        let rest = Int(bounded - day * Self.msPerDay)
        (year, month, self.day) = Self.date(daysSince1970: Int(day))
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
        weekday = ((Int(day) + 4) % 7 + 7) % 7
    }

    /// The moment of these parts; nil where they name none (13 months, 30 February, a year outside 0 to 9999).
    /// A 60th second, as leap seconds are written, counts as the next minute's first.
    public static func moment(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
    ) -> Timestamp? {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= length(of: month, year),
            (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second),
            (0..<1000).contains(millisecond)
        else { return nil }
        let days = Int64(daysSince1970(year: year, month: month, day: day))
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        return Timestamp(milliseconds: days * msPerDay + seconds * 1000 + Int64(millisecond))
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Years are counted from March, so that the leap day is the last, and in eras of 400 years, which are all alike.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let days = daysSince1970 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }
}

/// The ways in which AWS writes moments.
public enum TimeFormats {
    /// How much of a second ISO 8601 texts show.
    public enum Fraction: Sendable {
        /// `12:00:00Z`
        case none
        /// `12:00:00.000Z`, as S3's listings.
        case milliseconds
        /// `12:00:00Z`, or `12:00:00.250Z` where there is something to show (Smithy's `date-time`).
        case whereNeeded
    }

    static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `2026-03-01T12:00:00Z` (RFC 3339).
    public static func iso8601(_ moment: Timestamp, fraction: Fraction = .whereNeeded) -> String {
        let time = CalendarTime(moment)
        var text = "\(padded(time.year, 4))-\(padded(time.month))-\(padded(time.day))T"
        text += clock(time)
        switch fraction {
        case .milliseconds: text += ".\(padded(time.millisecond, 3))"
        case .whereNeeded where time.millisecond != 0: text += ".\(padded(time.millisecond, 3))"
        case .none, .whereNeeded: break
        }
        return text + "Z"
    }

    /// `20260301T120000Z`, as signatures write it (`X-Amz-Date`).
    public static func basic(_ moment: Timestamp) -> String {
        let time = CalendarTime(moment)
        return "\(padded(time.year, 4))\(padded(time.month))\(padded(time.day))T"
            + "\(padded(time.hour))\(padded(time.minute))\(padded(time.second))Z"
    }

    /// `Sun, 01 Mar 2026 12:00:00 GMT` (RFC 9110, section 5.6.7: IMF-fixdate).
    public static func rfc822(_ moment: Timestamp) -> String {
        let time = CalendarTime(moment)
        let names: StaticString = "SunMonTueWedThuFriSatJanFebMarAprMayJunJulAugSepOctNovDec"
        // Byte by byte: interpolations cost ten times as much, and every object's answer has such a date.
        return String(unsafeUninitializedCapacity: 29) { text in
            var at = 0
            func put(_ byte: UInt8) {
                text[at] = byte
                at += 1
            }
            func put(name: Int) { for place in name * 3..<name * 3 + 3 { put(names.utf8Start[place]) } }
            func put(_ number: Int) {
                put(UInt8(truncatingIfNeeded: 0x30 + number / 10))
                put(UInt8(truncatingIfNeeded: 0x30 + number % 10))
            }
            put(name: time.weekday)
            put(UInt8(ascii: ","))
            put(UInt8(ascii: " "))
            put(time.day)
            put(UInt8(ascii: " "))
            put(name: 6 + time.month)
            put(UInt8(ascii: " "))
            put(time.year / 100)
            put(time.year % 100)
            put(UInt8(ascii: " "))
            put(time.hour)
            put(UInt8(ascii: ":"))
            put(time.minute)
            put(UInt8(ascii: ":"))
            put(time.second)
            for byte in " GMT".utf8 { put(byte) }
            return at
        }
    }

    /// `1772366400` or `1772366400.25`: seconds since 1970.
    public static func epoch(_ moment: Timestamp) -> String {
        let size = moment.milliseconds.magnitude
        let sign = moment.milliseconds < 0 ? "-" : ""
        guard size % 1000 != 0 else { return "\(sign)\(size / 1000)" }
        var fraction = padded(Int(size % 1000), 3)
        while fraction.last == "0" { fraction.removeLast() }
        return "\(sign)\(size / 1000).\(fraction)"
    }

    /// The moment so many seconds after 1970 began, rounded to milliseconds; nil for what is no number or too far off.
    public static func moment(epochSeconds seconds: Double) -> Timestamp? {
        let milliseconds = (seconds * 1000).rounded()
        guard milliseconds.isFinite, abs(milliseconds) < 9e15 else { return nil }
        return Timestamp(milliseconds: Int64(milliseconds))
    }

    private static func clock(_ time: CalendarTime) -> String {
        "\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second))"
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
