// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryScenario

struct RetryAfterAuditTests {
    /// Rule set, whether strictly, what is asked in milliseconds and in seconds, the gap, and the problem's beginning.
    static let table: [(String?, Bool, Int64?, Int64?, Double, String?)] = [
        (nil, false, 2000, 2, 2.0, nil), (nil, false, nil, 2, 2.1, nil),
        (
            nil, false, nil, 2, 1.9,
            "disobeys: attempt 2 of call c came 1.9 s after attempt 1 (400 ThrottlingException), whi"
        ),
        (nil, false, 60_000, 60, 30, "disobeys: "),
        ("standard-2026", false, 2000, 2, 2.0, nil), ("standard-2026", false, 2000, 2, 1.8, "disobeys: "),
        ("standard-2026", false, 60_000, 60, 5.2, nil), ("standard-2026", true, 60_000, 60, 5.2, "disobeys: "),
        ("standard-2026", false, 60_000, 60, 4.9, "disobeys: "), ("standard-2026", false, nil, 2, 0.5, nil),
        ("standard-2026", true, nil, 2, 0.5, "disobeys: "), ("standard", false, 2000, 2, 0.5, nil),
        ("standard", true, 2000, 2, 0.5, "disobeys: "), ("standard", true, 2000, 2, 2.2, nil),
        ("legacy", false, 2000, 2, 0.5, nil), ("adaptive", false, 2000, 2, 0.5, "disobeys: "),
    ]

    @Test(arguments: table.indices) func judges(_ index: Int) {
        let (rules, isStrict, millis, seconds, gap, wanted) = Self.table[index]
        let problems = Self.finding(rules, isStrict, millis, seconds, gap).problems.filter {
            !$0.hasPrefix("expected ")
        }
        #expect(problems.count == (wanted == nil ? 0 : 1), "\(problems)")
        #expect(problems.first?.hasPrefix(wanted ?? "") ?? true, "\(problems)")
    }

    @Test func whatARuleSetDoesNotReadIsTold() {
        let lenient = Self.finding("standard", false, 2000, 2, 0.5)
        #expect(lenient.holds)
        #expect(
            lenient.notes.last
                == "standard does not read it: attempt 2 of call c came 500 ms after an answer that asked for "
                + "x-amz-retry-after: 2000 and Retry-After: 2")
        let strict = Self.finding("standard", true, 2000, 2, 0.5)
        #expect(
            strict.problems == [
                "disobeys: attempt 2 of call c came 500 ms after attempt 1 (400 ThrottlingException), which asked for "
                    + "x-amz-retry-after: 2000 and Retry-After: 2; standard does not read it"
            ])
        let clamped = Self.finding("standard-2026", false, 60_000, nil, 4)
        #expect(clamped.problems.contains { $0.hasSuffix("x-amz-retry-after: 60000, of which 5 s are owed") })
    }

    @Test func whereNothingWasAskedNothingIsShown() {
        let finding = Scripted.judge(Scripted.call(like: Scripted.throttled, gaps: [0.5])) {
            $0.obeysRetryAfter = false
        }
        #expect(
            finding.problems == [
                "no retry of kinesis.PutRecord followed an answer that asked to wait: nothing shows whether it obeys"
            ])
    }

    private static func finding(
        _ rules: String?, _ isStrict: Bool, _ millis: Int64?, _ seconds: Int64?, _ gap: Double
    ) -> VerifyReport.Finding {
        var answer = Scripted.throttled
        answer.asked = JournalEntry.AskedWait(milliseconds: millis, seconds: seconds)
        return Scripted.judge(Scripted.call(like: answer, gaps: [gap])) {
            $0.backoff = rules
            $0.obeysRetryAfter = isStrict
        }
    }
}

struct SaidGapsTests {
    private static func problems(_ gaps: [Double], _ ranges: [ClosedRange<Duration>]) -> [String] {
        Scripted.judge(Scripted.call(like: Scripted.throttled, gaps: gaps)) { $0.gaps = ranges }.problems
    }

    private static let ranges: [ClosedRange<Duration>] = [.zero ... .seconds(1), .seconds(1) ... .seconds(2)]

    @Test func keptAndBroken() {
        #expect(Self.problems([1.4, 1.0], Self.ranges).isEmpty)
        #expect(Self.problems([0.1], Self.ranges).isEmpty)
        #expect(
            Self.problems([0.3, 0.9], Self.ranges) == [
                "attempt 3 of call c came 900 ms after attempt 2 (400 ThrottlingException); expected 1 s to 2 s"
            ])
        #expect(
            Self.problems([1.6, 3.9], Self.ranges) == [
                "attempt 3 of call c came 3.9 s after attempt 2 (400 ThrottlingException); expected 1 s to 2 s "
                    + "(and 1 more)"
            ])
        #expect(
            Self.problems([0.5, 1.5, 0.1], Self.ranges) == [
                "call c has 3 gaps, 2 are said: attempt 4 came though none was expected"
            ])
    }

    static let figures: [(Double, String)] = [
        (0, "0 ms"), (0.000_213, "0.21 ms"), (0.009_999, "10 ms"), (0.0532, "53.2 ms"), (0.7, "700 ms"),
        (0.9996, "1 s"), (1.2541, "1.254 s"), (20, "20 s"), (.infinity, "any time"),
    ]

    @Test(arguments: figures.indices) func spans(_ index: Int) {
        #expect(Figure.span(Self.figures[index].0) == Self.figures[index].1)
    }
}
