// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

/// What firing makes: merged modifiers, filled-in templates, what must be at hand beforehand.
struct EffectTests {
    private func text(_ text: String) -> Template { Template([.text(text)]) }
    private func reference(_ path: String) -> Template.Piece {
        .reference(path: path.split(separator: ".").map(String.init))
    }

    @Test func modifiersOfAllThatFiredAreMerged() {
        func modifier(_ name: String, _ delay: Int, _ headers: [(String, String?)]) -> ModifierSpec {
            ModifierSpec(
                delay: .fixed(.seconds(delay)), delayBefore: .fixed(.milliseconds(delay)),
                headers: headers.map { ($0.0, $0.1.map(text)) })
        }
        let engine = World.engine(
            World.rule("a", error: nil, modifiers: modifier("a", 1, [("X", "a"), ("Y", "a"), ("Z", "a")])),
            World.rule("b", error: nil, modifiers: modifier("b", 2, [("y", "b"), ("W", nil)])),
            World.rule("c", modifiers: modifier("c", 4, [("x", "c"), ("w", "c")])))
        let effect = engine.decide(World.facts()).effect
        #expect(effect.modifiers.delay == .seconds(7))
        #expect(effect.modifiers.delayBefore == .milliseconds(7))
        #expect(
            effect.modifiers.headers == [
                HeaderChange("x", "c"), HeaderChange("w", "c"), HeaderChange("Y", "a"), HeaderChange("Z", "a"),
            ])
        #expect(effect.fired == ["a", "b", "c"] && effect.decidedBy == "c")
    }

    @Test func withoutADeciderTheEarliestWins() {
        let engine = World.engine(
            World.rule("a", error: nil, modifiers: ModifierSpec(headers: [("X", nil)])),
            World.rule("b", error: nil, modifiers: ModifierSpec(headers: [("x", text("b"))])))
        let effect = engine.decide(World.facts()).effect
        #expect(effect.modifiers.headers == [HeaderChange("X", nil)])
        #expect(effect.answer == .pass && effect.decidedBy == nil)
    }

    static let retries: [(ModifierSpec.RetryAfterSpec, [HeaderChange])] = [
        (.both(.seconds(2)), [HeaderChange("Retry-After", "2"), HeaderChange("x-amz-retry-after", "2000")]),
        (.both(.milliseconds(1500)), [HeaderChange("Retry-After", "2"), HeaderChange("x-amz-retry-after", "1500")]),
        (.both(.microseconds(10)), [HeaderChange("Retry-After", "1"), HeaderChange("x-amz-retry-after", "1")]),
        (.both(.zero), [HeaderChange("Retry-After", "0"), HeaderChange("x-amz-retry-after", "0")]),
        (.seconds(3), [HeaderChange("Retry-After", "3")]),
        (.millis(250), [HeaderChange("x-amz-retry-after", "250")]),
        (
            .date(Timestamp(milliseconds: 1_772_366_410_000)),
            [
                HeaderChange("Retry-After", "Sun, 01 Mar 2026 12:00:10 GMT"),
                HeaderChange("x-amz-retry-after", "10000"),
            ]
        ),
        (
            .date(Timestamp(milliseconds: 0)),
            [HeaderChange("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"), HeaderChange("x-amz-retry-after", "0")]
        ),
    ]

    @Test(arguments: retries) func retryAfter(_ spec: ModifierSpec.RetryAfterSpec, _ wanted: [HeaderChange]) {
        let engine = World.engine(World.rule("r", modifiers: ModifierSpec(retryAfter: spec)))
        #expect(engine.decide(World.facts()).effect.modifiers.headers == wanted)
    }

    @Test func aHeaderSaidOutrightWinsOverRetryAfter() {
        let modifiers = ModifierSpec(retryAfter: .both(.seconds(2)), headers: [("retry-after", text("soon"))])
        let effect = World.engine(World.rule("r", modifiers: modifiers)).decide(World.facts()).effect
        #expect(
            effect.modifiers.headers == [
                HeaderChange("retry-after", "soon"), HeaderChange("x-amz-retry-after", "2000"),
            ])
    }

    static let references: [(String, String)] = [
        ("params.StreamName", "orders"), ("params.Tags.1", "b"), ("params.Missing.x", ""), ("params.ShardCount", "3"),
        ("params.Tags", "[\"a\",\"b\"]"), ("account", "123456789012"), ("region", "us-east-1"),
        ("service", "kinesis"), ("operation", "DescribeStream"), ("requestId", "req-1"), ("nth", "1"),
        ("attempt", "4"), ("now", "2026-03-01T12:00:00Z"), ("pool.UserPool.Id", "us-east-1_abc"), ("nobody", ""),
        ("account.x", ""), ("now+5m", "2026-03-01T12:05:00Z"), ("now-1h30m", "2026-03-01T10:30:00Z"),
    ]

    @Test(arguments: references) func fillsIn(_ path: String, _ wanted: String) {
        var rule = World.rule("r")
        let message = Template([.text("<"), reference(path), .text(">")])
        rule.outcome = .error(ErrorSpec(code: "X", status: 400, message: message, location: World.here))
        let engine = Engine(clock: TestClock())
        engine.replace(
            World.scenario("test", [rule]), names: ["pool": ["UserPool": ["Id": "us-east-1_abc"]]])
        let params: Fields = ["StreamName": "orders", "Tags": ["a", "b"], "ShardCount": 3]
        let effect = engine.decide(World.facts(call: "c", attempt: 4, params: params)).effect
        guard case .error(let error) = effect.answer else { return #expect(Bool(false)) }
        #expect(error.message == "<\(wanted)>")
    }

    @Test func aReferenceAloneKeepsItsKindAsTheMemberWantsIt() {
        var rule = World.rule("r")
        rule.outcome = .respond(
            .structure([
                ("StreamName", .text(Template([reference("nth")]))),
                ("ShardCount", .text(Template([reference("params.Count")]))),
                ("Other", .list([.text(Template([reference("params.Count")])), .plain(1)])),
            ]))
        let effect = World.engine(rule).decide(World.facts(params: ["Count": "12"])).effect
        #expect(effect.answer == .respond(["StreamName": "1", "ShardCount": 12, "Other": ["12", 1]]))
    }

    @Test func errorsTakeOnWhatTheRuleSays() {
        func error(_ spec: ErrorSpec) -> WireError? {
            var rule = World.rule("r")
            rule.outcome = .error(spec)
            guard case .error(let error) = World.engine(rule).decide(World.facts()).effect.answer else { return nil }
            return error
        }
        let spec = ErrorSpec(
            code: "LimitExceededException", status: 503, message: text("Slow"), fault: .client,
            fields: [("Stream", .text(Template([reference("operation")])))], location: World.here)
        #expect(
            error(spec)
                == WireError(
                    "LimitExceededException", status: 503, fault: .client, message: "Slow",
                    fields: ["Stream": "DescribeStream"]))
        let usual = error(ErrorSpec(code: "LimitExceededException", location: World.here))
        #expect(usual?.status == 400 && usual?.fault == .client)
    }

    @Test func aRawAnswerIsFilledIn() {
        var rule = World.rule("r")
        rule.outcome = .raw(
            .message(
                status: 299, reason: "Odd",
                headers: [
                    ("X-A", Template([.text("v"), reference("params.Bad")])), ("Date", nil), ("x-a", text("2")),
                ],
                body: .text(Template([reference("region")]))))
        let effect = World.engine(rule).decide(World.facts(params: ["Bad": "a\r\nSet-Cookie: x"])).effect
        #expect(
            effect.answer
                == .raw(
                    .message(
                        status: 299, reason: "Odd", headers: [Header("X-A", "va  Set-Cookie: x"), Header("x-a", "2")],
                        omitted: ["Date"], body: Array("us-east-1".utf8))))
    }

    @Test func needsOnlyWhatSomeCandidateLooksAt() {
        let templated = ErrorSpec(
            code: "X", status: 400, message: Template([reference("params.A")]), location: World.here)
        var message = World.rule("m", "kinesis.PutRecords")
        message.outcome = .error(templated)
        let engine = World.engine(
            World.rule("p", "kinesis.PutRecord", match: { $0.params = [(["A"], .exists(true))] }),
            World.rule("c", "kinesis.DescribeStreamSummary") { $0.attempts = Positions([1...1]) }, message)
        func needs(_ name: String) -> Needs { engine.needs(World.kinesis, World.operation(name)) }
        #expect(needs("DescribeStream") == [])
        #expect(needs("PutRecord") == .params)
        #expect(needs("PutRecords") == .params)
        #expect(needs("DescribeStreamSummary") == .call)
        #expect(needs("DescribeStreamSummary").headIsEnough(hasInvocation: true))
        #expect(!needs("DescribeStreamSummary").headIsEnough(hasInvocation: false))
        _ = engine.add(World.rule("b", match: { $0.body = .contains("x") }))
        #expect(needs("DescribeStream") == .body)
    }

    @Test func expectationsAskTheJournalForWhatTheyWillJudgeBy() {
        var scenario = World.scenario("test", [])
        let match = World.match("kinesis.Put*") {
            $0.params = [(["A"], .exists(true))]
            $0.headers = [("x", .exists(true))]
        }
        scenario.expect = [
            AwryScenario.Expectation(
                kind: .requests(match, AwryScenario.Expectation.Demands()), label: "x", location: World.here)
        ]
        let engine = Engine(scenarios: [scenario], clock: TestClock())
        let needs = engine.needs(World.kinesis, World.operation("PutRecord"))
        #expect(needs == [.journalParams, .journalHeaders])
        #expect(needs.headIsEnough(hasInvocation: false))
        #expect(engine.needs(World.kinesis, World.operation("DescribeStream")) == [])
    }
}
