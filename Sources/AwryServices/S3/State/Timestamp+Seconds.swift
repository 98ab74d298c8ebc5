// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Timestamp {
    /// The moment without its fraction: S3 shows whole seconds, though its listings write milliseconds.
    var wholeSeconds: Timestamp { Timestamp(seconds: seconds) }

    /// Days since 1970, UTC.
    var day: Int64 { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }

    /// The next midnight (UTC) at or after so many days from this moment, when S3 does what is due then.
    func midnight(afterDays days: Int64) -> Timestamp {
        let (due, overflows) = seconds.addingReportingOverflow(days &* 86_400)
        guard !overflows, days < 1 << 31 else { return Timestamp(seconds: 253_402_300_799) }
        let isMidnight = due % 86_400 == 0 && milliseconds % 1000 == 0
        let day = Timestamp(seconds: due).day
        return Timestamp(seconds: (isMidnight ? day : day + 1) * 86_400)
    }
}
