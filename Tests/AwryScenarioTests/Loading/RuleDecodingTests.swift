// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct RuleDecodingTests {
    @Test func readsSelections() throws {
        let rule = try Loading.rule(
            """
            id: slow-one
            times: 2
            every: 3
            attempts: 1-2
            probability: 0.25
            after: 5s
            until: 30s
            above: { rate: 10/s, burst: 20 }
            state: start
            become: ready
            per: [params.StreamName, accessKey, principal, call, headers.X-Team, region, account]
            error: throttle
            """)
        let selection = rule.selection
        #expect(rule.id == "slow-one")
        #expect(selection.times == 2)
        #expect(selection.every == 3)
        #expect(selection.attempts == Positions([1...2]))
        #expect(selection.probability == 0.25)
        #expect(selection.after == .seconds(5))
        #expect(selection.until == .seconds(30))
        #expect(selection.above == .init(rate: 10, burst: 20))
        #expect(selection.state == "start")
        #expect(selection.become == "ready")
        #expect(
            selection.per == [
                .params(path: ["StreamName"]), .accessKey, .principal, .call, .header("X-Team"), .region, .account,
            ])
        #expect(try Loading.rule("nth: 3\nabove: 30/m\nerror: throttle").selection.nth == Positions([3...3]))
        #expect(try Loading.rule("above: 30/m\nerror: throttle").selection.above == .init(rate: 0.5, burst: 1))
        #expect(try Loading.rule("error: throttle").id == "test#1")
    }

    @Test func readsMatches() throws {
        func operations(_ match: String) throws -> [String] {
            try Loading.rule("delay: 1s", match: match).match.operations.map {
                "\($0.service.pattern).\($0.operation.pattern)"
            }
        }
        #expect(try operations("s3.GetObject") == ["s3.GetObject"])
        #expect(try operations("S3.getobject") == ["S3.getobject"])
        #expect(try operations("\"*.Put*\"") == ["*.Put*"])
        #expect(try operations("[s3.GetObject, sqs.*]") == ["s3.GetObject", "sqs.*"])
        #expect(try operations("{ service: [s3, sqs], operation: [Get*, SendMessage] }").count == 4)
        #expect(try operations("{ operation: SendMessage }") == ["*.SendMessage"])
        #expect(try operations("{ method: GET }") == [])
    }

    @Test func readsPatternsByTheTypeOfTheirPlace() throws {
        func pattern(_ match: String) throws -> Pattern {
            try #require(try Loading.rule("delay: 1s", match: match).match.params.first?.pattern)
        }
        func receive(_ params: String) -> String {
            "{ service: sqs, operation: ReceiveMessage, params: { \(params) } }"
        }
        #expect(try pattern("{ service: sqs, operation: SendMessage, params: { MessageBody: 1e3 } }").matches("1e3"))
        #expect(try pattern("{ service: s3, operation: GetObject, params: { Key: \"2024/*\" } }").matches("2024/a/b"))
        #expect(try pattern(receive("MaxNumberOfMessages: 5")).matches(Value.integer(5)))
        #expect(try !pattern(receive("MaxNumberOfMessages: 5")).matches(Value.integer(50)))
        #expect(try pattern(receive("MaxNumberOfMessages: { gte: 5, lt: 7 }")).matches(Value.integer(6)))
        #expect(try !pattern(receive("MaxNumberOfMessages: { gte: 5, lt: 7 }")).matches(Value.integer(7)))
        #expect(try pattern(receive("QueueUrl: { regex: 'ord(ers)?$' }")).matches("http://q/orders"))
        #expect(try pattern(receive("QueueUrl: { anyOf: [a, { not: { contains: b } }] }")).matches("c"))
        #expect(try !pattern(receive("QueueUrl: { exists: false }")).matches("c"))
        let records = "{ service: kinesis, operation: PutRecords, params: { Records.*.PartitionKey: no } }"
        #expect(
            try Loading.rule("delay: 1s", match: records).match.params.first?.path == ["Records", "*", "PartitionKey"])
        #expect(try pattern(records).matches("no"))
    }

    @Test func readsErrors() throws {
        func error(_ text: String, match: String = "kinesis.PutRecord") throws -> ErrorSpec {
            guard case .error(let spec) = try Loading.rule("error: \(text)", match: match).outcome else {
                throw TextMistake("no error")
            }
            return spec
        }
        #expect(try error("ResourceNotFoundException").code == "ResourceNotFoundException")
        #expect(try error("throttle").isThrottle)
        #expect(try error("404", match: "s3.GetObject").status == 404)
        let spec = try error(
            "{ code: KMSInvalidStateException, message: '${params.Data}', status: 503, type: Receiver, verbatim: true }"
        )
        #expect(spec.status == 503)
        #expect(spec.fault == .server)
        #expect(spec.isVerbatim)
        #expect(spec.message?.references == [["params", "Data"]])
        #expect(try error("{ code: NoSuchKey, fields: { Key: a } }", match: "s3.GetObject").fields.first?.name == "Key")
    }

    @Test func membersMayBeCalledTypeOrCodeInJSON() throws {
        func told(_ match: String, _ error: String) -> [String] {
            Loading.diagnostics("scenario: test\nrules:\n  - match: \(match)\n    error: \(error)\n")
        }
        #expect(told("lambda.GetFunction", "{ code: ServiceException, fields: { Type: User } }").isEmpty)
        #expect(told("glacier.ListVaults", "{ code: ResourceNotFoundException, fields: { code: a } }").isEmpty)
        #expect(
            told("kinesis.PutRecord", "{ code: ResourceNotFoundException, fields: { Type: User } }")
                == ["4:57: mistake: `Type` is no member; write `type` beside `fields`"])
        #expect(
            told("cloudsearch.CreateDomain", "{ code: LimitExceeded, fields: { Code: a } }")
                == ["4:45: mistake: `Code` is no member; write `code` beside `fields`"])
    }

    @Test func readsAnswers() throws {
        let respond = try Loading.rule(
            "respond: { SequenceNumber: 012, ShardId: 'shard-${nth}', EncryptionType: NONE }"
        ).outcome
        guard case .respond(.structure(let members)) = respond else { throw TextMistake("no answer") }
        #expect(members[0].value == .plain("012"))
        #expect(members[1].value == .text(Template([.text("shard-"), .reference(path: ["nth"])])))
        let body = try Loading.rule(
            "respond: { Body: { $base64: aGk= }, LastModified: 2026-03-01T12:00:00Z, ContentLength: 2 }",
            match: "s3.GetObject"
        ).outcome
        guard case .respond(.structure(let parts)) = body else { throw TextMistake("no answer") }
        #expect(parts[0].value == .plain(.blob(Blob(utf8: "hi"))))
        #expect(parts[1].value == .plain(.timestamp(Timestamp(seconds: 1_772_366_400))))
        #expect(parts[2].value == .plain(2))
    }

    @Test func readsRawAnswers() throws {
        let message = try Loading.rule(
            "raw: { status: 503, reason: Busy, headers: [[X-A, b], { x-a: c }, [Date, ~]], body: { $json: { a: [1] }}}"
        ).outcome
        guard case .raw(.message(let status, let reason, let headers, .text(let body))) = message else {
            throw TextMistake("no message")
        }
        #expect(status == 503)
        #expect(reason == "Busy")
        #expect(headers.map(\.name) == ["X-A", "x-a", "Date"])
        #expect(headers.map { $0.value?.literal } == ["b", "c", nil])
        #expect(body.literal == "{\"a\":[1]}")
        let bytes = try Loading.rule("raw: { bytes: { $repeat: ab, count: 3 }, close: false }").outcome
        guard case .raw(.bytes(.bytes(let sent), let close)) = bytes else { throw TextMistake("no bytes") }
        #expect(sent == Array("ababab".utf8))
        #expect(!close)
    }

    @Test func readsSequences() throws {
        let rule = try Loading.rule(
            """
            sequence:
              - error: throttle
                times: 2
                delay: 1s
              - next
              - { pass: true }
              - { next: true, times: 3 }
            then: last
            """)
        guard case .sequence(let sequence) = rule.outcome else { throw TextMistake("no sequence") }
        #expect(sequence.then == .last)
        #expect(sequence.steps.map(\.times) == [2, 1, 1, 3])
        #expect(sequence.steps.map { $0.outcome == nil } == [false, true, false, true])
        #expect(sequence.steps[0].modifiers.delay == .fixed(.seconds(1)))
    }

    @Test func readsModifiers() throws {
        func modifiers(_ text: String) throws -> ModifierSpec { try Loading.rule(text).modifiers }
        #expect(try modifiers("delay: 200ms").delay == .fixed(.milliseconds(200)))
        #expect(
            try modifiers("delay: { min: 50ms, max: 2s }").delay == .uniform(min: .milliseconds(50), max: .seconds(2)))
        #expect(
            try modifiers("delay: { median: 100ms, sigma: 0.4 }").delay
                == .logNormal(median: .milliseconds(100), sigma: 0.4))
        let both = try modifiers("delay: { before: { min: 1s, max: 2s }, min: 3s, max: 4s }")
        #expect(both.delayBefore == .uniform(min: .seconds(1), max: .seconds(2)))
        #expect(both.delay == .uniform(min: .seconds(3), max: .seconds(4)))
        #expect(try modifiers("retryAfter: 2").retryAfter == .both(.seconds(2)))
        #expect(try modifiers("retryAfter: 1500ms").retryAfter == .both(.milliseconds(1500)))
        #expect(try modifiers("retryAfter: { millis: 1500 }").retryAfter == .millis(1500))
        #expect(try modifiers("retryAfter: { seconds: 3 }").retryAfter == .seconds(3))
        let date = try modifiers("retryAfter: Sun, 01 Mar 2026 12:00:00 GMT").retryAfter
        #expect(date == .date(Timestamp(seconds: 1_772_366_400)))
        let headers = try modifiers("headers: { X-A: 1, Server: null, X-B: '${requestId}' }").headers
        #expect(headers.map(\.name) == ["X-A", "Server", "X-B"])
        #expect(headers.map { $0.value == nil } == [false, true, false])
    }
}
