// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

/// The six steps, where their order shows.
struct DecisionOrderTests {
    /// Which of ten requests, a second apart, a rule takes.
    private func taken(_ select: (inout Selection) -> Void, seed: UInt64 = 0) -> [Int] {
        let engine = World.engine(World.rule("r", select: select), seed: seed)
        let taken = engine.firesAny(10) { World.facts(call: "c\($0)", at: Double($0 - 1)) }
        return taken.enumerated().filter(\.element).map { $0.offset + 1 }
    }

    @Test func aPositionRisesAlsoWhereChanceSaysNo() {
        let drawn = taken({ $0.probability = 0.5 }, seed: 3)
        #expect(!drawn.isEmpty && drawn.count < 10)
        let odd = taken(
            {
                $0.probability = 0.5
                $0.nth = Positions([1...1, 3...3, 5...5, 7...7, 9...9])
            }, seed: 3)
        #expect(odd == drawn.filter { $0 % 2 == 1 })
    }

    @Test func drawNBelongsToPositionN() {
        let drawn = taken({ $0.probability = 0.5 }, seed: 11)
        let expected = (1...10).filter { Chance(seed: 11, stream: "r").unit(at: UInt64($0)) < 0.5 }
        #expect(drawn == expected)
    }

    @Test func aRuleShiftsNoOther() {
        let rule = World.rule("r") { $0.probability = 0.5 }
        let alone = World.engine(rule, seed: 5).firesAny(50)
        let beside = World.engine(World.rule("before", error: nil) { $0.probability = 0.5 }, rule, seed: 5)
        let fired = beside.fires(Array(repeating: World.facts(), count: 50)).map { $0.contains("r") }
        #expect(fired == alone)
    }

    @Test func nthComesBeforeTheBucket() {
        // The bucket holds one token; the first request has no place in nth, so it leaves the token there.
        let taken = taken {
            $0.nth = Positions([2...4])
            $0.above = Selection.Bucket(rate: 0, burst: 1)
        }
        #expect(taken == [3, 4])
    }

    @Test func theBucketComesBeforeChance() {
        // Were chance asked first, the token would last until the first draw that says yes.
        let above = Set(taken({ $0.above = Selection.Bucket(rate: 0, burst: 3) }, seed: 9))
        let drawn = taken({ $0.probability = 0.4 }, seed: 9)
        let both = taken(
            {
                $0.above = Selection.Bucket(rate: 0, burst: 3)
                $0.probability = 0.4
            }, seed: 9)
        #expect(both == drawn.filter { above.contains($0) })
        #expect(drawn.contains { !above.contains($0) } && !both.isEmpty)
    }

    @Test func timesCountsFiringsNotPositions() {
        #expect(
            taken {
                $0.times = 1; $0.nth = Positions([3...9])
            } == [3])
    }

    @Test func aRuleWhoseFactsFailIsUntouched() {
        let engine = World.engine(
            World.rule("r") {
                $0.nth = Positions([1...1])
            } match: {
                $0.region = .equals("eu-west-1")
            })
        #expect(engine.decide(World.facts()).effect == .none)
        #expect(engine.decide(World.facts { $0.region = "eu-west-1" }).effect.fired == ["r"])
    }

    @Test func aRuleBehindOneThatDecidesIsUntouched() {
        let engine = World.engine(
            World.rule("first") { $0.times = 2 }, World.rule("second") { $0.nth = Positions([1...1]) })
        let fired = engine.fires(Array(repeating: World.facts(), count: 4))
        #expect(fired == [["first"], ["first"], ["second"], []])
    }

    @Test func aSpentRuleIsUntouched() {
        let rule = World.rule("r") {
            $0.times = 1
            $0.become = "on"
        }
        let engine = World.engine(rule)
        _ = engine.decide(World.facts())
        #expect(engine.state(of: "test") == "on")
        _ = engine.setState("off", of: "test")
        _ = engine.decide(World.facts())
        #expect(engine.state(of: "test") == "off")
        #expect(engine.rules().map(\.hits) == [1])
        #expect(engine.rules().map(\.left) == [0])
    }

    @Test func becomeWaitsForTheNextRequest() {
        let engine = World.engine(
            World.rule("a", error: nil) {
                $0.state = "start"
                $0.become = "on"
            },
            World.rule("b") { $0.state = "on" }, World.rule("c") { $0.state = "start" })
        #expect(engine.fires([World.facts(), World.facts()]) == [["a", "c"], ["b"]])
    }

    @Test func scenariosDoNotShareStates() {
        let engine = Engine(
            scenarios: [
                World.scenario("one", [World.rule("a", error: nil) { $0.become = "on" }]),
                World.scenario("two", [World.rule("b") { $0.state = "on" }]),
            ], clock: TestClock())
        #expect(engine.fires([World.facts(), World.facts()]) == [["a"], ["a"]])
        #expect(engine.state(of: "two") == "start")
    }

    @Test func adHocRulesComeFirstNewestFirst() {
        let engine = World.engine(World.rule("loaded"))
        #expect(engine.add(World.rule("", error: nil)) == "adhoc-1")
        #expect(engine.add(World.rule("mine", error: nil)) == "mine")
        #expect(engine.decide(World.facts()).effect.fired == ["mine", "adhoc-1", "loaded"])
        #expect(engine.rules().map(\.id) == ["mine", "adhoc-1", "loaded"])
        #expect(engine.rules().map(\.scenario) == [nil, nil, "test"])
        #expect(engine.remove("mine"))
        #expect(!engine.remove("mine"))
        #expect(!engine.remove("loaded"))
        #expect(engine.decide(World.facts()).effect.fired == ["adhoc-1", "loaded"])
    }

    @Test func passEndsTheAsking() {
        var pass = World.rule("pass")
        pass.outcome = .pass
        let effect = World.engine(pass, World.rule("later")).decide(World.facts()).effect
        #expect(effect == Effect(answer: .pass, decidedBy: "pass", fired: ["pass"]))
    }

    @Test func aRuleWhoseErrorAnOperationDoesNotKnowIsNotAboutIt() {
        var rule = World.rule("r", "kinesis.*")
        rule.outcome = .error(ErrorSpec(code: "NoSuchBucket", location: World.here))
        #expect(World.engine(rule).decide(World.facts()).effect == .none)
    }

    @Test func replacingAScenarioRestartsOnlyIts() {
        let one = World.scenario("one", [World.rule("a") { $0.times = 1 }])
        let two = World.scenario("two", [World.rule("b", "kinesis.PutRecord") { $0.times = 1 }])
        let engine = Engine(scenarios: [one, two], clock: TestClock())
        let both = [World.facts(), World.facts("PutRecord")]
        #expect(engine.fires(both) == [["a"], ["b"]])
        engine.replace(one)
        #expect(engine.fires(both) == [["a"], []])
        #expect(engine.scenarios.map(\.name) == ["one", "two"])
        engine.reset()
        #expect(engine.fires(both) == [["a"], ["b"]])
        #expect(engine.removeScenario("one"))
        #expect(engine.rules().map(\.id) == ["b"])
    }

    @Test func windowsBeginAnewWithAReset() {
        let clock = TestClock()
        let engine = World.engine(World.rule("r") { $0.until = .seconds(5) }, clock: clock)
        #expect(engine.decide(World.facts(at: 6)).effect == .none)
        clock.now = clock.now + .seconds(6)
        engine.reset()
        #expect(engine.decide(World.facts(at: 6)).effect.fired == ["r"])
    }
}
