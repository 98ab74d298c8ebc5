// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Moments as scenario files write them: ISO 8601 (`2026-03-01T12:00:00Z`) and HTTP's dates (RFC 9110, 5.6.7).
enum MomentText {
    static let wantedISO = "a moment such as `2026-03-01T12:00:00Z`"
    static let wantedHTTP = "an HTTP date such as `Sun, 01 Mar 2026 12:00:00 GMT`"

    /// `2026-03-01`, `2026-03-01T12:00:00Z`, with a fraction, with an offset. Without a zone it is UTC, as in AWS.
    static func parseISO(_ text: String) throws(TextMistake) -> Timestamp {
        guard let moment = TimeFormats.parseISO8601(text) else { throw .expected(wantedISO, text) }
        return moment
    }

    /// `Sun, 01 Mar 2026 12:00:00 GMT`; the day's name is not checked against the date.
    static func parseHTTP(_ text: String) throws(TextMistake) -> Timestamp {
        guard let moment = TimeFormats.parseRFC822(text) else { throw .expected(wantedHTTP, text) }
        return moment
    }

    /// How far `now+5m` or `now-1h`, as references name a moment, is from the present; nil where the text names none.
    static func offset(_ text: String) throws(TextMistake) -> Duration? {
        guard text.hasPrefix("now+") || text.hasPrefix("now-") else { return nil }
        let size = try DurationText.parse(String(text.dropFirst(4)))
        return text.hasPrefix("now-") ? .zero - size : size
    }
}
