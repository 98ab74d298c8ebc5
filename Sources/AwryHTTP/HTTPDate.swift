// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The date format of HTTP headers (RFC 9110 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    /// The 29 bytes for a moment given in seconds since 1970. A shard makes them once a second.
    public static func bytes(secondsSince1970 seconds: Int64) -> [UInt8] {
        Array(TimeFormats.rfc822(Timestamp(seconds: seconds)).utf8)
    }
}
