// SPDX-License-Identifier: Apache-2.0

extension TimeFormats {
    /// The moment of an ISO 8601 text: `2026-03-01T12:00:00Z`, with a fraction, with an offset (`+01:00`, `+0100`), in
    /// basic form (`20260301T120000Z`), or a day alone. Without an offset it is UTC. Nil where the text is none.
    public static func parseISO8601(_ text: some StringProtocol) -> Timestamp? {
        parseISO8601(Array(text.utf8.prefix(TimeReader.longest))[...])
    }

    /// The same of bytes.
    public static func parseISO8601(_ text: ArraySlice<UInt8>) -> Timestamp? {
        var reader = TimeReader(text)
        guard let year = reader.digits(4) else { return nil }
        let isExtended = reader.take("-")
        guard let month = reader.digits(2), reader.take("-") == isExtended, let day = reader.digits(2) else {
            return nil
        }
        if reader.isAtEnd { return CalendarTime.moment(year: year, month: month, day: day) }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.digits(2) else { return nil }
        let hasColons = reader.take(":")
        guard let minute = reader.digits(2), reader.take(":") == hasColons, let second = reader.digits(2) else {
            return nil
        }
        guard let millisecond = reader.fraction(), let offset = reader.offset(), reader.isAtEnd,
            let moment = CalendarTime.moment(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond
            )
        else { return nil }
        return Timestamp(milliseconds: moment.milliseconds - Int64(offset) * 60_000)
    }

    /// The moment of `Sun, 01 Mar 2026 12:00:00 GMT` (RFC 9110's IMF-fixdate, or RFC 822 with an offset such as
    /// `+0000`); the day's name may lack and is not checked. Nil where the text is none.
    public static func parseRFC822(_ text: some StringProtocol) -> Timestamp? {
        var reader = TimeReader(text)
        if reader.word(of: days) != nil { guard reader.take(","), reader.take(" ") else { return nil } }
        guard let day = reader.digits(2) ?? reader.digits(1), reader.take(" "), let month = reader.word(of: months),
            reader.take(" "), let year = reader.digits(4), reader.take(" "), let hour = reader.digits(2),
            reader.take(":"), let minute = reader.digits(2), reader.take(":"), let second = reader.digits(2),
            let millisecond = reader.fraction(), reader.take(" "), let offset = reader.offset(), reader.isAtEnd,
            let moment = CalendarTime.moment(
                year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second,
                millisecond: millisecond)
        else { return nil }
        return Timestamp(milliseconds: moment.milliseconds - Int64(offset) * 60_000)
    }

    /// The moment of seconds since 1970 as text: `1772366400`, `1772366400.25`, `1.7723664E9`. Nil where it is none.
    public static func parseEpoch(_ text: some StringProtocol) -> Timestamp? {
        guard text.utf8.count <= 40, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text).flatMap(moment(epochSeconds:))
    }
}

/// Walks over the text of a moment.
private struct TimeReader {
    /// Moments are shorter; more is not looked at.
    static let longest = 64

    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ text: some StringProtocol) {
        self.init(Array(text.utf8.prefix(Self.longest))[...])
    }

    init(_ text: ArraySlice<UInt8>) {
        bytes = text.prefix(Self.longest)
        at = text.startIndex
    }

    var isAtEnd: Bool { at == bytes.endIndex }

    mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard at < bytes.endIndex, UInt32(bytes[at]) == letter.value else { return false }
        at += 1
        return true
    }

    /// Exactly so many digits; takes none otherwise.
    mutating func digits(_ count: Int) -> Int? {
        guard at + count <= bytes.endIndex else { return nil }
        var number = 0
        for byte in bytes[at..<(at + count)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        at += count
        return number
    }

    /// Milliseconds of a fraction such as `.25`, finer digits cut off; 0 where there is none.
    mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        var milliseconds = 0
        var weight = 100
        guard let first = digits(1) else { return nil }
        milliseconds += first * weight
        while let digit = digits(1) {
            weight /= 10
            milliseconds += digit * weight
        }
        return milliseconds
    }

    /// Minutes east of UTC: `Z`, `GMT`, `UTC`, `+01:00`, `-0500`, or nothing.
    mutating func offset() -> Int? {
        if isAtEnd || take("Z") || take("z") || word(of: ["GMT", "UTC"]) != nil { return 0 }
        let sign = take("+") ? 1 : -1
        guard sign == 1 || take("-"), let hours = digits(2), hours < 24 else { return nil }
        _ = take(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    /// Which of some words comes next, letter case aside.
    mutating func word(of words: [String]) -> Int? {
        for (index, word) in words.enumerated() where at + word.utf8.count <= bytes.endIndex {
            let next = bytes[at..<(at + word.utf8.count)]
            if zip(next, word.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                at += word.utf8.count
                return index
            }
        }
        return nil
    }
}
