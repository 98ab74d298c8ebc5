// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryScenario

struct BackoffAuditTests {
    /// Rule set, answer, gaps in seconds, and how the problem begins; nil where all is right.
    static let bounds: [(String, Scripted.Answer, [Double], String?)] = [
        ("legacy", Scripted.throttled, [0.9, 1.9, 3.9, 7.9], nil),
        ("legacy", Scripted.throttled, [0, 0, 0, 0], nil),
        ("legacy", Scripted.throttled, [0.9, 1.9, 3.9, 7.9, 15.9, 31.9], nil),
        ("legacy", Scripted.throttled, [1.6], "too late: attempt 2 of call c came 1.6 s after attempt 1 (400 Thro"),
        ("standard", Scripted.throttled, [1.49, 2.49], nil),
        ("standard", Scripted.throttled, [0.5, 2.6], "too late: attempt 3 of call c came 2.6 s after attempt 2 (400 "),
        ("standard", Scripted.throttled, [0, 1, 3, 7, 15, 20.4], nil),
        ("standard", Scripted.throttled, [0, 1, 3, 7, 15, 20.6], "too late: attempt 7 of call c came 20.6 s after"),
        ("standard-2026", Scripted.failed, [0.54, 0.59], nil),
        (
            "standard-2026", Scripted.failed, [0.02, 0.7],
            "too late: attempt 3 of call c came 700 ms after attempt 2 (5"
        ),
        ("standard-2026", Scripted.throttled, [0.9, 1.9], nil),
        ("adaptive", Scripted.failed, [0.9, 1.9], nil), ("adaptive", Scripted.throttled, [3.4, 4.4], nil),
        ("adaptive", Scripted.throttled, [3.6], "too late: attempt 2 of call c came 3.6 s after"),
    ]

    @Test(arguments: bounds.indices) func boundsOfGaps(_ index: Int) {
        let (rules, answer, gaps, wanted) = Self.bounds[index]
        let finding = Scripted.backoff(rules, Scripted.call(like: answer, gaps: gaps))
        if let wanted {
            let beginning = "expected kinesis.PutRecord to back off as \(rules); \(wanted)"
            #expect(finding.problems.count == 1 && finding.problems[0].hasPrefix(beginning), "\(finding.problems)")
        } else {
            #expect(finding.holds, "\(finding.problems)")
        }
    }

