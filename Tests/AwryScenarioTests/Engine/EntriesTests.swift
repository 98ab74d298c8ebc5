// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryScenario

/// Which entries of a batch a rule lets fail.
struct EntriesTests {
    private static func engine(_ entries: String, rule: String = "", seed: Int = 0) throws -> Engine {
        let text = """
            scenario: partial
            seed: \(seed)
            rules:
              - match: kinesis.PutRecords
                entries: \(entries)
            \(rule)
            """
        let loaded = try ScenarioLoader().load([SourceText(name: "test.yaml", text: text)])
        return Engine(scenarios: loaded.scenarios, clock: TestClock())
    }

    private static func facts(_ keys: [String]) throws -> RequestFacts {
        let service = try #require(Catalogue.shared.service("kinesis"))
        let operation = try #require(service.operation("PutRecords"))
        let records = keys.map { Value.structure(["PartitionKey": .string($0)]) }
        return World.facts(params: ["StreamName": "s", "Records": .list(records)]) {
            $0.service = service
            $0.operation = operation
        }
    }

    private static func failing(_ engine: Engine, _ keys: [String]) throws -> [Int]? {
        guard case .entries(let failing) = engine.decide(try facts(keys)).effect.answer else { return nil }
        return failing.positions
    }

    static let table: [(entries: String, keys: String, failing: [Int]?)] = [
        ("{ fail: [0, 2], error: throttle }", "abcd", [0, 2]), ("{ fail: [2, 0, 9], error: throttle }", "abc", [0, 2]),
        ("{ fail: [9], error: throttle }", "abc", nil), ("{ first: 2, error: throttle }", "abc", [0, 1]),
        ("{ first: 9, error: throttle }", "ab", [0, 1]), ("{ first: 1, error: throttle }", "", nil),
        ("{ share: 1, error: throttle }", "ab", [0, 1]), ("{ share: 0, error: throttle }", "ab", nil),
        ("{ where: { PartitionKey: b }, error: throttle }", "abab", [1, 3]),
        ("{ where: { PartitionKey: { not: b }, Data: { exists: false } }, error: throttle }", "ab", [0]),
        ("{ where: { PartitionKey: x }, error: throttle }", "ab", nil),
    ]

    @Test(arguments: table.indices) func chosen(_ index: Int) throws {
        let row = Self.table[index]
        let engine = try Self.engine(row.entries)
        #expect(try Self.failing(engine, row.keys.map { String($0) }) == row.failing, "\(row)")
    }

    @Test func aBatchWithoutSuchAnEntryLeavesTheRuleAsItIs() throws {
        let engine = try Self.engine("{ fail: [1], error: throttle }", rule: "    times: 1")
        #expect(try Self.failing(engine, ["a"]) == nil)
        #expect(engine.rules().map(\.left) == [1])
        #expect(try Self.failing(engine, ["a", "b"]) == [1])
        #expect(try Self.failing(engine, ["a", "b"]) == nil)
    }

    @Test func laterRulesAreAskedThen() throws {
        let engine = try Self.engine(
            "{ fail: [1], error: throttle }", rule: "  - match: kinesis.PutRecords\n    error: throttle")
        #expect(engine.decide(try Self.facts(["a"])).effect.code == "ProvisionedThroughputExceededException")
        #expect(engine.decide(try Self.facts(["a"])).effect.fired == ["partial#2"])
    }

    @Test func aDrawBelongsToPositionAndEntry() throws {
        let keys = (0..<100).map { "\($0)" }
        let (one, other) = (
            try Self.engine("{ share: 0.25, error: throttle }"), try Self.engine("{ share: 0.25, error: throttle }")
        )
        let first = try (0..<100).map { _ in try Self.failing(one, keys) ?? [] }
        // Fewer entries do not change what is drawn for those that are there.
        let fewer = try (0..<100).map { _ in try Self.failing(other, Array(keys.prefix(10))) ?? [] }
        #expect(fewer == first.map { $0.filter { $0 < 10 } })
        let count = first.map(\.count).reduce(0, +)
        #expect((2300...2700).contains(count), "\(count) of 10,000")
        #expect(Set(first).count > 90)
        let third = try Self.engine("{ share: 0.25, error: throttle }", seed: 1)
        #expect(try (0..<100).map { _ in try Self.failing(third, keys) ?? [] } != first)
    }

    @Test func theCodeIsSentAsItIsWritten() throws {
        for (written, sent) in [
            ("InternalFailure", "InternalFailure"), ("throttle", "ProvisionedThroughputExceededException"),
            ("{ code: Odd, message: \"${params.StreamName}\" }", "Odd"),
        ] {
            let engine = try Self.engine("{ first: 1, error: \(written) }")
            guard case .entries(let failing) = engine.decide(try Self.facts(["a"])).effect.answer else {
                Issue.record("\(written) lets nothing fail")
                continue
            }
            #expect(failing.error.code == sent)
            if sent == "Odd" { #expect(failing.error.message == "s") }
        }
    }
}
