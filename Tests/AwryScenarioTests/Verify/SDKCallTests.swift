// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryScenario

struct SDKCallTests {
    @Test func groupsByInvocationAndMeasuresGaps() {
        let one = Scripted.call("a", at: 1, answers: [.init(gap: 0.5, taking: 0.25), .init(gap: 2), Scripted.fine])
        let other = Scripted.call("b", at: 1.1, answers: [Scripted.throttled, Scripted.fine])
        let calls = SDKCall.calls(in: JournalSnapshot(entries: (one + other).sorted { $0.sequence < $1.sequence }))
        #expect(calls.map(\.name) == ["a", "b"])
        #expect(calls[0].attempts.map(\.attempt.number) == [1, 2, 3])
        let gaps = calls[0].gaps
        #expect(gaps.map(\.retry) == [1, 2])
        #expect(zip(gaps, [0.5, 2]).allSatisfy { abs(($0.seconds ?? 0) - $1) < 1e-6 })
        #expect(gaps[0].passedBy == 0 && gaps[1].passedBy == 0)
        #expect(calls[0].outcome == "success" && abs((calls[0].seconds ?? 0) - 2.77) < 1e-6)
    }

    @Test func whatTheJournalCannotTell() {
        var entries = Scripted.call(answers: [Scripted.throttled, Scripted.throttled, Scripted.fine])
        entries[2].attempt.number = 4
        #expect(
            SDKCall.calls(in: JournalSnapshot(entries: entries))[0].gaps.map(\.obscurity) == [
                nil, "1 attempt in between did not arrive",
            ])
        entries = Scripted.call(answers: [Scripted.throttled, Scripted.fine])
        entries[0].delivery = nil
        var gap = SDKCall.calls(in: JournalSnapshot(entries: entries))[0].gaps[0]
        #expect(gap.obscurity == "the answer before it is still under way" && gap.seconds == nil)
        // A client that gave up while the answer was delayed.
        entries[0].delivery = Entry.delivery(nil, isWhole: false, at: 9)
        gap = SDKCall.calls(in: JournalSnapshot(entries: entries))[0].gaps[0]
        #expect(gap.obscurity == "the client gave up the answer before it")
        // A whole answer that the next attempt did not wait for.
        entries[0].delivery = Entry.delivery(500, at: 9)
        gap = SDKCall.calls(in: JournalSnapshot(entries: entries))[0].gaps[0]
        #expect(gap.seconds == 0)
    }

    /// A client that says `attempt=1` each time is counted by what came.
    @Test func attemptsThatDoNotCount() {
        var entries = Scripted.call(answers: [Scripted.throttled, Scripted.throttled, Scripted.fine])
        for index in entries.indices { entries[index].attempt.number = 1 }
        #expect(SDKCall.calls(in: JournalSnapshot(entries: entries))[0].gaps.map(\.retry) == [1, 2])
    }

    @Test func requestsThatPassByLengthenAdaptiveGaps() {
        let held = Scripted.call(like: Scripted.throttled, gaps: [6.9])
        #expect(!Scripted.backoff("adaptive", held).holds)
        let others = (0..<2).flatMap {
            Scripted.call("o\($0)", "DescribeStream", at: 2 + Double($0), answers: [Scripted.fine])
        }
        #expect(Scripted.backoff("adaptive", held + others).holds)
        let elsewhere = others.map { entry in
            Entry.of("PutObject", service: "s3", call: entry.attempt.call, at: Double(entry.arrived) / 1e9)
        }
        #expect(!Scripted.backoff("adaptive", held + elsewhere).holds)
    }

    static let causes: [(String, String, Scripted.Answer, RetryCause)] = [
        ("kinesis", "PutRecord", .init(error: "ProvisionedThroughputExceededException"), .throttle),
        ("kinesis", "PutRecord", .init(error: "ResourceInUseException"), .unclear),
        ("s3", "GetObject", .init(status: 503, error: "SlowDown"), .throttle),
        ("s3", "GetObject", .init(status: 503, error: "ServiceUnavailable"), .transient),
        ("s3", "CopyObject", .init(status: 200, error: "SlowDown"), .throttle),
        ("s3", "CopyObject", .init(status: 200, error: "InternalError"), .transient),
        ("s3", "GetObject", .init(status: 429, error: nil), .throttle),
        ("s3", "GetObject", .init(status: nil, error: nil, isWhole: false), .transient),
        ("s3", "GetObject", .init(status: 200, error: nil, fault: "truncate"), .transient),
        // Modelled as retryable: `retryable: { throttling: true }`, and without.
        ("connectparticipant", "SendMessage", .init(error: "ThrottlingException"), .throttle),
        ("lambda", "Invoke", .init(status: 502, error: "EC2ThrottledException"), .throttle),
        ("nosuch", "Thing", .init(status: 400, error: "X"), .unclear),
    ]

    @Test(arguments: causes.indices) func whyAClientTriesAgain(_ index: Int) {
        let (service, operation, answer, wanted) = Self.causes[index]
        let entries = Scripted.call("c", operation, service: service, answers: [answer])
        #expect(RetryCause(entries[0]) == wanted)
    }
}
