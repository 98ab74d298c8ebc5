// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

struct TokenBucketTests {
    private static let start = Timestamp(seconds: 1000)

    /// Which of these moments, in milliseconds after the start, find a token.
    private func takes(_ bucket: TokenBucket, _ moments: Int64...) -> [Bool] {
        var bucket = bucket
        return moments.map { bucket.take(at: Self.start + .milliseconds($0)) }
    }

    @Test func startsFullAndFillsUpAgain() {
        let bucket = TokenBucket(rate: 2, burst: 3, at: Self.start)
        #expect(takes(bucket, 0, 0, 0, 0, 500, 900, 1000) == [true, true, true, false, true, false, true])
        #expect(takes(bucket, 0, 0, 0, 60_000, 60_000, 60_000, 60_000).suffix(4) == [true, true, true, false])
    }

    @Test func letsOneThroughHoweverSmallItIs() {
        let slow = TokenBucket(rate: 0.01, burst: 0.01, at: Self.start)
        #expect(takes(slow, 0, 99_000, 100_000) == [true, false, true])
        #expect(takes(TokenBucket(rate: 0, burst: 0, at: Self.start), 0, 1_000_000) == [false, false])
    }

    @Test func whatIsSpentBeyondItDelaysWhatComesNext() {
        var bucket = TokenBucket(rate: 2, burst: 2, at: Self.start)
        bucket.spend(10)
        #expect(takes(bucket, 4000, 4500, 4500) == [false, true, false])
    }

    @Test func aClockThatIsSetBackFillsNothing() {
        let bucket = TokenBucket(rate: 1, burst: 1, at: Self.start)
        #expect(takes(bucket, 0, -100_000, -99_000) == [true, false, true])
    }
}
