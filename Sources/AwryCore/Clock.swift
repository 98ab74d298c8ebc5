// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where a part of the program takes its time from. Handed in, so that tests and the control interface can stop and
/// move it.
public protocol WallClock: Sendable {
    /// The present moment.
    var now: Timestamp { get }
}

/// The machine's own wall clock.
public struct SystemClock: WallClock {
    /// The machine's clock.
    public init() {}

    /// The machine's present moment.
    public var now: Timestamp {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        return Timestamp(milliseconds: Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000)
    }
}

/// The machine's monotonic clock, which rules what the wire does: delays, time-outs, gaps between attempts.
public enum Monotonic {
    /// Nanoseconds since an arbitrary start.
    public static var now: UInt64 {
        var moment = timespec()
        clock_gettime(CLOCK_MONOTONIC, &moment)
        return UInt64(moment.tv_sec) * 1_000_000_000 + UInt64(moment.tv_nsec)
    }
}
