// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Synchronization

@testable import AwryScenario

/// A small catalogue and the requests that the engine's tests send.
enum World {
    static let kinesis: Service = {
        let shapes = [
            Shape(name: "Text", kind: .string),
            Shape(name: "Secret", kind: .string, traits: ShapeTraits(flags: .sensitive)),
            Shape(name: "Count", kind: .integer),
            Shape(
                name: "Input",
                kind: .structure([
                    Member(name: "StreamName", shape: ShapeID(0)), Member(name: "Password", shape: ShapeID(1)),
                    Member(name: "ShardCount", shape: ShapeID(2)),
                ])),
            Shape(
                name: "Output",
                kind: .structure([
                    Member(name: "StreamName", shape: ShapeID(0)), Member(name: "ShardCount", shape: ShapeID(2)),
                ])),
            Shape(
                name: "LimitExceededException", kind: .structure([Member(name: "message", shape: ShapeID(0))]),
                error: ErrorTraits(modelledStatus: 400)),
        ]
        let operations = ["DescribeStream", "DescribeStreamSummary", "PutRecord", "PutRecords"].map {
            Operation(
                name: $0, traits: OperationTraits(), input: ShapeID(3), output: ShapeID(4), errors: [ShapeID(5)])
        }
        let metadata = ServiceMetadata(
            serviceID: "Kinesis", apiVersion: "2013-12-02", protocols: [.json], signingName: "kinesis",
            endpointPrefix: "kinesis")
        return Service(name: "kinesis", metadata: metadata, operations: operations, shapes: shapes)
    }()

    static let here = SourceLocation(file: "test.yaml", line: 1, column: 1)

    static func operation(_ name: String) -> Operation {
        guard let operation = kinesis.operation(name) else { preconditionFailure("no operation \(name)") }
        return operation
    }

    static func match(_ text: String, _ change: (inout Match) -> Void = { _ in }) -> Match {
        let parts = text.split(separator: ".", maxSplits: 1).map { Glob(String($0), ignoringCase: true) }
        var match = Match()
        match.operations = [(parts[0], parts[1])]
        change(&match)
        return match
    }

    /// A rule whose error's code is made from `code`, with a status, so that any code will do.
    static func rule(
        _ id: String, _ text: String = "kinesis.DescribeStream", error code: String? = "LimitExceededException",
        modifiers: ModifierSpec = ModifierSpec(),
        select: (inout Selection) -> Void = { _ in },
        match: (inout Match) -> Void = { _ in }
    ) -> Rule {
        var selection = Selection()
        select(&selection)
        return Rule(
            id: id, match: World.match(text, match), selection: selection,
            outcome: code.map { .error(ErrorSpec(code: $0, status: 400, location: here)) }, modifiers: modifiers,
            location: here)
    }

    static func scenario(_ name: String = "test", seed: UInt64 = 0, _ rules: [Rule]) -> Scenario {
        var scenario = Scenario(name: name, location: here)
        scenario.seed = seed
        scenario.rules = rules
        return scenario
    }

    static func engine(_ rules: Rule..., clock: TestClock = TestClock(), seed: UInt64 = 0) -> Engine {
        Engine(scenarios: [scenario("test", seed: seed, rules)], clock: clock, errors: TestErrors())
    }

    /// An engine with one rule whose log the test reads.
    static func watched(_ rule: Rule, limits: EngineLimits) -> (Engine, Notices) {
        let notices = Notices()
        let engine = Engine(
            scenarios: [scenario("test", [rule])], clock: TestClock(), errors: TestErrors(), limits: limits,
            log: { notices.append($0) })
        return (engine, notices)
    }

    static func facts(
        _ name: String = "DescribeStream", call: String? = nil, attempt: Int? = nil, params: Fields? = nil,
        at seconds: Double = 0, raw: TestRequest = TestRequest(), change: (inout TestSender) -> Void = { _ in }
    ) -> RequestFacts {
        var sender = TestSender(service: kinesis, operation: operation(name), raw: raw)
        change(&sender)
        return RequestFacts(
            service: sender.service, operation: sender.operation, origin: sender.origin, requestID: "req-1",
            invocation: call, sdkAttempt: attempt, raw: sender.raw, params: params,
            arrived: 1_000_000_000 + UInt64(seconds * 1e9),
            now: Timestamp(milliseconds: 1_772_366_400_000 + Int64(seconds * 1000)))
    }
}

/// Who sends what, as a test says it.
struct TestSender {
    var service: Service
    var operation: AwryModel.Operation
    var region = "us-east-1"
    var accessKey: String? = "AKIA"
    var raw: TestRequest

    var origin: RequestOrigin {
        RequestOrigin(
            service: service.name, operation: operation.name, region: region, account: "123456789012",
            accessKey: accessKey, principal: "arn:aws:iam::123456789012:root", method: raw.method, path: raw.path,
            host: raw.host, userAgent: raw.userAgent)
    }
}

/// A request's raw side, as a test says it.
struct TestRequest: RawRequest {
    var method = "POST"
    var path = "/"
    var query = ""
    var host = "localhost:4566"
    var userAgent: String? = "Boto3/1.43.11"
    var fields: [(String, String)] = []
    var body: ArraySlice<UInt8>? = []
    var bodyHash: UInt64? = 7

    func headers(_ name: String) -> [String] {
        fields.filter { $0.0.lowercased() == name.lowercased() }.map(\.1)
    }
}

/// A clock that tests move.
final class TestClock: WallClock {
    private let moment = Mutex(Timestamp(milliseconds: 1_772_366_400_000))

    var now: Timestamp {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

extension Effect {
    /// The code of the error that answers, if one does.
    var code: String? { if case .error(let error) = answer { error.code } else { nil } }
}

extension Engine {
    /// Which rules fire for requests sent one after another.
    func fires(_ facts: [RequestFacts]) -> [[String]] {
        facts.map { decide($0).effect.fired }
    }

    /// For requests of one kind sent one after another, whether any rule fires.
    func firesAny(_ count: Int, _ make: (Int) -> RequestFacts = { _ in World.facts() }) -> [Bool] {
        (1...count).map { !decide(make($0)).effect.fired.isEmpty }
    }
}

/// What an engine told its log.
final class Notices: Sendable {
    private let told = Mutex<[EngineNotice]>([])

    var all: [EngineNotice] { told.withLock { $0 } }

    func append(_ notice: EngineNotice) {
        told.withLock { $0.append(notice) }
    }
}

/// Errors without AWS's usual texts, so that what is seen is the engine's own: those that the service models, and any
/// with a status.
struct TestErrors: ErrorResolving {
    func blueprint(for spec: ErrorSpec, service: Service, operation: Operation) -> ErrorBlueprint? {
        guard let name = spec.code else { return nil }
        let shape = service.error(name)
        guard let status = spec.status ?? shape?.error?.status else { return nil }
        let error = WireError(name, status: status, fault: spec.fault ?? shape?.error?.fault)
        return ErrorBlueprint(
            error: error, messages: spec.message.map { [$0] } ?? [], fields: spec.fields, shape: shape)
    }
}
