// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct WorldDecodingTests {
    @Test func readsTheHead() throws {
        let scenario = try Loading.scenario(
            "scenario: a.b_c-1\ndescription: 12\nseed: 42\n"
                + "options: { clock: '2026-03-01T12:00:00Z', frozen: true, auth: off }"
        )
        #expect(scenario.name == "a.b_c-1")
        #expect(scenario.description == "12")
        #expect(scenario.seed == 42)
        #expect(scenario.options.clock == Timestamp(seconds: 1_772_366_400))
        #expect(scenario.options.frozen == true)
        #expect(scenario.location == SourceLocation(file: "test.yaml", line: 1, column: 11))
    }

    @Test func readsWhatKeepsKeysFromUse() throws {
        let options = try Loading.scenario(
            "scenario: a\noptions: { kms: { alias/orders: pendingDeletion }, delivery: { inFlight: 5 } }"
        ).options
        #expect(options.world.kmsKeys == ["alias/orders": .pendingDeletion])
        #expect(options.world.delivery.inFlight == 5)
    }

    @Test func readsSetup() throws {
        let scenario = try Loading.scenario(
            """
            scenario: a
            setup:
              - kinesis.CreateStream: { StreamName: no, ShardCount: 2 }
                account: 012345678901
                region: eu-west-1
              - cognito-idp.CreateUserPool: { PoolName: 1e3 }
                as: pool
              - kinesis.PutRecords:
                  StreamName: orders
                  Records:
                    - { $repeat: { Data: hello, PartitionKey: "${pool.UserPool.Id}" }, count: 3 }
                    - { Data: { $json: { a: "${account}" } }, PartitionKey: "$${x}" }
            env: { POOL_ID: "${pool.UserPool.Id}", HOME: /tmp }
            """)
        #expect(scenario.setup.map(\.account) == ["012345678901", "123456789012", "123456789012"])
        #expect(scenario.setup.map(\.region) == ["eu-west-1", "us-east-1", "us-east-1"])
        #expect(scenario.setup.map(\.alias) == [nil, "pool", nil])
        #expect(scenario.setup[0].location.line == 3)
        guard case .structure(let stream) = scenario.setup[0].input, case .structure(let put) = scenario.setup[2].input,
            case .list(let records) = put[1].value
        else { throw TextMistake("no input") }
        #expect(stream.map(\.value) == [.plain("no"), .plain(2)])
        #expect(records.count == 4)
        #expect(records[0] == records[2])
        guard case .structure(let last) = records[3] else { throw TextMistake("no record") }
        #expect(last[0].value == .text(Template([.text("{\"a\":\""), .reference(path: ["account"]), .text("\"}")])))
        #expect(last[1].value == .plain("${x}"))
        #expect(scenario.env.map(\.name) == ["POOL_ID", "HOME"])
        #expect(scenario.env[0].value.references == [["pool", "UserPool", "Id"]])
    }

    @Test func readsExpectations() throws {
        let scenario = try Loading.scenario(
            """
            scenario: a
            expect:
              - match: kinesis.PutRecord
                count: 2-4
                calls: 1
                attempts: 2-
                backoff: standard-2026
                gaps: ["0-1s", 100ms-2s]
                obeys: { retryAfter: strict }
                ends: success
                within: 10
              - order: [sqs.ReceiveMessage, { service: s3, operation: PutObject, params: { Bucket: b } }]
            """)
        guard case .requests(let match, let demands) = scenario.expect[0].kind,
            case .order(let order) = scenario.expect[1].kind
        else { throw TextMistake("no expectations") }
        #expect(match.operations.count == 1)
        #expect(demands.count == .init(least: 2, most: 4))
        #expect(demands.calls == .init(least: 1, most: 1))
        #expect(demands.attempts == .init(least: 2, most: nil))
        #expect(demands.backoff == "standard-2026")
        #expect(demands.gaps == [.zero ... .seconds(1), .milliseconds(100) ... .seconds(2)])
        #expect(demands.obeysRetryAfter == true)
        #expect(demands.ends == "success")
        #expect(demands.within == .seconds(10))
        #expect(order.count == 2)
        #expect(scenario.expect.map(\.label) == ["kinesis.PutRecord", "sqs.ReceiveMessage → s3.PutObject with params"])
    }

    @Test func readsRulesAndExpectationsAlone() throws {
        let loader = Loading.loader
        let one = SourceText(name: "<body>", text: "{\"match\": \"s3.GetObject\", \"error\": \"NoSuchKey\"}")
        #expect(try loader.rules(one, idPrefix: "adhoc", first: 7).rules.map(\.id) == ["adhoc#7"])
        let two = SourceText(name: "<body>", text: "rules:\n- match: s3.*\n  delay: 1s\n- match: sqs.*\n  delay: 1s")
        #expect(try loader.rules(two, idPrefix: "adhoc").rules.map(\.id) == ["adhoc#1", "adhoc#2"])
        #expect(throws: LoadFailure.self) {
            try loader.rules(SourceText(name: "b", text: "match: s4.Get"), idPrefix: "a")
        }
        let expect = SourceText(name: "<body>", text: "{\"expect\": [{\"match\": \"s3.GetObject\", \"count\": 0}]}")
        #expect(try loader.expectations(expect).expectations.count == 1)
    }

    @Test func aBodyReadsNoFiles() {
        let text = "scenario: a\nrules:\n  - match: s3.GetObject\n    raw: { file: /etc/passwd, status: 200 }\n"
        #expect(
            Loading.diagnostics(text) == [
                "4:18: mistake: a scenario that is no file itself reads no files"
            ])
    }
}
