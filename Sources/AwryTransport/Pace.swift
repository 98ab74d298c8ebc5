// SPDX-License-Identifier: Apache-2.0

/// How fast the answer under way may go out: the head at once, then so many bytes in all by any moment.
struct Pace {
    /// The shortest time between two sends.
    private static let tick: UInt64 = 10_000_000

    let bytesPerSecond: Int
    /// Where the slow bytes begin and end, counted from the connection's first byte.
    let start: Int
    let end: Int
    /// On the monotonic clock, in nanoseconds.
    let startedAt: UInt64
    /// Whether the socket, and not the clock, holds the next byte back.
    var isBlocked = false

    /// Up to which byte the connection may have sent at this moment.
    func allowed(at now: UInt64) -> Int {
        let span = Double(now &- startedAt) / 1e9
        let bytes = min(Double(bytesPerSecond) * span, Double(end - start))
        return start + Int(bytes)
    }

    /// When more may go out than now, once `sent` bytes have.
    func next(after sent: Int, at now: UInt64) -> UInt64 {
        min(max(now &+ Self.tick, moment(of: sent + 1)), max(moment(of: end), now &+ 1_000_000))
    }

    private func moment(of byte: Int) -> UInt64 {
        let span = Double(max(byte - start, 0)) / Double(bytesPerSecond) * 1e9
        return startedAt &+ UInt64(min(span.rounded(.up), 1e18))
    }
}
