// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Moments as the texts that scenarios and headers carry.
enum TimeText {
    /// `2026-03-01T12:00:00.250Z`; the fraction only where there is one (ISO 8601, UTC).
    static func iso8601(_ moment: Timestamp) -> String {
        let parts = Parts(moment)
        let fraction = parts.millisecond == 0 ? "" : "." + padded(parts.millisecond, 3)
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))T\(parts.clock)\(fraction)Z"
    }

    /// `Sun, 01 Mar 2026 12:00:00 GMT` (RFC 9110, 5.6.7).
    static func http(_ moment: Timestamp) -> String {
        let parts = Parts(moment)
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][parts.weekday]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekday), \(padded(parts.day, 2)) \(months[parts.month - 1]) \(padded(parts.year, 4)) "
            + "\(parts.clock) GMT"
    }

    /// A moment taken apart by the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", `civil_from_days`).
    private struct Parts {
        var year, month, day, weekday, second, millisecond: Int

        init(_ moment: Timestamp) {
            // The years 0000 to 9999, which is what the texts can say.
            let bounded = min(max(moment.milliseconds, -62_167_219_200_000), 253_402_300_799_999)
            let seconds = Timestamp(milliseconds: bounded).seconds
            millisecond = Int(bounded - seconds * 1000)
            let days = Int(seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400)
            second = Int(seconds) - days * 86400
            weekday = ((days + 4) % 7 + 7) % 7
            let shifted = days + 719_468
            let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
            let dayOfEra = shifted - era * 146_097
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shiftedMonth = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
            month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        }

        var clock: String {
            "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
