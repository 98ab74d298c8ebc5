// SPDX-License-Identifier: Apache-2.0

/// The date format of HTTP headers (RFC 9110 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    /// The 29 bytes for a moment given in seconds since 1970.
    public static func bytes(secondsSince1970 seconds: Int64) -> [UInt8] {
        let days = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
        let second = Int(seconds) - days * 86_400
        let (year, month, day) = civil(days)
        var out: [UInt8] = []
        out.reserveCapacity(29)
        out.append(contentsOf: name("ThuFriSatSunMonTueWed", ((days % 7) + 7) % 7))
        out.append(contentsOf: ", ".utf8)
        append(day, 2, &out)
        out.append(ASCII.space)
        out.append(contentsOf: name("JanFebMarAprMayJunJulAugSepOctNovDec", month - 1))
        out.append(ASCII.space)
        append(year, 4, &out)
        out.append(ASCII.space)
        append(second / 3600, 2, &out)
        out.append(UInt8(ascii: ":"))
        append(second / 60 % 60, 2, &out)
        out.append(UInt8(ascii: ":"))
        append(second % 60, 2, &out)
        out.append(contentsOf: " GMT".utf8)
        return out
    }

    /// The Gregorian date of a day counted from 1 January 1970. Years are counted from 1 March, so that the leap day is
    /// the last of its year, in eras of 400 years.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func name(_ names: String, _ index: Int) -> Substring.UTF8View {
        names.dropFirst(index * 3).prefix(3).utf8
    }

    private static func append(_ number: Int, _ digits: Int, _ out: inout [UInt8]) {
        var scale = digits == 4 ? 1000 : 10
        while scale > 0 {
            out.append(UInt8(truncatingIfNeeded: 0x30 + number / scale % 10))
            scale /= 10
        }
    }
}
