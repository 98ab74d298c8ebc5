// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryScenario

/// Scenarios as people write them, from text to effect.
struct LoadedScenarioTests {
    private func engine(_ yaml: String) throws -> Engine {
        let source = SourceText(name: "test.yaml", bytes: Array(yaml.utf8))
        return Engine(scenarios: try ScenarioLoader().load([source]).scenarios, clock: TestClock())
    }

    private func facts(_ service: String, _ operation: String, params: Fields? = nil) throws -> RequestFacts {
        let service = try #require(Catalogue.shared.service(service))
        let operation = try #require(service.operation(operation))
        return World.facts(call: "c", params: params) {
            $0.service = service
            $0.operation = operation
        }
    }

    @Test func throttledThenRecovers() throws {
        let engine = try engine(
            """
            scenario: kinesis-throttled-then-recovers
            rules:
              - match: kinesis.DescribeStream
                times: 2
                error: LimitExceededException
                retryAfter: 2
            expect:
              - match: kinesis.DescribeStream
                count: 3
            """)
        let request = try facts("kinesis", "DescribeStream")
        // AWS's text for it names the stream.
        #expect(engine.needs(request.service, request.operation) == [.params])
        let effects = (1...3).map { _ in engine.decide(request).effect }
        #expect(effects.map(\.code) == ["LimitExceededException", "LimitExceededException", nil])
        #expect(effects[0].decidedBy == "kinesis-throttled-then-recovers#1")
        #expect(
            effects[0].modifiers.headers == [
                HeaderChange("Retry-After", "2"), HeaderChange("x-amz-retry-after", "2000"),
            ])
        #expect(effects[2] == .none)
        let report = Verifier.judge(
            engine.scenarios[0].expect,
            over: JournalSnapshot(entries: (1...3).map { Entry.of(attempt: $0) }))
        #expect(report.holds, "\(report.text)")
    }

    @Test func keysOfABucketByGlob() throws {
        let engine = try engine(
            """
            scenario: s3
            rules:
              - match: { service: s3, operation: [GetObject, "Put*"], params: { Bucket: reports, Key: "2024/*" } }
                per: params.Key
                sequence:
                  - error: { code: SlowDown, status: 503, message: "Slow down on ${params.Key}" }
                  - delay: 100ms
                    pass: true
                then: next
            """)
        func get(_ key: String) throws -> Effect {
            engine.decide(try facts("s3", "GetObject", params: ["Bucket": "reports", "Key": .string(key)])).effect
        }
        let first = try get("2024/a")
        guard case .error(let error) = first.answer else { return #expect(Bool(false)) }
        #expect(error.code == "SlowDown" && error.status == 503 && error.message == "Slow down on 2024/a")
        #expect(try get("2023/a") == .none)
        let second = try get("2024/a")
        #expect(second.answer == .pass && second.modifiers.delay == .milliseconds(100) && second.decidedBy == "s3#1")
        #expect(try get("2024/b").code == "SlowDown")
        #expect(try get("2024/a") == .none)
    }

    @Test func streamsThatBreak() throws {
        let engine = try engine(
            """
            scenario: streams
            rules:
              - match: kinesis.*
                sequence:
                  - events: { after: 2, error: { code: ResourceInUseException, message: "busy ${params.ShardId}" } }
                  - events:
                      error: { code: Odd, status: 400, message: m }
                      respond: { EventStream: [{ SubscribeToShardEvent: { ContinuationSequenceNumber: "${nth}" } }] }
            """)
        let request = try facts("kinesis", "SubscribeToShard", params: ["ShardId": "s-1"])
        #expect(engine.needs(request.service, request.operation).contains(.params))
        let first = try #require(engine.decide(request).effect.answer.streamBreak)
        #expect(first.after == 2 && first.output == nil)
        #expect(first.error.code == "ResourceInUseException" && first.error.message == "busy s-1")
        let second = engine.decide(request)
        let event: Value = ["SubscribeToShardEvent": ["ContinuationSequenceNumber": "2"]]
        #expect(second.effect.answer.streamBreak?.output == ["EventStream": .list([event])])
        #expect(second.effect.answer.streamBreak?.after == 0)
        // The operation is asked: what it refuses takes the firing back.
        #expect(second.takeBack != nil)
        // An operation that streams nothing is passed over.
        #expect(engine.decide(try facts("kinesis", "PutRecord")).effect == .none)
    }

    @Test func rulesAddedWhileRunningAreNumberedAnew() throws {
        let engine = try engine("scenario: empty")
        let text = """
            rules:
              - match: sqs.*
                delay: 10ms
              - { id: mine, match: sqs.SendMessage, pass: true }
            """
        for wanted in [["adhoc-1", "mine"], ["adhoc-2", "mine"]] {
            let source = SourceText(name: "<body>", bytes: Array(text.utf8))
            let rules = try ScenarioLoader().rules(source, idPrefix: Engine.adHocPrefix).rules
            #expect(engine.add(rules) == wanted)
        }
        #expect(engine.rules().map(\.id) == ["adhoc-2", "mine", "adhoc-1"])
        #expect(engine.decide(try facts("sqs", "SendMessage")).effect.fired == ["adhoc-2", "mine"])
    }

    /// A request of two services' is for the one of which somebody speaks; `*` speaks of none.
    @Test func standingOfServices() throws {
        let engine = try engine(
            """
            scenario: databases
            rules:
              - match: [docdb.CreateDBCluster, "*.DescribeDBClusters", "n*.*"]
                error: 500
            expect:
              - { match: rds.CopyDBClusterSnapshot, count: 1 }
            """)
        func standing(_ service: String, _ operation: String) throws -> Int {
            let facts = try facts(service, operation)
            return engine.standing(facts.service, facts.operation)
        }
        #expect(try standing("docdb", "CreateDBCluster") == 2)
        #expect(try standing("docdb", "DescribeDBClusters") == 1)
        #expect(try standing("neptune", "DescribeDBClusters") == 2)
        #expect(try standing("rds", "CopyDBClusterSnapshot") == 2)
        #expect(try standing("rds", "CreateDBCluster") == 1)
        #expect(try standing("sqs", "SendMessage") == 0)
        #expect(engine.removeScenario("databases"))
        #expect(try standing("docdb", "CreateDBCluster") == 0)
    }
}
