// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryTransport

@Suite struct PaceTests {
    private let pace = Pace(bytesPerSecond: 1000, start: 300, end: 1300, startedAt: 5_000_000_000)

    @Test func theHeadGoesAtOnceAndTheBodyByTheClock() {
        #expect(pace.allowed(at: 5_000_000_000) == 300)
        #expect(pace.allowed(at: 5_250_000_000) == 550)
        #expect(pace.allowed(at: 6_000_000_000) == 1300)
        #expect(pace.allowed(at: 60_000_000_000) == 1300)
    }

    @Test func theLastByteComesInTime() {
        #expect(pace.next(after: 300, at: 5_000_000_000) == 5_010_000_000)
        #expect(pace.next(after: 1299, at: 5_999_000_000) == 6_000_000_000)
    }

    @Test func aSlowPaceSleepsBetweenBytes() {
        let slow = Pace(bytesPerSecond: 1, start: 0, end: 100, startedAt: 0)
        #expect(slow.next(after: 0, at: 0) == 1_000_000_000)
        #expect(slow.next(after: 1, at: 1_000_000_000) == 2_000_000_000)
        #expect(slow.allowed(at: 2_000_000_000) == 2)
    }

    @Test func everyStepAllowsMore() {
        var (now, sent) = (pace.startedAt, pace.start)
        while sent < pace.end {
            let next = pace.next(after: sent, at: now)
            #expect(next > now)
            now = next
            let allowed = pace.allowed(at: now)
            #expect(allowed >= sent)
            sent = allowed
        }
        #expect(now == 6_000_000_000)
    }

    @Test func hugeNumbersAreNoTrap() {
        let fast = Pace(bytesPerSecond: .max, start: 0, end: 1 << 40, startedAt: 0)
        #expect(fast.allowed(at: 1_000_000_000) == 1 << 40)
        #expect(fast.next(after: 0, at: 0) == 1_000_000)
    }
}
