// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Moments as messages of Kinesis write them: `Fri Jan 02 03:04:05 UTC 2026`.
enum WordyTime {
    static func text(_ moment: Timestamp) -> String {
        // Fri, 02 Jan 2026 03:04:05 GMT
        let parts = TimeFormats.rfc822(moment).split(separator: " ")
        guard parts.count == 6 else { return TimeFormats.rfc822(moment) }
        return "\(parts[0].dropLast()) \(parts[2]) \(parts[1]) \(parts[4]) UTC \(parts[3])"
    }
}
