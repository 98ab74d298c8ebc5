// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct DeterminismTests {
    private func rules() -> [Rule] {
        [
            World.rule("slow", error: nil, modifiers: ModifierSpec(delay: .uniform(min: .zero, max: .seconds(1)))) {
                $0.probability = 0.5
            },
            World.rule("heavy", error: nil, modifiers: ModifierSpec(delay: .logNormal(median: .seconds(1), sigma: 1))),
            World.rule("fails") { $0.probability = 0.3 },
        ]
    }

    private func effects(seed: UInt64) -> [Effect] {
        let engine = Engine(scenarios: [World.scenario("test", seed: seed, rules())], clock: TestClock())
        return (1...200).map { _ in engine.decide(World.facts()).effect }
    }

    @Test func oneSeedOneOutcome() {
        #expect(effects(seed: 7) == effects(seed: 7))
        #expect(effects(seed: 7) != effects(seed: 8))
    }

    @Test func aResetBeginsTheSameAgain() {
        let engine = Engine(scenarios: [World.scenario("test", seed: 7, rules())], clock: TestClock())
        let first = (1...50).map { _ in engine.decide(World.facts()).effect }
        engine.reset()
        #expect((1...50).map { _ in engine.decide(World.facts()).effect } == first)
    }

    @Test func delaysAreDrawnAsSaid() {
        let chance = Chance(seed: 1)
        let uniform = (1...1000).map {
            ModifierSpec.DelaySpec.uniform(min: .milliseconds(50), max: .seconds(2)).drawn(from: chance, at: $0)
        }
        #expect(uniform.allSatisfy { $0 >= .milliseconds(50) && $0 < .seconds(2) })
        #expect(Set(uniform).count > 990)
        let heavy = (1...1001).map {
            ModifierSpec.DelaySpec.logNormal(median: .milliseconds(100), sigma: 0.4).drawn(from: chance, at: $0)
        }.sorted()
        #expect(heavy[500] > .milliseconds(92) && heavy[500] < .milliseconds(108))
        // One sigma above the median: 100 ms times e to the 0.4.
        #expect(heavy[842] > .milliseconds(138) && heavy[842] < .milliseconds(162))
    }

    @Test func delaysAreBounded() {
        let chance = Chance(seed: 1)
        let wild: [ModifierSpec.DelaySpec] = [
            .logNormal(median: .seconds(1_000_000), sigma: 1e9), .fixed(.seconds(Int64.max)),
            .uniform(min: .seconds(Int64.max), max: .seconds(Int64.max)), .fixed(.seconds(-1)),
            .logNormal(median: .seconds(1), sigma: .nan), .logNormal(median: .zero, sigma: .infinity),
        ]
        for delay in wild {
            for position in 1...100 {
                let drawn = delay.drawn(from: chance, at: position)
                #expect(drawn >= .zero && drawn <= ModifierSpec.DelaySpec.longest)
            }
        }
    }
}
