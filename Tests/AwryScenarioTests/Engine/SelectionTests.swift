// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

/// Each key of selection alone: which of the first requests a rule takes.
struct SelectionTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let select: @Sendable (inout Selection) -> Void
        let taken: [Int]
        var testDescription: String { name }
    }

    static let table: [Case] = [
        Case(name: "nothing said", select: { _ in }, taken: Array(1...10)),
        Case(name: "times 2", select: { $0.times = 2 }, taken: [1, 2]),
        Case(name: "times 0", select: { $0.times = 0 }, taken: []),
        Case(
            name: "nth 1-2,5,9-", select: { $0.nth = Positions([1...2, 5...5, 9...Int.max]) }, taken: [1, 2, 5, 9, 10]),
        Case(name: "every 3", select: { $0.every = 3 }, taken: [3, 6, 9]),
        Case(
            name: "every 3, times 2",
            select: {
                $0.every = 3; $0.times = 2
            }, taken: [3, 6]),
        Case(
            name: "every 2, nth 1-4",
            select: {
                $0.every = 2; $0.nth = Positions([1...4])
            }, taken: [2, 4]),
        Case(name: "probability 0", select: { $0.probability = 0 }, taken: []),
        Case(name: "probability 1", select: { $0.probability = 1 }, taken: Array(1...10)),
        Case(name: "after 3 s", select: { $0.after = .seconds(3) }, taken: [4, 5, 6, 7, 8, 9, 10]),
        Case(name: "until 3 s", select: { $0.until = .seconds(3) }, taken: [1, 2, 3]),
        Case(
            name: "after 3 s, until 5 s",
            select: {
                $0.after = .seconds(3); $0.until = .seconds(5)
            }, taken: [4, 5]),
        Case(
            name: "after does not count what came before",
            select: {
                $0.after = .seconds(3); $0.nth = Positions([2...2])
            }, taken: [5]),
        Case(
            name: "above 0.5/s, burst 2",
            select: { $0.above = Selection.Bucket(rate: 0.5, burst: 2) }, taken: [4, 6, 8, 10]),
        Case(
            name: "above 0/s, burst 0", select: { $0.above = Selection.Bucket(rate: 0, burst: 0) }, taken: Array(1...10)
        ),
        Case(
            name: "above less than a token a second",
            select: { $0.above = Selection.Bucket(rate: 0.25, burst: 0.25) }, taken: [2, 3, 4, 6, 7, 8, 10]),
        Case(name: "state start", select: { $0.state = "start" }, taken: Array(1...10)),
        Case(name: "another state", select: { $0.state = "warming" }, taken: []),
        Case(
            name: "become ends its own state",
            select: {
                $0.state = "start"; $0.become = "on"
            }, taken: [1]),
        Case(name: "attempts 2-3", select: { $0.attempts = Positions([2...3]) }, taken: [2, 3]),
    ]

    /// Requests come a second apart; the first at the moment of loading.
    @Test(arguments: table) func takes(_ row: Case) {
        let engine = World.engine(World.rule("r", select: row.select))
        let taken = engine.firesAny(10) { World.facts(call: "one", at: Double($0 - 1)) }
        #expect(taken.enumerated().filter(\.element).map { $0.offset + 1 } == row.taken)
    }

    @Test func perKeepsCountersApart() {
        let engine = World.engine(
            World.rule("r") {
                $0.times = 1
                $0.per = [.params(path: ["StreamName"])]
            })
        let names = ["a", "b", "a", "c", "b", "a"]
        let taken = names.map { !engine.decide(World.facts(params: ["StreamName": .string($0)])).effect.fired.isEmpty }
        #expect(taken == [true, true, false, true, false, false])
    }

    @Test func perKeysAreNotMixedUp() {
        let engine = World.engine(
            World.rule("r") {
                $0.times = 1
                $0.per = [.params(path: ["A"]), .params(path: ["B"])]
            })
        let pairs: [Fields] = [
            ["A": "a", "B": "bc"], ["A": "ab", "B": "c"], ["A": "abc"], ["B": "abc"], ["A": "", "B": "abc"],
        ]
        for pair in pairs { #expect(engine.decide(World.facts(params: pair)).effect.fired == ["r"]) }
        for pair in pairs { #expect(engine.decide(World.facts(params: pair)).effect.fired == []) }
    }

    @Test func perRemembersSoManyValuesAndSaysSo() {
        let (engine, notices) = World.watched(
            World.rule("r") {
                $0.times = 1
                $0.per = [.header("x")]
            }, limits: EngineLimits(valuesPerRule: 1000, calls: 1000))
        func fires(_ number: Int) -> Bool {
            let raw = TestRequest(fields: [("X", "\(number)")], bodyHash: UInt64(number))
            return !engine.decide(World.facts(raw: raw)).effect.fired.isEmpty
        }
        for number in 1...200_000 where !fires(number) { Issue.record("\(number)") }
        #expect(engine.valueCount(of: 0) == 1000)
        #expect(engine.callCount == 1000)
        #expect(!fires(200_000))
        #expect(fires(1))
        #expect(notices.all == [.valuesForgotten(rule: "r", limit: 1000)])
    }

    @Test func aValueInUseIsNotForgotten() {
        let (engine, _) = World.watched(
            World.rule("r") {
                $0.times = 2
                $0.per = [.accessKey]
            }, limits: EngineLimits(valuesPerRule: 2))
        func fires(_ key: String) -> Bool {
            !engine.decide(World.facts { $0.accessKey = key }).effect.fired.isEmpty
        }
        #expect([fires("a"), fires("b"), fires("a"), fires("c"), fires("a")] == [true, true, true, true, false])
        #expect(fires("b"))
    }

    @Test func probabilityIsAShareAlsoPerValue() {
        let engine = World.engine(
            World.rule("r") {
                $0.probability = 0.25
                $0.per = [.accessKey]
            }, seed: 42)
        let taken = engine.firesAny(10_000) { number in World.facts { $0.accessKey = "key\(number)" } }
        #expect((2300...2700).contains(taken.count(where: { $0 })))
    }
}
