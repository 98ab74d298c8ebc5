// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct CallTrackerTests {
    @Test func anInvocationIsACallAndItsHeaderSaysTheAttempt() {
        var tracker = CallTracker()
        let seen = [("a", 1), ("b", 1), ("a", 2), ("a", nil), ("b", 7), ("b", nil)].map {
            tracker.seen(World.facts(call: $0.0, attempt: $0.1))
        }
        #expect(seen.map(\.call) == ["a", "b", "a", "a", "b", "b"])
        #expect(seen.map(\.number) == [1, 1, 2, 3, 7, 3])
    }

    @Test func alikeRequestsAreACallUntilOneIsAnsweredWell() {
        var tracker = CallTracker()
        let request = World.facts()
        let first = tracker.seen(request)
        tracker.answered(first, status: 503, whole: true, at: 2)
        let second = tracker.seen(request)
        tracker.answered(second, status: 200, whole: false, at: 3)
        let third = tracker.seen(request)
        tracker.answered(third, status: 200, whole: true, at: 4)
        let fourth = tracker.seen(request)
        #expect([first, second, third, fourth].map(\.number) == [1, 2, 3, 1])
        #expect([second.call, third.call] == [first.call, first.call])
        #expect(fourth.call != first.call)
        // The late answer of a call that is over ends no other.
        tracker.answered(second, status: 200, whole: true, at: 5)
        #expect(tracker.seen(request).number == 2)
    }

    static let differences: [@Sendable (inout TestSender) -> Void] = [
        { $0.accessKey = "other" }, { $0.accessKey = nil }, { $0.raw = TestRequest(userAgent: "curl") },
        { $0.raw = TestRequest(method: "GET") }, { $0.raw = TestRequest(path: "/x") },
        { $0.raw = TestRequest(query: "x") }, { $0.raw = TestRequest(bodyHash: 8) },
    ]

    @Test(arguments: differences.indices) func whatDiffersIsAnotherCall(_ index: Int) {
        var tracker = CallTracker()
        let first = tracker.seen(World.facts())
        let other = tracker.seen(World.facts(change: Self.differences[index]))
        #expect(other.number == 1 && other.call != first.call)
    }

    @Test func afterAMinuteOfSilenceItIsAnotherCall() {
        var tracker = CallTracker()
        let seen = [0, 50, 110, 171].map { tracker.seen(World.facts(at: $0)) }
        #expect(seen.map(\.number) == [1, 2, 3, 1])
        #expect(seen[3].call != seen[0].call)
        let next = tracker.seen(World.facts(at: 172))
        #expect(next.number == 2 && next.call == seen[3].call)
    }

    @Test func callsAreForgottenAfterTenMinutes() {
        var tracker = CallTracker()
        for number in 1...100 { _ = tracker.seen(World.facts(call: "call \(number)", at: Double(number))) }
        #expect(tracker.seen(World.facts(call: "call 100", at: 650)).number == 2)
        #expect(tracker.count == 51)
        #expect(tracker.seen(World.facts(call: "call 49", at: 650)).number == 1)
    }

    @Test func callsAreBounded() {
        var tracker = CallTracker(capacity: 100)
        for number in 1...10_000 { _ = tracker.seen(World.facts(call: "\(number)")) }
        #expect(tracker.count == 100)
        #expect(tracker.seen(World.facts(call: "9999")).number == 2)
        #expect(tracker.seen(World.facts(call: "1")).number == 1)
    }

    @Test func aHugeInvocationIdIsNotStored() {
        var tracker = CallTracker()
        let id = String(repeating: "x", count: 60_000)
        let first = tracker.seen(World.facts(call: id))
        #expect(first.call.utf8.count < 40)
        #expect(tracker.seen(World.facts(call: id)).number == 2)
        #expect(tracker.seen(World.facts(call: id + "y")).number == 1)
    }

    static let headers: [(String, Int?)] = [
        ("attempt=1; max=3", 1), ("ttl=20260301T120000Z; attempt=2; max=3", 2), ("attempt=12", 12),
        ("ttl=x;attempt=3;max=5", 3), ("", nil), ("attempt=", nil), ("attempt=0", nil), ("attempt=-1", nil),
        ("attempt=1x", nil), ("attempt=99999999999999999999", nil), ("max=3", nil), ("xattempt=1", nil),
    ]

    @Test(arguments: headers) func readsTheAttempt(_ header: String, _ wanted: Int?) {
        #expect(RequestFacts.attempt(inSDKRequest: Array(header.utf8)[...]) == wanted)
    }

    @Test func attemptsFailTwiceForEveryOneOfFiftyInterleavedCalls() {
        let engine = World.engine(World.rule("r") { $0.attempts = Positions([1...2]) })
        var waiting = (0..<50).map { (call: "call \($0)", attempt: 1) }
        var failures = 0
        var requests = 0
        while !waiting.isEmpty {
            let at = requests * 7 % waiting.count
            let (call, attempt) = waiting[at]
            requests += 1
            if engine.decide(World.facts(call: call, attempt: attempt)).effect.code == nil {
                waiting.remove(at: at)
            } else {
                failures += 1
                waiting[at].attempt += 1
            }
        }
        #expect(failures == 100)
        #expect(requests == 150)
    }

    @Test func aRequestIsCountedOnce() {
        let engine = World.engine(World.rule("r", "kinesis.PutRecord"))
        #expect(engine.decide(World.facts(call: "a")).attempt?.number == 1)
        #expect(engine.decide(World.facts(call: "a")).attempt?.number == 2)
        // Without header and hash nobody can tell yet.
        let unread = World.facts(raw: TestRequest(body: nil, bodyHash: nil))
        #expect(engine.decide(unread).attempt == nil)
        #expect(engine.track(World.facts()).number == 1)
    }

    @Test func perCallCountsEachCallApart() {
        let engine = World.engine(
            World.rule("r") {
                $0.times = 1
                $0.per = [.call]
            })
        let taken = ["a", "b", "a", "b", "c"].map { !engine.decide(World.facts(call: $0)).effect.fired.isEmpty }
        #expect(taken == [true, true, false, false, true])
    }
}
