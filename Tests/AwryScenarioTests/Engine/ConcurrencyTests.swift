// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Dispatch
import Synchronization
import Testing

@testable import AwryScenario

struct ConcurrencyTests {
    @Test func exactlySoManyFireAmongSixteenThreads() {
        let engine = World.engine(
            World.rule("times") { $0.times = 1000 }, World.rule("every") { $0.every = 3 },
            World.rule("modifies", error: nil) { $0.nth = Positions([1...500]) })
        let counts = Mutex<[String: Int]>([:])
        DispatchQueue.concurrentPerform(iterations: 16) { thread in
            var own: [String: Int] = [:]
            for number in 0..<500 {
                let effect = engine.decide(World.facts(call: "\(thread)-\(number)")).effect
                for rule in effect.fired { own[rule, default: 0] += 1 }
            }
            counts.withLock { $0.merge(own, uniquingKeysWith: +) }
        }
        // 8,000 requests: 1,000 to the first rule, a third of 7,000 to the second, 500 of the rest to the third.
        #expect(counts.withLock { $0 } == ["times": 1000, "every": 2333, "modifies": 500])
    }

    @Test func rulesComeAndGoUnderLoad() {
        let engine = World.engine(World.rule("last"))
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<200 {
                if thread == 0 {
                    let id = engine.add(World.rule("", error: nil))
                    engine.replace(World.scenario("other \(number % 3)", [World.rule("x", error: nil)]))
                    #expect(engine.remove(id))
                } else {
                    let effect = engine.decide(World.facts(call: "\(thread)-\(number)")).effect
                    #expect(effect.fired.contains("last"))
                }
            }
        }
        #expect(engine.rules().first { $0.id == "last" }?.hits == 1400)
    }
}
