// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

/// Rules that let the operation answer have not fired where it refuses.
struct TakeBackTests {
    private static func passing(_ id: String, select: (inout Selection) -> Void = { _ in }) -> Rule {
        World.rule(
            id, error: nil, modifiers: ModifierSpec(delay: .fixed(.milliseconds(1))), select: select)
    }

    private static func refuse(_ engine: Engine, _ facts: RequestFacts = World.facts()) throws {
        engine.takeBack(try #require(engine.decide(facts).takeBack))
    }

    @Test func timesAreGivenBackAndPositionsAreNot() throws {
        let engine = World.engine(
            Self.passing("r") { $0.times = 1 }, Self.passing("second") { $0.nth = Positions([2...2]) })
        try Self.refuse(engine)
        #expect(engine.rules().map(\.hits) == [0, 0])
        #expect(engine.rules().map(\.left) == [1, nil])
        // The second request is in position 2, whatever became of the first.
        #expect(engine.decide(World.facts()).effect.fired == ["r", "second"])
        #expect(engine.decide(World.facts()).effect.fired == [])
    }

    @Test func whatAnswersItselfIsNotTakenBack() {
        let raw = RawSpec.bytes(.bytes([]), close: true)
        for outcome in [Outcome.raw(raw), .respond(.structure([]))] {
            var rule = World.rule("r", error: nil)
            rule.outcome = outcome
            #expect(World.engine(rule).decide(World.facts()).takeBack == nil)
        }
        #expect(World.engine(World.rule("r")).decide(World.facts()).takeBack == nil)
        #expect(World.engine().decide(World.facts()).takeBack == nil)
    }

    @Test func aStateIsWhatItWas() throws {
        let engine = World.engine(
            Self.passing("first") {
                $0.state = "start"; $0.become = "second"
            },
            Self.passing("second") { $0.become = "third" })
        try Self.refuse(engine)
        #expect(engine.state(of: "test") == "start")
        #expect(engine.decide(World.facts()).effect.fired == ["first", "second"])
        #expect(engine.state(of: "test") == "third")
    }

    @Test func aStateThatMovedOnStays() throws {
        let engine = World.engine(Self.passing("r") { $0.become = "next" })
        let first = try #require(engine.decide(World.facts()).takeBack)
        _ = engine.setState("elsewhere", of: "test")
        engine.takeBack(first)
        #expect(engine.state(of: "test") == "elsewhere")
        let second = try #require(engine.decide(World.facts()).takeBack)
        _ = engine.decide(World.facts())
        engine.takeBack(second)
        #expect(engine.state(of: "test") == "next")
    }

    @Test func aStepThatWasTakenBackComesNext() throws {
        var rule = World.rule("r", error: nil)
        let late = ErrorSpec(code: "B", status: 400, location: World.here)
        rule.outcome = .sequence(
            SequenceSpec(steps: [.init(outcome: .pass), .init(outcome: .error(late)), .init(outcome: .lost(late))]))
        let engine = World.engine(rule)
        let first = try #require(engine.decide(World.facts()).takeBack)
        // The second request met the second step before the first was refused; the first step is not lost.
        #expect(engine.decide(World.facts()).effect.code == "B")
        engine.takeBack(first)
        #expect(engine.decide(World.facts()).effect == Effect(answer: .pass, decidedBy: "r", fired: ["r"]))
        let error = WireError("B", status: 400)
        #expect(engine.decide(World.facts()).effect.answer == .lost(error))
        #expect(engine.decide(World.facts()).effect == .none)
    }

    @Test func eachValueHasItsOwn() throws {
        let engine = World.engine(
            Self.passing("r") {
                $0.times = 1; $0.per = [.accessKey]
            })
        func facts(_ key: String) -> RequestFacts { World.facts { $0.accessKey = key } }
        try Self.refuse(engine, facts("a"))
        #expect(engine.fires([facts("b"), facts("b"), facts("a"), facts("a")]) == [["r"], [], ["r"], []])
    }

    @Test func aResetForgetsWhatWasUnderWay() throws {
        let engine = World.engine(Self.passing("r") { $0.times = 2 })
        let before = try #require(engine.decide(World.facts()).takeBack)
        engine.reset()
        _ = engine.decide(World.facts())
        engine.takeBack(before)
        #expect(engine.rules().map(\.hits) == [1])
        #expect(engine.rules().map(\.left) == [1])
    }

    @Test func otherRulesMayComeBetween() throws {
        let engine = World.engine(Self.passing("r") { $0.times = 1 })
        let before = try #require(engine.decide(World.facts()).takeBack)
        engine.add(Self.passing("new"))
        engine.takeBack(before)
        #expect(engine.decide(World.facts()).effect.fired == ["new", "r"])
    }
}