    @Test func tellsTheFigureTheBoundAndWhatFits() {
        let finding = Scripted.backoff("standard-2026", Scripted.call(like: Scripted.failed, gaps: [0.7, 0.8]))
        #expect(
            finding.problems == [
                "expected kinesis.PutRecord to back off as standard-2026; too late: attempt 3 of call c came 800 ms "
                    + "after attempt 2 (500 InternalFailure); standard-2026 waits 100 ms at most (and 1 more); fits: "
                    + "legacy, standard, adaptive"
            ])
        let right = Scripted.backoff("standard", Scripted.call(like: Scripted.failed, gaps: [0.7, 0.8]))
        #expect(
            right.notes == [
                "kinesis.PutRecord backs off as standard: the longest gap by its bound is 700 ms of 1 s, "
                    + "attempt 2 of call c"
            ])
    }

    /// DynamoDB has bases of its own, and in legacy mode no jitter.
    @Test func dynamoDB() {
        func finding(_ rules: String, _ answer: Scripted.Answer, _ gaps: [Double]) -> VerifyReport.Finding {
            let entries = Scripted.call(service: "dynamodb", "GetItem", like: answer, gaps: gaps)
            return Scripted.backoff(rules, entries, "dynamodb.GetItem")
        }
        #expect(finding("legacy", Scripted.failed, [0.051, 0.102, 0.205]).holds)
        let early = finding("legacy", Scripted.throttled, [0.051, 0.02])
        #expect(early.problems[0].contains("too early: attempt 3 of call c came 20 ms after"), "\(early.problems)")
        #expect(early.problems[0].contains("; legacy waits 100 ms at least"))
        #expect(finding("standard-2026", Scripted.failed, [0.51]).holds)
        #expect(!finding("standard-2026", Scripted.failed, [0.53]).holds)
        #expect(finding("standard-2026", Scripted.failed, [0.01, 0.01, 0.01]).notes.count == 1)
    }

    static let fast: [(String, Scripted.Answer, [Double], Bool)] = [
        ("standard", Scripted.throttled, [0.001, 0.003, 0.002, 0.001, 0.002], true),
        ("standard", Scripted.throttled, [0.001, 0.003, 0.002, 0.001], false),
        // The mean is under a fifth of the bound, which chance gives to one client in 120.
        ("standard", Scripted.throttled, [0.3, 0.2, 1.2, 0.4, 3.1], false),
        ("standard", Scripted.throttled, [0.10, 0.25, 0.48, 0.9, 2.1], true),
        ("standard-2026", Scripted.failed, [0.004, 0.006, 0.005, 0.004, 0.007], true),
        // What is too fast for the old rules is right by the new ones, and adaptive clients may be of either age.
        ("standard", Scripted.failed, [0.02, 0.06, 0.1, 0.3, 0.2], true),
        ("adaptive", Scripted.failed, [0.02, 0.06, 0.1, 0.3, 0.2], false),
        ("adaptive", Scripted.throttled, [0.001, 0.003, 0.002, 0.001, 0.002], true),
    ]

    @Test(arguments: fast.indices) func aFifthOfTheBound(_ index: Int) {
        let (rules, answer, gaps, isFast) = Self.fast[index]
        let finding = Scripted.backoff(rules, Scripted.call(like: answer, gaps: gaps))
        #expect(finding.problems.map { $0.contains("too fast: ") } == (isFast ? [true] : []), "\(finding.problems)")
    }

    @Test func tooFastIsToldWithItsFigures() {
        let entries = Scripted.call(like: Scripted.throttled, gaps: [0.001, 0.003, 0.002, 0.001, 0.003])
        #expect(
            Scripted.backoff("standard", entries).problems == [
                "expected kinesis.PutRecord to back off as standard; too fast: 5 gaps last 2 ms in the mean, 0.1 % of "
                    + "what standard may wait, where chance makes it half; the shortest is 1 ms of 1 s, attempt 2 of "
                    + "call c; fits: no rule set"
            ])
    }

    /// Gaps of several calls count together.
    @Test func gapsThatDoNotVary() {
        let same = (0..<5).flatMap { Scripted.call("c\($0)", like: Scripted.throttled, gaps: [0.8], at: Double($0)) }
        let problems = Scripted.backoff("standard", same).problems
        #expect(problems.map { $0.contains("no jitter: 5 gaps do not vary") } == [true], "\(problems)")
        let doubled = Scripted.call(like: Scripted.throttled, gaps: [0.99, 2, 3.97, 8.02, 15.98])
        #expect(Scripted.backoff("legacy", doubled).problems.count == 1)
        let varied = (0..<5).flatMap {
            Scripted.call("c\($0)", like: Scripted.throttled, gaps: [0.5 + 0.1 * Double($0)], at: Double($0))
        }
        #expect(Scripted.backoff("standard", varied).holds)
    }

    @Test func likelihoodOfSums() {
        #expect(abs(JitterTest.likelihood(sum: 1, of: 5) - 1.0 / 120) < 1e-12)
        #expect(JitterTest.likelihood(sum: 0.2 * 9, of: 9) < 0.001)
        #expect(JitterTest.likelihood(sum: 0, of: 5) == 0)
    }

    @Test func waitsThatWereAskedForAreBounds() {
        func asked(_ millis: Int64, _ gap: Double, _ answer: Scripted.Answer = Scripted.throttled) -> [JournalEntry] {
            var answer = answer
            answer.asked = JournalEntry.AskedWait(milliseconds: millis)
            return Scripted.call(like: answer, gaps: [gap])
        }
        #expect(Scripted.backoff("standard-2026", asked(3000, 3.01)).holds)
        #expect(Scripted.backoff("standard-2026", asked(60_000, 5.7)).holds)
        #expect(Scripted.backoff("standard-2026", asked(60_000, 5.54, Scripted.failed)).holds)
        #expect(!Scripted.backoff("standard-2026", asked(60_000, 5.56, Scripted.failed)).holds)
        let early = Scripted.backoff("standard-2026", asked(3000, 2.9)).problems
        #expect(
            early.map {
                $0.contains(
                    "too early: attempt 2 of call c came 2.9 s after attempt 1 (400 ThrottlingException), asked for ")
            } == [true])
        #expect(!Scripted.backoff("standard-2026", asked(60_000, 4.9)).holds)
        #expect(!Scripted.backoff("standard-2026", asked(60_000, 6.6)).holds)
        #expect(Scripted.backoff("standard", asked(3000, 0.2)).holds)
        #expect(Scripted.backoff("adaptive", asked(3000, 0.2)).holds)
        #expect(Scripted.backoff("adaptive", asked(60_000, 8.4)).holds)
    }

    @Test func whatNoGapShowsDoesNotPass() {
        let once = Scripted.call(answers: [Scripted.fine])
        #expect(
            Scripted.backoff("standard", once).problems == [
                "expected kinesis.PutRecord to be tried again, but no call of it made a second attempt"
            ])
        var stalled = Scripted.throttled
        stalled.fault = "stall"
        let silent = Scripted.backoff("standard", Scripted.call(like: stalled, gaps: [20]))
        #expect(silent.problems.map { $0.hasSuffix("the client's own time-out is part of it (stall)") } == [true])
        let both = Scripted.call(answers: [stalled, Scripted.throttled, Scripted.fine])
        let finding = Scripted.backoff("standard", both)
        #expect(finding.holds && finding.notes.count == 2, "\(finding)")
    }

    @Test func aLoopOfTheProgramsOwnIsTold() {
        let calls = [1, 2, 2.5].enumerated().flatMap { index, start in
            Scripted.call("c\(index)", at: start, answers: [index < 2 ? Scripted.throttled : Scripted.fine])
        }
        #expect(
            Scripted.backoff("standard", calls).problems == [
                "expected kinesis.PutRecord to be tried again, but no call of it made a second attempt; 2 failed calls "
                    + "were followed by another, after 490 ms to 990 ms: a loop of the program's own?"
            ])
    }

    @Test func manyCallsMakeAShortReport() {
        let calls = (0..<30).flatMap { Scripted.call("c\($0)", at: Double($0 + 1), answers: [Scripted.throttled]) }
        let problems = Scripted.judge(calls) { $0.ends = "success" }.problems
        #expect(problems.count == 11 && problems.last == "… and the same of 20 more calls", "\(problems)")
    }

    @Test func tellsOfMoreAttemptsAndTokensThanARuleSetHas() {
        let many = Scripted.call(like: Scripted.throttled, gaps: [0.4, 1.2, 3, 2, 8])
        #expect(
            Scripted.backoff("standard", many).notes.contains(
                "call c made 6 attempts; standard makes 3 unless told otherwise"))
        let failing = (0..<40).flatMap { number -> [JournalEntry] in
            var first = Scripted.failed
            first.gap = 0.01 + 0.03 * Double(number % 7)
            return Scripted.call("c\(number)", at: Double(number), answers: [first, Scripted.failed])
        }
        #expect(
            Scripted.backoff("standard-2026", failing).notes.last
                == "attempt 2 of call c35 cost 14 tokens where one client would have had 10 of 500 left; standard-2026 "
                + "would not have made it")
        #expect(Scripted.backoff("legacy", failing).notes.count <= 1)
    }

    @Test(arguments: RetryRuleSet.all.map(\.name)) func isKnownToTheLanguage(_ name: String) throws {
        let expected = "expect: [{ match: kinesis.PutRecord, backoff: \(name) }]"
        #expect(Loading.diagnostics("scenario: test\n" + expected) == [])
        #expect(RetryRuleSet.named(name)?.name == name)
    }
}
